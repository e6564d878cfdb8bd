"""The register of requests of data subjects and the dossier of each: what is due, to send, and to note."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, get_args

from aiohttp import web
from multidict import MultiDict

from bot.compliance.requests import Step, checks
from bot.knowledge.model import Knowledge
from bot.knowledge.requests import StepKind
from bot.records import PracticeFile, Unit
from bot.records.practice_file import RequestFile
from bot.web import texts
from bot.web.decisions import Mistake, Wrong, typed_moment, typed_text
from bot.web.keys import FORM, KNOWLEDGE, RECORDS
from bot.web.pages import numbered, practice_file
from bot.web.rendering import page
from bot.web.screen import recap

#: What can be noted; closing is a button of its own.
_NOTABLE: Final = tuple(kind for kind in get_args(StepKind) if kind != "close")
_LONGEST_NOTE = 200
#: Shows that something was masked in the note that was just taken: `?masque`.
_MASKED = "masque"


class _WrongIn(Wrong):
    """A field of the form holds what cannot be taken: which one, and the reason in French."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Noted:
    """A form of the dossier, at the time it was posted."""

    unit: Unit
    request: RequestFile
    form: MultiDict[str]
    knowledge: Knowledge
    now: datetime


async def log(request: web.Request) -> web.Response:
    """Every request, open and closed, the newest first, with what the register holds of it."""
    file = practice_file(request)
    return page(request, "demandes.html", file=file, knowledge=request.app[KNOWLEDGE])


async def dossier(request: web.Request) -> web.Response:
    """One request: its deadlines, the verdict, what to do, the letters, and what was done."""
    file = practice_file(request)
    removed = texts.MASKED_NOTE if _MASKED in request.query else ""
    return _dossier(request, file, _request(request, file), removed=removed)


async def note(request: web.Request) -> web.Response:
    """Note a step; close the request or open it again."""
    file, form = practice_file(request), request[FORM]
    found = _request(request, file)
    action = form.get("action", "")
    if action not in _ACTIONS:
        raise web.HTTPBadRequest
    try:
        with request.app[RECORDS].unit() as unit:
            noted = Noted(unit, found, form, request.app[KNOWLEDGE], request.app[RECORDS].clock.now())
            place = _ACTIONS[action](noted)
    except Wrong as wrong:
        where = wrong.field if isinstance(wrong, _WrongIn) else "date"
        typed = (form.get(name, "") for name in ("text", "date", "etape"))
        mistake = Mistake(where, str(wrong), action, *typed)
        return _dossier(request, file, found, mistake)
    raise web.HTTPSeeOther(f"/demandes/{found.number}{place}")


def _dossier(
    request: web.Request,
    file: PracticeFile,
    found: RequestFile,
    mistake: Mistake | None = None,
    removed: str = "",
) -> web.Response:
    knowledge, told = request.app[KNOWLEDGE], found.dossier
    titles = knowledge.requests.wordings.steps
    # The one to send next stands first.
    letters = sorted(told.letters, key=lambda letter: letter.id != told.letter)
    return page(
        request,
        "demande.html",
        422 if mistake else 200,
        case=found,
        dossier=told,
        letters=letters,
        lines=recap(found.sheet),
        knowledge=knowledge,
        step_words={kind: titles[kind] for kind in _NOTABLE},
        in_register=told.entry is not None and told.entry.id in {entry.id for entry in file.register},
        mistake=mistake,
        removed=removed,
    )


def _request(request: web.Request, file: PracticeFile) -> RequestFile:
    return numbered(request, file.request, texts.NO_REQUEST)


def _step(noted: Noted) -> str:
    """Note what was done, when, and a few words on it."""
    kind = next((kind for kind in _NOTABLE if kind == noted.form.get("etape")), None)
    if kind is None:
        raise _WrongIn("etape", texts.NO_STEP)
    step, found = Step(kind, typed_moment(noted.form, noted.now)), noted.request.dossier
    if wrong := checks.step_mistake(noted.knowledge, found.answers, found.followup, step):
        raise Wrong(wrong)
    text, masked = _words(noted.form)
    noted.unit.requests.note(noted.request.record.id, replace(step, note=text))
    return f"?{_MASKED}#etapes" if masked else "#etapes"


def _words(form: MultiDict[str]) -> tuple[str, bool]:
    """The note on one line, and whether anything was masked in it; a note is never needed."""
    text, masked = " ".join(form.get("text", "").split()), False
    if text and len(text) <= _LONGEST_NOTE:
        cleaned, found = typed_text(MultiDict(text=text), "")
        text, masked = cleaned, bool(found)
    # What stands for a masked name may be longer than the name.
    if len(text) > _LONGEST_NOTE:
        raise _WrongIn("text", texts.long_note(len(text), _LONGEST_NOTE))
    return text, masked


def _undone(noted: Noted) -> str:
    """Take back a step that was noted by mistake."""
    steps = noted.request.dossier.record.steps
    number = noted.form.get("numero", "")
    if not number.isdigit() or int(number) >= len(steps) or steps[int(number)].kind == "close":
        raise web.HTTPBadRequest
    noted.unit.requests.take_back(noted.request.record.id, steps[int(number)])
    return "#etapes"


def _closed(noted: Noted) -> str:
    noted.unit.cases.close(noted.request.record.id)
    return "#contenu"


def _reopened(noted: Noted) -> str:
    noted.unit.cases.reopen(noted.request.record.id)
    return "#contenu"


#: What each form does, and where on the page it leads back to.
_ACTIONS: dict[str, Callable[[Noted], str]] = {
    "etape": _step,
    "retirer": _undone,
    "clore": _closed,
    "rouvrir": _reopened,
}
