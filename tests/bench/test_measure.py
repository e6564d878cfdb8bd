"""The bench's measures, on tables small enough to be reckoned by hand."""

from __future__ import annotations

import pytest

from bench.measure import (
    NOTHING,
    Outcome,
    accuracy,
    by_style,
    confusions,
    found_f1,
    halves,
    macro_f1,
    paired,
    threshold,
)


def outcome(wanted: str, *got: str, number: int = 0, style: str = "clean") -> Outcome:
    return Outcome(number, f"{wanted} said", style, tuple(wanted.split("|")), got)


def test_an_outcome_is_right_when_the_first_is_any_of_those_wanted() -> None:
    assert outcome("a|b", "b").right()
    assert not outcome("a|b", "c", "a").right()
    assert outcome("a|b", "c", "a").right(among=2)
    assert not outcome("a").right(among=3)


def test_accuracy_counts_what_is_right_within_the_first_ones() -> None:
    table = [outcome("a", "a", "b"), outcome("a", "b", "a"), outcome("a", "b", "c", "a"), outcome("a", "d")]
    assert [accuracy(table, among) for among in (1, 2, 3)] == [0.25, 0.5, 0.75]
    assert accuracy([]) == 0


def test_macro_f1_gives_a_rare_label_the_weight_of_a_frequent_one() -> None:
    # a: precision 3/4, recall 1, F1 6/7; b: found once in two, nothing else taken for it, F1 2/3.
    table = [*[outcome("a", "a")] * 3, outcome("b", "b"), outcome("b", "a")]
    assert macro_f1(table) == pytest.approx((6 / 7 + 2 / 3) / 2)


def test_macro_f1_leaves_out_labels_that_nothing_wants() -> None:
    # a: precision 1, recall 1/2.
    assert macro_f1([outcome("a", "a"), outcome("a", "z")]) == pytest.approx(2 / 3)


def test_things_found_are_paired_with_those_wanted_each_once() -> None:
    found = paired(4, "said", "sms", ["a", "a", "b"], ["a", "c"])
    assert [(one.wanted, one.got) for one in found] == [
        (("a",), ("a",)),
        (("a",), (NOTHING,)),
        (("b",), (NOTHING,)),
        ((NOTHING,), ("c",)),
    ]
    assert {(one.number, one.text, one.style) for one in found} == {(4, "said", "sms")}


def test_found_f1_counts_what_is_missed_and_what_is_invented() -> None:
    # 1 right of 3 wanted and 2 found: precision 1/2, recall 1/3.
    assert found_f1(paired(0, "", "", ["a", "a", "b"], ["a", "c"])) == pytest.approx(0.4)
    assert found_f1([]) == 1
    assert found_f1(paired(0, "", "", [], ["a"])) == 0


@pytest.mark.parametrize(
    ("accepted", "score"), [(0.5, 0.6), (0.55, 0.5), (0.9, 0.5), (0.95, 0.2), (0.96, 0.1), (1.0, 0.1)]
)
def test_the_threshold_is_the_highest_that_lets_that_share_in(accepted: float, score: float) -> None:
    inside = [0.1, 0.2, *[0.5] * 8, *[0.6] * 10]
    assert threshold(inside, accepted) == score


def test_no_score_has_no_threshold() -> None:
    with pytest.raises(ValueError, match="no scores"):
        threshold([], 0.95)


def test_even_numbered_utterances_may_be_looked_at() -> None:
    table = [outcome("a", "a", number=number) for number in (0, 1, 2, 2, 3)]
    even, odd = halves(table)
    assert [one.number for one in even] == [0, 2, 2]
    assert [one.number for one in odd] == [1, 3]


def test_each_style_has_its_figure() -> None:
    table = [outcome("a", "a", style="sms"), outcome("a", "b", style="sms"), outcome("a", "a", style="long")]
    assert by_style(table, accuracy) == {"long": 1.0, "sms": 0.5}


def test_confusions_come_most_frequent_first_with_their_texts() -> None:
    table = [outcome("a", "b"), outcome("c", "a"), outcome("c", "a"), outcome("a", "a"), outcome("d")]
    assert [(one.wanted, one.got, one.texts) for one in confusions(table)] == [
        ("c", "a", ("c said", "c said")),
        ("a", "b", ("a said",)),
        ("d", NOTHING, ("d said",)),
    ]
