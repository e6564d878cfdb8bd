"""The same clauses are found whether a contract is given as text, as a PDF or as a DOCX, with its places."""

from __future__ import annotations

from functools import cache

import pytest

from bench.contracts import Sample, samples
from bot.compliance.processors import Contract, Review
from bot.compliance.processors.verdict import Overall
from bot.knowledge import load
from bot.language.clauses import ClauseFinder
from bot.uploads import read
from tests.compliance.contracts import KNOWLEDGE, told
from tests.uploads import files

pytestmark = pytest.mark.slow

CASES = {case.name: case for case in samples()}
ESCAPED = str.maketrans({char: f"\\{char}" for char in "\\#*_$`<>@[]-=+/\"'~"})


@cache
def finder() -> ClauseFinder:
    return ClauseFinder(load().processors.clauses.clauses)


def given(case: Sample, ending: str) -> Contract:
    texts = [paragraph.text for paragraph in case.contract.paragraphs]
    if ending == "docx":
        return read("contrat.docx", files.word(*texts))
    half = len(texts) // 2
    pages = ("\n\n".join(text.translate(ESCAPED) for text in part) for part in (texts[:half], texts[half:]))
    return read("contrat.pdf", files.pdf(*pages))


@pytest.mark.parametrize("ending", ["pdf", "docx"])
@pytest.mark.parametrize("name", ["logiciel_complet", "plateforme_cgu"])
def test_clauses_are_found_in_files_as_in_their_text(name: str, ending: str) -> None:
    case = CASES[name]
    contract = given(case, ending)
    found = finder().find(contract)
    right = {
        clause
        for clause, pieces in case.holds.items()
        if (passage := found[clause].passage)
        and any(piece.replace("'", "’") in passage.text.replace("'", "’") for piece in pieces)
    }
    assert len(right) >= 0.85 * len(case.holds), set(case.holds) - right
    for one in found.values():
        if one.passage:
            assert bool(one.passage.page) == (ending == "pdf")
            assert one.passage.text in contract.paragraphs[one.passage.paragraph - 1].text


def test_a_contract_that_was_only_read_is_to_be_checked_and_never_more() -> None:
    findings = finder().find(given(CASES["logiciel_complet"], "docx"))
    overall = Review(
        KNOWLEDGE, told(genre="logiciel_en_ligne", nom="Ordoline", existe="signe"), findings
    ).overall
    assert isinstance(overall, Overall) and overall.name == "a_verifier"
