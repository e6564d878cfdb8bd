"""What is known of a practice and of an entry of its register, for the screening and the assessment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.compliance import interview
from bot.compliance.answers import UNKNOWN, Answer, Answers
from bot.compliance.conditions import holds
from bot.knowledge.dpia import ENTRY, SENSITIVE
from bot.knowledge.model import Condition, Entry, Knowledge


@dataclass(frozen=True)
class Facts:
    """The answers that count, and for an entry what is read in it, as if it were an answer.

    `waiting` maps what could not be read in it to the question that would settle it.
    """

    knowledge: Knowledge
    answers: Mapping[str, Answer]
    waiting: Mapping[str, str]

    def holds(self, condition: Condition) -> bool:
        """Whether a condition holds."""
        return holds(condition, self.answers)

    def waits_for(self, condition: Condition) -> str | None:
        """The question that keeps a condition from being decided; None when it holds or is ruled out."""
        question = interview.waits_for(self.knowledge, condition, self.answers)
        return self.waiting.get(question, question) if question else None


def read(knowledge: Knowledge, answers: Answers) -> Facts:
    """The answers that count: those of the interview, and those of the screening's questions that apply.

    An answer whose question a correction made irrelevant has no effect.
    """
    kept, activity = interview.effective(knowledge, answers), knowledge.dpia.questionnaire
    for question in interview.asked(activity, kept):
        key = f"{activity.id}.{question.id}"
        if key in answers:
            kept[key] = answers[key]
    return Facts(knowledge, kept, {})


def of_entry(facts: Facts, entry: Entry) -> Facts:
    """The facts, with what is read in an entry of the register: which it is, and whether it is sensitive."""
    scope = facts.knowledge.dpia.entry.id
    sensitive, waiting = _sensitive(facts, entry)
    read_in_it = {f"{scope}.{ENTRY}": Answer.given(entry.id), f"{scope}.{SENSITIVE}": sensitive}
    held_back = {f"{scope}.{SENSITIVE}": waiting} if waiting else {}
    return Facts(facts.knowledge, {**facts.answers, **read_in_it}, held_back)


def _sensitive(facts: Facts, entry: Entry) -> tuple[Answer, str | None]:
    """Whether the entry holds sensitive data (RGPD art. 9), or the question that decides it."""
    conditions = [line.when for line in entry.data if line.sensitive]
    if any(facts.holds(condition) for condition in conditions):
        return Answer.given(True), None
    question = next((found for one in conditions if (found := facts.waits_for(one))), None)
    return (UNKNOWN, question) if question else (Answer.given(False), None)
