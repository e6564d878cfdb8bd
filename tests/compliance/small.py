"""A small knowledge of two themes that shows every kind of register line, and helpers to answer it."""

from __future__ import annotations

from datetime import date

from bot.compliance.answers import SKIPPED, UNKNOWN, Answer
from bot.knowledge import Activity, Entry, Knowledge, Measure, Question, load
from bot.knowledge.model import (
    CommonFields,
    Condition,
    Effort,
    Kind,
    LawfulBasis,
    Line,
    Priority,
    Purpose,
    Recipients,
    Retention,
    Safeguard,
    Source,
    Trigger,
)

CHECKED = date(2026, 11, 1)
SOURCE = ("loi",)
NOTHING = (Line(text="Aucun"),)


def question(question_id: str, kind: Kind = "bool", **more: object) -> Question:
    """A question named after its id."""
    return Question(
        id=question_id, ask=f"Et {question_id} ?", label=question_id, kind=kind, why="Pour savoir.",
        sources=(f"source-{question_id}",), **more,
    )  # fmt: skip


def theme(theme_id: str, *questions: Question, **more: object) -> Activity:
    """A theme named after its id, in the place of the length of its name."""
    return Activity(
        id=theme_id, title=theme_id.title(), guide="", intro="", position=len(theme_id),
        questions=questions, **more,
    )  # fmt: skip


def measure(measure_id: str, priority: Priority, effort: Effort, *triggers: tuple[Condition, str]) -> Measure:
    """A measure with its triggers, each a condition and its reason."""
    return Measure(
        id=measure_id, title=measure_id, priority=priority, effort=effort, steps=("Faites-le.",),
        triggers=tuple(Trigger(when=when, because=because) for when, because in triggers), sources=SOURCE,
    )  # fmt: skip


AGENDA = Entry(
    id="agenda",
    title="Agenda",
    sources=("source-fiche",),
    purposes=(
        Purpose(text="Donner rendez-vous", basis="interet", article_9="h", note="À relire"),
        Purpose(text="Rappeler", basis="interet", when={"agenda.rappels": True}),
    ),
    data=(
        Line(text="Nom du patient"),
        Line(text="Motif", when={"agenda.motif": "libre"}, sensitive=True, sources=("source-ligne",)),
    ),
    data_subjects=(Line(text="Patients, {agenda.patients}"),),
    recipients=Recipients(
        internal=(Line(text="Vous"), Line(text="Secrétaire", when={"profil.equipe": "secretaire"})),
        external=NOTHING,
        processors=(
            Line(text="{agenda.prestataire}", when={"agenda.en_ligne": True}),
            Line(text="Aucun", when={"agenda.en_ligne": False}),
        ),
    ),
    transfers=(
        Line(text="À vérifier", when={"agenda.en_ligne": True}, to_check=True),
        Line(text="Aucun", when={"agenda.en_ligne": {"not": True}}),
    ),
    retention=(
        Retention(data="Rendez-vous", active="Un an", archive="Aucune", starts="Jour", then="Effacement"),
    ),
    software=(Line(text="Agenda", when={"agenda.en_ligne": "known"}),),
    media=(Line(text="Papier"),),
    security=(Line(text="Contrat lu", when={"agenda.contrat": True}),),
)

KNOWLEDGE = Knowledge(
    activities=(
        theme(
            "profil",
            question("nom", "text", personal=True),
            question(
                "equipe", "many", none="personne",
                options={"secretaire": "Secrétaire", "personne": "Personne"},
            ),
            question("rendez_vous"),
            question("delegue"),
        ),
        theme(
            "agenda",
            question("en_ligne"),
            question(
                "prestataire", "vendor", when={"agenda.en_ligne": True}, ask_whom="votre comptable"
            ),
            question("contrat", when={"agenda.en_ligne": True}, ask_whom="le service client"),
            question("motif", "one", options={"aucun": "Aucun", "libre": "Libre"}),
            question("rappels"),
            question("patients", "number", unit="patients"),
            asks_when={"profil.rendez_vous": True},
            register=(
                AGENDA,
                Entry(
                    id="rappels", title="Rappels", sources=SOURCE, when={"agenda.rappels": True},
                    purposes=(Purpose(text="Rappeler", basis="interet"),), data=NOTHING,
                    data_subjects=NOTHING, recipients=Recipients(), transfers=NOTHING,
                    joint_controllers=(Line(text="Le groupe"),),
                    retention=(Retention(data="R", active="", archive="", starts="", then=""),),
                    software=NOTHING, media=NOTHING,
                ),
            ),
        ),
    ),
    measures=(
        measure("ranger", "utile", "faible", ({"agenda.motif": "aucun"}, "Rangez.")),
        measure(
            "contrat", "urgent", "fort", ({"agenda.contrat": {"not": True}}, "Contrat non lu."),
            ({"profil.delegue": True}, "Un délégué le demande."),
        ),
        measure("motif", "urgent", "faible", ({"agenda.motif": "libre"}, "Le motif est libre.")),
        measure(
            "former", "important", "moyen", ({"profil.equipe": "secretaire"}, "Vous avez une équipe."),
            ({"profil.equipe": "secretaire", "agenda.rappels": True}, "Vous avez une équipe."),
        ),
    ),
    safeguards=(
        Safeguard(id="delegue", text="Délégué désigné", when={"profil.delegue": True}, sources=SOURCE),
        Safeguard(id="papier", text="Aucun rappel", when={"agenda.rappels": False}, sources=SOURCE),
    ),
    register=CommonFields(
        sources=("source-commune",),
        controller=(Line(text="{profil.nom}"),),
        joint_controllers=NOTHING,
        dpo=(
            Line(text="Désigné", when={"profil.delegue": True}),
            Line(text="Aucun", when={"profil.delegue": False}),
        ),
    ),
    faq=(),
    sources={"loi": Source(title="La loi", checked=CHECKED, grade="V1", url="https://example.org")},
    lawful_bases={"interet": LawfulBasis(label="Intérêt légitime", article="art. 6(1)(f)", sources=SOURCE)},
    article_9={"h": LawfulBasis(label="Soins", article="art. 9(2)(h)", sources=SOURCE)},
    vendors=(),
    grades={"V1": "relu"},
    breach=load().breach,
    requests=load().requests,
    processors=load().processors,
    dpia=load().dpia,
    notices=load().notices,
)  # fmt: skip


def given(answers: dict[str, object]) -> dict[str, Answer]:
    """Answers from plain values; "?" is « je ne sais pas », "-" is skipped."""
    special = {"?": UNKNOWN, "-": SKIPPED}
    return {
        key: special[value] if isinstance(value, str) and value in special else Answer.given(value)
        for key, value in answers.items()
    }


#: A practice that answered all that the small knowledge asks it.
COMPLETE: dict[str, object] = {
    "profil.nom": "Dr Durand", "profil.equipe": ("personne",), "profil.rendez_vous": True,
    "profil.delegue": False, "agenda.en_ligne": True, "agenda.prestataire": "Agendix",
    "agenda.contrat": True, "agenda.motif": "libre", "agenda.rappels": False, "agenda.patients": 1200,
}  # fmt: skip


def complete(**changed: object) -> dict[str, Answer]:
    """The complete answers with some changed, `agenda__contrat="?"`; None takes one away."""
    values = COMPLETE | {key.replace("__", "."): value for key, value in changed.items()}
    return given({key: value for key, value in values.items() if value is not None})
