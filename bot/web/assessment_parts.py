"""An assessment cut into the parts that its page shows and saves, in the CNIL's order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

import msgspec
from multidict import MultiDict

from bot.compliance.answers import Answer
from bot.compliance.breach.risk import Ground
from bot.compliance.dpia.assessment import Assessment, EventRisk
from bot.compliance.dpia.risk import Rated
from bot.compliance.lines import FilledField, Status
from bot.knowledge.breach import Axis, Level
from bot.knowledge.dpia import COVERED
from bot.knowledge.model import Question
from bot.records import PracticeFile
from bot.web.answering import Field, refused

#: The name of the part in its form.
PART: Final = "partie"
_LINE, _FEWEST_ROWS, _MOST_ROWS = 90, 2, 14


@dataclass(frozen=True)
class Piece:
    """A question of the assessment: its field, where its answer stands, and what is left to say in it.

    `rated` is the level that it is about, when it is about one, and `meanings` what each level means.
    """

    field: Field
    status: Status
    gaps: tuple[str, ...] = ()
    rated: Rated | None = None
    meanings: Mapping[Level, str] | None = None

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """Why a level is proposed."""
        return self.rated.grounds if self.rated else ()

    @property
    def rows(self) -> int:
        """How many lines its text takes on the page, about."""
        lines = sum(len(line) // _LINE + 1 for line in self.field.text.splitlines())
        return min(max(lines, _FEWEST_ROWS), _MOST_ROWS)


@dataclass(frozen=True)
class Part:
    """A part of the assessment, saved at once; `event` is the feared event that it is about, if any."""

    id: str
    title: str
    pieces: tuple[Piece, ...]
    event: EventRisk | None = None

    @property
    def answered(self) -> int:
        """How many of its questions have an answer."""
        return sum(piece.field.answer is not None for piece in self.pieces)

    @property
    def complete(self) -> bool:
        """Whether all of them have one."""
        return self.answered == len(self.pieces)

    @property
    def wrong(self) -> bool:
        """Whether something was posted in it that could not be taken."""
        return any(piece.field.mistake for piece in self.pieces)


@dataclass(frozen=True)
class Parts:
    """The parts of an assessment in the CNIL's order, `residual` being what is left after the plan."""

    sections: tuple[tuple[str, tuple[Part, ...]], ...]
    events: tuple[Part, ...]
    residual: Part

    @property
    def all(self) -> tuple[Part, ...]:
        """Every part, in order."""
        *first, (_, last) = self.sections
        return *(part for _, parts in first for part in parts), *self.events, self.residual, *last

    @property
    def next(self) -> Part | None:
        """The first part that is not complete."""
        return next((part for part in self.all if not part.complete), None)


def parts_of(file: PracticeFile, dossier: Assessment) -> Parts:
    """The parts of an assessment of that practice."""
    return _Cut(file, dossier).parts()


def again(parts: Parts, form: MultiDict[str], mistakes: Mapping[str, str]) -> Parts:
    """The parts with what was posted in the one that could not be taken whole."""

    def shown(part: Part) -> Part:
        if part.id != form.get(PART):
            return part
        pieces = (replace(piece, field=refused(piece.field, form, mistakes)) for piece in part.pieces)
        return replace(part, pieces=tuple(pieces))

    return Parts(
        tuple((title, tuple(map(shown, inside))) for title, inside in parts.sections),
        tuple(map(shown, parts.events)),
        shown(parts.residual),
    )


class _Cut:
    """Cuts one assessment into parts."""

    def __init__(self, file: PracticeFile, dossier: Assessment) -> None:
        self._file, self._dossier = file, dossier
        self._dpia = dossier.knowledge.dpia

    def parts(self) -> Parts:
        events = self._dossier.events
        sections = tuple(
            (
                section.title,
                tuple(Part(part.id, part.title, self._filled(part.fields)) for part in section.parts),
            )
            for section in self._dossier.sections
        )
        residual = [piece for event in events for piece in self._levels(event, after=True)]
        return Parts(
            sections,
            tuple(self._event(event) for event in events),
            Part("risque-residuel", "Ce qui reste après le plan", tuple(residual)),
        )

    def _event(self, event: EventRisk) -> Part:
        pieces = (*self._filled(event.lists), *self._levels(event))
        return Part(f"risque-{event.event.id}", event.event.title, pieces, event)

    def _filled(self, fields: Iterable[FilledField]) -> tuple[Piece, ...]:
        """The questions of fields, with what is left to say in each besides what it asks itself."""
        pieces = []
        for one in fields:
            field = self._field(self._dpia.analysis.question(one.id))
            gaps = (line.text for line in one.lines if line.status == "unknown" and not field.unknown)
            own = tuple(text for text in gaps if field.question.ask not in text)
            pieces.append(Piece(field, one.status, own))
        return tuple(pieces)

    def _levels(self, event: EventRisk, after: bool = False) -> tuple[Piece, ...]:
        """The questions on the two levels of an event."""
        suffix = "_apres" if after else ""
        severity = event.severity_after if after else event.severity
        likelihood = event.likelihood_after if after else event.likelihood
        return (
            self._level(event, "gravite", suffix, severity),
            self._level(event, "vraisemblance", suffix, likelihood),
        )

    def _level(self, event: EventRisk, axis: Axis, suffix: str, rated: Rated) -> Piece:
        question = self._dpia.analysis.question(self._dpia.event_question(event.event, f"{axis}{suffix}"))
        meanings = {
            name: told.severity if axis == "gravite" else told.likelihood
            for name, told in self._dpia.risks.levels.items()
        }
        return Piece(self._field(question), rated.status, rated=rated, meanings=meanings)

    def _field(self, question: Question) -> Field:
        sheet = self._dossier.sheet
        answer = sheet.answers.get(sheet.key(question))
        if question.id == COVERED:
            question = msgspec.structs.replace(question, options=self._others(question, answer))
        return Field(question, answer, self._dossier.proposal(question.id))

    def _others(self, question: Question, answer: Answer | None) -> dict[str, str]:
        """The other entries that it may cover: those that call for one or may, and those chosen before."""
        chosen = answer.value if answer and isinstance(answer.value, tuple) else ()
        open_ = {one.entry.id for one in self._file.screening.entries if one.verdict != "non_requise"}
        kept = {*open_, *chosen, question.none} - {self._dossier.entry.id}
        return {option: title for option, title in question.options.items() if option in kept}
