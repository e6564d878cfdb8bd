"""ODS spreadsheets: sheets of text with a header row that stays in view and is repeated in print."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import cast

from odfdo import (
    Cell,
    Column,
    Document,
    Element,
    Paragraph,
    Row,
    Style,
    Table,
    XmlPart,
    create_table_cell_style,
)

from bot.documents.content import Cover
from bot.documents.wording import readable

#: The page of the library's empty spreadsheet.
_LAYOUT = "Mpm1"
_HEADER, _TEXT = "vigie-header", "vigie-text"
#: How wide a column is whose longest text has no more characters than that.
_WIDTHS = {30: "3.5cm", 200: "6cm", 1_000_000: "9cm"}


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
    _freeze(document, sheets)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _table(sheet: Sheet) -> Table:
    table = Table(sheet.name)
    for place in range(len(sheet.header)):
        table.append(Column(style=_width(sheet, place)))
    # The reader of a screen, and each printed page, finds the names of the columns here.
    header = Element.from_tag("table:table-header-rows")
    header.append(_row(sheet.header, _HEADER))
    table.append(header)
    for row in sheet.rows:
        table.append(_row(row, _TEXT))
    return table


def _width(sheet: Sheet, place: int) -> str:
    """The style of a column."""
    longest = max(len(row[place]) for row in (sheet.header, *sheet.rows))
    return next(f"vigie-{width}" for most, width in _WIDTHS.items() if longest <= most)


def _row(texts: Sequence[str], style: str) -> Row:
    row = Row()
    for text in texts:
        row.append(_cell(text, style))
    return row


def _cell(text: str, style: str) -> Cell:
    """A text, never a formula or a number; each of its lines is a paragraph."""
    cell = Cell(readable(text), cell_type="string", style=style)
    for paragraph in cell.get_paragraphs():
        cell.delete(paragraph)
    for line in readable(text).split("\n"):
        cell.append(Paragraph(line))
    return cell


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
    columns = [
        Style("table-column", name=f"vigie-{width}", area="table-column", width=width)
        for width in _WIDTHS.values()
    ]
    for style in (header, text, *columns):
        document.insert_style(style, automatic=True)
    layout = cast(Style, document.get_style("page-layout", _LAYOUT))
    page = {"style:print-orientation": "landscape", "fo:page-width": "29.7cm", "fo:page-height": "21cm"}
    layout.set_properties(page, area="page-layout")


def _freeze(document: Document, sheets: Sequence[Sheet]) -> None:
    """Keep the header row of every sheet in view."""
    settings = cast(XmlPart, document.get_part("settings.xml"))
    tables = cast(Element, settings.get_element("//config:config-item-map-named"))
    tables.clear()
    tables.set_attribute("config:name", "Tables")
    for sheet in sheets:
        entry = Element.from_tag("config:config-item-map-entry")
        entry.set_attribute("config:name", sheet.name)
        for name, value in (("VerticalSplitMode", 2), ("VerticalSplitPosition", 1), ("PositionBottom", 1)):
            item = Element.from_tag("config:config-item")
            item.set_attribute("config:name", name)
            item.set_attribute("config:type", "short" if name.endswith("Mode") else "int")
            item.text = str(value)
            entry.append(item)
        tables.append(entry)


def _describe(document: Document, cover: Cover, now: datetime) -> None:
    about, moment = document.meta, now.astimezone(timezone.utc).replace(microsecond=0, tzinfo=None)
    about.title = readable(f"{cover['title']} – {cover['practice']}")
    about.subject, about.language = readable(cover["subject"]), "fr-FR"
    about.initial_creator = about.creator = readable(cover["practice"])
    about.keyword = ", ".join(cover["keywords"])
    about.creation_date = about.date = moment
    about.generator = "Vigie"
