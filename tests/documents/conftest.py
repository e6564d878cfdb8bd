"""A small knowledge that shows every kind of line, and practices' files read from records in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

import msgspec
import pytest

from bot.clock import PARIS, Clock
from bot.compliance.answers import Answer
from bot.compliance.measures import Decision
from bot.compliance.register import FieldDecision
from bot.knowledge import load
from bot.knowledge.model import (
    Activity,
    CommonFields,
    Effort,
    Entry,
    Knowledge,
    LawfulBasis,
    Line,
    Measure,
    Priority,
    Purpose,
    Question,
    Recipients,
    Retention,
    Safeguard,
    Source,
    Trigger,
)
from bot.records import PracticeFile, Records

CHECKED = date(2026, 11, 1)
NOW = datetime(2026, 11, 24, 10, 30, tzinfo=PARIS)

MakeFile = Callable[..., PracticeFile]


def question(question_id: str, ask: str, kind: str = "text", **more: object) -> Question:
    """A question whose other texts follow from its wording."""
    return Question(
        id=question_id,
        ask=ask,
        label=ask.rstrip(" ?"),
        kind=kind,
        why=f"Parce que : {ask}",
        sources=("rgpd-30",),
        **more,
    )


def measure(number: int, priority: Priority, effort: Effort, when: dict[str, object]) -> Measure:
    """A measure with two steps, called for by `when`."""
    return Measure(
        id=f"mesure-{number}",
        title=f"Mesure numéro {number}",
        priority=priority,
        effort=effort,
        steps=(f"Première étape de {number}.", f"Seconde étape de {number}."),
        triggers=(Trigger(when=when, because=f"Votre réponse appelle la mesure {number}."),),
        sources=("rgpd-32",),
    )


PROFILE = Activity(
    id="profil",
    title="Votre exercice",
    guide="Introduction",
    intro="Votre exercice.",
    position=0,
    questions=(
        question("nom", "Sous quel nom exercez-vous ?"),
        question("coordonnees", "Quelles sont vos coordonnées ?"),
        question("dpo", "Avez-vous un délégué ?", "bool", ask_whom="le gérant de la structure"),
    ),
)
ENTRY = Entry(
    id="agenda",
    title="Gestion des rendez-vous",
    sources=("rgpd-30",),
    purposes=(
        Purpose(text="Prendre les rendez-vous", basis="interet", article_9="h", note="Une note utile."),
    ),
    software=(Line(text="Service en ligne : {agenda.prestataire}"),),
    media=(Line(text="Agenda numérique"),),
    data=(
        Line(text="Nom et téléphone"),
        Line(text="Motif de la venue", sensitive=True, when={"agenda.motif": True}),
    ),
    data_subjects=(Line(text="Patients"),),
    recipients=Recipients(
        internal=(Line(text="Le praticien"),),
        external=(Line(text="Aucun destinataire extérieur"),),
        processors=(Line(text="{agenda.prestataire}", sources=("cnil",)),),
    ),
    transfers=(
        Line(text="Aucun transfert", when={"agenda.hors_ue": False}),
        Line(text="Garantie du prestataire à relever", to_check=True),
    ),
    retention=(
        Retention(
            data="Rendez-vous passés",
            active="Le temps utile aux soins",
            archive="Sans objet",
            starts="Date du rendez-vous",
            then="Effacement de l'agenda",
        ),
    ),
    security=(Line(text="Rappels sans motif"),),
)
AGENDA = Activity(
    id="agenda",
    title="Prise de rendez-vous",
    guide="La prise de rendez-vous",
    intro="L'agenda.",
    position=10,
    questions=(
        question("prestataire", "Quel service utilisez-vous ?", "vendor", ask_whom="votre secrétariat"),
        question("motif", "Demandez-vous un motif ?", "bool"),
        question("hors_ue", "Les données quittent-elles l'Union ?", "bool", ask_whom="le service client"),
    ),
    register=(ENTRY,),
)


#: The screening without the rules that name other themes than these: sensitive data is its one criterion.
SCREENING = msgspec.structs.replace(
    load().dpia.screening,
    criteria=tuple(
        msgspec.structs.replace(
            one, cases=tuple(case for case in one.cases if [*case.when] == ["fiche.sensibles"])
        )
        for one in load().dpia.screening.criteria
        if one.id == "sensibles"
    ),
    rules=(),
    exemptions=(),
    notes=(),
)
_CITED = ("rgpd-35", "cepd-wp248")


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """Two themes, one register entry, five measures."""
    motive = {"agenda.motif": True}
    return Knowledge(
        activities=(PROFILE, AGENDA),
        measures=(
            measure(1, "urgent", "faible", motive),
            measure(2, "urgent", "moyen", motive),
            measure(3, "important", "fort", motive),
            measure(4, "utile", "faible", motive),
            measure(5, "utile", "moyen", motive),
            measure(6, "utile", "fort", {"agenda.motif": False}),
        ),
        safeguards=(Safeguard(id="s", text="Motif réservé", when=motive, sources=("rgpd-32",)),),
        register=CommonFields(
            sources=("rgpd-30",),
            controller=(Line(text="{profil.nom}"), Line(text="{profil.coordonnees}")),
            joint_controllers=(Line(text="Aucun responsable conjoint"),),
            dpo=(Line(text="Aucun délégué", when={"profil.dpo": False}),),
        ),
        faq=(),
        sources={
            "rgpd-30": Source(
                title="RGPD, article 30",
                checked=CHECKED,
                grade="V1",
                url="https://eur-lex.europa.eu/eli/reg/2016/679/oj",
            ),
            "rgpd-32": Source(title="RGPD, article 32", checked=date(2026, 10, 2), grade="C+"),
            "cnil": Source(
                title="CNIL, guide du sous-traitant", checked=CHECKED, grade="guide", note="Lu en ligne."
            ),
            "unused": Source(title="Source jamais citée", checked=CHECKED, grade="V2"),
            # What a verdict on impact assessments cites.
            **{one: msgspec.structs.replace(load().sources[one], grade="V1") for one in _CITED},
        },
        lawful_bases={
            "interet": LawfulBasis(label="Intérêt légitime", article="RGPD, art. 6(1)(f)", sources=())
        },
        article_9={"h": LawfulBasis(label="Soins", article="RGPD, art. 9(2)(h)", sources=())},
        vendors=(),
        breach=load().breach,
        requests=load().requests,
        processors=load().processors,
        dpia=msgspec.structs.replace(load().dpia, screening=SCREENING),
        notices=load().notices,
        grades={"V1": "texte officiel relu", "C+": "texte stable", "guide": "guide professionnel"},
    )


@pytest.fixture
def make_file(knowledge: Knowledge) -> MakeFile:
    """Saves answers and decisions in records of their own, and reads the practice's file back."""

    def make(
        answers: Mapping[str, Answer],
        measures: Mapping[str, Decision] | None = None,
        fields: Mapping[tuple[str, str], FieldDecision] | None = None,
        knowledge: Knowledge = knowledge,
    ) -> PracticeFile:
        records = Records("sqlite://", Clock("2026-11-23T18:00:00+01:00"))
        records.migrate()
        with records.unit() as unit:
            practice = unit.practices.only()
            for question_id, answer in answers.items():
                unit.answers.save(practice, question_id, answer)
            for measure_id, decision in (measures or {}).items():
                unit.decisions.save_measure(practice, measure_id, decision)
            for (entry_id, field), choice in (fields or {}).items():
                unit.decisions.save_field(practice, entry_id, field, choice)
            return PracticeFile.read(unit, knowledge, practice)

    return make
