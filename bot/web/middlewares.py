"""What every request goes through before its view: errors in French, our host, its session, its form."""

from __future__ import annotations

import hmac
import logging
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler
from multidict import MultiDict

from bot.logs import places
from bot.records import RecordsError
from bot.uploads import MOST_BYTES
from bot.uploads.texts import REFUSALS
from bot.web import session, texts
from bot.web.conversation import Gone
from bot.web.keys import FILES, FORM, RECORDS, SETTINGS, VISITOR
from bot.web.rendering import page
from bot.web.security import is_our_host, is_our_page
from bot.web.typography import plain

log = logging.getLogger(__name__)

_WITHOUT_SESSION = ("health", "static")
#: The one form that gives a file, and the largest that is read of it: more than the file may weigh.
GIVES_A_FILE: Final = "give"
_LARGEST_WITH_FILE = MOST_BYTES + 2 * 1024**2
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class Stop(Exception):
    """The request cannot be served: its status, and a sentence in French that says why."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


def from_script(request: web.Request) -> bool:
    """Whether our script sent this request: it then shows the answer within the page."""
    return request.headers.get("X-Requested-With") == "fetch"


@web.middleware
async def speak_french(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn whatever goes wrong into one sentence; the logs get no word of what was typed."""
    try:
        return await handler(request)
    except Stop as stop:
        return _failure(request, stop.status, stop.sentence)
    except Gone:
        return _failure(request, 403, texts.EXPIRED_PAGE)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        return _failure(request, error.status, texts.BY_STATUS.get(error.status, texts.UNEXPECTED))
    except RecordsError as error:
        log.error("records unavailable at %s: %s", request.path, error)
        return _failure(request, 503, texts.RECORDS_AWAY)
    except Exception as error:
        # The text of an exception may quote the message; its type and its places do not.
        log.error("%s at %s in %s", type(error).__name__, request.path, places(error.__traceback__))
        return _failure(request, 500, texts.UNEXPECTED)


@web.middleware
async def refuse_strangers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse a foreign Host, and what a page that is not ours asks, but for following a link to here."""
    if not is_our_host(request.host, request.app[SETTINGS]):
        raise Stop(403, texts.FOREIGN_HOST)
    if not is_our_page(request):
        raise Stop(403, texts.FOREIGN_PAGE)
    return await handler(request)


@web.middleware
async def attach_session(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Find the browser's session; a page read without one opens a new one."""
    if request.match_info.http_exception or request.match_info.route.name in _WITHOUT_SESSION:
        return await handler(request)
    records = request.app[RECORDS]
    found = session.find(records, request.cookies.get(session.COOKIE, ""))
    if found:
        request[VISITOR] = found
        return await handler(request)
    if request.method != "GET" or from_script(request):
        raise Stop(403, texts.EXPIRED_PAGE)
    request[VISITOR] = opened = session.start(records)
    response = await handler(request)
    session.remember(response, opened.cookie, secure=request.secure)
    return response


@web.middleware
async def read_form(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Read what a form posts, and refuse it without the token of our own pages."""
    if request.method == "POST" and request.match_info.http_exception is None:
        if request.content_type not in _FORMS or VISITOR not in request:
            raise Stop(400, texts.UNREADABLE)
        gives_a_file = request.match_info.route.name == GIVES_A_FILE
        read = request.clone(client_max_size=_LARGEST_WITH_FILE) if gives_a_file else request
        try:
            posted = await read.post()
        except web.HTTPRequestEntityTooLarge as error:
            raise Stop(413, REFUSALS["trop_lourd"] if gives_a_file else texts.BY_STATUS[413]) from error
        except (ValueError, LookupError) as error:
            raise Stop(400, texts.UNREADABLE) from error
        form = MultiDict((name, plain(value)) for name, value in posted.items() if isinstance(value, str))
        if not hmac.compare_digest(form.get("csrf", "").encode(), request[VISITOR].csrf_token.encode()):
            raise Stop(403, texts.EXPIRED_PAGE)
        request[FORM] = form
        request[FILES] = {name: value for name, value in posted.items() if isinstance(value, web.FileField)}
    return await handler(request)


def _failure(request: web.Request, status: int, sentence: str) -> web.Response:
    if from_script(request):
        return web.Response(text=sentence, status=status)
    text = request[FORM].get("text", "") if FORM in request else ""
    return page(request, "error.html", status=status, sentence=sentence, text=text)
