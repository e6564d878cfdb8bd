"""Whether two declarations tell the same incident."""

from __future__ import annotations

from datetime import timedelta

from bot.compliance.answers import Answers, moment
from bot.knowledge.breach import INCIDENT, Breach

#: Two incidents of one kind in so short a time are rarer than one that is told twice.
_NEAR = timedelta(days=3)
_DATES = ("debut", "decouverte", "connaissance")


def likely_same(breach: Breach, one: Answers, other: Answers) -> bool:
    """Whether two declarations are likely one incident: the same kind, at the same time or nearly.

    Only known dates of the same question, else any of them, are compared; without any date on one
    side, the kind alone does not make them one.
    """
    key = breach.key(INCIDENT)
    kinds = [answers[key] for answers in (one, other) if key in answers and answers[key].known]
    if len(kinds) < 2 or kinds[0].value != kinds[1].value:
        return False
    mine, theirs = _dates(breach, one), _dates(breach, other)
    for name in _DATES:
        if name in mine and name in theirs:
            return abs(mine[name] - theirs[name]) <= _NEAR
    return any(abs(a - b) <= _NEAR for a in mine.values() for b in theirs.values())


def _dates(breach: Breach, answers: Answers) -> dict[str, timedelta]:
    found = {}
    for name in _DATES:
        if told := moment(answers.get(breach.key(name))):
            found[name] = timedelta(days=told.day.toordinal())
    return found
