"""The documents that a practice takes away."""

from __future__ import annotations

import asyncio

from aiohttp import web

from bot.documents import register_pdf
from bot.web import texts
from bot.web.keys import RECORDS
from bot.web.middlewares import Stop
from bot.web.pages import practice_file


async def register(request: web.Request) -> web.Response:
    """The register as a PDF."""
    file, now = practice_file(request), request.app[RECORDS].clock.now()
    if not file.register:
        raise Stop(404, texts.NO_REGISTER)
    # Typesetting takes long enough to keep the other tabs waiting.
    content = await asyncio.to_thread(register_pdf, file, now)
    return web.Response(
        body=content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="registre-{now:%Y-%m-%d}.pdf"'},
    )
