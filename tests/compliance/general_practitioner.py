"""A general practitioner's practice, whole: what they answer, and how to fill in all that they were not
asked about here. Reused by the tests of records, documents and the web."""

from __future__ import annotations

from collections.abc import Mapping

from bot.compliance import interview
from bot.compliance.answers import SKIPPED, UNKNOWN, Answer
from bot.knowledge import Knowledge, Question

#: Alone with a secretary, an online appointment service, records at the practice, a mobile, a website.
TOLD: dict[str, object] = {
    "profil.nom": "Dr Camille Durand",
    "profil.coordonnees": "12 rue des Lilas, 69003 Lyon, cabinet@durand.example",
    "profil.profession": "medecin_generaliste",
    "profil.mode_exercice": "seul",
    "profil.dpo": False,
    "profil.personnel": ("secretaire",),
    "profil.locaux": ("cabinet", "domicile_patients"),
    "profil.logiciel": "Weda",
    "profil.rendez_vous": True,
    "profil.outils": ("mobiles", "site_internet"),
    "dossiers_patients.support": "informatique",
    "dossiers_patients.hebergement": ("cabinet",),
    "rendez_vous.canaux": ("telephone", "en_ligne"),
    "rendez_vous.prestataire": "Doctolib",
    "rendez_vous.contrat": False,
    "rendez_vous.hds": "?",
    "rendez_vous.motif": "libre",
    "rendez_vous.rappels": "neutres",
    "rendez_vous.usages_secondaires": False,
    "rendez_vous.agenda_papier": False,
    "rendez_vous.acces": ("secretaire",),
    "rendez_vous.purge": True,
    "messagerie.confreres": ("mssante", "courrier"),
    "messagerie.patients": ("aucun",),
    "personnel.engagement": True,
    "personnel.recrutement": False,
    "facturation.teletransmission": True,
    "securite.verrouillage": True,
    "securite.chiffrement": True,
    "securite.mots_de_passe": "gestionnaire",
    "securite.sauvegardes": "chaque_jour",
    "securite.copies": ("debranchee", "hors_cabinet"),
    "securite.restauration": "recent",
}


def answer(value: object) -> Answer:
    """The answer of a plain value; "?" is « je ne sais pas », "-" is skipped."""
    return {"?": UNKNOWN, "-": SKIPPED}.get(value) if value in ("?", "-") else Answer.given(value)


def typical(question: Question) -> object:
    """An answer that a question takes: its first option, yes, or a plain text."""
    first = next(iter(question.options), "")
    return {
        "bool": True,
        "one": first,
        "many": (first,),
        "number": 10,
        "duration": "1 an",
        "date": "2026-12-01",
    }.get(question.kind, "Exemple")


def fill(knowledge: Knowledge, told: Mapping[str, object]) -> dict[str, Answer]:
    """The interview to its end: each question that comes up is answered as told, else typically."""
    answers: dict[str, Answer] = {}
    for activity in knowledge.activities:
        while activity in interview.applicable(knowledge, answers):
            question = interview.next_question(activity, interview.effective(knowledge, answers))
            if question is None:
                break
            key = f"{activity.id}.{question.id}"
            answers[key] = answer(told.get(key, typical(question)))
    return answers


def practice(knowledge: Knowledge, **changed: object) -> dict[str, Answer]:
    """The general practitioner's answers, some of them changed: `rendez_vous__contrat=True`."""
    return fill(knowledge, TOLD | {key.replace("__", "."): value for key, value in changed.items()})
