"""The papers of a breach as data: the CNIL's form, the messages to the persons, the line of the log.

Sources: RGPD art. 33(3) and 33(5), 34(2); the CNIL's online form, as `knowledge/breach/form.yml` dates it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import msgspec

from bot.compliance.breach.facts import Facts
from bot.compliance.conditions import holds, named, undecided
from bot.compliance.lines import FilledField, Lines, RegisterLine, least_sure, questions
from bot.knowledge.breach import Field
from bot.knowledge.model import Knowledge, Line


@dataclass(frozen=True)
class FilledSection:
    """A part of the form."""

    id: str
    title: str
    fields: tuple[FilledField, ...]


@dataclass(frozen=True)
class FilledForm:
    """The notification in the order of the CNIL's form, as it was on `checked`."""

    title: str
    address: str
    checked: date
    note: str
    sources: tuple[str, ...]
    sections: tuple[FilledSection, ...]

    @property
    def fields(self) -> tuple[FilledField, ...]:
        """Every field, in order."""
        return tuple(field for section in self.sections for field in section.fields)

    def section_fields(self, section_id: str) -> tuple[FilledField, ...]:
        """The fields of a section."""
        return next(section.fields for section in self.sections if section.id == section_id)

    @property
    def missing(self) -> tuple[FilledField, ...]:
        """The fields that hold something unknown: what the complement is for."""
        return tuple(field for field in self.fields if field.status == "unknown")

    @property
    def content(self) -> tuple[tuple[str, str], ...]:
        """Label and text of each field, to be kept as it was sent."""
        return tuple(
            (f"{section.title} – {field.label}", field.text)
            for section in self.sections
            for field in section.fields
        )


@dataclass(frozen=True)
class MessagePart:
    """One of the contents of RGPD art. 34(2)."""

    id: str
    title: str
    lines: tuple[RegisterLine, ...]


@dataclass(frozen=True)
class Message:
    """The message to the persons by one channel; `ready` when nothing in it is missing."""

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


class Papers:
    """Writes the papers for facts that include what Vigie concluded and what was sent."""

    def __init__(self, knowledge: Knowledge, facts: Facts) -> None:
        self._breach, self._facts = knowledge.breach, facts
        self._lines = Lines(knowledge, facts.answers)
        self._derived = (f"{self._breach.findings.id}.",)
        self._held = (*self._derived, f"{self._breach.followup.id}.")

    def form(self) -> FilledForm:
        """The notification, initial or complementary."""
        form = self._breach.form
        sections = tuple(
            FilledSection(section.id, section.title, self._fields(section.fields, form.sources))
            for section in form.sections
        )
        return FilledForm(form.title, form.address, form.checked, form.note, form.sources, sections)

    def log(self) -> tuple[FilledField, ...]:
        """The line of the register of breaches (RGPD art. 33(5)), grounds for not notifying included."""
        return self._fields(self._breach.log.fields, self._breach.log.sources)

    def messages(self) -> tuple[Message, ...]:
        """The message to the persons, by each channel."""
        letters = self._breach.letters
        return tuple(
            Message(
                letter.id,
                letter.title,
                letter.subject,
                letter.opening,
                letter.closing,
                letter.note,
                tuple(
                    MessagePart(part.id, part.title, lines)
                    for part in letter.parts
                    if (lines := self._filled(part.lines, letters.sources))
                ),
            )
            for letter in letters.letters
        )

    def _fields(self, fields: Iterable[Field], sources: tuple[str, ...]) -> tuple[FilledField, ...]:
        return tuple(self._field(field, sources) for field in fields)

    def _field(self, field: Field, sources: tuple[str, ...]) -> FilledField:
        lines = self._filled(field.lines, sources) or (RegisterLine("À compléter", "unknown", sources),)
        return FilledField(field.id, field.label, lines, least_sure(lines), field.guide)

    def _filled(self, items: Iterable[Line], sources: tuple[str, ...]) -> tuple[RegisterLine, ...]:
        items, answers = tuple(items), self._facts.answers
        holding = [item for item in items if holds(item.when, answers)]
        said = {key for item in holding for key in named(item.when)}
        found: dict[RegisterLine, None] = {}
        for item in items:
            if item in holding or self._to_ask(item, said):
                for line in self._lines.of([item], sources):
                    found[self._weighed(item, line)] = None
        return tuple(found)

    def _to_ask(self, item: Line, said: set[str]) -> bool:
        """Whether a line waits for an answer of which no other line already says that it is missing.

        What Vigie concludes or records is asked of nobody.
        """
        waiting = undecided(item.when, self._facts.answers)
        return bool(waiting) and not any(key in said or key.startswith(self._held) for key in waiting)

    def _weighed(self, item: Line, line: RegisterLine) -> RegisterLine:
        """What Vigie concluded, or the kind of incident settled, was not told by anyone: it is proposed.

        A text that quotes answers is as sure as they are, whatever decided that it applies.
        """
        quoted = set(questions(msgspec.structs.replace(item, when={})))
        rests_on = quoted or set(named(item.when))
        guessed = rests_on & self._facts.implied or any(key.startswith(self._derived) for key in rests_on)
        return replace(line, status="proposed") if line.status == "confirmed" and guessed else line
