"""What is known of a request: the answers that count, the processing's lawful basis, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.compliance.answers import UNKNOWN, Answer, Answers
from bot.compliance.conditions import holds, undecided
from bot.compliance.facts import Facts, gather, practice_answers
from bot.knowledge.model import Entry, Knowledge
from bot.knowledge.requests import PROCESSING, Processing, Requests


def read(knowledge: Knowledge, answers: Answers, concluded: Mapping[str, Answer] | None = None) -> Facts:
    """The facts that answers tell, given those of the practice, and what was `concluded` or done.

    An answer whose question a correction made irrelevant has no effect.
    """
    requests = knowledge.requests
    practice = practice_answers(requests, answers)
    return gather(requests, answers, lambda kept: _on_processing(knowledge, practice, kept), concluded)


def processing(requests: Requests, answers: Answers) -> Processing | None:
    """The kind of processing that the request is about, once it is told."""
    answer = answers.get(requests.key(PROCESSING))
    return requests.processings.get(str(answer.value)) if answer and answer.known else None


def entry(knowledge: Knowledge, answers: Answers) -> Entry | None:
    """The entry of the practice's register that the request is about; None while it has none.

    `answers` are those of the practice and of the request.
    """
    kind = processing(knowledge.requests, answers)
    return next((one for one in _entries(knowledge, answers) if kind and one.id == kind.entry), None)


def bases(knowledge: Knowledge, answers: Answers) -> tuple[str, ...]:
    """The lawful bases of that entry, its main purpose's first; empty when there is no entry."""
    found = entry(knowledge, answers)
    return (
        tuple(dict.fromkeys(one.basis for one in found.purposes if holds(one.when, answers))) if found else ()
    )


def _entries(knowledge: Knowledge, answers: Answers) -> Iterator[Entry]:
    for activity in knowledge.activities:
        if holds(activity.asks_when, answers) and any(
            f"{activity.id}.{question.id}" in answers for question in activity.questions
        ):
            yield from (one for one in activity.register if holds(one.when, answers))


def _on_processing(knowledge: Knowledge, practice: Answers, told: Answers) -> dict[str, Answer]:
    """What the processing settles: its lawful basis, and whether the code de la santé publique opens it."""
    requests = knowledge.requests
    kind = processing(requests, told)
    basis = _basis(knowledge, kind, practice) if kind else ""
    asked = told.get(requests.key("base"), UNKNOWN)
    health = next(
        (
            said
            for said, when in ((True, requests.rights.health), (False, requests.rights.not_health))
            if holds(when, practice)
        ),
        None,
    )
    found = {
        "base": Answer.given(basis) if basis else asked,
        "soin": Answer.given(kind.care) if kind else UNKNOWN,
        "sante": UNKNOWN if health is None else Answer.given(health),
    }
    return {f"{requests.findings.id}.{name}": answer for name, answer in found.items()}


def _basis(knowledge: Knowledge, kind: Processing, practice: Answers) -> str:
    """The basis of the main purpose: the first that holds, unless an earlier one is undecided."""
    if not kind.from_entry:
        return kind.basis
    purposes = next(
        one.purposes for activity in knowledge.activities for one in activity.register if one.id == kind.entry
    )
    for purpose in purposes:
        if holds(purpose.when, practice):
            return purpose.basis
        if undecided(purpose.when, practice):
            break
    return kind.basis
