"""Taking a turn: what the practitioner said goes to the assistant, and both sides to the transcript."""

from __future__ import annotations

import asyncio
import logging
from typing import Any
from weakref import WeakValueDictionary

from multidict import MultiDict

from bot.assistant import Assistant, AssistantError, Reply, intent
from bot.knowledge.model import Knowledge
from bot.records import Records, RecordsError, Unit
from bot.records.repositories import Author
from bot.settings import TRANSCRIPT_KEPT
from bot.web import texts
from bot.web.messages import Said, understand
from bot.web.screen import Screen
from bot.web.session import Visitor

log = logging.getLogger(__name__)

_Line = tuple[Author, dict[str, Any]]


class Gone(Exception):
    """The session was erased while the request waited for its turn."""


class Conversations:
    """The conversations of all sessions, one turn at a time in each."""

    def __init__(self, records: Records, assistant: Assistant, knowledge: Knowledge) -> None:
        self._records, self._assistant, self._knowledge = records, assistant, knowledge
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        #: Turns that the assistant took but the transcript could not keep, until it can.
        self._unsaved: dict[str, list[_Line]] = {}

    async def screen(self, visitor: Visitor) -> Screen:
        """What the visitor sees, once any turn under way has ended."""
        async with self._lock(visitor):
            return self._read(visitor)

    async def greet(self, visitor: Visitor) -> Screen:
        """What the visitor sees; Vigie speaks first when nothing was said yet. Raises AssistantError."""
        async with self._lock(visitor):
            screen = self._read(visitor)
            if screen.messages:
                return screen
            replies = await self._ask(visitor, screen, intent("bonjour"))
            self._keep(visitor, [_bubble(reply) for reply in replies])
            return self._read(visitor)

    async def take(self, visitor: Visitor, form: MultiDict[str]) -> None:
        """Take what a form of the chat says. Raises Refused, AssistantError, RecordsError or Gone."""
        async with self._lock(visitor):
            # This erases what is due, and proves that the database can be written before the assistant
            # is told anything: an answer that was acted on but not kept would leave the two apart.
            with self._records.unit() as unit:
                unit.sessions.forget(TRANSCRIPT_KEPT)
            screen = self._read(visitor)
            said = understand(form, screen)
            try:
                replies = await self._ask(visitor, screen, said.message)
                self._keep(visitor, [*_own(said), *(_bubble(reply) for reply in replies)])
            except Gone:
                # Erased in another window while the assistant answered: it has just remembered this.
                await self.forget()
                raise

    async def erase(self, visitor: Visitor) -> None:
        """Erase the practice and all that belongs to it. Raises RecordsError when nothing could be."""
        async with self._lock(visitor):
            with self._records.unit() as unit:
                unit.practices.erase(visitor.practice_id)
            self._unsaved.clear()
            await self.forget()
            try:
                self._records.forget_erased()
            except RecordsError:
                # The rows are erased; their last traces go when the database is next tidied.
                log.error("write-ahead log not emptied")

    async def forget(self) -> None:
        """Let the assistant forget all that was said to it; it goes on from what is recorded."""
        try:
            await self._assistant.forget()
        except AssistantError:
            # It is away, and starts again with an empty memory.
            log.warning("the assistant was away, and could not be told to forget")

    def _lock(self, visitor: Visitor) -> asyncio.Lock:
        return self._locks.setdefault(visitor.digest, asyncio.Lock())

    def _read(self, visitor: Visitor) -> Screen:
        with self._records.unit() as unit:
            # Read again: while this request waited, a turn in another tab may have changed the sender.
            session = unit.sessions.find(visitor.cookie)
            if session is None:
                raise Gone
            if waiting := self._unsaved.get(visitor.digest):
                _say(unit, visitor, waiting)
            screen = Screen.read(unit, self._knowledge, session)
        self._unsaved.pop(visitor.digest, None)
        return screen

    async def _ask(self, visitor: Visitor, screen: Screen, message: str) -> list[Reply]:
        try:
            replies = await self._assistant.send(screen.conversation.sender, message)
            if not replies:
                raise AssistantError("no answer")
            return replies
        except AssistantError:
            self._start_again(visitor)
            raise

    def _start_again(self, visitor: Visitor) -> None:
        """A new sender, standing where the interview stood: Rasa then starts clean from the database."""
        with self._records.unit() as unit:
            session = unit.sessions.find(visitor.cookie)
            if session is None:
                raise Gone
            fresh = unit.conversations.start(session.practice_id)
            if current := unit.conversations.find(session.sender):
                unit.conversations.move(
                    fresh.sender, current.phase, current.theme_id, current.question_id, current.case
                )
            unit.sessions.speak_as(session.digest, fresh.sender)

    def _keep(self, visitor: Visitor, lines: list[_Line]) -> None:
        self._unsaved[visitor.digest] = lines
        with self._records.unit() as unit:
            if gone := unit.sessions.find(visitor.cookie) is None:
                lines = []
            _say(unit, visitor, lines)
        del self._unsaved[visitor.digest]
        if gone:
            raise Gone


def _say(unit: Unit, visitor: Visitor, lines: list[_Line]) -> None:
    for author, body in lines:
        unit.sessions.say(visitor.digest, author, body)


def _own(said: Said) -> list[_Line]:
    lines: list[_Line] = [("practice", {"text": said.shown})]
    if said.masked:
        lines.append(("vigie", {"text": texts.removed(said.masked), "extra": {"notice": True}}))
    return lines


def _bubble(reply: Reply) -> _Line:
    buttons = [{"title": button.title, "payload": button.payload} for button in reply.buttons]
    return "vigie", {"text": reply.text, "buttons": buttons, "extra": reply.extra}
