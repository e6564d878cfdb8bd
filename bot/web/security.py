"""Who may talk to the page: this machine's browser, from our own pages, and not too fast."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from collections import deque
from time import monotonic
from urllib.parse import urlsplit

from aiohttp import web

from bot.settings import Settings

_SAFE_METHODS = ("GET", "HEAD")
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
    "Server": "Vigie",
}


def csrf_token(cookie: str) -> str:
    """The token that our own forms carry: only a page that knows the cookie can make it."""
    return hmac.new(cookie.encode(), b"vigie csrf", hashlib.sha256).hexdigest()


def is_our_host(host: str, settings: Settings) -> bool:
    """Whether a Host header names this server.

    A foreign name that resolves to this machine (DNS rebinding) would otherwise read the practice's file.
    """
    try:
        name = urlsplit(f"//{host}").hostname
    except ValueError:
        return False
    return name in ("localhost", settings.host.lower()) or _is_address(name)


def _is_address(name: str | None) -> bool:
    # Only a name can be made to resolve to another machine.
    try:
        ipaddress.ip_address(name or "")
    except ValueError:
        return False
    return True


def is_our_page(request: web.Request) -> bool:
    """Whether one of our own pages sent this request, or someone followed a link that leads here."""
    site = request.headers.get("Sec-Fetch-Site")
    if request.method in _SAFE_METHODS:
        return site != "cross-site" or _follows_a_link(request)
    if site not in (None, "same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    if origin == "null":
        # Our own forms say « null » too, because of our Referrer-Policy: then the other header decides.
        return site == "same-origin"
    return origin is None or origin in (f"http://{request.host}", f"https://{request.host}")


def _follows_a_link(request: web.Request) -> bool:
    """Whether the whole window comes here: no image, frame or script of another site may."""
    asked = request.headers.get("Sec-Fetch-Mode"), request.headers.get("Sec-Fetch-Dest")
    return request.method == "GET" and asked == ("navigate", "document")


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Give every response, errors included, the headers that keep the page to itself."""
    response.headers.update(_HEADERS)
    # Nothing of the practice stays in the browser's cache; files of our own are checked at each use.
    response.headers["Cache-Control"] = "no-cache" if request.path.startswith("/static/") else "no-store"


class RateLimit:
    """At most so many messages a minute for each session: far above a person, far below a loop."""

    def __init__(self, most: int = 120, seconds: float = 60) -> None:
        self._most, self._seconds = most, seconds
        self._times: dict[str, deque[float]] = {}

    def allows(self, digest: str) -> bool:
        """Count one message of the session; False when it is one too many."""
        now = monotonic()
        times = self._times.setdefault(digest, deque())
        while times and times[0] <= now - self._seconds:
            times.popleft()
        if len(times) >= self._most:
            return False
        times.append(now)
        return True

    def forget(self, digest: str) -> None:
        """Drop what is known of an erased session."""
        self._times.pop(digest, None)
