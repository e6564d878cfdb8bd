"""What the bench asks of a system that understands messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.knowledge import Knowledge
from bot.knowledge.model import Question

UNKNOWN = "unknown"
#: The intents of a question on the RGPD: Vigie's, and stock Rasa's retrieval intent.
QUESTION, FAQ = "poser_question", "faq"
#: What is neither on data protection nor said to steer the conversation, and is politely set aside.
SET_ASIDE = ("hors_sujet", "question_medicale", "droit_autre")
VENDOR = "vendor"


@dataclass(frozen=True)
class Heard:
    """What was made of a message: its intent, the nearest FAQ entries, and how surely it is in scope.

    It is in scope when it is a command, or a question that the FAQ answers: the chance of the one plus the
    chance of the other, beside the chance that it is to be set aside.
    """

    intent: str
    entries: tuple[str, ...]
    in_scope: float


class System(Protocol):
    """Understands messages."""

    knowledge: Knowledge

    async def hear(self, text: str) -> Heard:
        """What a message is, when no question is pending."""
        ...

    async def answer(self, question: Question, text: str) -> object:
        """The value that a text gives a question, UNKNOWN, or None when it is not understood."""
        ...

    async def entities(self, text: str) -> list[tuple[str, object]]:
        """The kind and the value of what a text names."""
        ...

    async def moment(self, text: str, now: datetime) -> str | None:
        """When something happened, as the test set writes it: a day, with an hour or a part of the day."""
        ...
