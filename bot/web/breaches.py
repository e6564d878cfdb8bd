"""The register of breaches (RGPD art. 33(5)) and the dossier of each: what is due, to copy, and to note."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web
from multidict import MultiDict

from bot.compliance.answers import Answer
from bot.compliance.breach import Notification, Told
from bot.compliance.breach.followup import PERSONS, kind_of_next
from bot.knowledge.model import Knowledge
from bot.records import PracticeFile, Unit
from bot.records.practice_file import BreachFile
from bot.web import texts
from bot.web.decisions import Mistake, Wrong, typed_moment, typed_text
from bot.web.keys import FORM, KNOWLEDGE, RECORDS
from bot.web.pages import numbered, practice_file
from bot.web.rendering import page
from bot.web.screen import recap

_LONGEST_RECEIPT, _LONGEST_MEANS = 60, 200


@dataclass(frozen=True)
class Noted:
    """A form of the dossier, at the time it was posted."""

    unit: Unit
    breach: BreachFile
    form: MultiDict[str]
    knowledge: Knowledge
    now: datetime


async def log(request: web.Request) -> web.Response:
    """Every breach, open and closed, with the items that the register has to hold."""
    file = practice_file(request)
    return page(request, "violations.html", file=file, knowledge=request.app[KNOWLEDGE])


async def dossier(request: web.Request) -> web.Response:
    """One breach: its clock, what to do, the verdict, the form to copy, and what was done."""
    file = practice_file(request)
    return _dossier(request, file, _breach(request, file))


async def note(request: web.Request) -> web.Response:
    """Note what was sent, the receipt, or who was told; close the breach or open it again."""
    file, form = practice_file(request), request[FORM]
    breach = _breach(request, file)
    action = form.get("action", "")
    if action not in _ACTIONS:
        raise web.HTTPBadRequest
    try:
        with request.app[RECORDS].unit() as unit:
            noted = Noted(unit, breach, form, request.app[KNOWLEDGE], request.app[RECORDS].clock.now())
            _ACTIONS[action](noted)
    except Wrong as wrong:
        text = form.get("numero", "") or form.get("text", "")
        chosen = form.get("destinataire", "") or form.get("version", "")
        mistake = Mistake(action, str(wrong), action, text, form.get("date", ""), chosen)
        return _dossier(request, file, breach, mistake)
    raise web.HTTPSeeOther(f"/violations/{breach.number}#{_PLACES[action]}")


def _dossier(
    request: web.Request, file: PracticeFile, breach: BreachFile, mistake: Mistake | None = None
) -> web.Response:
    knowledge = request.app[KNOWLEDGE]
    prevenus = knowledge.breach.questionnaire.question("prevenus")
    recipients = {PERSONS: "Les personnes touchées"} | {
        option: title for option, title in prevenus.options.items() if option != prevenus.none
    }
    return page(
        request,
        "violation.html",
        422 if mistake else 200,
        file=file,
        breach=breach,
        dossier=breach.dossier,
        lines=recap(breach.sheet),
        knowledge=knowledge,
        recipients=recipients,
        entries={entry.id: entry.title for entry in file.register},
        mistake=mistake,
    )


def _breach(request: web.Request, file: PracticeFile) -> BreachFile:
    return numbered(request, file.breach, texts.NO_BREACH)


def _sent(noted: Noted) -> None:
    """Keep the form as it stands as the version that was sent."""
    when = _moment(noted)
    receipt = _short(noted.form.get("numero", ""), _LONGEST_RECEIPT, texts.LONG_RECEIPT)
    found = noted.breach.dossier
    kind = kind_of_next(found.followup, bool(found.complement))
    version = Notification(kind, when, receipt, when if receipt else None, found.form.content)
    noted.unit.breaches.notify(noted.breach.record.id, version)


def _acknowledged(noted: Noted) -> None:
    """Note the receipt of a version that has none."""
    receipt = _short(noted.form.get("numero", ""), _LONGEST_RECEIPT, texts.LONG_RECEIPT)
    if not receipt:
        raise Wrong(texts.NO_RECEIPT)
    versions = len(noted.breach.dossier.followup.notifications)
    version = noted.form.get("version", "")
    if not version.isdigit() or not 1 <= int(version) <= versions:
        raise web.HTTPBadRequest
    when = _moment(noted)
    noted.unit.breaches.acknowledge(noted.breach.record.id, int(version), receipt, when)


def _told(noted: Noted) -> None:
    """Note that someone was told; that the persons were is an answer too."""
    recipient = noted.form.get("destinataire", "")
    question = noted.knowledge.breach.questionnaire.question("prevenus")
    if recipient not in {PERSONS, *question.options} - {question.none}:
        raise Wrong(texts.NO_RECIPIENT)
    when = _moment(noted)
    means = ""
    if noted.form.get("text", "").strip():
        means, _ = typed_text(noted.form, "")
    told = Told(recipient, when, means[:_LONGEST_MEANS])
    noted.unit.breaches.tell(noted.breach.record.id, told)
    if recipient == PERSONS:
        key = noted.knowledge.breach.key("information")
        noted.unit.cases.save(noted.breach.record.id, key, Answer.given("faite"))


def _closed(noted: Noted) -> None:
    noted.unit.cases.close(noted.breach.record.id)


def _reopened(noted: Noted) -> None:
    noted.unit.cases.reopen(noted.breach.record.id)


_ACTIONS: dict[str, Callable[[Noted], None]] = {
    "envoi": _sent,
    "recepisse": _acknowledged,
    "prevenu": _told,
    "clore": _closed,
    "rouvrir": _reopened,
}
#: Where on the page each action leads back to.
_PLACES = {
    "envoi": "envois",
    "recepisse": "envois",
    "prevenu": "prevenus",
    "clore": "contenu",
    "rouvrir": "contenu",
}


def _moment(noted: Noted) -> datetime:
    """The time that was told; of a vague one the last that it can be."""
    found = typed_moment(noted.form, noted.now)
    return min(found.latest, noted.now)


def _short(text: str, most: int, too_long: str) -> str:
    text = " ".join(text.split())
    if len(text) > most:
        raise Wrong(too_long)
    return text
