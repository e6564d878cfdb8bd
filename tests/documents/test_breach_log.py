from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from odfdo import Document, Table
from pypdf import PdfReader

from bot.compliance.breach import Dossier
from bot.documents import breach_log_ods, breach_log_pdf, wording
from bot.documents.breach_log import content
from tests.documents.dossiers import DOSSIERS, KNOWLEDGE, LONG, NOW, NUMBERED, WHOLE, dossier
from tests.documents.opened import Opened, pattern, squashed

LOG = KNOWLEDGE.breach.log
ALL = list(DOSSIERS.values())
ANSWERS = dossier(**WHOLE).answers
each_dossier = pytest.mark.parametrize("told", ALL, ids=DOSSIERS)
STAR = "★"


def sheets(*dossiers: Dossier) -> dict[str, Table]:
    document = Document(io.BytesIO(breach_log_ods(KNOWLEDGE, ANSWERS, dossiers, NOW)))
    return {table.name: table for table in document.body.tables}


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


@each_dossier
def test_the_table_has_every_field_of_a_breach(told: Dossier) -> None:
    opened = Opened(breach_log_pdf(KNOWLEDGE, ANSWERS, [told], NOW))
    cells = content(KNOWLEDGE, ANSWERS, [told], NOW)["rows"][0]
    assert sorted(field["label"] for cell in cells for field in cell) == sorted(
        field.label for field in told.log
    )
    # A row that is cut by the end of a page is not read cell by cell.
    if len(opened.reader.pages) == 2:
        for cell in cells:
            assert opened.first_missing(cell_parts(told, cell)) is None
    assert opened.missing(*(field.label for field in told.log)) == []


def test_a_text_longer_than_a_page_is_whole() -> None:
    told = dossier(NUMBERED, **{**WHOLE, "circonstances": LONG})
    opened = Opened(breach_log_pdf(KNOWLEDGE, ANSWERS, [told], NOW))
    assert [word for word in LONG.split() if squashed(word) not in opened.text] == []


def test_it_lies_on_its_side_and_is_tagged_with_a_header_on_each_page() -> None:
    reader = PdfReader(io.BytesIO(breach_log_pdf(KNOWLEDGE, ANSWERS, ALL[:6], NOW)))
    assert {tuple(round(float(side)) for side in page.mediabox[2:]) for page in reader.pages} == {(842, 595)}
    root = reader.root_object
    assert root["/Lang"].lower().startswith("fr")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    tabled = [page.extract_text() for page in reader.pages[:-1]]
    assert len(tabled) > 2 and all("Nature et cause" in text for text in tabled)


def test_a_practice_without_a_breach_has_an_empty_register() -> None:
    opened = Opened(breach_log_pdf(KNOWLEDGE, ANSWERS, [], NOW))
    assert opened.missing("Aucune violation n'est enregistrée", "Dr Camille Durand", LOG.retention) == []
    assert len(texts(sheets()["Violations"])) == 1


def test_the_grounds_for_not_notifying_are_there() -> None:
    told = DOSSIERS["no risk"]
    assert not told.verdict.notify and told.verdict.why in Opened(
        breach_log_pdf(KNOWLEDGE, ANSWERS, [told], NOW)
    )


def test_the_spreadsheet_has_a_row_for_each_breach_and_a_column_for_each_field() -> None:
    header, *rows = texts(sheets(*ALL)["Violations"])
    assert header[: len(LOG.fields)] == [wording.readable(field.label) for field in LOG.fields]
    assert [row[: len(LOG.fields)] for row in rows] == [
        [wording.readable(field.text) for field in told.log] for told in ALL
    ]


@pytest.mark.parametrize(("column", "status"), [(-2, "unknown"), (-1, "proposed")])
def test_the_spreadsheet_names_the_fields_that_are_not_settled(column: int, status: str) -> None:
    rows = texts(sheets(*ALL)["Violations"])[1:]
    assert [row[column] for row in rows] == [
        wording.readable("\n".join(field.label for field in told.log if field.status == status))
        for told in ALL
    ]


def test_header_rows_are_header_rows() -> None:
    for table in sheets(*ALL).values():
        assert len(table.get_elements("table:table-header-rows/table:table-row")) == 1


def test_the_spreadsheet_says_what_it_is() -> None:
    document = Document(io.BytesIO(breach_log_ods(KNOWLEDGE, ANSWERS, ALL[:1], NOW)))
    about = document.meta
    assert (about.title, about.language, about.creator) == (
        f"{LOG.title} – Dr Camille Durand",
        "fr-FR",
        "Dr Camille Durand",
    )
    about_sheet = next(table for table in document.body.tables if table.name == "À propos")
    told = squashed("".join(text for row in texts(about_sheet) for text in row))
    for text in (LOG.retention, *(KNOWLEDGE.sources[name].title for name in LOG.sources)):
        assert squashed(text) in told


@given(st.text(min_size=1))
def test_any_text_survives_and_is_no_formula(text: str) -> None:
    told = dossier(NUMBERED, **{**WHOLE, "circonstances": text})
    table = sheets(told)["Violations"]
    at = [field.id for field in told.log].index("faits")
    assert texts(table)[1][at] == wording.readable(told.log[at].text)
    assert all(cell.formula is None and cell.type == "string" for row in table.rows for cell in row.cells)
