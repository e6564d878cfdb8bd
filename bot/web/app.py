"""The application as a whole: what it is made of, and its routes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

from aiohttp import web

from bot.assistant import Assistant
from bot.knowledge.model import Knowledge
from bot.records import Records, RecordsError
from bot.settings import TRANSCRIPT_KEPT, Settings
from bot.web import assessments, breaches, chat, decisions, downloads, notices, pages, requests, suppliers
from bot.web.conversation import Conversations
from bot.web.keys import CONVERSATIONS, KNOWLEDGE, RATE_LIMIT, READER, RECORDS, SETTINGS, TEMPLATES
from bot.web.middlewares import GIVES_A_FILE, attach_session, read_form, refuse_strangers, speak_french
from bot.web.reading import ContractReader
from bot.web.rendering import environment
from bot.web.security import RateLimit, add_headers

log = logging.getLogger(__name__)

# No database counts further.
_BREACH = r"/documents/violations/{number:\d{1,9}}"
_SUPPLIER = r"/prestataires/{number:\d{1,9}}"
_REQUEST = r"/documents/demandes/{number:\d{1,9}}"
_ASSESSMENT = r"/documents/analyse-impact/{number:\d{1,9}}"
_STATIC = Path(__file__).parent / "static"
# Long enough to read a text of 100,000 characters and say that it is too long, whatever its letters.
_LARGEST_POST = 2 * 1024**2
_DAY = 24 * 60 * 60.0


def create_app(
    settings: Settings, records: Records, assistant: Assistant, knowledge: Knowledge
) -> web.Application:
    """The page of one installation; the tables of `records` are up to date."""
    app = web.Application(
        client_max_size=_LARGEST_POST,
        middlewares=[speak_french, refuse_strangers, attach_session, read_form],
    )
    app[SETTINGS], app[RECORDS], app[KNOWLEDGE] = settings, records, knowledge
    app[TEMPLATES] = environment(knowledge)
    app[CONVERSATIONS] = Conversations(records, assistant, knowledge)
    app[RATE_LIMIT] = RateLimit()
    app[READER] = ContractReader(knowledge.processors.clauses.clauses)
    app.on_response_prepare.append(add_headers)
    app.cleanup_ctx.append(_forget_daily)
    app.add_routes(
        [
            web.get("/", chat.show),
            web.get("/messages", chat.news),
            web.post("/messages", chat.post),
            web.get("/registre", decisions.register),
            web.post("/registre/{entry}", decisions.decide_entry),
            web.post("/registre/{entry}/{field}", decisions.decide_field),
            web.get("/mesures", decisions.measures),
            web.post("/mesures/{measure}", decisions.decide_measure),
            web.get("/violations", breaches.log),
            web.get(r"/violations/{number:\d{1,9}}", breaches.dossier),
            web.post(r"/violations/{number:\d{1,9}}", breaches.note),
            web.get("/information", notices.show),
            web.post("/information/questions/{question}", notices.answer),
            web.post("/information/{notice}", notices.note),
            web.get("/analyse-impact", assessments.overview),
            web.post("/analyse-impact", assessments.decide),
            web.get(r"/analyse-impact/{number:\d{1,9}}", assessments.assessment),
            web.post(r"/analyse-impact/{number:\d{1,9}}", assessments.note),
            web.get("/demandes", requests.log),
            web.get(r"/demandes/{number:\d{1,9}}", requests.dossier),
            web.post(r"/demandes/{number:\d{1,9}}", requests.note),
            web.get("/prestataires", suppliers.show),
            web.post("/prestataires", suppliers.add),
            web.get(_SUPPLIER, suppliers.dossier),
            web.post(_SUPPLIER, suppliers.note),
            web.post(f"{_SUPPLIER}/contrat", suppliers.give, name=GIVES_A_FILE),
            web.get("/reponses", pages.answers),
            web.get("/confidentialite", pages.privacy),
            web.get("/effacer", pages.ask_erasure),
            web.post("/effacer", pages.erase),
            web.get("/documents/registre.pdf", downloads.register),
            web.get("/documents/violations.{kind:pdf|ods}", downloads.breach_log),
            web.get(f"{_BREACH}/notification.{{kind:pdf|docx}}", downloads.notification),
            web.get(f"{_BREACH}/message.{{kind:pdf|docx}}", downloads.message),
            web.get(f"{_BREACH}/echeances.ics", downloads.deadlines),
            web.get("/documents/information/{notice}.{kind:pdf|docx|html|txt}", downloads.notice),
            web.get("/documents/prestataires.{kind:pdf|ods}", downloads.supplier_list),
            web.get(
                f"/documents{_SUPPLIER}/{{paper:lettre|avenant}}.{{kind:pdf|docx}}", downloads.supplier_paper
            ),
            web.get("/documents/demandes.{kind:pdf|ods}", downloads.request_log),
            web.get(f"{_REQUEST}/lettre-{{letter:[a-z_]+}}.{{kind:pdf|docx}}", downloads.request_letter),
            web.get(f"{_REQUEST}/echeances.ics", downloads.request_deadlines),
            web.get("/documents/analyse-impact.{kind:pdf|docx}", downloads.screening),
            web.get(f"{_ASSESSMENT}/analyse.{{kind:pdf|docx}}", downloads.assessment),
            web.get(f"{_ASSESSMENT}/decision-{{version:\\d{{1,4}}}}.pdf", downloads.decided),
            web.get(f"{_ASSESSMENT}/pia.json", downloads.pia),
            web.get("/sante", pages.health, name="health"),
            web.static("/static", _STATIC, name="static"),
        ]
    )
    return app


async def _forget_daily(app: web.Application) -> AsyncIterator[None]:
    """Erase the transcripts that are past their time, at once and then every day."""
    task = asyncio.create_task(_forget(app[RECORDS], app[CONVERSATIONS]))
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def _forget(records: Records, conversations: Conversations) -> None:
    while True:
        try:
            with records.unit() as unit:
                unit.sessions.forget(TRANSCRIPT_KEPT)
        except RecordsError as error:
            # Not worth stopping the page: each turn of a conversation tries again.
            log.error("transcripts not purged: %s", error)
        await asyncio.sleep(_DAY)
        # A Vigie that is never stopped would otherwise remember longer than it says.
        await conversations.forget()
