"""ODS spreadsheets: sheets of text with a header row that stays in view and is repeated in print."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timezone

from odfdo import Cell, Column, Document, Element, Row, Style, Table, create_table_cell_style

from bot.documents.content import Cover
from bot.documents.wording import readable

_HEADER, _TEXT, _WIDE = "vigie-header", "vigie-text", "vigie-column"
_WIDTH = "6cm"


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, the texts of its header, and its rows."""

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]


def spreadsheet(cover: Cover, sheets: Sequence[Sheet], now: datetime) -> bytes:
    """The ODS file of these sheets."""
    document = Document("spreadsheet")
    _describe(document, cover, now)
    _style(document)
    document.body.clear()
    for sheet in sheets:
        document.body.append(_table(sheet))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _table(sheet: Sheet) -> Table:
    table = Table(sheet.name)
    table.append(Column(repeated=len(sheet.header), style=_WIDE))
    # The reader of a screen, and each printed page, finds the names of the columns here.
    header = Element.from_tag("table:table-header-rows")
    header.append(_row(sheet.header, _HEADER))
    table.append(header)
    for row in sheet.rows:
        table.append(_row(row, _TEXT))
    return table


def _row(texts: Sequence[str], style: str) -> Row:
    row = Row()
    for text in texts:
        row.append(_cell(text, style))
    return row


def _cell(text: str, style: str) -> Cell:
    """A text, never a formula or a number; each of its lines is a paragraph."""
    return Cell(readable(text), cell_type="string", style=style)


def _style(document: Document) -> None:
    edge = "0.06pt solid #c9d6d8"
    header = create_table_cell_style(
        border=edge, padding="0.1cm", background_color="#eef4f5", color="#1f5f6b"
    )
    text = create_table_cell_style(border=edge, padding="0.1cm")
    header.name, text.name = _HEADER, _TEXT
    for style in (header, text):
        style.set_properties({"fo:wrap-option": "wrap", "style:vertical-align": "top"}, area="table-cell")
    header.set_properties({"fo:font-weight": "bold"}, area="text")
    column = Style("table-column", name=_WIDE, area="table-column", width=_WIDTH)
    for style in (header, text, column):
        document.insert_style(style, automatic=True)


def _describe(document: Document, cover: Cover, now: datetime) -> None:
    about, moment = document.meta, now.astimezone(timezone.utc).replace(microsecond=0, tzinfo=None)
    about.title = readable(f"{cover['title']} – {cover['practice']}")
    about.subject, about.language = readable(cover["subject"]), "fr-FR"
    about.initial_creator = about.creator = readable(cover["practice"])
    about.keyword = ", ".join(cover["keywords"])
    about.creation_date = about.date = moment
    about.generator = "Vigie"
