"""DOCX files for word processors: the same parts as the PDFs, with real headings and header rows."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_BREAK, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from bot.documents.content import Cited, Cover, Fact
from bot.documents.sources import Source
from bot.documents.wording import readable

_FONT = "Calibri"
_ACCENT = RGBColor(0x1F, 0x5F, 0x6B)
_MUTED = RGBColor(0x55, 0x63, 0x6A)
#: In twentieths of a point.
_CELL_ROOM, _RULE = "50", "A9B8BB"
_HEADINGS = {"Title": 24, "Heading 1": 17, "Heading 2": 13, "Heading 3": 11}
#: The widths of tables of two and of three columns, on the 16.8 cm between the margins.
_WIDTHS = {2: (Cm(5), Cm(11.8)), 3: (Cm(4.6), Cm(9.2), Cm(3))}

Said = tuple[str, bool]


@dataclass(frozen=True)
class Row:
    """A row of a table: its name, its lines, each with whether it is to be completed, and a note."""

    name: str
    lines: Sequence[Said]
    note: str = ""


class WordDocument:
    """A DOCX being written, from its title to its sources."""

    def __init__(self, cover: Cover, now: datetime) -> None:
        """`cover` is what the document begins with: title, practice, date, subject and keywords."""
        self._document = docx.Document()
        _set_up(self._document)
        _describe(self._document, cover, now)
        self._frame(cover)
        self._document.add_heading(readable(cover["title"]), 0)
        self._say(self.line(), cover["practice"])
        self._say(self.line(), f"État au {cover['date']}", _MUTED)

    def content(self) -> bytes:
        """The file."""
        file = io.BytesIO()
        self._document.save(file)
        return file.getvalue()

    def heading(self, text: str, level: int) -> None:
        """A heading, which word processors list in their navigation."""
        self._document.add_heading(readable(text), level)

    def line(self, style: str | None = None) -> Paragraph:
        """An empty paragraph."""
        return self._document.add_paragraph(style=style)

    def text(self, text: str, to_complete: bool = False) -> None:
        """A paragraph; highlighted when it is to be completed."""
        self._say(self.line(), text, mark=to_complete)

    def item(self, text: str, note: str, *, listed: bool, to_complete: bool = False) -> None:
        """A paragraph or an item of a list, followed by a paler note when there is one."""
        line = self.line("List Bullet" if listed else None)
        self._say(line, text, mark=to_complete)
        if note:
            self._say(line, f" ({note})", _MUTED)

    def note(self, text: str) -> None:
        """A paragraph beside the subject, paler."""
        self._say(self.line(), text, _MUTED)

    def bullets(self, texts: Sequence[str], none: str) -> None:
        """A list; the sentence `none` when it is empty."""
        for text in texts:
            self._say(self.line("List Bullet"), text)
        if not texts:
            self.text(none)

    def paragraph(self, cited: Cited) -> None:
        """A paragraph with the numbers of its sources."""
        line = self.line()
        self._say(line, cited["text"])
        if cited["refs"]:
            self._say(line, f"\N{NO-BREAK SPACE}[{', '.join(map(str, cited['refs']))}]", _ACCENT)

    def address(self, address: str) -> None:
        """An address on the web, to read or to type."""
        self._say(self.line(), address, _ACCENT)

    def facts(self, facts: Sequence[Fact], none: str = "") -> None:
        """Names and values as a table; the sentence `none` when there are none."""
        if facts:
            self.table(
                ("Rubrique", "Contenu"), [Row(fact["label"], [(fact["value"], False)]) for fact in facts]
            )
        elif none:
            self.text(none)

    def legend(self, legend: Iterable[dict[str, str]]) -> None:
        """What each status means."""
        rows = [Row(item["label"], [(item["meaning"], False)]) for item in legend]
        self.table(("Statut", "Sens"), rows)

    def table(self, header: Sequence[str], rows: Iterable[Row]) -> None:
        """A table whose header row is repeated on each page; rows are not cut."""
        table = self._document.add_table(rows=1, cols=len(header), style="Table Grid")
        for cell, text in zip(table.rows[0].cells, header, strict=True):
            self._say(cell.paragraphs[0], text, _ACCENT, bold=True)
        _flag(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
        for row in rows:
            self._fill(table.add_row().cells, row)
        _lay_out(table, _WIDTHS[len(header)])
        self.line().paragraph_format.space_after = Pt(0)

    def page_break(self) -> None:
        """The rest begins on a new page."""
        self.line().add_run().add_break(WD_BREAK.PAGE)

    def sources(self, sources: Sequence[Source]) -> None:
        """The list that the numbers in brackets point to."""
        self.heading("Sources", 1)
        for number, source in enumerate(sources, start=1):
            line = self.line()
            self._say(line, f"{number}. {source['title']}")
            more = [f"{source['grade']}, vérifié le {source['checked']}", source["url"], source["note"]]
            self._say(line, "\n" + "\n".join(text for text in more if text), _MUTED)

    def _fill(self, cells: Sequence[_Cell], row: Row) -> None:
        self._say(cells[0].paragraphs[0], row.name, bold=True)
        for place, (text, to_complete) in enumerate(row.lines):
            line = cells[1].add_paragraph() if place else cells[1].paragraphs[0]
            self._say(line, text, mark=to_complete)
        if len(cells) > 2:
            self._say(cells[2].paragraphs[0], row.note, _MUTED)

    def _say(
        self,
        line: Paragraph,
        text: str,
        colour: RGBColor | None = None,
        *,
        bold: bool = False,
        mark: bool = False,
    ) -> None:
        run = line.add_run(readable(text))
        run.bold = bold or None
        if colour is not None:
            run.font.color.rgb = colour
        if mark:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW

    def _frame(self, cover: Cover) -> None:
        """The practice above each page; the date and the page's number below."""
        section = self._document.sections[0]
        self._say(section.header.paragraphs[0], cover["practice"], _MUTED)
        footer = section.footer.paragraphs[0]
        self._say(footer, f"{cover['date']} – page\N{NO-BREAK SPACE}", _MUTED)
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        footer._p.append(field)


def _set_up(document: Document) -> None:
    """A4, in French, with the styles of the documents."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.1)
    section.top_margin = section.bottom_margin = Cm(2.2)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "fr-FR")
    _set_font(document.styles["Normal"], 10.5)
    for name, size in _HEADINGS.items():
        _set_font(document.styles[name], size, _ACCENT)
    _set_tables(document.styles["Table Grid"].element)


def _set_tables(style: Any) -> None:
    """Room around the lines of a cell and between them, and pale rules."""
    for name in ("w:top", "w:bottom"):
        style.find(f".//{qn('w:tblCellMar')}/{qn(name)}").set(qn("w:w"), _CELL_ROOM)
    style.find(f".//{qn('w:spacing')}").set(qn("w:after"), _CELL_ROOM)
    for rule in style.find(f".//{qn('w:tblBorders')}"):
        rule.set(qn("w:color"), _RULE)


def _set_font(style: Any, size: float, colour: RGBColor | None = None) -> None:
    style.font.name, style.font.size = _FONT, Pt(size)
    if colour is not None:
        style.font.color.rgb = colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    # Headings name the fonts of the theme, which would win.
    for theme in [name for name in fonts.attrib if str(name).endswith("Theme")]:
        del fonts.attrib[theme]
    fonts.set(qn("w:hAnsi"), _FONT)


def _describe(document: Document, cover: Cover, now: datetime) -> None:
    about = document.core_properties
    # A property holds 255 characters at most.
    about.title = readable(f"{cover['title']} – {cover['practice']}")[:255]
    about.author = about.last_modified_by = readable(cover["practice"])[:255]
    about.subject, about.keywords = cover["subject"][:255], ", ".join(cover["keywords"])
    about.language, about.comments = "fr-FR", ""
    about.created = about.modified = now.astimezone(timezone.utc).replace(microsecond=0, tzinfo=None)


def _lay_out(table: Table, widths: Sequence[Cm]) -> None:
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
    for row in table.rows:
        # A row longer than a page has to be.
        if sum(len(cell.text) for cell in row.cells) < 1500:
            _flag(row._tr.get_or_add_trPr(), "w:cantSplit")


def _flag(properties: Any, name: str) -> None:
    properties.append(OxmlElement(name))
