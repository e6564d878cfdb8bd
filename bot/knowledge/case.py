"""What the parts of the knowledge have in common that ask about a case, judge it and write about it."""

from __future__ import annotations

from typing import Any

import msgspec

from bot.knowledge.model import Activity, Condition, Data, Line


class Part(Data, frozen=True):
    """A folder of the knowledge with a questionnaire of its own, and other questions besides, in `themes`."""

    questionnaire: Activity

    @property
    def themes(self) -> tuple[Activity, ...]:
        """The questionnaire, and what Vigie concludes or the record holds, as if they were answers."""
        raise NotImplementedError

    @property
    def id(self) -> str:
        """The prefix of the questions that are asked."""
        return self.questionnaire.id

    def key(self, question_id: str) -> str:
        """The qualified id of a question that is asked."""
        return f"{self.id}.{question_id}"


class VerdictText(Data, frozen=True):
    """How a verdict reads."""

    title: str
    text: str
    sources: tuple[str, ...]


class Pivot(Data, frozen=True):
    """Answers that the verdict is tried with, and how that reads: « S'il s'avère que … »."""

    supposes: dict[str, Any]
    text: str
    when: Condition = msgspec.field(default_factory=dict)


class Field(Data, frozen=True):
    """A field of a form or of the log, and the lines that fill it; `guide` marks the guide's own items."""

    id: str
    label: str
    lines: tuple[Line, ...]
    guide: bool = False


class Log(Data, frozen=True):
    """A line of the register of such cases."""

    title: str
    retention: str
    sources: tuple[str, ...]
    fields: tuple[Field, ...]


class LetterPart(Data, frozen=True):
    """A part of a letter."""

    id: str
    title: str
    lines: tuple[Line, ...]


class Letter(Data, frozen=True):
    """A letter to the persons concerned."""

    id: str
    title: str
    subject: str
    opening: str
    closing: str
    parts: tuple[LetterPart, ...]
    note: str = ""


class Letters(Data, frozen=True):
    """The letters; `shared` holds the parts that several of them quote."""

    sources: tuple[str, ...]
    letters: tuple[Letter, ...]
    shared: dict[str, tuple[Line, ...]] = msgspec.field(default_factory=dict)
