"""Papers as data: fields and messages whose lines are filled from answers, each as sure as they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import msgspec

from bot.compliance.answers import Answers
from bot.compliance.conditions import holds, named, undecided
from bot.compliance.lines import FilledField, Lines, RegisterLine, least_sure, questions
from bot.knowledge.case import Field, Letter
from bot.knowledge.model import Knowledge, Line


@dataclass(frozen=True)
class MessagePart:
    """A part of a message."""

    id: str
    title: str
    lines: tuple[RegisterLine, ...]


@dataclass(frozen=True)
class Message:
    """A message or a letter to persons; `ready` when nothing in it is missing."""

    id: str
    title: str
    subject: str
    opening: str
    closing: str
    note: str
    parts: tuple[MessagePart, ...]

    @property
    def ready(self) -> bool:
        """Whether nothing in it is missing."""
        return all(line.status != "unknown" for part in self.parts for line in part.lines)


class Filler:
    """Fills lines from facts.

    `derived` is the prefix of what Vigie concludes, `recorded` that of what the record holds, `implied`
    what was settled without being told.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        answers: Answers,
        derived: str,
        recorded: str,
        implied: frozenset[str] = frozenset(),
    ) -> None:
        self._answers, self._implied = answers, implied
        self._lines = Lines(knowledge, answers)
        self._derived = (f"{derived}.",)
        self._held = (*self._derived, f"{recorded}.")

    def fields(self, fields: Iterable[Field], sources: tuple[str, ...]) -> tuple[FilledField, ...]:
        """The fields, each with something in it."""
        return tuple(self._field(field, sources) for field in fields)

    def message(self, letter: Letter, sources: tuple[str, ...]) -> Message:
        """The letter, with its parts that have something to say."""
        parts = tuple(
            MessagePart(part.id, part.title, lines)
            for part in letter.parts
            if (lines := self.lines(part.lines, sources))
        )
        return Message(
            letter.id, letter.title, letter.subject, letter.opening, letter.closing, letter.note, parts
        )

    def lines(self, items: Iterable[Line], sources: tuple[str, ...]) -> tuple[RegisterLine, ...]:
        """The lines that hold, and for what they wait for the question to ask, each once."""
        items = tuple(items)
        holding = [item for item in items if holds(item.when, self._answers)]
        said = {key for item in holding for key in named(item.when)}
        found: dict[RegisterLine, None] = {}
        for item in items:
            if item in holding or self._to_ask(item, said):
                for line in self._lines.of([item], sources):
                    found[self._weighed(item, line)] = None
        return tuple(found)

    def _field(self, field: Field, sources: tuple[str, ...]) -> FilledField:
        lines = self.lines(field.lines, sources) or (RegisterLine("À compléter", "unknown", sources),)
        return FilledField(field.id, field.label, lines, least_sure(lines), field.guide)

    def _to_ask(self, item: Line, said: set[str]) -> bool:
        """Whether a line waits for an answer of which no other line already says that it is missing.

        What Vigie concludes or records is asked of nobody.
        """
        waiting = undecided(item.when, self._answers)
        return bool(waiting) and not any(key in said or key.startswith(self._held) for key in waiting)

    def _weighed(self, item: Line, line: RegisterLine) -> RegisterLine:
        """What Vigie concluded, or was settled without being told, was not told by anyone: it is proposed.

        A text that quotes answers is as sure as they are, whatever decided that it applies.
        """
        quoted = set(questions(msgspec.structs.replace(item, when={})))
        rests_on = quoted or set(named(item.when))
        guessed = rests_on & self._implied or any(key.startswith(self._derived) for key in rests_on)
        return replace(line, status="proposed") if line.status == "confirmed" and guessed else line
