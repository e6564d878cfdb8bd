"""The register of breaches: a line for each, notified or not, with the grounds (RGPD art. 33(5))."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict

from bot.compliance.answers import Answers
from bot.compliance.breach import Dossier
from bot.compliance.lines import FilledField
from bot.documents.content import Cited, Cover, Statement, cited, cover, statement
from bot.documents.sheets import Sheet, spreadsheet
from bot.documents.sources import Citations, Source
from bot.documents.typeset import typeset
from bot.knowledge.model import Knowledge

SUBJECT = "Registre prévu par l'article 33(5) du RGPD"
KEYWORDS = ("RGPD", "registre des violations de données")
GUIDE = "rubrique du guide"

#: The columns of the table on paper, and the fields that each holds; others stand in the last one.
_COLUMNS = (
    ("Incident", ("numero", "faits", "dates")),
    ("Nature et cause", ("nature", "cause", "supports")),
    ("Personnes et données", ("personnes", "donnees")),
    ("Conséquences et mesures", ("consequences", "mesures")),
    ("Risque", ("risque",)),
    ("Notification et information", ("notification", "information")),
    ("Justification et clôture", ("justification", "cloture")),
)


class Field(TypedDict):
    """A field of a breach; `guide` when the guide asks for it."""

    label: str
    guide: bool
    lines: list[Statement]


class Content(Cover):
    """All that the table shows: a row for each breach, a cell for each column."""

    about: list[Cited]
    guide: str
    columns: list[str]
    rows: list[list[list[Field]]]
    sources: list[Source]


def breach_log_pdf(
    knowledge: Knowledge, answers: Answers, dossiers: Sequence[Dossier], now: datetime
) -> bytes:
    """The register as a tagged PDF, a table on A4 landscape; `answers` are the practice's."""
    return typeset("breach_log.typ", content(knowledge, answers, dossiers, now), now)


def breach_log_ods(
    knowledge: Knowledge, answers: Answers, dossiers: Sequence[Dossier], now: datetime
) -> bytes:
    """The register as a spreadsheet: a row for each breach, a column for each field."""
    told = content(knowledge, answers, dossiers, now)
    labels = [field.label for field in knowledge.breach.log.fields]
    header = [*labels, "À préciser", "Proposé par Vigie, à relire"]
    rows = [_row(dossier) for dossier in dossiers]
    return spreadsheet(told, [Sheet("Violations", header, rows), _about(told)], now)


def content(knowledge: Knowledge, answers: Answers, dossiers: Sequence[Dossier], now: datetime) -> Content:
    """What the register says, the breaches in the order given."""
    log, citations = knowledge.breach.log, Citations(knowledge)
    return {
        **cover(log.title, knowledge, answers, now, SUBJECT, KEYWORDS),
        "about": [cited(f"{SUBJECT}. {log.retention}", log.sources, citations)],
        "guide": GUIDE,
        "columns": [title for title, _ in _COLUMNS],
        "rows": [_cells(dossier.log, citations) for dossier in dossiers],
        "sources": citations.listed(),
    }


def _cells(log: Sequence[FilledField], citations: Citations) -> list[list[Field]]:
    placed = {name for _, names in _COLUMNS for name in names}
    others = tuple(field.id for field in log if field.id not in placed)
    last = len(_COLUMNS) - 1
    return [
        [
            {
                "label": field.label,
                "guide": field.guide,
                "lines": [statement(line, citations) for line in field.lines],
            }
            for field in log
            if field.id in names or (place == last and field.id in others)
        ]
        for place, (_, names) in enumerate(_COLUMNS)
    ]


def _row(dossier: Dossier) -> list[str]:
    """The texts of the fields, then which of them are not settled."""
    log = dossier.log
    return [
        *(field.text for field in log),
        *(
            "\n".join(field.label for field in log if field.status == status)
            for status in ("unknown", "proposed")
        ),
    ]


def _about(told: Content) -> Sheet:
    """What the register is, and its sources."""
    rows = [
        ["Cabinet", told["practice"]],
        ["État au", told["date"]],
        *(["À savoir", text["text"]] for text in told["about"]),
        *([f"Statut « {item['label']} »", item["meaning"]] for item in told["legend"]),
        *(["Source", _source(source)] for source in told["sources"]),
    ]
    return Sheet("À propos", ["Rubrique", "Contenu"], rows)


def _source(source: Source) -> str:
    texts = (
        source["title"],
        f"{source['grade']}, vérifié le {source['checked']}",
        source["url"],
        source["note"],
    )
    return "\n".join(text for text in texts if text)
