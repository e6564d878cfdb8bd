"""What a practitioner answered, and how it reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.compliance import days, moments
from bot.compliance.moments import Moment
from bot.knowledge.model import Question

Value = bool | str | int | tuple[str, ...]
State = Literal["given", "unknown", "skipped"]

UNKNOWN_TEXT = "Je ne sais pas"
SKIPPED_TEXT = "Passée"


@dataclass(frozen=True)
class Answer:
    """An answer to one question: given with its value, « je ne sais pas », or skipped.

    The value is a bool, an option's id, a tuple of options' ids, a whole number, or text (a date as
    `bot.compliance.days` writes it, a moment as `bot.compliance.moments` does), by the question's kind;
    `None` unless given. `approximate` marks a number or a moment said to be about so.
    """

    state: State
    value: Value | None = None
    approximate: bool = False

    @classmethod
    def given(cls, value: Value, approximate: bool = False) -> Answer:
        """An answer of that value."""
        return cls("given", value, approximate)

    @property
    def known(self) -> bool:
        """Whether a value was given."""
        return self.state == "given"


@dataclass(frozen=True)
class AnswerTimes:
    """When a question was first answered, and since when its answer is what it is now."""

    first: datetime
    last: datetime


UNKNOWN = Answer("unknown")
SKIPPED = Answer("skipped")

#: Qualified question id (`theme.question`) → its answer.
Answers = Mapping[str, Answer]


def in_words(question: Question, answer: Answer | None) -> str:
    """The answer as a practitioner reads it, empty when there is none."""
    if answer is None:
        return ""
    if not answer.known:
        return UNKNOWN_TEXT if answer.state == "unknown" else SKIPPED_TEXT
    value = answer.value
    if isinstance(value, bool):
        return "Oui" if value else "Non"
    if isinstance(value, tuple):
        return " ; ".join(question.options.get(option, option) for option in value)
    if isinstance(value, int):
        unit = question.unit if value > 1 else question.unit.replace("s ", " ").removesuffix("s")
        return f"{'environ ' if answer.approximate else ''}{value} {unit}".strip()
    if question.kind == "moment":
        return moments.in_words(str(value), answer.approximate)
    if question.kind == "date":
        return days.in_words(str(value))
    return question.options.get(str(value), str(value))


def moment(answer: Answer | None) -> Moment | None:
    """The moment that an answer tells, if it does."""
    return moments.read(str(answer.value)) if answer and answer.known else None


def to_whom(whom: str) -> str:
    """« à demander » completed with who can tell: « à votre comptable », « au promoteur ou à l'éditeur »."""
    return " ou ".join(_to(one) for one in whom.split(" ou "))


def _to(whom: str) -> str:
    for article, contracted in (("le ", "au "), ("les ", "aux ")):
        if whom.startswith(article):
            return contracted + whom.removeprefix(article)
    return f"à {whom}"
