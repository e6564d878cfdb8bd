"""Registers of what happened, as a table: a row for each case, a column for each field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from bot.compliance.answers import Answers
from bot.compliance.lines import FilledField
from bot.documents.content import Cited, Cover, Statement, cited, cover, statement
from bot.documents.sheets import Sheet, spreadsheet
from bot.documents.sources import Citations, Source
from bot.documents.typeset import typeset
from bot.knowledge.case import Log
from bot.knowledge.model import Knowledge

GUIDE = "rubrique du guide"


@dataclass(frozen=True)
class Layout:
    """How a register is laid out on paper, and what it is.

    `columns` are those of the table, each with the fields that it holds; others stand in the last one.
    `widths` are their shares of the page, `sheet` names the spreadsheet's, `none_yet` says that it is empty.
    """

    subject: str
    keywords: tuple[str, ...]
    columns: tuple[tuple[str, tuple[str, ...]], ...]
    widths: tuple[float, ...]
    sheet: str
    none_yet: str


class Field(TypedDict):
    """A field of a case; `guide` when the guide asks for it."""

    label: str
    guide: bool
    lines: list[Statement]


class Content(Cover):
    """All that the table shows: a row for each case, a cell for each column."""

    about: list[Cited]
    guide: str
    none_yet: str
    columns: list[str]
    widths: list[float]
    rows: list[list[list[Field]]]
    sources: list[Source]


@dataclass(frozen=True)
class Register:
    """A register: its knowledge, its layout, and the filled fields of each case, in the order given."""

    log: Log
    layout: Layout
    cases: Sequence[Sequence[FilledField]]

    def pdf(self, knowledge: Knowledge, answers: Answers, now: datetime) -> bytes:
        """As a tagged PDF, a table on A4 landscape; `answers` are the practice's."""
        return typeset("log.typ", self.content(knowledge, answers, now), now)

    def ods(self, knowledge: Knowledge, answers: Answers, now: datetime) -> bytes:
        """As a spreadsheet: a row for each case, a column for each field."""
        told = self.content(knowledge, answers, now)
        header = [field.label for field in self.log.fields]
        header += ["À préciser", "Proposé par Vigie, à relire"]
        rows = [_row(case) for case in self.cases]
        return spreadsheet(told, [Sheet(self.layout.sheet, header, rows), _about(told)], now)

    def content(self, knowledge: Knowledge, answers: Answers, now: datetime) -> Content:
        """What the register says."""
        log, layout, citations = self.log, self.layout, Citations(knowledge)
        about = cited(f"{layout.subject}. {log.retention}", log.sources, citations)
        return {
            **cover(log.title, knowledge, answers, now, layout.subject, layout.keywords),
            "about": [about],
            "guide": GUIDE,
            "none_yet": layout.none_yet,
            "columns": [title for title, _ in layout.columns],
            "widths": list(layout.widths),
            "rows": [_cells(case, layout, citations) for case in self.cases],
            "sources": citations.listed(),
        }


def _cells(case: Sequence[FilledField], layout: Layout, citations: Citations) -> list[list[Field]]:
    placed = {name for _, names in layout.columns for name in names}
    others = tuple(field.id for field in case if field.id not in placed)
    last = len(layout.columns) - 1
    return [
        [
            {
                "label": field.label,
                "guide": field.guide,
                "lines": [statement(line, citations) for line in field.lines],
            }
            for field in case
            if field.id in names or (place == last and field.id in others)
        ]
        for place, (_, names) in enumerate(layout.columns)
    ]


def _row(case: Sequence[FilledField]) -> list[str]:
    """The texts of the fields, then which of them are not settled."""
    return [
        *(field.text for field in case),
        *(
            "\n".join(field.label for field in case if field.status == status)
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
