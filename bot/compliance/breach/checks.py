"""Answers on a breach that cannot be right: dates out of order, nobody concerned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.compliance import checks
from bot.compliance.answers import Answer, Answers
from bot.compliance.checks import Mistake
from bot.knowledge.breach import Breach
from bot.knowledge.model import Knowledge

_POPULATION = 70_000_000
#: Each pair must be in this order: the later question, the earlier one, and what is said when it is not.
_ORDERED = (
    ("fin", "debut", "end_before_start"),
    ("decouverte", "debut", "discovery_before_start"),
    ("connaissance", "decouverte", "awareness_before_discovery"),
    ("connaissance", "debut", "awareness_before_start"),
    ("prestataire_connaissance", "debut", "processor_before_start"),
)


def mistake(
    knowledge: Knowledge, question_id: str, answer: Answer, answers: Answers, now: datetime
) -> Mistake | None:
    """What is wrong with an answer about to be kept, given the others; None when nothing is.

    `question_id` is qualified. Something approximate is no mistake.
    """
    told = {**answers, question_id: answer}
    return checks.about(question_id, mistakes(knowledge, told, now))


def mistakes(knowledge: Knowledge, answers: Answers, now: datetime) -> tuple[Mistake, ...]:
    """All that cannot be right in the answers at `now`."""
    breach = knowledge.breach
    said = breach.checks
    return (
        *checks.untimely(breach.questionnaire, answers, now, said.future, said.far_past),
        *_uncountable(breach, answers),
        *checks.disordered(knowledge, breach, answers, _ORDERED, said),
    )


def _uncountable(breach: Breach, answers: Answers) -> Iterator[Mistake]:
    key = breach.key("nombre_personnes")
    answer = answers.get(key)
    if answer is None or not answer.known or not isinstance(answer.value, int):
        return
    if answer.value == 0:
        yield Mistake(breach.checks.nobody, (key,))
    elif answer.value > _POPULATION:
        yield Mistake(breach.checks.too_many, (key,))
