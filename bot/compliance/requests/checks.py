"""Answers on a request that cannot be right: dates to come, or out of order."""

from __future__ import annotations

from datetime import datetime

from bot.compliance import checks, moments
from bot.compliance.answers import Answer, Answers, moment
from bot.compliance.checks import Mistake
from bot.compliance.requests.followup import FollowUp, Step
from bot.knowledge.model import Knowledge

_RECEIVED = "recue"
#: Each pair must be in this order: the later question, the earlier one, and what is said when it is not.
_ORDERED = (
    ("accuse_le", _RECEIVED, "before_reception"),
    ("identite_demandee_le", _RECEIVED, "before_reception"),
    ("prolongee_le", _RECEIVED, "before_reception"),
    ("repondu_le", _RECEIVED, "before_reception"),
    ("identite_recue_le", "identite_demandee_le", "identity_order"),
)


def mistake(
    knowledge: Knowledge, question_id: str, answer: Answer, answers: Answers, now: datetime
) -> Mistake | None:
    """What is wrong with an answer about to be kept, given the others; None when nothing is.

    `question_id` is qualified.
    """
    told = {**answers, question_id: answer}
    return checks.about(question_id, mistakes(knowledge, told, now))


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
    requests = knowledge.requests
    said = requests.checks
    return (
        *checks.untimely(requests.questionnaire, answers, now, said.future, said.far_past),
        *checks.disordered(knowledge, requests, answers, _ORDERED, said),
    )
