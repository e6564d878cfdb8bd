"""The letter and the model amendment, opened again and compared with the review."""

from __future__ import annotations

import io

import docx
import pytest

from bot.compliance.processors import Review
from bot.compliance.processors.papers import amendment, letter
from bot.documents import amendment_docx, amendment_pdf, letter_docx, letter_pdf, wording
from tests.documents.opened import Opened
from tests.documents.reviews import ASKING, NOW, REVIEWS

each = pytest.mark.parametrize("read", ASKING.values(), ids=ASKING)


def lines(content: bytes) -> list[str]:
    return [line.text for line in docx.Document(io.BytesIO(content)).paragraphs]


def name(read: Review) -> str:
    told = wording.practice_name(read.knowledge, read.answers)
    return f"[{told}]" if told == wording.NO_NAME else told


@each
def test_the_letter_says_all_that_is_asked(read: Review) -> None:
    told = letter(read)
    assert told
    texts = [told.subject, told.opening, told.request, *told.points, *told.also, *told.closing, told.note]
    assert Opened(letter_pdf(read, NOW)).missing(*texts, told.recipient.text) == []
    written = lines(letter_docx(read, NOW))
    for text in texts[1:]:
        assert wording.readable(text) in written


@each
def test_the_amendment_has_each_missing_clause_in_order(read: Review) -> None:
    told = amendment(read, name(read))
    assert told
    written = lines(amendment_docx(read, NOW))
    places = [
        written.index(wording.readable(f"Article {number} – {article.title} ({article.article})"))
        for number, article in enumerate(told.articles, start=1)
    ]
    assert places == sorted(places)
    for place, article in zip(places, told.articles, strict=True):
        expected = [wording.readable(text.text) for text in article.texts]
        assert written[place + 1 : place + 1 + len(expected)] == expected
    opened = Opened(amendment_pdf(read, NOW))
    texts = [text.text for article in told.articles for text in article.texts]
    assert opened.missing(told.warning, told.preamble, told.closing, *texts) == []


@each
def test_what_is_to_complete_is_highlighted_and_in_brackets(read: Review) -> None:
    for content in (letter_docx(read, NOW), amendment_docx(read, NOW)):
        runs = [run for line in docx.Document(io.BytesIO(content)).paragraphs for run in line.runs]
        marked = [run.text for run in runs if run.font.highlight_color]
        assert marked and all("[" in text for text in marked)


@pytest.mark.parametrize("case", sorted(REVIEWS.keys() - ASKING.keys()))
def test_nothing_is_written_when_there_is_nothing_to_ask(case: str) -> None:
    for make in (letter_pdf, letter_docx, amendment_pdf, amendment_docx):
        with pytest.raises(ValueError, match=r"rien à demander|aucune clause"):
            make(REVIEWS[case], NOW)


@each
def test_the_pdfs_are_tagged_and_in_french(read: Review) -> None:
    for content in (letter_pdf(read, NOW), amendment_pdf(read, NOW)):
        root = Opened(content).reader.trailer["/Root"]
        assert root["/Lang"] == "fr-FR" or root["/Lang"].startswith("fr")
        assert root["/MarkInfo"]["/Marked"]
