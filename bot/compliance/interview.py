"""Which questions a practice is asked, in which order, and how far it has come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from bot.compliance.answers import Answer, Answers
from bot.compliance.conditions import holds
from bot.knowledge.model import Activity, Condition, Knowledge, Question

ThemeState = Literal["not_started", "in_progress", "to_confirm", "confirmed"]


@dataclass(frozen=True)
class Progress:
    """How far a theme has come: questions answered among those that apply now."""

    activity: Activity
    answered: int
    total: int
    state: ThemeState


@dataclass(frozen=True)
class Sheet:
    """A theme's questions that apply now, in order, and all answers that count; or those on one breach."""

    activity: Activity
    asked: tuple[Question, ...]
    answers: Answers

    def key(self, question: Question) -> str:
        """The qualified id of one of its questions."""
        return f"{self.activity.id}.{question.id}"

    @property
    def answered(self) -> tuple[Question, ...]:
        """The questions that have an answer."""
        return tuple(question for question in self.asked if self.key(question) in self.answers)

    @property
    def next_question(self) -> Question | None:
        """The first question that has no answer."""
        return next((question for question in self.asked if self.key(question) not in self.answers), None)

    def previous_question(self, current: Question | None) -> Question | None:
        """The question that was asked before `current`; before the recap, when `current` is None."""
        before = None
        for question in self.asked:
            if question == current:
                break
            before = question
        return before


@dataclass(frozen=True)
class Task:
    """A question left open: « je ne sais pas » or skipped, by `state`. `ask_whom` is empty when unsaid."""

    activity: Activity
    question: Question
    state: Literal["unknown", "skipped"]

    @property
    def id(self) -> str:
        """The question's qualified id."""
        return f"{self.activity.id}.{self.question.id}"

    @property
    def ask_whom(self) -> str:
        """Who can answer it."""
        return self.question.ask_whom


def effective(knowledge: Knowledge, answers: Answers) -> dict[str, Answer]:
    """The answers that count: those to questions that apply, given the answers before them.

    An answer whose question an earlier correction made irrelevant is kept in the record but has no effect.
    """
    kept: dict[str, Answer] = {}
    for activity in knowledge.activities:
        if not holds(activity.asks_when, kept):
            continue
        for question in activity.questions:
            key = f"{activity.id}.{question.id}"
            if key in answers and holds(question.when, kept):
                kept[key] = answers[key]
    return kept


def waits_for(knowledge: Knowledge, condition: Condition, answers: Answers) -> str | None:
    """The question to answer next to decide a condition; None when it holds, or is ruled out.

    A question that does not apply rules out the tests on it; one that may apply waits for what decides that.
    """
    outcome = _outcome(knowledge, condition, answers)
    return outcome if isinstance(outcome, str) else None


def _outcome(knowledge: Knowledge, condition: Condition, answers: Answers) -> bool | str:
    """Whether a condition holds, or the question that it waits for."""
    found = [_tested(knowledge, key, test, answers) for key, test in condition.items()]
    if any(one is False for one in found):
        return False
    return next((one for one in found if isinstance(one, str)), True)


def _tested(knowledge: Knowledge, key: str, test: Any, answers: Answers) -> bool | str:
    if key == "any_of":
        parts = [_outcome(knowledge, part, answers) for part in test]
        if any(one is True for one in parts):
            return True
        return next((one for one in parts if isinstance(one, str)), False)
    answer = answers.get(key)
    if holds({key: test}, answers):
        return True
    if answer is not None:
        return False if answer.known else key
    activity = knowledge.activity(key.partition(".")[0])
    for needed in (activity.asks_when, activity.question(key).when):
        applies = _outcome(knowledge, needed, answers)
        if applies is not True:
            return applies
    return key


def applicable(knowledge: Knowledge, answers: Answers) -> list[Activity]:
    """The themes that apply to the practice, in order."""
    kept = effective(knowledge, answers)
    return [activity for activity in knowledge.activities if holds(activity.asks_when, kept)]


def asked(activity: Activity, answers: Answers) -> Iterator[Question]:
    """The questions of a theme that apply now, in order, given all effective answers.

    A theme that does not apply asks nothing, even when it was begun before a correction.
    """
    if holds(activity.asks_when, answers):
        yield from (question for question in activity.questions if holds(question.when, answers))


def sheet(activity: Activity, answers: Answers) -> Sheet:
    """What is asked in a theme and what was answered, given all effective answers."""
    return Sheet(activity, tuple(asked(activity, answers)), answers)


def next_question(activity: Activity, answers: Answers) -> Question | None:
    """The first question of the theme that applies and has no answer; None in a theme that does not."""
    return sheet(activity, answers).next_question


def previous_question(activity: Activity, answers: Answers, current: Question | None) -> Question | None:
    """The question of the theme that was asked before `current`; see `Sheet`."""
    return sheet(activity, answers).previous_question(current)


def progress(activity: Activity, answers: Answers, confirmed: bool) -> Progress:
    """How far a theme has come; `confirmed` says whether its recap was confirmed since its last answer."""
    questions = list(asked(activity, answers))
    answered = sum(f"{activity.id}.{question.id}" in answers for question in questions)
    state: ThemeState = "in_progress"
    if answered == 0:
        state = "not_started"
    elif answered == len(questions):
        state = "confirmed" if confirmed else "to_confirm"
    return Progress(activity, answered, len(questions), state)


def tasks(knowledge: Knowledge, answers: Answers) -> list[Task]:
    """What the practitioner still has to find out: what counts, and was not known or was skipped."""
    kept = effective(knowledge, answers)
    return [
        Task(activity, question, answer.state)
        for activity in knowledge.activities
        for question in activity.questions
        if (answer := kept.get(f"{activity.id}.{question.id}")) and answer.state != "given"
    ]
