"""The chat: the page, what it posts, and the parts of it that our script asks for."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.assistant import AssistantError
from bot.records import RecordsError
from bot.settings import TRANSCRIPT_KEPT
from bot.web import texts
from bot.web.conversation import Gone
from bot.web.keys import CONVERSATIONS, FORM, RATE_LIMIT, VISITOR
from bot.web.messages import Refused, whole
from bot.web.middlewares import from_script
from bot.web.rendering import page
from bot.web.screen import Screen


async def show(request: web.Request) -> web.Response:
    """The chat with the practice's file beside it; on the first visit Vigie speaks first."""
    conversations = request.app[CONVERSATIONS]
    try:
        return _page(request, await conversations.greet(request[VISITOR]))
    except Gone as gone:
        # Erased while the page was being asked for: the next one opens a new session.
        raise web.HTTPSeeOther("/") from gone
    except AssistantError:
        refusal = Refused(texts.NOT_GREETED, status=503)
        return _page(request, await conversations.screen(request[VISITOR]), refusal)


async def post(request: web.Request) -> web.Response:
    """One turn. What cannot be taken is said beside its field, which keeps what was typed."""
    form, visitor = request[FORM], request[VISITOR]
    conversations = request.app[CONVERSATIONS]
    refusal = None
    try:
        if not request.app[RATE_LIMIT].allows(visitor.digest):
            raise Refused(texts.TOO_MANY, form.get("text", ""), status=429)
        await conversations.take(visitor, form)
    except Refused as refused:
        refusal = refused
    except AssistantError:
        refusal = Refused(texts.ASSISTANT_AWAY, form.get("text", ""), status=503)
    except RecordsError:
        refusal = Refused(texts.RECORDS_AWAY, form.get("text", ""), status=503)
    if refusal is None and not from_script(request):
        raise web.HTTPSeeOther("/#dernier")
    return _page(request, await conversations.screen(visitor), refusal, after=whole(form.get("seen", "")))


async def news(request: web.Request) -> web.Response:
    """What was said after a message, perhaps in another tab; nothing when nothing was."""
    screen = await request.app[CONVERSATIONS].screen(request[VISITOR])
    after = whole(request.query.get("after", "")) or 0
    if screen.last <= after:
        return web.Response(status=204)
    return _page(request, screen, after=after, template="fragment.html")


def _page(
    request: web.Request,
    screen: Screen,
    refusal: Refused | None = None,
    after: int | None = None,
    template: str = "",
) -> web.Response:
    context: dict[str, Any] = {
        "screen": screen,
        "file": screen.file,
        "refusal": refusal,
        "after": after or 0,
        "kept_days": TRANSCRIPT_KEPT.days,
        "erased": "efface" in request.query,
    }
    template = template or ("fragment.html" if from_script(request) else "chat.html")
    return page(request, template, refusal.status if refusal else 200, **context)
