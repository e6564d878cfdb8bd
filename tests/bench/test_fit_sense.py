"""Learning the spaces of meanings."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bench.fit_sense import fit
from bot.language import faq
from bot.language.likeness import FEATURES, Entry, Likeness
from bot.language.sense import Sense

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    return faq.entries()[:60]


@pytest.fixture(scope="module")
def learnt(entries: list[Entry]) -> Sense:
    return fit([replace(entry, wordings=entry.wordings[:-1]) for entry in entries])


@pytest.mark.parametrize("feature", ["entry_sense", "entry_sentence"])
def test_most_wordings_that_were_not_learnt_are_nearest_to_their_own_entry(
    entries: list[Entry], learnt: Sense, feature: str
) -> None:
    bare = Likeness([replace(entry, wordings=()) for entry in entries], learnt)
    right = []
    for at, entry in enumerate(entries):
        compared = bare.of(entry.wordings[-1])
        assert compared
        right.append(compared.likeness[:, FEATURES.index(feature)].argmax() == at)
    # By chance, one of sixty would be.
    assert np.mean(right) > 0.4


def test_words_that_are_not_in_the_entries_have_their_place_by_what_they_mean(learnt: Sense) -> None:
    assert not {"bicyclette", "velo", "notaire"} & learnt.words.places.keys()
    assert learnt.words.of(["bicyclette"]) @ learnt.words.of(["velo"]) > learnt.words.of(
        ["bicyclette"]
    ) @ learnt.words.of(["notaire"])
