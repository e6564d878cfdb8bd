"""Assessments and practices of many kinds, whose documents are made and opened again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from bot.clock import PARIS
from bot.compliance import measures, register
from bot.compliance.answers import UNKNOWN, Answer
from bot.compliance.dpia.assessment import Assessment
from bot.compliance.measures import Decision
from tests.compliance.dpia_practices import GROUP, HOUSE, KNOWLEDGE, RESEARCH, practice
from tests.documents.dossiers import HOSTILE, LONG

NOW = datetime(2026, 11, 28, 10, 30, tzinfo=PARIS)
SECURITY: dict[str, object] = {
    "securite.mots_de_passe": "partages",
    "securite.chiffrement": False,
    "securite.mises_a_jour": "?",
    "securite.sauvegardes": "chaque_jour",
    "securite.copies": ("debranchee",),
    "securite.restauration": "recent",
}
PLANNED = {"sec-chiffrement": Decision("planned", date(2027, 1, 31))}


def assessed(changed: Mapping[str, object], entry: str = "dossiers_patients", **told: Answer) -> Assessment:
    """The assessment of an entry of a practice that differs from the plain one."""
    answers = practice({**SECURITY, **changed})
    found = next(one for one in register.build(KNOWLEDGE, answers) if one.id == entry)
    own = {f"{KNOWLEDGE.dpia.analysis.id}.{name}": answer for name, answer in told.items()}
    recommended = measures.recommend(KNOWLEDGE, answers, PLANNED)
    return Assessment(KNOWLEDGE, found, {**answers, **own}, recommended)


def confirmed(changed: Mapping[str, object], entry: str = "dossiers_patients") -> Assessment:
    """One whose every question was answered, with what was proposed where something was."""
    told: dict[str, Answer] = {}
    so_far = assessed(changed, entry)
    while (question := so_far.sheet.next_question) is not None:
        first = next(iter(question.options), "")
        plain = {"bool": True, "one": first, "many": (first,), "text": "Relu par nos soins."}[question.kind]
        told[question.id] = so_far.proposal(question.id) or Answer.given(plain)
        so_far = assessed(changed, entry, **told)
    return so_far


LARGE = {**GROUP, "profil.plus_de_10000_patients": True}
FREE_TEXTS = ("apercu", "finalites", "avis_dpo", "decideur")
ASSESSMENTS: dict[str, Assessment] = {
    "just begun": assessed({}),
    "large group": assessed(LARGE),
    "all confirmed": confirmed(LARGE),
    "study": assessed(RESEARCH, "recherches"),
    "video": assessed({"videosurveillance.lieux": ("salle_attente",)}, "videosurveillance"),
    "nothing known": assessed({}, **{question.id: UNKNOWN for question in KNOWLEDGE.dpia.analysis.questions}),
    "own words": assessed({"profil.dpo": True}, **dict.fromkeys(FREE_TEXTS, Answer.given("Mes mots."))),
    "hostile texts": assessed(
        {"profil.nom": HOSTILE, "profil.dpo": True}, **dict.fromkeys(FREE_TEXTS, Answer.given(HOSTILE))
    ),
    "long texts": assessed({}, apercu=Answer.given(LONG)),
}
PRACTICES: dict[str, dict[str, Answer]] = {
    "nothing told": {},
    "alone": practice(),
    "large group": practice(LARGE),
    "house": practice({**HOUSE, "profil.plus_de_10000_patients": False}),
    "nothing screened": practice(dict.fromkeys(
        [f"{KNOWLEDGE.dpia.questionnaire.id}.{one.id}" for one in KNOWLEDGE.dpia.questionnaire.questions]
    )),
    "officer in conflict": practice({"profil.dpo": True, "aipd_seuil.delegue": "praticien"}),
    "psychologist": practice({"profil.profession": "psychologue"}),
    "study": practice(RESEARCH),
    "hostile name": practice({"profil.nom": HOSTILE}),
}  # fmt: skip
