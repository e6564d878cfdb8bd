"""The browser's session: a cookie that nobody can guess, and on the server the practice it opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from aiohttp import web

from bot.records import Records
from bot.records.repositories import WebSession
from bot.web.security import csrf_token

COOKIE = "vigie_session"
# The longest that browsers keep a cookie: a practice comes back from one year's review to the next.
_KEPT = timedelta(days=400)


@dataclass(frozen=True)
class Visitor:
    """A browser that came with a valid cookie, and the session that the cookie opened."""

    cookie: str
    session: WebSession

    @property
    def practice_id(self) -> int:
        """The practice whose file this browser may read and change."""
        return self.session.practice_id

    @property
    def digest(self) -> str:
        """The name of the session, which does not reveal its cookie."""
        return self.session.digest

    @property
    def csrf_token(self) -> str:
        """What the forms of this browser's pages carry."""
        return csrf_token(self.cookie)


def find(records: Records, cookie: str) -> Visitor | None:
    """The browser of that cookie; None when the cookie is unknown, or its session was erased."""
    if not cookie:
        return None
    with records.unit() as unit:
        session = unit.sessions.find(cookie)
    return Visitor(cookie, session) if session else None


def start(records: Records) -> Visitor:
    """A new session of the installation's practice, in a new conversation."""
    with records.unit() as unit:
        practice_id = unit.practices.only()
        conversation = unit.conversations.start(practice_id)
        return Visitor(*unit.sessions.open(practice_id, conversation.sender))


def remember(response: web.StreamResponse, cookie: str, secure: bool) -> None:
    """Give the browser its cookie, out of reach of scripts and of other sites."""
    response.set_cookie(
        COOKIE,
        cookie,
        max_age=int(_KEPT.total_seconds()),
        path="/",
        httponly=True,
        # Strict would lose the session of whoever follows a link from a mail.
        samesite="Lax",
        # Over plain HTTP on loopback a Secure cookie would be dropped by some browsers.
        secure=secure,
    )


def forget(response: web.StreamResponse) -> None:
    """Take the cookie back."""
    response.del_cookie(COOKIE, path="/", httponly=True, samesite="Lax")
