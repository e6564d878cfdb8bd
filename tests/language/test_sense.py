"""The space in which wordings of one question lie near each other."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.sense import space

KNOWN_OR_NOT = ("effacer", "dossier", "patient", "camera", "xyzzyq", "salarie", "copie")
WORDS = st.lists(st.sampled_from(KNOWN_OR_NOT), max_size=6)


@given(WORDS, st.randoms())
def test_a_text_has_length_one_or_none_in_any_order_of_its_words(words: list[str], chance) -> None:
    sense = space().of(words)
    assert np.linalg.norm(sense) == pytest.approx(1, abs=1e-5) or not sense.any()
    chance.shuffle(words)
    assert space().of(words) == pytest.approx(sense, abs=1e-5)


def test_nothing_is_known_of_no_word_and_of_what_is_no_word() -> None:
    assert not space().of([]).any()
    assert not space().of(["xyzzyq"]).any()


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
    sense = space().of(said)
    assert sense @ space().of(meant) > sense @ space().of(other)
