"""A day that is told no more exactly than its month or its year stays so."""

from __future__ import annotations

from datetime import date

import pytest

from bot.compliance.days import earliest, in_words, latest


@pytest.mark.parametrize(
    ("told", "first", "last", "words"),
    [
        ("2022-03-04", date(2022, 3, 4), date(2022, 3, 4), "4 mars 2022"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "février 2024"),
        ("2018", date(2018, 1, 1), date(2018, 12, 31), "2018"),
        ("2022-03-01", date(2022, 3, 1), date(2022, 3, 1), "1er mars 2022"),
    ],
)
def test_a_day_has_its_bounds_and_its_words(told: str, first: date, last: date, words: str) -> None:
    assert (earliest(told), latest(told), in_words(told)) == (first, last, words)


@pytest.mark.parametrize("text", ["", "bientôt", "2018-13", "2022-02-30", "22"])
def test_what_is_no_day_stays_as_it_is(text: str) -> None:
    assert (earliest(text), latest(text), in_words(text)) == (None, None, text)
