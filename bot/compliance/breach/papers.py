"""The papers of a breach as data: the CNIL's form, the messages to the persons, the line of the log.

Sources: RGPD art. 33(3) and 33(5), 34(2); the CNIL's online form, as `knowledge/breach/form.yml` dates it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.compliance.facts import Facts
from bot.compliance.lines import FilledField
from bot.compliance.papers import Filler, Message
from bot.knowledge.model import Knowledge


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


class Papers:
    """Writes the papers for facts that include what Vigie concluded and what was sent."""

    def __init__(self, knowledge: Knowledge, facts: Facts) -> None:
        self._breach = breach = knowledge.breach
        self._filler = Filler(knowledge, facts.answers, breach.findings.id, breach.followup.id, facts.implied)

    def form(self) -> FilledForm:
        """The notification, initial or complementary."""
        form = self._breach.form
        sections = tuple(
            FilledSection(section.id, section.title, self._filler.fields(section.fields, form.sources))
            for section in form.sections
        )
        return FilledForm(form.title, form.address, form.checked, form.note, form.sources, sections)

    def log(self) -> tuple[FilledField, ...]:
        """The line of the register of breaches (RGPD art. 33(5)), grounds for not notifying included."""
        return self._filler.fields(self._breach.log.fields, self._breach.log.sources)

    def messages(self) -> tuple[Message, ...]:
        """The message to the persons, by each channel."""
        letters = self._breach.letters
        return tuple(self._filler.message(letter, letters.sources) for letter in letters.letters)
