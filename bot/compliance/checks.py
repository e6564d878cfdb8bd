"""Answers on a case that cannot be right: moments to come, mistyped years, dates out of order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.compliance.answers import Answers, in_words, moment
from bot.knowledge.case import Part
from bot.knowledge.model import Activity, Data, Knowledge

#: Older than this, the year is surely mistyped.
_LONG_AGO = timedelta(days=20 * 366)


@dataclass(frozen=True)
class Mistake:
    """What is wrong, in words, and the questions whose answers cannot all be right."""

    text: str
    questions: tuple[str, ...]


def about(question_id: str, mistakes: Iterable[Mistake]) -> Mistake | None:
    """The first mistake that concerns a question, by its qualified id; None when none does."""
    return next((one for one in mistakes if question_id in one.questions), None)


def untimely(
    asked: Activity, answers: Answers, now: datetime, future: str, far_past: str
) -> Iterator[Mistake]:
    """The moments that are yet to come at `now`, or too long ago; the last two are the sentences."""
    for question in asked.questions:
        key = f"{asked.id}.{question.id}"
        told = moment(answers.get(key)) if question.kind == "moment" else None
        if told and told.earliest > now:
            yield Mistake(future, (key,))
        elif told and told.latest < now - _LONG_AGO:
            yield Mistake(far_past, (key,))


def disordered(
    knowledge: Knowledge, part: Part, answers: Answers, ordered: Iterable[tuple[str, str, str]], said: Data
) -> Iterator[Mistake]:
    """The pairs of moments that are surely out of order.

    Each of `ordered` is a later question of `part`, an earlier one, and the name of the sentence in `said`,
    where `{a}` and `{b}` are the two moments.
    """
    for late, early, name in ordered:
        later, earlier = part.key(late), part.key(early)
        one, other = moment(answers.get(later)), moment(answers.get(earlier))
        # Of vague moments, only what is surely out of order is a mistake.
        if one and other and one.latest < other.earliest:
            words = {
                place: in_words(knowledge.question(key), answers[key])
                for place, key in (("a", later), ("b", earlier))
            }
            yield Mistake(str(getattr(said, name)).format(**words), (later, earlier))
