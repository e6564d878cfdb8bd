"""Which entries of the register call for an impact assessment, is an officer needed, and each assessment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from aiohttp import web
from multidict import MultiDict
from yarl import URL

from bot.compliance import interview
from bot.compliance.answers import Answer
from bot.compliance.breach.risk import Ground
from bot.compliance.dpia.assessment import Assessment, EventRisk
from bot.compliance.dpia.facts import read
from bot.compliance.dpia.risk import Rated
from bot.compliance.lines import FilledField, Status
from bot.documents import wording
from bot.knowledge.dpia import ENTRY, VERDICTS
from bot.knowledge.model import Question
from bot.records import PracticeFile
from bot.records.practice_file import AssessmentFile
from bot.web import texts
from bot.web.answering import Field, refused, take
from bot.web.keys import FORM, KNOWLEDGE, RECORDS, VISITOR
from bot.web.pages import practice_file
from bot.web.rendering import page

#: The part that was just saved: `?partie=…`.
_PART: Final = "partie"
#: Shows that something was masked in what was just taken: `?masque`.
_MASKED: Final = "masque"
#: The question that says what the controller decides.
_DECISION: Final = "decision"
_LINE, _FEWEST_ROWS, _MOST_ROWS = 90, 2, 14
_NO_MISTAKE: Final[Mapping[str, str]] = {}


@dataclass(frozen=True)
class Piece:
    """A question of the assessment: its field, where its answer stands, and what is left to say in it.

    `rated` is the level that it is about, when it is about one, and `meanings` what each level means.
    """

    field: Field
    status: Status
    gaps: tuple[str, ...] = ()
    rated: Rated | None = None
    meanings: Mapping[str, str] | None = None

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


async def overview(request: web.Request) -> web.Response:
    """The verdict on each entry of the register and on the officer, with the questions that they need."""
    return _overview(request, practice_file(request))


async def decide(request: web.Request) -> web.Response:
    """Keep the answers to the questions on the threshold, or begin the assessment of an entry."""
    file, form = practice_file(request), request[FORM]
    action = form.get("action", "")
    if action == "commencer":
        raise web.HTTPSeeOther(f"/analyse-impact/{_begun(request, file, form.get('fiche', ''))}")
    if action != "questions":
        raise web.HTTPBadRequest
    fields, activity = _threshold(file), file.knowledge.dpia.questionnaire
    taken = take(fields, form)
    with request.app[RECORDS].unit() as unit:
        for local, answer in taken.answers.items():
            if answer is not None:
                unit.answers.save(request[VISITOR].practice_id, f"{activity.id}.{local}", answer)
    if taken.mistakes:
        return _overview(request, practice_file(request), form, taken.mistakes)
    raise web.HTTPSeeOther("/analyse-impact#contenu")


async def assessment(request: web.Request) -> web.Response:
    """One assessment: each part with what is proposed and what was retained, the plan, what follows."""
    file = practice_file(request)
    removed = texts.MASKED_TEXT if _MASKED in request.query else ""
    return _assessment(request, file, _found(request, file), removed=removed)


async def note(request: web.Request) -> web.Response:
    """Keep a part of the assessment; close the assessment or open it again."""
    file, form = practice_file(request), request[FORM]
    found, action = _found(request, file), form.get("action", "")
    if action == "partie":
        return _part_kept(request, file, found, form)
    if action not in ("clore", "rouvrir"):
        raise web.HTTPBadRequest
    with request.app[RECORDS].unit() as unit:
        change = unit.cases.close if action == "clore" else unit.cases.reopen
        change(found.record.id)
    raise web.HTTPSeeOther(f"{request.path}#contenu")


def _begun(request: web.Request, file: PracticeFile, entry_id: str) -> int:
    """The number of the assessment of an entry: the one that was begun before, else a new one."""
    if entry_id not in {entry.id for entry in file.register}:
        raise web.HTTPNotFound
    if before := file.assessment_of(entry_id):
        return before.number
    about = f"{file.knowledge.dpia.entry.id}.{ENTRY}"
    with request.app[RECORDS].unit() as unit:
        record = unit.cases.open(request[VISITOR].practice_id, "assessment")
        unit.cases.save(record.id, about, Answer.given(entry_id))
    return record.number


def _part_kept(
    request: web.Request, file: PracticeFile, found: AssessmentFile, form: MultiDict[str]
) -> web.Response:
    """What can be taken of a part is kept; the rest is shown again as it was typed."""
    part = next((one for one in _parts(found.dossier).all if one.id == form.get(_PART)), None)
    if part is None:
        raise web.HTTPBadRequest
    if not found.open:
        mistakes = {piece.field.question.id: texts.CLOSED_ASSESSMENT for piece in part.pieces}
        return _assessment(request, file, found, form, mistakes)
    taken, analysis = take((piece.field for piece in part.pieces), form), file.knowledge.dpia.analysis
    with request.app[RECORDS].unit() as unit:
        for local, answer in taken.answers.items():
            key = f"{analysis.id}.{local}"
            if answer is None:
                unit.cases.forget(found.record.id, key)
            else:
                unit.cases.save(found.record.id, key, answer)
    if taken.mistakes:
        file = practice_file(request)
        return _assessment(request, file, _found(request, file), form, taken.mistakes)
    # A part that is not complete stays open under the eyes; else the next one is.
    asked = {_PART: part.id, **({_MASKED: ""} if taken.masked else {})}
    raise web.HTTPSeeOther(URL(request.path).with_query(asked).with_fragment(f"partie-{part.id}"))


def _overview(
    request: web.Request,
    file: PracticeFile,
    form: MultiDict[str] | None = None,
    mistakes: Mapping[str, str] = _NO_MISTAKE,
) -> web.Response:
    fields = _threshold(file)
    if form is not None:
        fields = tuple(refused(field, form, mistakes) for field in fields)
    # The gravest first; those alike in the register's order.
    entries = sorted(file.screening.entries, key=lambda one: -VERDICTS.index(one.verdict))
    return page(
        request,
        "analyses.html",
        422 if mistakes else 200,
        file=file,
        dpia=file.knowledge.dpia,
        standing=wording.screened(file.screening),
        officer_standing=wording.officer(file.officer),
        entries=entries,
        fields=fields,
        badges=_VERDICT_BADGES,
        mistakes=mistakes,
    )


def _assessment(
    request: web.Request,
    file: PracticeFile,
    found: AssessmentFile,
    form: MultiDict[str] | None = None,
    mistakes: Mapping[str, str] = _NO_MISTAKE,
    removed: str = "",
) -> web.Response:
    parts = _parts(found.dossier)
    if form is not None:
        parts = _refused(parts, form, mistakes)
    decision = f"{file.knowledge.dpia.analysis.id}.{_DECISION}"
    with request.app[RECORDS].unit() as unit:
        decided = unit.cases.times(found.record.id).get(decision)
    return page(
        request,
        "analyse.html",
        422 if mistakes else 200,
        file=file,
        case=found,
        dossier=found.dossier,
        dpia=request.app[KNOWLEDGE].dpia,
        parts=parts,
        opened=_opened(parts, request.query.get(_PART, "")),
        badges=_VERDICT_BADGES,
        decided=decided,
        measure_states=_states(request, found.dossier),
        mistakes=mistakes,
        removed=removed,
    )


#: The look of a verdict, and of a risk: the badges of what is unknown, proposed or settled.
_VERDICT_BADGES: Final = {
    "requise": "unknown", "a_examiner": "proposed", "non_requise": "confirmed",
    "obligatoire": "unknown", "attendu": "unknown", "recommande": "proposed", "non_obligatoire": "confirmed",
    "eleve": "unknown", "risque": "proposed", "aucun": "confirmed",
}  # fmt: skip


def _opened(parts: Parts, last: str) -> set[str]:
    """The parts shown open: the one to go on with, a wrong one, the one just saved if not complete."""
    turn = {parts.next.id} if parts.next else set()
    return turn | {part.id for part in parts.all if part.wrong or (part.id == last and not part.complete)}


def _states(request: web.Request, dossier: Assessment) -> dict[str, str]:
    """Where each measure of the plan stands, by its id."""
    today = request.app[RECORDS].clock.now().date()
    return {item.measure.id: wording.measure_state(item, today)[1] for item in dossier.plan}


def _found(request: web.Request, file: PracticeFile) -> AssessmentFile:
    found = file.assessment(int(request.match_info["number"]))
    if found is None:
        raise web.HTTPNotFound
    return found


def _threshold(file: PracticeFile) -> tuple[Field, ...]:
    """The questions on the threshold that apply, with their answers."""
    facts, activity = read(file.knowledge, file.recorded), file.knowledge.dpia.questionnaire
    sheet = interview.sheet(activity, facts.answers)
    return tuple(Field(question, sheet.answers.get(sheet.key(question))) for question in sheet.asked)


def _parts(dossier: Assessment) -> Parts:
    sections = tuple(
        (
            section.title,
            tuple(Part(part.id, part.title, _filled(dossier, part.fields)) for part in section.parts),
        )
        for section in dossier.sections
    )
    residual = [piece for event in dossier.events for piece in _levels(dossier, event, after=True)]
    return Parts(
        sections,
        tuple(
            Part(
                f"risque-{event.event.id}",
                event.event.title,
                (*_filled(dossier, event.lists), *_levels(dossier, event)),
                event,
            )
            for event in dossier.events
        ),
        Part("risque-residuel", "Ce qui reste après le plan", tuple(residual)),
    )


def _filled(dossier: Assessment, fields: Iterable[FilledField]) -> tuple[Piece, ...]:
    """The questions of fields, with what is left to say in each besides what the question itself asks."""
    return tuple(
        Piece(
            field,
            one.status,
            tuple(
                line.text
                for line in one.lines
                if line.status == "unknown" and field.question.ask not in line.text and not field.unknown
            ),
        )
        for one in fields
        for field in [_field(dossier, dossier.knowledge.dpia.analysis.question(one.id))]
    )


def _levels(dossier: Assessment, event: EventRisk, after: bool = False) -> tuple[Piece, ...]:
    """The questions on the two levels of an event."""
    suffix = "_apres" if after else ""
    rated = (event.severity_after, event.likelihood_after) if after else (event.severity, event.likelihood)
    dpia = dossier.knowledge.dpia
    return tuple(
        Piece(
            _field(dossier, dpia.analysis.question(dpia.event_question(event.event, f"{axis}{suffix}"))),
            level.status,
            rated=level,
            meanings={
                name: told.severity if axis == "gravite" else told.likelihood
                for name, told in dpia.risks.levels.items()
            },
        )
        for axis, level in zip(("gravite", "vraisemblance"), rated, strict=True)
    )


def _field(dossier: Assessment, question: Question) -> Field:
    sheet = dossier.sheet
    return Field(question, sheet.answers.get(sheet.key(question)), dossier.proposal(question.id))


def _refused(parts: Parts, form: MultiDict[str], mistakes: Mapping[str, str]) -> Parts:
    """The parts with what was posted in the one that could not be taken whole."""

    def again(part: Part) -> Part:
        if part.id != form.get(_PART):
            return part
        pieces = (replace(piece, field=refused(piece.field, form, mistakes)) for piece in part.pieces)
        return replace(part, pieces=tuple(pieces))

    return Parts(
        tuple((title, tuple(map(again, inside))) for title, inside in parts.sections),
        tuple(map(again, parts.events)),
        again(parts.residual),
    )
