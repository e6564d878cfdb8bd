"""What the practitioner decides on the pages of the register and of the measures."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, get_args

from aiohttp import web
from multidict import MultiDict

from bot.clock import PARIS
from bot.compliance.measures import Decision
from bot.compliance.moments import Moment, instant
from bot.compliance.register import FieldDecision, FieldName, RegisterEntry, RegisterField, confirmation
from bot.language.incoming import Empty, TooLong, receive
from bot.language.moments import find_moment
from bot.records import PracticeFile
from bot.settings import LONGEST_MESSAGE
from bot.web import texts
from bot.web.keys import FORM, RECORDS, VISITOR
from bot.web.pages import practice_file
from bot.web.rendering import page

#: The fields that name the practice and whom it works with: contact details belong there.
_CONTACT_FIELDS = ("controller", "joint_controllers", "dpo", "external_recipients", "processors")
#: Which entry of the register is shown in full: `?fiche=…`.
_OPENED: Final = "fiche"
_FRENCH_DATE = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})")


@dataclass(frozen=True)
class Mistake:
    """A form that was not taken: which one, the sentence beside it, and what it held.

    `chosen` is what its list held.
    """

    where: str
    sentence: str
    action: str = ""
    text: str = ""
    date: str = ""
    chosen: str = ""


class Wrong(Exception):
    """What a form holds cannot be taken, for the reason given in French."""


async def register(request: web.Request) -> web.Response:
    """The register in full, each field with its status, its sources and what can be done about it."""
    return _register(request, opened=request.query.get(_OPENED, ""))


async def measures(request: web.Request) -> web.Response:
    """The measures by priority, with their reasons and what was decided."""
    return _measures(request)


async def decide_entry(request: web.Request) -> web.Response:
    """Confirm all that Vigie proposes in one entry."""
    file = practice_file(request)
    entry = _entry(request, file)
    with request.app[RECORDS].unit() as unit:
        for field in entry.fields:
            if field.confirmable:
                decision = confirmation(field, file.field_decisions.get((entry.id, field.name)))
                unit.decisions.save_field(request[VISITOR].practice_id, entry.id, field.name, decision)
    raise web.HTTPSeeOther(f"/registre?{_OPENED}={entry.id}#fiche-{entry.id}")


async def decide_field(request: web.Request) -> web.Response:
    """Confirm one field, replace or keep its text, or go back to what Vigie proposes."""
    file, form = practice_file(request), request[FORM]
    entry = _entry(request, file)
    name = next((name for name in get_args(FieldName) if name == request.match_info["field"]), None)
    if name is None:
        raise web.HTTPNotFound
    where, action = f"{entry.id}-{name}", form.get("action", "")
    earlier = file.field_decisions.get((entry.id, name))
    makers: dict[str, Callable[[], tuple[FieldDecision | None, tuple[str, ...]]]] = {
        "modifier": lambda: _change(form, name),
        "confirmer": lambda: (_confirm(entry.field(name), earlier), ()),
        # Recorded anew, it is no longer older than the answers.
        "garder": lambda: (earlier, ()),
        "revenir": lambda: (None, ()),
    }
    if action not in makers:
        raise web.HTTPBadRequest
    try:
        decision, masked = makers[action]()
    except Wrong as wrong:
        return _register(request, Mistake(where, str(wrong), action, form.get("text", "")), opened=entry.id)
    with request.app[RECORDS].unit() as unit:
        unit.decisions.save_field(request[VISITOR].practice_id, entry.id, name, decision)
    if masked:
        return _register(request, removed=texts.removed(masked), opened=entry.id)
    raise web.HTTPSeeOther(f"/registre?{_OPENED}={entry.id}#champ-{where}")


async def decide_measure(request: web.Request) -> web.Response:
    """Mark a measure done, planned, or without object; or take that back."""
    measure_id, form = request.match_info["measure"], request[FORM]
    if measure_id not in {item.measure.id for item in practice_file(request).measures}:
        raise web.HTTPNotFound
    action = form.get("action", "")
    today = request.app[RECORDS].clock.now().date()
    makers: dict[str, Callable[[], tuple[Decision | None, tuple[str, ...]]]] = {
        "faite": lambda: (Decision("done"), ()),
        "prevue": lambda: (Decision("planned", due=_day(form.get("date", ""), today)), ()),
        "sans_objet": lambda: _set_aside(form),
        "annuler": lambda: (None, ()),
    }
    if action not in makers:
        raise web.HTTPBadRequest
    try:
        decision, masked = makers[action]()
    except Wrong as wrong:
        mistake = Mistake(measure_id, str(wrong), action, form.get("text", ""), form.get("date", ""))
        return _measures(request, mistake)
    with request.app[RECORDS].unit() as unit:
        unit.decisions.save_measure(request[VISITOR].practice_id, measure_id, decision)
    if masked:
        return _measures(request, removed=texts.removed(masked))
    raise web.HTTPSeeOther(f"/mesures#mesure-{measure_id}")


def _confirm(field: RegisterField, earlier: FieldDecision | None) -> FieldDecision | None:
    # From a page shown before the text was changed: the practitioner's own words stay.
    return confirmation(field, earlier) if field.confirmable else earlier


def _change(form: MultiDict[str], name: FieldName) -> tuple[FieldDecision, tuple[str, ...]]:
    text, masked = typed_text(form, texts.NO_FIELD_TEXT, contact=name in _CONTACT_FIELDS)
    return FieldDecision("changed", text), masked


def _register(
    request: web.Request, mistake: Mistake | None = None, removed: str = "", opened: str = ""
) -> web.Response:
    """The register, the entry `opened` shown in full, or else the first that is to be read again."""
    file = practice_file(request)
    turn = next((one.id for one in file.register if any(field.confirmable for field in one.fields)), "")
    status = 422 if mistake else 200
    return page(
        request,
        "register.html",
        status,
        file=file,
        mistake=mistake,
        removed=removed,
        opened=(opened or turn,),
    )


def _measures(request: web.Request, mistake: Mistake | None = None, removed: str = "") -> web.Response:
    file, today = practice_file(request), request.app[RECORDS].clock.now().date()
    status = 422 if mistake else 200
    return page(request, "measures.html", status, file=file, mistake=mistake, removed=removed, today=today)


def _entry(request: web.Request, file: PracticeFile) -> RegisterEntry:
    for entry in file.register:
        if entry.id == request.match_info["entry"]:
            return entry
    raise web.HTTPNotFound


def typed_text(form: MultiDict[str], missing: str, contact: bool = False) -> tuple[str, tuple[str, ...]]:
    """What was typed, and what was masked in it; raises Wrong, with `missing` when nothing was typed."""
    try:
        received = receive(form.get("text", ""), contact)
    except Empty as error:
        raise Wrong(missing) from error
    except TooLong as error:
        raise Wrong(texts.too_long(error.length, LONGEST_MESSAGE)) from error
    return received.text, received.masked


def typed_moment(form: MultiDict[str], now: datetime) -> Moment:
    """When something was done, told in words or as a date field has it; raises Wrong, never in the future."""
    text = form.get("date", "").strip()
    try:
        at = datetime.fromisoformat(text).replace(tzinfo=PARIS)
        found: Moment | None = instant(at) if "T" in text else Moment(at.date())
    except ValueError:
        found = find_moment(text, now)
    if found is None:
        raise Wrong(texts.NO_MOMENT)
    if found.earliest > now:
        raise Wrong(texts.FUTURE_MOMENT)
    return found


def typed_day(text: str, now: datetime, missing: str, future: str) -> date:
    """The day of a date field, or told in words; raises Wrong, with `future` when it is still to come."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        told = find_moment(text, now)
        if told is None:
            raise Wrong(missing) from None
        day = told.earliest.date()
    if day > now.date():
        raise Wrong(future)
    return day


def _set_aside(form: MultiDict[str]) -> tuple[Decision, tuple[str, ...]]:
    reason, masked = typed_text(form, texts.NO_REASON)
    return Decision("not_applicable", reason=reason), masked


def _day(text: str, today: date) -> date:
    """The day of a date field, or of a field where it was typed in the French way."""
    text = text.strip()
    if not text:
        raise Wrong(texts.NO_DATE)
    typed = _FRENCH_DATE.fullmatch(text)
    try:
        found = date(int(typed[3]), int(typed[2]), int(typed[1])) if typed else date.fromisoformat(text)
    except ValueError as error:
        raise Wrong(texts.WRONG_DATE) from error
    if found < today:
        raise Wrong(texts.PAST_DATE)
    return found
