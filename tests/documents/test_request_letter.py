"""The letters on a request, opened again and compared part by part."""

from __future__ import annotations

import io
from collections.abc import Iterator

import docx
import pytest
from docx.text.paragraph import Paragraph
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import french_date
from bot.compliance.papers import Message
from bot.compliance.requests import Dossier
from bot.documents import request_letter_docx, request_letter_pdf, wording
from bot.documents.request_letter import ASIDE
from tests.compliance.requests import case_dossier, row
from tests.documents.opened import Opened, pattern, squashed
from tests.documents.requests import DOSSIERS, EXTENDED, KNOWLEDGE, NUMBERED

EVERY = [
    pytest.param(told, letter, id=f"{name} – {letter.id}")
    for name, told in DOSSIERS.items()
    for letter in told.letters
]
each_letter = pytest.mark.parametrize(("told", "letter"), EVERY)


def shown(text: str, status: str) -> str:
    """How a line of a letter reads: in brackets when it is to be completed."""
    return f"[{text}]" if status == "unknown" else text


def parts_of(letter: Message) -> Iterator[str]:
    yield pattern("Objet :", letter.subject)
    yield pattern(letter.opening)
    for part in letter.parts:
        yield pattern(part.title)
        yield from (pattern(shown(line.text, line.status)) for line in part.lines)
    yield pattern(letter.closing)


def paragraphs(told: Dossier, letter_id: str) -> list[Paragraph]:
    return docx.Document(io.BytesIO(request_letter_docx(told, letter_id))).paragraphs


@each_letter
def test_the_pdf_has_the_letter_with_all_its_contents_in_order(told: Dossier, letter: Message) -> None:
    opened = Opened(request_letter_pdf(told, letter.id))
    if told is DOSSIERS["long texts"]:
        # A text longer than a page is read word by word.
        words = [word for part in letter.parts for line in part.lines for word in line.text.split()]
        assert [word for word in words if squashed(word) not in opened.text] == []
    else:
        assert opened.first_missing(parts_of(letter)) is None


@each_letter
def test_the_pdf_says_first_what_the_practice_must_know(told: Dossier, letter: Message) -> None:
    opened = Opened(request_letter_pdf(told, letter.id))
    assert (
        opened.missing(told.verdict.title, told.verdict.because, letter.title, told.state_text, ASIDE) == []
    )
    assert opened.missing(*(line.text for line in told.verdict.reserves), *told.verdict.cautions) == []
    if told.deadline:
        assert french_date(told.deadline.due) in opened
    if letter.note:
        text = opened.text
        assert text.index(squashed(letter.note)) < text.index(squashed("Objet :"))
    root = opened.reader.root_object
    assert root["/Lang"].lower().startswith("fr")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()


@each_letter
def test_the_docx_has_the_letter_with_all_its_contents_in_order(told: Dossier, letter: Message) -> None:
    texts = [line.text for line in paragraphs(told, letter.id)]
    expected = [f"Objet : {letter.subject}", letter.opening]
    for part in letter.parts:
        expected += [part.title, *(shown(line.text, line.status) for line in part.lines)]
    expected = [wording.readable(text) for text in (*expected, letter.closing)]
    assert any(texts[at : at + len(expected)] == expected for at in range(len(texts)))


@each_letter
def test_what_is_to_complete_is_highlighted_and_said_before(told: Dossier, letter: Message) -> None:
    lines = paragraphs(told, letter.id)
    runs = [run for line in lines for run in line.runs]
    seen = {run.text for run in runs if run.font.highlight_color}
    missing = [line.text for part in letter.parts for line in part.lines if line.status == "unknown"]
    asked = {f"[{wording.readable(text)}]" for text in missing}
    assert asked <= seen and all(text.startswith("[") and text.endswith("]") for text in seen)
    listed = [line.text for line in lines if line.style and line.style.name == "List Bullet"]
    assert {wording.readable(text) for text in missing} <= set(listed)


def test_a_letter_that_makes_no_sense_is_not_made() -> None:
    for name, letter in (("insurer", "accord"), ("insurer", "accuse"), ("copy of a record", "secret")):
        for make in (request_letter_pdf, request_letter_docx):
            with pytest.raises(KeyError):
                make(DOSSIERS[name], letter)


@pytest.mark.parametrize("name", ["erasure refused", "diagnosis contested"])
def test_a_refusal_gives_reasons_and_remedies(name: str) -> None:
    told = DOSSIERS[name]
    assert told.letter is not None
    opened = Opened(request_letter_pdf(told, told.letter))
    assert (
        opened.missing(told.verdict.told, "réclamation auprès de la CNIL", "un recours devant le juge") == []
    )


@pytest.mark.parametrize("name", ["insurer", "police with a requisition"])
def test_the_page_that_a_third_party_gets_confirms_nothing(name: str) -> None:
    opened = Opened(request_letter_pdf(DOSSIERS[name], "secret"))
    (page,) = [squashed(text) for text in opened.pages if "Objet" in text and "secret professionnel" in text]
    assert squashed("dire si je connais ou non") in page
    for word in ("patient", "assureur", "dossier", "consultation", "RGPD, article 15"):
        assert squashed(word) not in page


def test_a_letter_leaves_room_for_its_recipient_and_date() -> None:
    texts = [line.text for line in paragraphs(DOSSIERS["copy of a record"], "accord")]
    at = texts.index("Réponse favorable", 1)
    assert texts[at + 1 : at + 4] == [
        "Dr Camille Durand",
        "[Nom et adresse de la personne]",
        "[Lieu et date]",
    ]


def test_the_practices_reference_and_number_do_not_reach_the_letter_itself() -> None:
    for line in paragraphs(DOSSIERS["copy of a record"], "accord"):
        assert "D-2026-04" not in line.text


@given(st.text(min_size=1))
def test_any_text_survives(text: str) -> None:
    told = case_dossier(row("B21"), NUMBERED, motif_prolongation=text, **EXTENDED)
    (letter,) = [one for one in told.letters if one.id == "prolongation"]
    lines = {line.text for part in letter.parts for line in part.lines}
    texts = {line.text for line in paragraphs(told, "prolongation")}
    assert {wording.readable(line) for line in lines} <= texts


def test_every_letter_of_the_knowledge_was_opened() -> None:
    opened = {param.values[1].id for param in EVERY}
    assert opened == {letter.id for letter in KNOWLEDGE.requests.letters.letters}
