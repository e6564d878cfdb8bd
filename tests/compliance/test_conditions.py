"""The table of docs/knowledge.md: when each test on an answer holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compliance.answers import SKIPPED, UNKNOWN, Answer
from bot.compliance.conditions import holds, named, undecided

ABSENT = None
YES, NO = Answer.given(True), Answer.given(False)
A, B, AB, C = (Answer.given(chosen) for chosen in (("a",), ("b",), ("a", "b"), ("c",)))
ONE_A, ONE_C = Answer.given("a"), Answer.given("c")
TWO, THREE, ZERO = Answer.given(2), Answer.given(3), Answer.given(0)
TEXT = Answer.given("Cabinet du Parc")

# The test, and for each answer whether it holds.
TABLE = {
    "yes": (True, {YES: True, NO: False}),
    "no": (False, {YES: False, NO: True}),
    "option": ("a", {ONE_A: True, ONE_C: False, A: True, AB: True, B: False}),
    "any": ({"any": ["a", "b"]}, {ONE_A: True, ONE_C: False, A: True, B: True, AB: True, C: False}),
    "any of none": ({"any": []}, {ONE_A: False, AB: False}),
    "all": ({"all": ["a", "b"]}, {A: False, B: False, AB: True, C: False}),
    "none": ({"none": ["a", "b"]}, {ONE_A: False, ONE_C: True, A: False, AB: False, C: True}),
    "any and none": ({"any": ["a"], "none": ["b"]}, {A: True, B: False, AB: False, C: False}),
    "not yes": ({"not": True}, {YES: False, NO: True, UNKNOWN: True}),
    "not option": ({"not": "a"}, {ONE_A: False, ONE_C: True, A: False, AB: False, B: True, UNKNOWN: True}),
    "known": ("known", {YES: True, NO: True, A: True, ZERO: True, TEXT: True}),
    "unknown": ("unknown", {YES: False, NO: False, A: False, ZERO: False, UNKNOWN: True}),
    "at least": ({"at_least": 3}, {TWO: False, THREE: True, ZERO: False}),
    "below": ({"below": 3}, {TWO: True, THREE: False, ZERO: True}),
    "range": ({"at_least": 1, "below": 3}, {ZERO: False, TWO: True, THREE: False}),
}
CASES = [
    pytest.param(test, answer, expected, id=f"{name}: {answer.value if answer.known else answer.state}")
    for name, (test, answers) in TABLE.items()
    for answer, expected in answers.items()
]
TESTS = [pytest.param(test, answers, id=name) for name, (test, answers) in TABLE.items()]


def answers_of(answer: Answer | None) -> dict[str, Answer]:
    return {} if answer is ABSENT else {"t.q": answer}


@pytest.mark.parametrize(("test", "answer", "expected"), CASES)
def test_each_operator_holds_for_the_answers_it_names(test: object, answer: Answer, expected: bool) -> None:
    assert holds({"t.q": test}, {"t.q": answer}) is expected


@pytest.mark.parametrize(("test", "answers"), TESTS)
@pytest.mark.parametrize("answer", [ABSENT, SKIPPED], ids=["absent", "skipped"])
def test_every_test_is_false_when_the_question_was_not_answered(
    test: object, answers: object, answer: Answer | None
) -> None:
    assert not holds({"t.q": test}, answers_of(answer))


@pytest.mark.parametrize(("test", "answers"), TESTS)
def test_not_knowing_passes_only_the_cautious_tests(test: object, answers: dict[Answer, bool]) -> None:
    assert holds({"t.q": test}, {"t.q": UNKNOWN}) is answers.get(UNKNOWN, False)


def test_an_empty_condition_always_holds() -> None:
    assert holds({}, {})


def test_no_is_not_the_number_zero_nor_yes_the_number_one() -> None:
    assert not holds({"t.q": {"at_least": 0}}, {"t.q": TEXT})
    assert not holds({"t.q": {"below": 3}}, {"t.q": A})


@pytest.mark.parametrize(
    ("p", "q", "expected"), [(YES, YES, True), (YES, NO, False), (NO, YES, False), (ABSENT, YES, False)]
)
def test_every_line_of_a_condition_must_hold(p: Answer | None, q: Answer, expected: bool) -> None:
    answers = {"t.q": q} if p is ABSENT else {"t.p": p, "t.q": q}
    assert holds({"t.p": True, "t.q": True}, answers) is expected


ANY_OF = {"t.p": True, "any_of": [{"t.q": "a"}, {"t.r": True, "t.q": {"not": "b"}}]}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        pytest.param({"t.p": YES, "t.q": ONE_A}, True, id="first part"),
        pytest.param({"t.p": YES, "t.q": ONE_C, "t.r": YES}, True, id="second part"),
        pytest.param({"t.p": YES, "t.q": UNKNOWN, "t.r": YES}, True, id="second part, unknown"),
        pytest.param({"t.p": YES, "t.q": ONE_C, "t.r": NO}, False, id="no part"),
        pytest.param({"t.p": YES, "t.r": YES}, False, id="half of a part"),
        pytest.param({"t.p": NO, "t.q": ONE_A}, False, id="the line beside fails"),
        pytest.param({}, False, id="nothing answered"),
    ],
)
def test_any_of_holds_when_one_of_its_conditions_does(answers: dict[str, Answer], expected: bool) -> None:
    assert holds(ANY_OF, answers) is expected


def test_any_of_nothing_never_holds() -> None:
    assert not holds({"any_of": []}, {"t.q": YES})


def test_any_of_can_hold_any_of() -> None:
    nested = {"any_of": [{"any_of": [{"t.p": True}, {"t.q": True}]}, {"t.r": True}]}
    assert holds(nested, {"t.q": YES})
    assert not holds(nested, {"t.p": NO})


def test_all_questions_of_a_condition_are_named_those_of_any_of_included() -> None:
    assert list(named(ANY_OF)) == ["t.p", "t.q", "t.r", "t.q"]


@pytest.mark.parametrize(
    ("condition", "answers", "missing"),
    [
        pytest.param({"t.p": True}, {"t.p": YES}, [], id="holds"),
        pytest.param({"t.p": True}, {"t.p": NO}, [], id="ruled out"),
        pytest.param({"t.p": True}, {}, ["t.p"], id="not asked"),
        pytest.param({"t.p": True}, {"t.p": UNKNOWN}, ["t.p"], id="unknown"),
        pytest.param({"t.p": True}, {"t.p": SKIPPED}, ["t.p"], id="skipped"),
        pytest.param({"t.p": {"not": True}}, {"t.p": UNKNOWN}, [], id="unknown is enough for not"),
        pytest.param({"t.p": True, "t.q": True}, {"t.p": YES}, ["t.q"], id="one line holds"),
        pytest.param({"t.p": True, "t.q": True}, {}, ["t.p", "t.q"], id="two lines missing"),
        pytest.param({"t.p": True, "t.q": True}, {"t.q": NO}, [], id="the second rules out the first"),
        pytest.param({"t.p": True, "t.q": True}, {"t.p": UNKNOWN, "t.q": NO}, [], id="unknown, ruled out"),
        pytest.param({"any_of": [{"t.p": True}, {"t.q": True}]}, {}, ["t.p", "t.q"], id="any_of open"),
        pytest.param({"any_of": [{"t.p": True}, {"t.q": True}]}, {"t.q": YES}, [], id="any_of holds"),
        pytest.param({"any_of": [{"t.p": True}, {"t.q": True}]}, {"t.p": NO}, ["t.q"], id="any_of half out"),
        pytest.param({"any_of": [{"t.p": True}, {"t.q": True}]}, {"t.p": NO, "t.q": NO}, [], id="any_of out"),
        pytest.param({"t.r": True, "any_of": [{"t.p": True}]}, {"t.p": NO}, [], id="any_of rules out"),
        pytest.param({"t.r": True, "any_of": [{"t.p": True}]}, {"t.p": YES}, ["t.r"], id="beside any_of"),
    ],
)
def test_undecided_names_the_questions_whose_answer_is_missing(
    condition: dict[str, object], answers: dict[str, Answer], missing: list[str]
) -> None:
    assert undecided(condition, answers) == missing


any_answer = st.sampled_from([YES, NO, ONE_A, ONE_C, A, B, AB, C, TWO, THREE, UNKNOWN, SKIPPED, ABSENT])
any_line = st.dictionaries(
    st.sampled_from(["t.p", "t.q", "t.r"]), st.sampled_from([t for t, _ in TABLE.values()]), max_size=3
)
any_condition = st.builds(
    lambda line, parts: {**line, **({"any_of": parts} if parts else {})},
    any_line,
    st.lists(any_line, max_size=3),
)
any_answers = st.fixed_dictionaries(dict.fromkeys(("t.p", "t.q", "t.r"), any_answer)).map(
    lambda answers: {key: answer for key, answer in answers.items() if answer}
)


@given(any_condition, any_answers)
def test_a_condition_is_never_both_true_and_open(
    condition: dict[str, object], answers: dict[str, Answer]
) -> None:
    missing = undecided(condition, answers)
    assert not (missing and holds(condition, answers))
    assert set(missing) <= set(named(condition))
    assert all(not (key in answers and answers[key].known) for key in missing)


@given(any_condition, any_answers, st.dictionaries(st.just("autre.theme"), any_answer.filter(bool)))
def test_other_answers_do_not_matter(
    condition: dict[str, object], answers: dict[str, Answer], others: dict[str, Answer]
) -> None:
    assert holds(condition, answers) is holds(condition, {**others, **answers})


@given(any_condition, any_answers)
def test_once_ruled_out_no_missing_answer_can_make_it_hold(
    condition: dict[str, object], answers: dict[str, Answer]
) -> None:
    if not holds(condition, answers) and not undecided(condition, answers):
        for value in (YES, NO, ONE_A, AB, C, TWO, THREE):
            completed = dict.fromkeys(("t.p", "t.q", "t.r"), value)
            known = {key: answer for key, answer in answers.items() if answer.known}
            assert not holds(condition, {**completed, **known})
