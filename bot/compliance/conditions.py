"""Whether a condition of `knowledge/` holds for a practice's answers.

A question without an answer, or skipped, makes every test on it false; « je ne sais pas » passes only
`unknown` and `{not: …}`, so that caution is the default. The tests are listed in docs/knowledge.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.compliance.answers import Answer, Answers
from bot.knowledge.model import Condition


def holds(condition: Condition, answers: Answers) -> bool:
    """Whether every line of the condition holds; an empty condition always does."""
    return all(
        any(holds(part, answers) for part in test) if key == "any_of" else _passes(test, answers.get(key))
        for key, test in condition.items()
    )


def named(condition: Condition) -> Iterator[str]:
    """The qualified ids of the questions that a condition tests."""
    for key, test in condition.items():
        if key == "any_of":
            for part in test:
                yield from named(part)
        else:
            yield key


def undecided(condition: Condition, answers: Answers) -> list[str]:
    """The questions whose missing answer keeps a condition from holding; empty when it is decided."""
    if holds(condition, answers):
        return []
    missing = []
    for key, test in condition.items():
        if key == "any_of":
            parts = [undecided(part, answers) for part in test]
            if any(holds(part, answers) for part in test):
                continue
            if not any(parts):
                return []
            missing += [question for part in parts for question in part]
        elif not _passes(test, answers.get(key)):
            answer = answers.get(key)
            if answer is not None and answer.known:
                return []
            missing.append(key)
    return missing


def _passes(test: Any, answer: Answer | None) -> bool:
    if answer is None or answer.state == "skipped":
        return False
    if test == "unknown":
        return not answer.known
    if isinstance(test, dict) and "not" in test:
        return not answer.known or not _is(answer, test["not"])
    if not answer.known:
        return False
    if test == "known":
        return True
    if isinstance(test, dict):
        return all(_compares(operator, operand, answer) for operator, operand in test.items())
    return _is(answer, test)


def _compares(operator: str, operand: Any, answer: Answer) -> bool:
    if operator == "any":
        return any(_is(answer, value) for value in operand)
    if operator == "all":
        return all(_is(answer, value) for value in operand)
    if operator == "none":
        return not any(_is(answer, value) for value in operand)
    number = answer.value
    if not isinstance(number, int):
        return False
    return bool(number >= operand if operator == "at_least" else number < operand)


def _is(answer: Answer, value: Any) -> bool:
    return value in answer.value if isinstance(answer.value, tuple) else answer.value == value
