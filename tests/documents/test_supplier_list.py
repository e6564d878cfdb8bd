"""The list of suppliers, opened again and compared with the reviews."""

from __future__ import annotations

import io

from odfdo import Document, Table

from bot.documents import supplier_list_ods, supplier_list_pdf, wording
from bot.documents.supplier_list import COLUMNS, fields
from tests.compliance.contracts import told
from tests.documents.opened import Opened
from tests.documents.reviews import KNOWLEDGE, NOW, PRACTICE, REVIEWS

ANSWERS = told(**PRACTICE)
LIST = list(REVIEWS.values())
HEADER = [label for _, labels in COLUMNS for label in labels]


def sheet(content: bytes, name: str) -> list[list[str]]:
    table = Document(io.BytesIO(content)).body.get_table(name=name)
    assert isinstance(table, Table)
    return [
        ["\n".join(line.inner_text for line in cell.get_paragraphs()) for cell in row.cells]
        for row in table.rows
    ]


def test_the_spreadsheet_has_a_row_for_each_supplier_and_a_column_for_each_field() -> None:
    rows = sheet(supplier_list_ods(KNOWLEDGE, ANSWERS, LIST, NOW), "Prestataires")
    assert rows[0] == HEADER
    for row, review in zip(rows[1:], LIST, strict=True):
        assert row == [wording.readable(fields(review)[label]) for label in HEADER]


def test_the_spreadsheet_says_that_roles_are_proposed_and_nothing_is_compliant() -> None:
    about = str(sheet(supplier_list_ods(KNOWLEDGE, ANSWERS, [], NOW), "À propos"))
    assert "Les rôles sont proposés" in about and "ne dit jamais" in about and "Dr Camille Durand" in about


def test_the_pdf_has_every_field_of_every_supplier() -> None:
    opened = Opened(supplier_list_pdf(KNOWLEDGE, ANSWERS, LIST, NOW))
    for review in LIST:
        texts = [line for text in fields(review).values() for line in text.split("\n") if line]
        assert opened.missing(*texts) == []


def test_the_list_of_a_practice_without_suppliers_says_so() -> None:
    assert "Aucun prestataire n'est connu" in Opened(supplier_list_pdf(KNOWLEDGE, ANSWERS, [], NOW))
