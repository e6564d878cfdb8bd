"""Which entries of the register call for an impact assessment, is an officer needed, and each assessment."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Final

from aiohttp import web
from multidict import MultiDict
from yarl import URL

from bot.compliance import interview
from bot.compliance.answers import Answer
from bot.compliance.dpia.assessment import Assessment
from bot.compliance.dpia.decided import grounds
from bot.compliance.dpia.facts import read
from bot.documents import assessment_pdf, wording
from bot.knowledge.dpia import ENTRY, VERDICTS
from bot.records import PracticeFile
from bot.records.practice_file import AssessmentFile
from bot.web import texts
from bot.web.answering import Field, refused, take
from bot.web.assessment_parts import PART, Parts, again, parts_of
from bot.web.keys import FORM, KNOWLEDGE, RECORDS, VISITOR
from bot.web.pages import numbered, practice_file
from bot.web.rendering import page

#: Shows that something was masked in what was just taken: `?masque`.
_MASKED: Final = "masque"
#: The question that says what the controller decides.
_DECISION: Final = "decision"
_NO_MISTAKE: Final[Mapping[str, str]] = {}


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
    """Keep a part of the assessment; close the assessment, with what it was decided on, or open it again."""
    file, form = practice_file(request), request[FORM]
    found, action = _found(request, file), form.get("action", "")
    if action == "partie":
        return _part_kept(request, file, found, form)
    if action not in ("clore", "rouvrir"):
        raise web.HTTPBadRequest
    if action == "clore" and found.open:
        now = request.app[RECORDS].clock.now()
        document = await asyncio.to_thread(assessment_pdf, found.dossier, now)
        with request.app[RECORDS].unit() as unit:
            unit.assessments.keep(found.record.id, grounds(found.dossier), document)
            unit.cases.close(found.record.id)
    elif action == "rouvrir":
        with request.app[RECORDS].unit() as unit:
            unit.cases.reopen(found.record.id)
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
    part = next((one for one in parts_of(file, found.dossier).all if one.id == form.get(PART)), None)
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
    asked = {PART: part.id, **({_MASKED: ""} if taken.masked else {})}
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
    parts = parts_of(file, found.dossier)
    if form is not None:
        parts = again(parts, form, mistakes)
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
        opened=_opened(parts, request.query.get(PART, "")),
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
    return numbered(request, file.assessment, texts.NO_ASSESSMENT)


def _threshold(file: PracticeFile) -> tuple[Field, ...]:
    """The questions on the threshold that apply, with their answers."""
    facts, activity = read(file.knowledge, file.recorded), file.knowledge.dpia.questionnaire
    sheet = interview.sheet(activity, facts.answers)
    return tuple(Field(question, sheet.answers.get(sheet.key(question))) for question in sheet.asked)
