"""The pages of the practice's file beside the chat, and the notice of the tool itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from aiohttp import web

from bot.compliance import interview
from bot.records import PracticeFile, RecordsError
from bot.settings import TRANSCRIPT_KEPT
from bot.web import session, texts
from bot.web.keys import CONVERSATIONS, KNOWLEDGE, RATE_LIMIT, RECORDS, VISITOR
from bot.web.middlewares import Stop
from bot.web.rendering import page
from bot.web.screen import recap

T = TypeVar("T")


def practice_file(request: web.Request) -> PracticeFile:
    """The file of the visitor's practice, as it is now."""
    with request.app[RECORDS].unit() as unit:
        return PracticeFile.read(unit, request.app[KNOWLEDGE], request[VISITOR].practice_id)


def numbered(request: web.Request, find: Callable[[int], T | None], missing: str) -> T:
    """What `find` has under the number in the address; stops with 404 and `missing` when it has nothing."""
    found = find(int(request.match_info["number"]))
    if found is None:
        raise Stop(404, missing)
    return found


async def answers(request: web.Request) -> web.Response:
    """« Mes réponses »: every question that applies, by theme, and what is still to be found out."""
    file = practice_file(request)
    themes = [(theme, recap(interview.sheet(theme.activity, file.answers))) for theme in file.themes]
    return page(request, "answers.html", file=file, themes=themes)


async def privacy(request: web.Request) -> web.Response:
    """What Vigie does with what it is told."""
    return page(request, "privacy.html", kept_days=TRANSCRIPT_KEPT.days)


async def ask_erasure(request: web.Request) -> web.Response:
    """What would be erased, and the button that does it."""
    file = practice_file(request)
    counted = len(interview.effective(request.app[KNOWLEDGE], file.recorded))
    return page(
        request,
        "erase.html",
        answers=counted,
        entries=len(file.register),
        breaches=len(file.breaches),
        notices=sum(map(len, file.notice_versions.values())),
        requests=len(file.requests),
        assessments=len(file.assessed),
        contracts=len(file.contracts),
    )


async def erase(request: web.Request) -> web.Response:
    """Erase everything; the browser starts again as on its first visit."""
    visitor = request[VISITOR]
    try:
        await request.app[CONVERSATIONS].erase(visitor)
    except RecordsError as error:
        raise Stop(503, texts.NOT_ERASED) from error
    request.app[RATE_LIMIT].forget(visitor.digest)
    response = web.Response(status=303, headers={"Location": "/?efface"})
    session.forget(response)
    return response


async def health(request: web.Request) -> web.Response:
    """Say to the supervisor that the page is up."""
    return web.Response(text="ok")
