"""One repository per aggregate. Each works inside the transaction of `bot.records.store.Unit`."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from sqlalchemy import delete, exists, insert, literal, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from bot.clock import Clock
from bot.compliance.answers import Answer, AnswerTimes
from bot.compliance.measures import Decision
from bot.compliance.register import FieldDecision
from bot.records import tables
from bot.records.stored import answer_of, same, stored

#: `idle`: nothing asked; `asking`: inside a theme; `recap`: its recap awaits a yes; `paused`.
Phase = Literal["idle", "asking", "recap", "paused"]
Author = Literal["vigie", "practice"]


@dataclass(frozen=True)
class Conversation:
    """Where a conversation stands; `sender` is secret, and the only name Rasa knows it by.

    `question_id` is the question that is asked again although it has an answer, else empty; `case` is
    the number of the case that it is about, 0 when it is about a theme of the interview.
    """

    sender: str
    practice_id: int
    theme_id: str
    phase: Phase
    question_id: str = ""
    case: int = 0


@dataclass(frozen=True)
class WebSession:
    """A browser's session: `digest` identifies it without revealing its cookie."""

    digest: str
    practice_id: int
    sender: str


@dataclass(frozen=True)
class Message:
    """One message of the transcript."""

    id: int
    author: Author
    body: dict[str, Any]


class _Repository:
    def __init__(self, session: Session, clock: Clock) -> None:
        self._session, self._clock = session, clock


class Practices(_Repository):
    """The practices of this installation; today there is one."""

    def only(self) -> int:
        """The id of the installation's practice, created on first use."""
        only = select(tables.Practice.id).order_by(tables.Practice.id).limit(1)
        found = self._session.scalar(only)
        if found is None:
            # One statement, so that two who ask at once do not both create it.
            now = literal(self._clock.now(), tables.UtcTime())
            row = select(now).where(~exists(select(tables.Practice.id)))
            self._session.execute(insert(tables.Practice).from_select(["created_at"], row))
            found = self._session.scalars(only).one()
        return found

    def create(self) -> int:
        """A new, empty practice; returns its id."""
        practice = tables.Practice(created_at=self._clock.now())
        self._session.add(practice)
        self._session.flush()
        return practice.id

    def erase(self, practice_id: int) -> None:
        """Erase a practice and all that belongs to it, sessions and transcripts included."""
        self._session.execute(delete(tables.Practice).where(tables.Practice.id == practice_id))


class Answers(_Repository):
    """What a practice answered, and which recaps it confirmed."""

    def save(self, practice_id: int, question_id: str, answer: Answer) -> None:
        """Keep the answer, in place of any earlier one; its theme is to be confirmed again.

        An answer that is given once more as it was keeps its time.
        """
        now = self._clock.now()
        row = self._session.get(tables.AnswerRow, (practice_id, question_id))
        if row is None:
            row = tables.AnswerRow(practice_id=practice_id, question_id=question_id, first_answered_at=now)
            self._session.add(row)
        elif same(_answer(row), answer):
            now = row.answered_at
        row.state, row.value = answer.state, stored(answer)
        row.answered_at = now
        # 0 equals False in Python, and would not be written over it.
        flag_modified(row, "value")
        self._session.execute(
            delete(tables.ConfirmationRow).where(
                tables.ConfirmationRow.practice_id == practice_id,
                tables.ConfirmationRow.theme_id == question_id.partition(".")[0],
            )
        )

    def all(self, practice_id: int) -> dict[str, Answer]:
        """Every answer of the practice by question, those without effect included."""
        return {row.question_id: _answer(row) for row in self._rows(practice_id)}

    def times(self, practice_id: int) -> dict[str, AnswerTimes]:
        """When each question was first answered, and since when as it is now, in Europe/Paris."""
        return {
            row.question_id: AnswerTimes(row.first_answered_at, row.answered_at)
            for row in self._rows(practice_id)
        }

    def confirm(self, practice_id: int, theme_id: str) -> None:
        """Keep that the recap of the theme was confirmed, now."""
        self._session.merge(
            tables.ConfirmationRow(practice_id=practice_id, theme_id=theme_id, confirmed_at=self._clock.now())
        )

    def confirmed(self, practice_id: int) -> set[str]:
        """The themes whose recap was confirmed since their last answer."""
        row = tables.ConfirmationRow
        return set(self._session.scalars(select(row.theme_id).where(row.practice_id == practice_id)))

    def _rows(self, practice_id: int) -> Iterable[tables.AnswerRow]:
        row = tables.AnswerRow
        return self._session.scalars(select(row).where(row.practice_id == practice_id))


class Decisions(_Repository):
    """What a practice decided on measures and on the fields of its register."""

    def save_measure(self, practice_id: int, measure_id: str, decision: Decision | None) -> None:
        """Keep a decision on a measure; None takes it back."""
        row = tables.MeasureDecisionRow
        if decision is None:
            self._session.execute(
                delete(row).where(row.practice_id == practice_id, row.measure_id == measure_id)
            )
            return
        self._session.merge(
            row(
                practice_id=practice_id,
                measure_id=measure_id,
                state=decision.state,
                due=decision.due,
                reason=decision.reason,
                decided_at=self._clock.now(),
            )
        )

    def measures(self, practice_id: int) -> dict[str, Decision]:
        """The decisions on measures, by measure."""
        row = tables.MeasureDecisionRow
        found = self._session.scalars(select(row).where(row.practice_id == practice_id))
        return {item.measure_id: Decision(item.state, item.due, item.reason) for item in found}  # type: ignore[arg-type]

    def save_field(self, practice_id: int, entry_id: str, field: str, decision: FieldDecision | None) -> None:
        """Keep a decision on a field of an entry; None goes back to what Vigie proposes."""
        row = tables.FieldDecisionRow
        if decision is None:
            self._session.execute(
                delete(row).where(
                    row.practice_id == practice_id, row.entry_id == entry_id, row.field == field
                )
            )
            return
        self._session.merge(
            row(
                practice_id=practice_id,
                entry_id=entry_id,
                field=field,
                status=decision.status,
                text=decision.text,
                decided_at=self._clock.now(),
            )
        )

    def fields(self, practice_id: int) -> dict[tuple[str, str], FieldDecision]:
        """The decisions on fields, by entry and field, each with when it was made."""
        row = tables.FieldDecisionRow
        found = self._session.scalars(select(row).where(row.practice_id == practice_id))
        return {
            (item.entry_id, item.field): FieldDecision(item.status, item.text, item.decided_at)  # type: ignore[arg-type]
            for item in found
        }


class Conversations(_Repository):
    """The conversations, by the secret name of their sender."""

    def start(self, practice_id: int) -> Conversation:
        """A new conversation of the practice, with a sender nobody can guess."""
        row = tables.ConversationRow(
            sender=secrets.token_urlsafe(32),
            practice_id=practice_id,
            theme_id="",
            phase="idle",
            question_id="",
            case_number=0,
            started_at=self._clock.now(),
        )
        self._session.add(row)
        self._session.flush()
        return _conversation(row)

    def find(self, sender: str) -> Conversation | None:
        """The conversation of that sender, if there is one."""
        row = self._session.get(tables.ConversationRow, sender)
        return _conversation(row) if row else None

    def move(
        self, sender: str, phase: Phase, theme_id: str | None = None, question_id: str = "", case: int = 0
    ) -> None:
        """Note where the conversation stands; the theme, or the case, stays the same unless given."""
        row = self._session.get_one(tables.ConversationRow, sender)
        row.phase, row.question_id = phase, question_id
        if theme_id is not None:
            row.theme_id, row.case_number = theme_id, case


class Sessions(_Repository):
    """The browsers' sessions and their transcripts."""

    def open(self, practice_id: int, sender: str) -> tuple[str, WebSession]:
        """A new session: the secret for its cookie, which is not kept, and the session."""
        cookie = secrets.token_urlsafe(32)
        row = tables.SessionRow(
            digest=_digest(cookie), practice_id=practice_id, sender=sender, opened_at=self._clock.now()
        )
        self._session.add(row)
        self._session.flush()
        return cookie, WebSession(row.digest, practice_id, sender)

    def find(self, cookie: str) -> WebSession | None:
        """The session of that cookie, if there is one."""
        row = self._session.get(tables.SessionRow, _digest(cookie))
        return WebSession(row.digest, row.practice_id, row.sender) if row else None

    def speak_as(self, digest: str, sender: str) -> None:
        """Let the session go on in another conversation; its transcript stays."""
        self._session.get_one(tables.SessionRow, digest).sender = sender

    def say(self, digest: str, author: Author, body: dict[str, Any]) -> int:
        """Add a message to the transcript; returns its number."""
        row = tables.MessageRow(digest=digest, author=author, body=body, said_at=self._clock.now())
        self._session.add(row)
        self._session.flush()
        return row.id

    def transcript(self, digest: str) -> list[Message]:
        """The messages of the session, oldest first."""
        row = tables.MessageRow
        found = self._session.scalars(select(row).where(row.digest == digest).order_by(row.id))
        return [Message(item.id, item.author, item.body) for item in found]  # type: ignore[arg-type]

    def forget(self, older_than: timedelta) -> None:
        """Erase the messages that are older than that."""
        row = tables.MessageRow
        self._session.execute(delete(row).where(row.said_at < self._clock.now() - older_than))


def _answer(row: tables.AnswerRow) -> Answer:
    return answer_of(row.state, row.value)  # type: ignore[arg-type]


def _conversation(row: tables.ConversationRow) -> Conversation:
    phase: Phase = row.phase  # type: ignore[assignment]
    return Conversation(row.sender, row.practice_id, row.theme_id, phase, row.question_id, row.case_number)


def _digest(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()
