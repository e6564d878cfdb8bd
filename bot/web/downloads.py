"""The documents that a practice takes away; whose they are, the session alone says."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

from aiohttp import web

from bot.compliance import requests
from bot.compliance.breach import Dossier
from bot.documents import (
    NothingToAsk,
    Register,
    amendment_docx,
    amendment_pdf,
    assessment_docx,
    assessment_pdf,
    breach_register,
    deadlines_ics,
    letter_docx,
    letter_pdf,
    message_docx,
    message_pdf,
    notice_docx,
    notice_html,
    notice_pdf,
    notice_txt,
    notification_docx,
    notification_pdf,
    pia_json,
    register_pdf,
    request_deadlines_ics,
    request_letter_docx,
    request_letter_pdf,
    request_register,
    screening_docx,
    screening_pdf,
    supplier_list_ods,
    supplier_list_pdf,
)
from bot.records import PracticeFile
from bot.records.cases import CaseRecord
from bot.records.practice_file import AssessmentFile
from bot.web import texts
from bot.web.keys import RECORDS, VISITOR
from bot.web.middlewares import Stop
from bot.web.pages import numbered, practice_file

#: Asks for the message to the persons although it is not due: `?demande`.
ASKED: Final = "demande"

_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "ics": "text/calendar",
    "json": "application/json",
    "html": "text/html",
    "txt": "text/plain",
}
_TEXTS = ("ics", "html", "txt")
_NOTIFICATIONS = {"pdf": notification_pdf, "docx": notification_docx}
_MESSAGES = {"pdf": message_pdf, "docx": message_docx}
_NOTICES = {"pdf": notice_pdf, "docx": notice_docx, "html": notice_html, "txt": notice_txt}
_SCREENINGS = {"pdf": screening_pdf, "docx": screening_docx}
_ASSESSMENTS = {"pdf": assessment_pdf, "docx": assessment_docx}
_SUPPLIERS = {"pdf": supplier_list_pdf, "ods": supplier_list_ods}
_PAPERS = {
    ("lettre", "pdf"): letter_pdf,
    ("lettre", "docx"): letter_docx,
    ("avenant", "pdf"): amendment_pdf,
    ("avenant", "docx"): amendment_docx,
}
_LETTERS = {"pdf": request_letter_pdf, "docx": request_letter_docx}


async def register(request: web.Request) -> web.Response:
    """The register as a PDF."""
    file, now = practice_file(request), request.app[RECORDS].clock.now()
    if not file.register:
        raise Stop(404, texts.NO_REGISTER)
    return await _sent(f"registre-{now:%Y-%m-%d}", "pdf", lambda: register_pdf(file, now))


async def breach_log(request: web.Request) -> web.Response:
    """The register of breaches, the newest first; a practice without any has an empty one."""
    file = practice_file(request)
    log = breach_register(file.knowledge, (breach.dossier for breach in file.breaches))
    return await _log(request, file, "registre-des-violations", log)


async def notification(request: web.Request) -> web.Response:
    """The notification to the CNIL, whatever the verdict: the practitioner may choose to notify."""
    kind, (record, dossier) = _kind(request), _breach(request)
    return await _sent(f"notification-cnil-{record.reference}", kind, lambda: _NOTIFICATIONS[kind](dossier))


async def message(request: web.Request) -> web.Response:
    """The message to the persons, when it is due (RGPD art. 34(1)) or asked for."""
    kind, (record, dossier) = _kind(request), _breach(request)
    if not dossier.verdict.tell and ASKED not in request.query:
        raise Stop(404, texts.NO_MESSAGE)
    return await _sent(f"message-aux-personnes-{record.reference}", kind, lambda: _MESSAGES[kind](dossier))


async def deadlines(request: web.Request) -> web.Response:
    """The deadlines as a calendar file."""
    record, dossier = _breach(request)
    if not dossier.deadlines:
        raise Stop(404, texts.NO_DEADLINE)
    return await _sent(
        f"echeances-{record.reference}", "ics", lambda: deadlines_ics(dossier, _identity(record))
    )


async def request_log(request: web.Request) -> web.Response:
    """The register of requests, the newest first; a practice without any has an empty one."""
    file = practice_file(request)
    log = request_register(file.knowledge, (one.dossier for one in file.requests))
    return await _log(request, file, "registre-des-demandes", log)


async def request_letter(request: web.Request) -> web.Response:
    """A letter to the person who asks, if it is one that makes sense for the request."""
    kind, letter, (record, dossier) = _kind(request), request.match_info["letter"], _request(request)
    if letter not in {one.id for one in dossier.letters}:
        raise Stop(404, texts.NO_LETTER)
    name = f"lettre-{letter.replace('_', '-')}-{record.reference}"
    return await _sent(name, kind, lambda: _LETTERS[kind](dossier, letter))


async def request_deadlines(request: web.Request) -> web.Response:
    """The deadlines of a request as a calendar file."""
    record, dossier = _request(request)
    if not dossier.deadlines:
        raise Stop(404, texts.NO_PERIOD)
    return await _sent(
        f"echeances-{record.reference}", "ics", lambda: request_deadlines_ics(dossier, _identity(record))
    )


async def notice(request: web.Request) -> web.Response:
    """A notice, whether or not the practice needs it; what it says now is kept as a version (art. 5(2))."""
    kind, file, records = _kind(request), practice_file(request), request.app[RECORDS]
    one = file.notices.find(request.match_info["notice"])
    if one is None or kind not in one.notice.formats:
        raise Stop(404, texts.NO_NOTICE)
    now = records.clock.now()
    sent = await _sent(
        f"{one.id}-{now:%Y-%m-%d}", kind, lambda: _NOTICES[kind](file.knowledge, file.answers, one, now)
    )
    with records.unit() as unit:
        unit.notices.keep(request[VISITOR].practice_id, one.id, one.filled.content)
    return sent


async def screening(request: web.Request) -> web.Response:
    """The note on thresholds: is an assessment needed for each entry, and an officer."""
    kind, file, now = _kind(request), practice_file(request), request.app[RECORDS].clock.now()
    if not file.register:
        raise Stop(404, texts.NO_REGISTER)
    return await _sent(
        f"note-de-seuil-{now:%Y-%m-%d}", kind, lambda: _SCREENINGS[kind](file.knowledge, file.recorded, now)
    )


async def assessment(request: web.Request) -> web.Response:
    """An impact assessment as it stands."""
    kind, found, now = _kind(request), _assessment(request), request.app[RECORDS].clock.now()
    return await _sent(
        f"analyse-impact-{found.record.reference}", kind, lambda: _ASSESSMENTS[kind](found.dossier, now)
    )


async def decided(request: web.Request) -> web.Response:
    """A version of an impact assessment as it was decided."""
    found, version = _assessment(request), int(request.match_info["version"])
    with request.app[RECORDS].unit() as unit:
        document = unit.assessments.document(found.record.id, version)
    if document is None:
        raise Stop(404, texts.NO_DECISION)
    return _file(f"analyse-impact-{found.record.reference}-version-{version}", "pdf", document)


async def pia(request: web.Request) -> web.Response:
    """The same as the file that the CNIL's software imports."""
    found, now = _assessment(request), request.app[RECORDS].clock.now()
    return await _sent(f"pia-{found.record.reference}", "json", lambda: pia_json(found.dossier, now))


def _assessment(request: web.Request) -> AssessmentFile:
    """The assessment that the address names, if it is one of the visitor's practice."""
    return numbered(request, practice_file(request).assessment, texts.NO_ASSESSMENT)


async def supplier_list(request: web.Request) -> web.Response:
    """The list of suppliers as the page shows it: those first whose contract matters."""
    kind, file, now = _kind(request), practice_file(request), request.app[RECORDS].clock.now()
    reviews = [one.review for one in sorted(file.suppliers, key=lambda one: not one.concerned)]
    return await _sent(
        f"prestataires-{now:%Y-%m-%d}",
        kind,
        lambda: _SUPPLIERS[kind](file.knowledge, file.answers, reviews, now),
    )


async def supplier_paper(request: web.Request) -> web.Response:
    """The letter to a supplier or the model amendment, where there is something to ask."""
    kind, paper = _kind(request), request.match_info["paper"]
    found = numbered(request, practice_file(request).contract, texts.NO_SUPPLIER_PAGE)
    review, now = found.dossier, request.app[RECORDS].clock.now()
    name = f"{paper}-{found.record.reference}"
    try:
        return await _sent(name, kind, lambda: _PAPERS[paper, kind](review, now))
    except NothingToAsk as error:
        raise Stop(404, texts.NO_SUPPLIER_PAPER) from error


def _kind(request: web.Request) -> str:
    return request.match_info["kind"]


def _breach(request: web.Request) -> tuple[CaseRecord, Dossier]:
    """The breach that the address names, if it is one of the visitor's practice."""
    found = numbered(request, practice_file(request).breach, texts.NO_BREACH)
    return found.record, found.dossier


def _request(request: web.Request) -> tuple[CaseRecord, requests.Dossier]:
    """The request that the address names, if it is one of the visitor's practice."""
    found = numbered(request, practice_file(request).request, texts.NO_REQUEST)
    return found.record, found.dossier


def _identity(record: CaseRecord) -> str:
    """What tells a case from all others: numbers begin again in each practice, and in each installation."""
    return f"{record.practice_id}/{record.number}/{record.opened_at.isoformat()}"


async def _log(request: web.Request, file: PracticeFile, name: str, log: Register) -> web.Response:
    """A register of cases, of the day."""
    kind, now = _kind(request), request.app[RECORDS].clock.now()
    write = log.pdf if kind == "pdf" else log.ods
    return await _sent(f"{name}-{now:%Y-%m-%d}", kind, lambda: write(file.knowledge, file.answers, now))


async def _sent(name: str, kind: str, write: Callable[[], bytes]) -> web.Response:
    """The file that `write` makes, under a name of its own."""
    # Typesetting takes long enough to keep the other tabs waiting.
    return _file(name, kind, await asyncio.to_thread(write))


def _file(name: str, kind: str, content: bytes) -> web.Response:
    return web.Response(
        body=content,
        content_type=_TYPES[kind],
        charset="utf-8" if kind in _TEXTS else None,
        headers={"Content-Disposition": f'attachment; filename="{name}.{kind}"'},
    )
