"""The spaces in which wordings of one question lie near each other."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.sense import sense
from bot.language.sentences import meaning

KNOWN_OR_NOT = ("effacer", "dossier", "patient", "camera", "xyzzyq", "salarie", "copie")
WORDS = st.lists(st.sampled_from(KNOWN_OR_NOT), max_size=6)


@given(WORDS, st.randoms())
def test_a_text_has_length_one_or_none_in_any_order_of_its_words(words: list[str], chance) -> None:
    where = sense().words.of(words)
    assert np.linalg.norm(where) == pytest.approx(1, abs=1e-5) or not where.any()
    chance.shuffle(words)
    assert sense().words.of(words) == pytest.approx(where, abs=1e-5)


def test_nothing_is_known_of_no_word_and_of_what_is_no_word() -> None:
    assert not sense().words.of([]).any()
    assert not sense().words.of(["xyzzyq"]).any()


@pytest.mark.parametrize(
    ("said", "meant", "other"),
    [
        (["virer", "fiche"], ["effacer", "dossier"], ["conserver", "dossier"]),
        (["voler", "portable"], ["appareil", "perdre"], ["prospection", "courriel"]),
        (["filmer", "entree"], ["videosurveillance", "cabinet"], ["sauvegarde", "logiciel"]),
        (["gamin", "quatorze", "ans"], ["mineur", "parents"], ["heritiers", "deces"]),
    ],
)
def test_other_words_for_the_same_matter_are_near(
    said: list[str], meant: list[str], other: list[str]
) -> None:
    where = sense().words.of(said)
    assert where @ sense().words.of(meant) > where @ sense().words.of(other)


@pytest.mark.parametrize(
    ("said", "meant", "other"),
    [
        ("on m'a piqué mon portable", "Que faire si un appareil est volé ?", "Puis-je filmer l'entrée ?"),
        ("je peux virer sa fiche ?", "Puis-je effacer un dossier ?", "Comment tenir mon registre ?"),
        ("y a t il une durée max", "Combien de temps garder un dossier ?", "Qui peut lire un dossier ?"),
    ],
)
def test_other_sentences_for_the_same_matter_are_near(said: str, meant: str, other: str) -> None:
    asked = sense().sentences.of_question(meaning(said))
    near, far = (sense().sentences.of_question(meaning(text)) for text in (meant, other))
    assert asked @ near > asked @ far
