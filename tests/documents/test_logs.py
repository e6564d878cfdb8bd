"""The registers of breaches and of requests as PDF and ODS, opened again and compared field by field."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from odfdo import Document, Table
from pypdf import PdfReader

from bot.compliance.answers import Answers
from bot.compliance.breach import Dossier as Breach
from bot.compliance.requests import Dossier as Request
from bot.documents import Register as Written
from bot.documents import breach_register, request_register, wording
from bot.knowledge.case import Log
from tests.compliance.requests import case_dossier, row
from tests.documents import dossiers, requests
from tests.documents.dossiers import KNOWLEDGE, LONG
from tests.documents.opened import Opened, pattern, squashed

Dossier = Breach | Request
STAR = "★"


@dataclass(frozen=True)
class Register:
    """A register under test: how it is written, of which cases, and what only it says."""

    log: Log
    of: Callable[..., Written]
    answers: Answers
    now: datetime
    cases: dict[str, Any]
    #: A case whose field `free` holds this text.
    telling: Callable[[str], Any]
    free: str
    sheet: str
    column: str
    none_yet: str
    #: How many cases fill several pages.
    several: int

    def pdf(self, *cases: Dossier) -> bytes:
        return self.of(KNOWLEDGE, cases).pdf(KNOWLEDGE, self.answers, self.now)

    def ods(self, *cases: Dossier) -> Document:
        return Document(io.BytesIO(self.of(KNOWLEDGE, cases).ods(KNOWLEDGE, self.answers, self.now)))

    def table(self, *cases: Dossier) -> Table:
        return next(table for table in self.ods(*cases).body.tables if table.name == self.sheet)

    @property
    def every(self) -> Sequence[Dossier]:
        return list(self.cases.values())


BREACHES = Register(
    log=KNOWLEDGE.breach.log,
    of=breach_register,
    answers=dossiers.dossier(**dossiers.WHOLE).answers,
    now=dossiers.NOW,
    cases=dossiers.DOSSIERS,
    telling=lambda text: dossiers.dossier(dossiers.NUMBERED, **{**dossiers.WHOLE, "circonstances": text}),
    free="faits",
    sheet="Violations",
    column="Nature et cause",
    none_yet="Aucune violation n'est enregistrée",
    several=6,
)
REQUESTS = Register(
    log=KNOWLEDGE.requests.log,
    of=request_register,
    answers=requests.dossier().answers,
    now=requests.NOW,
    cases=requests.DOSSIERS,
    telling=lambda text: case_dossier(row("B01"), requests.NUMBERED, reference=text),
    free="reference",
    sheet="Demandes",
    column="Qui et quoi",
    none_yet="Aucune demande n'est enregistrée",
    several=12,
)
REGISTERS = {"breaches": BREACHES, "requests": REQUESTS}
each_register = pytest.mark.parametrize("register", REGISTERS.values(), ids=REGISTERS)
each_case = pytest.mark.parametrize(
    ("register", "told"),
    [
        pytest.param(register, told, id=f"{kind}-{name}")
        for kind, register in REGISTERS.items()
        for name, told in register.cases.items()
    ],
)


def texts(table: Table) -> list[list[str]]:
    return [
        ["\n".join(line.inner_text for line in cell.get_paragraphs()) for cell in row.cells]
        for row in table.rows
    ]


def cell_parts(told: Dossier, cell: list[dict[str, object]]) -> Iterator[str]:
    by_label = {field.label: field for field in told.log}
    for shown in cell:
        field = by_label[str(shown["label"])]
        yield pattern(field.label, STAR if field.guide else "")
        for line in field.lines:
            mark = wording.STATUSES[line.status] if line.status in ("proposed", "changed") else ""
            yield pattern(line.text, mark)


@each_case
def test_the_table_has_every_field_of_a_case(register: Register, told: Dossier) -> None:
    opened = Opened(register.pdf(told))
    cells = register.of(KNOWLEDGE, [told]).content(KNOWLEDGE, register.answers, register.now)["rows"][0]
    assert sorted(field["label"] for cell in cells for field in cell) == sorted(
        field.label for field in told.log
    )
    # A row that is cut by the end of a page is not read cell by cell.
    if len(opened.reader.pages) == 2:
        for cell in cells:
            assert opened.first_missing(cell_parts(told, cell)) is None
    assert opened.missing(*(field.label for field in told.log)) == []


@each_register
def test_a_text_longer_than_a_page_is_whole(register: Register) -> None:
    opened = Opened(register.pdf(register.telling(LONG)))
    assert [word for word in LONG.split() if squashed(word) not in opened.text] == []


@each_register
def test_it_lies_on_its_side_and_is_tagged_with_a_header_on_each_page(register: Register) -> None:
    reader = PdfReader(io.BytesIO(register.pdf(*register.every[: register.several])))
    assert {tuple(round(float(side)) for side in page.mediabox[2:]) for page in reader.pages} == {(842, 595)}
    root = reader.root_object
    assert root["/Lang"].lower().startswith("fr")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    tabled = [page.extract_text() for page in reader.pages[:-1]]
    assert len(tabled) > 2 and all(register.column in text for text in tabled)


@each_register
def test_a_practice_without_a_case_has_an_empty_register(register: Register) -> None:
    opened = Opened(register.pdf())
    assert opened.missing(register.none_yet, "Dr Camille Durand", register.log.retention) == []
    assert len(texts(register.table())) == 1


def test_the_grounds_for_not_notifying_are_there() -> None:
    told = dossiers.DOSSIERS["no risk"]
    assert not told.verdict.notify and told.verdict.why in Opened(BREACHES.pdf(told))


def test_what_is_overdue_is_said() -> None:
    assert "Délai passé" in Opened(REQUESTS.pdf(requests.DOSSIERS["late"]))
    assert "Délai passé" not in Opened(REQUESTS.pdf(requests.DOSSIERS["copy of a record"]))


@each_register
def test_the_spreadsheet_has_a_row_for_each_case_and_a_column_for_each_field(register: Register) -> None:
    header, *rows = texts(register.table(*register.every))
    fields = register.log.fields
    assert header[: len(fields)] == [wording.readable(field.label) for field in fields]
    assert [row[: len(fields)] for row in rows] == [
        [wording.readable(field.text) for field in told.log] for told in register.every
    ]


@each_register
@pytest.mark.parametrize(("column", "status"), [(-2, "unknown"), (-1, "proposed")])
def test_the_spreadsheet_names_the_fields_that_are_not_settled(
    register: Register, column: int, status: str
) -> None:
    rows = texts(register.table(*register.every))[1:]
    assert [row[column] for row in rows] == [
        wording.readable("\n".join(field.label for field in told.log if field.status == status))
        for told in register.every
    ]


@each_register
def test_header_rows_are_header_rows(register: Register) -> None:
    for table in register.ods(*register.every).body.tables:
        assert len(table.get_elements("table:table-header-rows/table:table-row")) == 1


@each_register
def test_the_spreadsheet_says_what_it_is(register: Register) -> None:
    document = register.ods(register.every[0])
    about = document.meta
    assert (about.title, about.language, about.creator) == (
        f"{register.log.title} – Dr Camille Durand",
        "fr-FR",
        "Dr Camille Durand",
    )
    about_sheet = next(table for table in document.body.tables if table.name == "À propos")
    told = squashed("".join(text for row in texts(about_sheet) for text in row))
    for text in (register.log.retention, *(KNOWLEDGE.sources[name].title for name in register.log.sources)):
        assert squashed(text) in told


@each_register
@given(text=st.text(min_size=1))
def test_any_text_survives_and_is_no_formula(register: Register, text: str) -> None:
    told = register.telling(text)
    table = register.table(told)
    at = [field.id for field in told.log].index(register.free)
    assert texts(table)[1][at] == wording.readable(told.log[at].text)
    assert all(cell.formula is None and cell.type == "string" for row in table.rows for cell in row.cells)
