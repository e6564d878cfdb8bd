"""Answers on a breach that cannot be right: dates out of order, nobody concerned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.compliance.answers import Answer, Answers, in_words, moment
from bot.knowledge.breach import Checks
from bot.knowledge.model import Knowledge

#: Older than this, the year is surely mistyped.
_LONG_AGO = timedelta(days=20 * 366)
_POPULATION = 70_000_000
#: Each pair must be in this order: the later question, the earlier one, and what is said when it is not.
_ORDERED = (
    ("fin", "debut", "end_before_start"),
    ("decouverte", "debut", "discovery_before_start"),
    ("connaissance", "decouverte", "awareness_before_discovery"),
    ("connaissance", "debut", "awareness_before_start"),
    ("prestataire_connaissance", "debut", "processor_before_start"),
)


@dataclass(frozen=True)
class Mistake:
    """What is wrong, in words, and the questions whose answers cannot all be right."""

    text: str
    questions: tuple[str, ...]


def mistake(
    knowledge: Knowledge, question_id: str, answer: Answer, answers: Answers, now: datetime
) -> Mistake | None:
    """What is wrong with an answer about to be kept, given the others; None when nothing is.

    `question_id` is qualified. Something approximate is no mistake.
    """
    told = {**answers, question_id: answer}
    found = (one for one in mistakes(knowledge, told, now) if question_id in one.questions)
    return next(found, None)


def mistakes(knowledge: Knowledge, answers: Answers, now: datetime) -> tuple[Mistake, ...]:
    """All that cannot be right in the answers at `now`."""
    return (*_impossible(knowledge, answers, now), *_disordered(knowledge, answers))


def _impossible(knowledge: Knowledge, answers: Answers, now: datetime) -> list[Mistake]:
    breach, found = knowledge.breach, []
    for question in breach.questionnaire.questions:
        key = breach.key(question.id)
        answer = answers.get(key)
        if answer is None or not answer.known:
            continue
        if question.kind == "moment" and (told := moment(answer)):
            if told.earliest > now:
                found.append(Mistake(breach.checks.future, (key,)))
            elif told.latest < now - _LONG_AGO:
                found.append(Mistake(breach.checks.far_past, (key,)))
        elif question.id == "nombre_personnes" and isinstance(answer.value, int):
            if answer.value == 0:
                found.append(Mistake(breach.checks.nobody, (key,)))
            elif answer.value > _POPULATION:
                found.append(Mistake(breach.checks.too_many, (key,)))
    return found


def _disordered(knowledge: Knowledge, answers: Answers) -> list[Mistake]:
    breach, found = knowledge.breach, []
    for later_id, earlier_id, name in _ORDERED:
        later, earlier = breach.key(later_id), breach.key(earlier_id)
        one, other = moment(answers.get(later)), moment(answers.get(earlier))
        # Of vague moments, only what is surely out of order is a mistake.
        if one and other and one.latest < other.earliest:
            words = {
                name: in_words(knowledge.question(key), answers[key])
                for name, key in (("a", later), ("b", earlier))
            }
            found.append(Mistake(_sentence(breach.checks, name).format(**words), (later, earlier)))
    return found


def _sentence(checks: Checks, name: str) -> str:
    return str(getattr(checks, name))
