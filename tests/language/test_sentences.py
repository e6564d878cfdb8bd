"""Sentences read by the encoder: the same whatever the way, kept between runs, whatever is typed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language import sentences
from bot.language.sentences import AT_ONCE, meaning, meanings


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where sentences are kept for this test alone."""
    path = tmp_path / "models" / "sentences.npz"
    monkeypatch.setenv("VIGIE_SENTENCES", str(path))
    return path


def test_sentences_that_mean_the_same_are_nearer_than_others() -> None:
    asked, same, other = meanings(
        [
            "combien de temps garder un dossier",
            "durée de conservation des dossiers",
            "il pleut sur la mer",
        ]
    )
    assert asked @ same > asked @ other


def test_a_sentence_is_read_alike_alone_and_among_others() -> None:
    texts = [f"la phrase numéro {number}" for number in range(AT_ONCE + 3)]
    rows = meanings(texts)
    assert rows[-1] == pytest.approx(meaning(texts[-1]), abs=1e-3)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(len(texts)), abs=1e-2)


def test_questions_and_answers_are_read_differently() -> None:
    assert meanings(["le secret médical"]) != pytest.approx(
        meanings(["le secret médical"], "answer"), abs=1e-3
    )


def test_what_is_kept_is_not_read_again(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["une phrase", "une autre"]
    read = meanings(texts, keep=True)
    told: list[tuple[int, int]] = []
    assert (meanings([*texts, "la troisième"], progress=lambda *how: told.append(how))[:2] == read).all()
    assert told == [(1, 1)]


def test_a_message_that_training_has_read_is_not_read_again(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (read,) = meanings(["je ne sais pas du tout"], keep=True)
    monkeypatch.setattr(sentences, "_encoder", lambda: pytest.fail("read again"))
    assert (meaning("je ne sais pas du tout") == read).all()


def test_nothing_is_kept_unless_asked_for(kept: Path) -> None:
    meanings(["une phrase"])
    assert not kept.exists()


def test_no_text_no_row() -> None:
    assert meanings([]).shape[0] == 0


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=2_000))
@settings(max_examples=40, deadline=None)
def test_whatever_is_typed_has_a_meaning(text: str) -> None:
    assert np.isfinite(meaning(text)).all()


def test_letters_that_stand_for_many_do_not_trouble_the_encoder() -> None:
    # U+FDFA alone is normalised to eighteen letters.
    assert np.isfinite(sentences.meaning("\ufdfa" * 400)).all()
