from __future__ import annotations

import io
from collections.abc import Iterator

import docx
import pytest
from docx.text.paragraph import Paragraph
from hypothesis import given
from hypothesis import strategies as st

from bot.compliance.breach import Dossier
from bot.compliance.papers import Message
from bot.documents import message_docx, message_pdf, wording
from tests.documents.dossiers import DOSSIERS, KNOWLEDGE, NUMBERED, PARTIAL, WHOLE, dossier
from tests.documents.opened import Opened, pattern, squashed

each_dossier = pytest.mark.parametrize("told", DOSSIERS.values(), ids=DOSSIERS)
#: What is told of a breach and must never reach the persons, or others, in a message.
SECRET = "Dépression de Mme Untel"


def shown(text: str, status: str) -> str:
    """How a line of a message reads: in brackets when it is to be completed."""
    return f"[{text}]" if status == "unknown" else text


def parts_of(message: Message) -> Iterator[str]:
    yield pattern(message.opening)
    for part in message.parts:
        yield pattern(part.title)
        yield from (pattern(shown(line.text, line.status)) for line in part.lines)
    yield pattern(message.closing)


def paragraphs(told: Dossier) -> list[Paragraph]:
    return docx.Document(io.BytesIO(message_docx(told))).paragraphs


@each_dossier
def test_the_pdf_has_each_channel_with_all_its_contents(told: Dossier) -> None:
    opened = Opened(message_pdf(told))
    for message in told.messages:
        head = ("Objet :", message.subject) if message.subject else (message.title, message.note)
        assert opened.first_missing([pattern(*head), *parts_of(message)]) is None


@each_dossier
def test_the_docx_has_each_channel_with_all_its_contents(told: Dossier) -> None:
    texts = [line.text for line in paragraphs(told)]
    for message in told.messages:
        expected = [message.opening] if message.opening else []
        for part in message.parts:
            expected += [part.title] if part.title else []
            expected += [shown(line.text, line.status) for line in part.lines]
        expected = [wording.readable(text) for text in (*expected, message.closing)]
        assert any(texts[at : at + len(expected)] == expected for at in range(len(texts))), message.id


@each_dossier
def test_what_is_to_complete_is_highlighted_and_nothing_else(told: Dossier) -> None:
    runs = [run for line in paragraphs(told) for run in line.runs]
    seen = {run.text for run in runs if run.font.highlight_color}
    lines = [line for message in told.messages for part in message.parts for line in part.lines]
    asked = {f"[{wording.readable(line.text)}]" for line in lines if line.status == "unknown"}
    assert asked <= seen and all(text.startswith("[") and text.endswith("]") for text in seen)
    assert not asked & {run.text for run in runs if not run.font.highlight_color}


def test_a_letter_leaves_room_for_its_recipient_and_date() -> None:
    texts = [line.text for line in paragraphs(dossier(NUMBERED, **WHOLE))]
    at = texts.index("Lettre")
    assert texts[at + 1 : at + 4] == [
        "Dr Camille Durand",
        "[Nom et adresse de la personne]",
        "[Lieu et date]",
    ]


def test_the_notice_comes_only_when_it_is_due() -> None:
    notice = next(letter.title for letter in KNOWLEDGE.breach.letters.letters if letter.id == "avis")
    for name, there in (("persons out of reach", True), ("high risk", False)):
        assert (notice in [line.text for line in paragraphs(DOSSIERS[name])]) is there


def test_nothing_of_the_story_and_no_kind_of_health_data_is_in_it() -> None:
    told = dossier(
        NUMBERED, **{**WHOLE, "circonstances": SECRET, "donnees": ("tres_sensible", "sante", "images")}
    )
    kinds = KNOWLEDGE.question("violation.donnees").options
    opened = Opened(message_pdf(told))
    for text in (SECRET, *kinds.values()):
        assert text not in opened
        assert all(squashed(text) not in squashed(line.text) for line in paragraphs(told))


def test_what_is_left_to_complete_is_said_first() -> None:
    told = dossier(NUMBERED, **PARTIAL)
    text = Opened(message_pdf(told)).text
    before = text[text.index(squashed("Avant l'envoi")) : text.index(squashed("Objet :"))]
    assert squashed(KNOWLEDGE.question("violation.mesures_prevues").ask) in before


def test_whether_it_is_due_is_said() -> None:
    assert "Informer les personnes oui" in Opened(message_pdf(DOSSIERS["high risk"]))
    assert "Informer les personnes non obligatoire" in Opened(message_pdf(DOSSIERS["risk"]))


@given(st.text(min_size=1))
def test_any_text_survives(text: str) -> None:
    told = dossier(NUMBERED, **{**WHOLE, "mesures_prevues": text})
    lines = {line.text for message in told.messages for part in message.parts for line in part.lines}
    texts = {line.text for line in paragraphs(told)}
    assert {wording.readable(line) for line in lines} <= texts
