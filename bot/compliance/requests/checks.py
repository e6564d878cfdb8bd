"""Answers on a request that cannot be right: dates to come, or out of order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.compliance import moments
from bot.compliance.answers import Answer, Answers, in_words, moment
from bot.compliance.requests.followup import FollowUp, Step
from bot.knowledge.model import Knowledge

#: Older than this, the year is surely mistyped.
_LONG_AGO = timedelta(days=20 * 366)
_RECEIVED = "recue"
#: Each pair must be in this order: the later question, the earlier one, and what is said when it is not.
_ORDERED = (
    ("accuse_le", _RECEIVED, "before_reception"),
    ("identite_demandee_le", _RECEIVED, "before_reception"),
    ("prolongee_le", _RECEIVED, "before_reception"),
    ("repondu_le", _RECEIVED, "before_reception"),
    ("identite_recue_le", "identite_demandee_le", "identity_order"),
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

    `question_id` is qualified.
    """
    told = {**answers, question_id: answer}
    found = (one for one in mistakes(knowledge, told, now) if question_id in one.questions)
    return next(found, None)


def step_mistake(knowledge: Knowledge, answers: Answers, followup: FollowUp, step: Step) -> str:
    """What is wrong with a step about to be noted, in words; empty when nothing is.

    It was surely done before the request came, or a proof of identity came before it was asked for.
    """
    requests = knowledge.requests
    asked = followup.first("identite_demandee") if step.kind == "identite_recue" else None
    for earlier, sentence in (
        (moment(answers.get(requests.key(_RECEIVED))), requests.checks.before_reception),
        (asked.moment if asked else None, requests.checks.identity_order),
    ):
        if earlier and step.moment.latest < earlier.earliest:
            words = (moments.in_words(told.text()) for told in (step.moment, earlier))
            return sentence.format(**dict(zip("ab", words, strict=True)))
    return ""


def mistakes(knowledge: Knowledge, answers: Answers, now: datetime) -> tuple[Mistake, ...]:
    """All that cannot be right in the answers at `now`."""
    return (*_impossible(knowledge, answers, now), *_disordered(knowledge, answers))


def _impossible(knowledge: Knowledge, answers: Answers, now: datetime) -> Iterator[Mistake]:
    requests = knowledge.requests
    for question in requests.questionnaire.questions:
        key = requests.key(question.id)
        told = moment(answers.get(key)) if question.kind == "moment" else None
        if told and told.earliest > now:
            yield Mistake(requests.checks.future, (key,))
        elif told and told.latest < now - _LONG_AGO:
            yield Mistake(requests.checks.far_past, (key,))


def _disordered(knowledge: Knowledge, answers: Answers) -> Iterator[Mistake]:
    requests = knowledge.requests
    for later_id, earlier_id, name in _ORDERED:
        later, earlier = requests.key(later_id), requests.key(earlier_id)
        one, other = moment(answers.get(later)), moment(answers.get(earlier))
        # Of vague moments, only what is surely out of order is a mistake.
        if one and other and one.latest < other.earliest:
            words = {
                name: in_words(knowledge.question(key), answers[key])
                for name, key in (("a", later), ("b", earlier))
            }
            yield Mistake(str(getattr(requests.checks, name)).format(**words), (later, earlier))
