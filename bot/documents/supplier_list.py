"""The list of suppliers: role and reasons, contract, hosting and transfers (RGPD art. 28, 30)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict

from bot.compliance.answers import Answers, in_words
from bot.compliance.processors import Review
from bot.compliance.processors.verdict import ClauseVerdict
from bot.documents.content import Cited, Cover, cited, cover
from bot.documents.sheets import Sheet, spreadsheet
from bot.documents.sources import Citations, Source
from bot.documents.typeset import typeset
from bot.knowledge.model import Knowledge
from bot.knowledge.processors import HOSTING_SEEN

SUBJECT = "Prestataires du cabinet, articles 28 et 30 du RGPD"
KEYWORDS = ("RGPD", "sous-traitants", "prestataires")
#: The columns of the table on paper, with the fields that each holds.
COLUMNS = (
    ("Prestataire", ("Nom", "Genre", "Données")),
    ("Rôle", ("Rôle", "Raisons", "À écrire")),
    ("Contrat", ("Contrat", "Date du contrat", "Points à compléter", "Points à vérifier")),
    ("Données de santé et pays", ("Hébergement", "Certificat vu", "Lieu", "Transferts")),
)
ALL_POINTS = "Tous"
_HEADER = tuple(label for _, labels in COLUMNS for label in labels)


class Field(TypedDict):
    """A field of a supplier."""

    label: str
    text: str


class Content(Cover):
    """All that the list shows: a row for each supplier, a cell for each column."""

    about: list[Cited]
    columns: list[str]
    rows: list[list[list[Field]]]
    sources: list[Source]


def supplier_list_pdf(
    knowledge: Knowledge, answers: Answers, reviews: Sequence[Review], now: datetime
) -> bytes:
    """The list as a tagged PDF, a table on A4 landscape; `answers` are the practice's."""
    return typeset("supplier_list.typ", content(knowledge, answers, reviews, now), now)


def supplier_list_ods(
    knowledge: Knowledge, answers: Answers, reviews: Sequence[Review], now: datetime
) -> bytes:
    """The list as a spreadsheet: a row for each supplier, a column for each field."""
    told = content(knowledge, answers, reviews, now)
    rows = [[fields(review)[label] for label in _HEADER] for review in reviews]
    about = [["Cabinet", told["practice"]], ["État au", told["date"]]]
    about += [["À savoir", text["text"]] for text in told["about"]]
    about += [["Source", f"{source['title']}\n{source['url']}".strip()] for source in told["sources"]]
    sheets = [Sheet("Prestataires", _HEADER, rows), Sheet("À propos", ["Rubrique", "Contenu"], about)]
    return spreadsheet(told, sheets, now)


def content(knowledge: Knowledge, answers: Answers, reviews: Sequence[Review], now: datetime) -> Content:
    """What the list says, the suppliers in the order given."""
    told, citations = knowledge.processors.wordings, Citations(knowledge)
    about = [
        cited(told.list.about, told.list.sources, citations),
        cited(told.never_compliant, (), citations),
    ]
    for review in reviews:
        role, hosting = review.role, review.hosting
        for line in (*(role.why if role else ()), *(role.besides if role else ())):
            citations.refs(line.sources)
        citations.refs(hosting.sources if hosting else ())
    return {
        **cover(told.list.title, knowledge, answers, now, SUBJECT, KEYWORDS),
        "about": about,
        "columns": [title for title, _ in COLUMNS],
        "rows": [_cells(review) for review in reviews],
        "sources": citations.listed(),
    }


def fields(review: Review) -> dict[str, str]:
    """The texts of a supplier by the label of their column; empty where there is nothing to say."""
    told, role, hosting, overall = review.knowledge.processors, review.role, review.hosting, review.overall
    kind = review.kind
    reasons = [line.text for line in (*role.why, *role.besides)] if role else []
    if role and role.presumed:
        reasons.append(told.wordings.presumed_role)
    return {
        # Who is no processor is told by its kind: a colleague, the bank.
        "Nom": review.name or (told.wordings.list.unnamed if review.clauses else ""),
        "Genre": kind.title if kind else "",
        "Données": kind.data if kind else "",
        "Rôle": role.label if role else "",
        "Raisons": "\n".join(reasons),
        "À écrire": role.follows if role else "",
        "Contrat": overall.title if overall else "",
        "Date du contrat": review.contract_date,
        "Points à compléter": _points(review, review.to_complete),
        "Points à vérifier": _points(review, review.to_check),
        "Hébergement": f"{hosting.label}. {hosting.because}" if hosting else "",
        "Certificat vu": _answer(review, HOSTING_SEEN),
        "Lieu": _answer(review, "lieu"),
        "Transferts": "\n".join(rule.text for rule in review.transfers),
    }


def _cells(review: Review) -> list[list[Field]]:
    told = fields(review)
    return [
        [{"label": label, "text": told[label]} for label in labels if told[label]] for _, labels in COLUMNS
    ]


def _points(review: Review, clauses: Sequence[ClauseVerdict]) -> str:
    if clauses and len(clauses) == len(review.clauses):
        return ALL_POINTS
    return " ; ".join(one.clause.title for one in clauses)


def _answer(review: Review, question_id: str) -> str:
    """The answer to a question that applies, in words; « je ne sais pas » when it is not known."""
    processors = review.knowledge.processors
    key = processors.key(question_id)
    answer = review.facts.answers.get(key)
    return in_words(processors.questionnaire.question(question_id), answer)
