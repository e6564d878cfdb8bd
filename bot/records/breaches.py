"""The personal data breaches of a practice. Works inside the transaction of `bot.records.store.Unit`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from bot.clock import Clock
from bot.compliance.answers import Answer, AnswerTimes
from bot.compliance.breach import FollowUp, Notification, Told
from bot.records import tables
from bot.records.stored import answer_of, same, stored

BreachStatus = Literal["draft", "closed"]


@dataclass(frozen=True)
class BreachRecord:
    """A breach as it is recorded; `number` is its own in the practice's register of breaches."""

    id: int
    practice_id: int
    number: int
    status: BreachStatus
    opened_at: datetime
    closed_at: datetime | None = None

    @property
    def reference(self) -> str:
        """« V-2026-003 »: how the register and the letters name it."""
        return f"V-{self.opened_at.year}-{self.number:03}"


class Breaches:
    """The breaches of practices: answers, what was sent to the CNIL, who was told."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self._session, self._clock = session, clock

    def open(self, practice_id: int) -> BreachRecord:
        """A new, empty breach, with the practice's next number."""
        last = select(func.max(tables.BreachRow.number)).where(tables.BreachRow.practice_id == practice_id)
        row = tables.BreachRow(
            practice_id=practice_id,
            number=(self._session.scalar(last) or 0) + 1,
            status="draft",
            opened_at=self._clock.now(),
            closed_at=None,
        )
        self._session.add(row)
        self._session.flush()
        return _record(row)

    def find(self, practice_id: int, number: int) -> BreachRecord | None:
        """The breach of that number, if this practice has one; never one of another practice."""
        row = tables.BreachRow
        found = self._session.scalar(select(row).where(row.practice_id == practice_id, row.number == number))
        return _record(found) if found else None

    def all(self, practice_id: int) -> list[BreachRecord]:
        """The breaches of the practice, the newest first."""
        row = tables.BreachRow
        found = self._session.scalars(
            select(row).where(row.practice_id == practice_id).order_by(row.number.desc())
        )
        return [_record(one) for one in found]

    def close(self, breach_id: int) -> None:
        """Note that the incident is over and its file complete, now."""
        row = self._session.get_one(tables.BreachRow, breach_id)
        row.status, row.closed_at = "closed", self._clock.now()

    def reopen(self, breach_id: int) -> None:
        """Take the closing back: something new was learned."""
        row = self._session.get_one(tables.BreachRow, breach_id)
        row.status, row.closed_at = "draft", None

    def save(self, breach_id: int, question_id: str, answer: Answer) -> None:
        """Keep the answer, in place of any earlier one; one that is the same keeps its time."""
        now = self._clock.now()
        row = self._session.get(tables.BreachAnswerRow, (breach_id, question_id))
        if row is None:
            row = tables.BreachAnswerRow(breach_id=breach_id, question_id=question_id, first_answered_at=now)
            self._session.add(row)
        elif same(_answer(row), answer):
            now = row.answered_at
        row.state, row.value, row.answered_at = answer.state, stored(answer), now
        # 0 equals False in Python, and would not be written over it.
        flag_modified(row, "value")

    def forget(self, breach_id: int, question_id: str) -> None:
        """Take an answer back: its question is open again."""
        row = tables.BreachAnswerRow
        self._session.execute(delete(row).where(row.breach_id == breach_id, row.question_id == question_id))

    def answers(self, breach_id: int) -> dict[str, Answer]:
        """Every answer on the breach by question, those without effect included."""
        return {row.question_id: _answer(row) for row in self._rows(breach_id)}

    def times(self, breach_id: int) -> dict[str, AnswerTimes]:
        """When each question was first answered, and since when as it is now, in Europe/Paris."""
        return {
            row.question_id: AnswerTimes(row.first_answered_at, row.answered_at)
            for row in self._rows(breach_id)
        }

    def notify(self, breach_id: int, notification: Notification) -> int:
        """Keep a version of the notification as it was sent; returns its number, from 1."""
        row = tables.BreachNotificationRow
        last = self._session.scalar(select(func.max(row.version)).where(row.breach_id == breach_id)) or 0
        self._session.add(
            row(
                breach_id=breach_id,
                version=last + 1,
                kind=notification.kind,
                sent_at=notification.sent_at,
                receipt=notification.receipt,
                receipt_on=notification.receipt_on,
                content={"fields": [list(pair) for pair in notification.content]},
            )
        )
        self._session.flush()
        return last + 1

    def acknowledge(self, breach_id: int, version: int, receipt: str, receipt_on: datetime | None) -> None:
        """Note the number that the CNIL gave to a version, and when."""
        row = self._session.get_one(tables.BreachNotificationRow, (breach_id, version))
        row.receipt, row.receipt_on = receipt, receipt_on

    def tell(self, breach_id: int, told: Told) -> None:
        """Note that someone was told."""
        self._session.add(
            tables.BreachToldRow(
                breach_id=breach_id, recipient=told.recipient, told_at=told.at, means=told.means
            )
        )
        self._session.flush()

    def followup(self, record: BreachRecord) -> FollowUp:
        """What was done about the breach, oldest first."""
        sent, told = tables.BreachNotificationRow, tables.BreachToldRow
        versions = self._session.scalars(
            select(sent).where(sent.breach_id == record.id).order_by(sent.version)
        )
        people = self._session.scalars(
            select(told).where(told.breach_id == record.id).order_by(told.told_at, told.id)
        )
        return FollowUp(
            record.reference,
            tuple(_notification(row) for row in versions),
            tuple(Told(row.recipient, row.told_at, row.means) for row in people),
            record.closed_at,
        )

    def _rows(self, breach_id: int) -> Iterable[tables.BreachAnswerRow]:
        row = tables.BreachAnswerRow
        return self._session.scalars(select(row).where(row.breach_id == breach_id))


def _record(row: tables.BreachRow) -> BreachRecord:
    status: BreachStatus = "closed" if row.status == "closed" else "draft"
    return BreachRecord(row.id, row.practice_id, row.number, status, row.opened_at, row.closed_at)


def _answer(row: tables.BreachAnswerRow) -> Answer:
    return answer_of(row.state, row.value)  # type: ignore[arg-type]


def _notification(row: tables.BreachNotificationRow) -> Notification:
    fields = row.content.get("fields", [])
    content = tuple((str(label), str(text)) for label, text in fields)
    return Notification(row.kind, row.sent_at, row.receipt, row.receipt_on, content)  # type: ignore[arg-type]
