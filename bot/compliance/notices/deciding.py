"""Whether a condition holds, is ruled out, or waits for an answer, and for which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.compliance.answers import Answers
from bot.compliance.conditions import holds
from bot.knowledge.model import Condition, Knowledge


@dataclass(frozen=True)
class Decided:
    """`holds`, or else `question`, the first whose answer would decide it; neither when it is ruled out."""

    holds: bool
    question: str = ""

    @property
    def ruled_out(self) -> bool:
        """Whether no answer that is missing could make it hold."""
        return not self.holds and not self.question


_YES, _NO = Decided(True), Decided(False)


def decide(knowledge: Knowledge, condition: Condition, answers: Answers) -> Decided:
    """How a condition stands. A question that is not asked of this practice rules out its tests."""
    waiting = _YES
    for key, test in condition.items():
        found = _any_of(knowledge, test, answers) if key == "any_of" else _test(knowledge, key, test, answers)
        if found.ruled_out:
            return _NO
        if not found.holds and waiting.holds:
            waiting = found
    return waiting


def _any_of(knowledge: Knowledge, parts: Any, answers: Answers) -> Decided:
    found = [decide(knowledge, part, answers) for part in parts]
    if any(one.holds for one in found):
        return _YES
    return next((one for one in found if one.question), _NO)


def _test(knowledge: Knowledge, key: str, test: Any, answers: Answers) -> Decided:
    if holds({key: test}, answers):
        return _YES
    answer = answers.get(key)
    if answer is not None:
        return _NO if answer.known else Decided(False, key)
    activity = knowledge.activity(key.partition(".")[0])
    for needed in (activity.asks_when, activity.question(key).when):
        asked = decide(knowledge, needed, answers)
        if not asked.holds:
            return asked
    return Decided(False, key)
