"""The case files of a practice: a breach, a request, a contract…; each is opened, asked about, and closed.

Works inside the transaction of `bot.records.store.Unit`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from bot.clock import Clock
from bot.compliance.answers import Answer, AnswerTimes
from bot.records import tables
from bot.records.stored import answer_of, same, stored

CaseKind = Literal["breach", "request", "contract", "assessment"]
CaseStatus = Literal["open", "closed"]

#: What its reference begins with.
_LETTERS: Final[dict[CaseKind, str]] = {"breach": "V", "request": "D", "contract": "C", "assessment": "A"}


@dataclass(frozen=True)
class CaseRecord:
    """A case as it is recorded; `number` counts from 1 among those of its kind in the practice."""

    id: int
    practice_id: int
    kind: CaseKind
    number: int
    status: CaseStatus
    opened_at: datetime
    closed_at: datetime | None = None

    @property
    def reference(self) -> str:
        """« V-2026-003 »: how registers and letters name it."""
        return f"{_LETTERS[self.kind]}-{self.opened_at.year}-{self.number:03}"


class Cases:
    """The cases of practices and the answers about each."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self._session, self._clock = session, clock

    def open(self, practice_id: int, kind: CaseKind) -> CaseRecord:
        """A new, empty case, with the practice's next number."""
        row = tables.CaseRow
        last = select(func.max(row.number)).where(row.practice_id == practice_id, row.kind == kind)
        opened = row(
            practice_id=practice_id,
            kind=kind,
            number=(self._session.scalar(last) or 0) + 1,
            status="open",
            opened_at=self._clock.now(),
            closed_at=None,
        )
        self._session.add(opened)
        self._session.flush()
        return _record(opened)

    def find(self, practice_id: int, kind: CaseKind, number: int) -> CaseRecord | None:
        """The case of that number, if this practice has one; never one of another practice."""
        return next((one for one in self.all(practice_id, kind) if one.number == number), None)

    def all(self, practice_id: int, kind: CaseKind) -> list[CaseRecord]:
        """The cases of that kind in the practice, the newest first."""
        row = tables.CaseRow
        found = self._session.scalars(
            select(row).where(row.practice_id == practice_id, row.kind == kind).order_by(row.number.desc())
        )
        return [_record(one) for one in found]

    def close(self, case_id: int) -> None:
        """Note that the matter is over and its file complete, now."""
        row = self._session.get_one(tables.CaseRow, case_id)
        row.status, row.closed_at = "closed", self._clock.now()

    def reopen(self, case_id: int) -> None:
        """Take the closing back: something new was learned."""
        row = self._session.get_one(tables.CaseRow, case_id)
        row.status, row.closed_at = "open", None

    def remove(self, case_id: int) -> None:
        """Erase a case and all that is kept about it."""
        self._session.execute(delete(tables.CaseRow).where(tables.CaseRow.id == case_id))

    def save(self, case_id: int, question_id: str, answer: Answer) -> None:
        """Keep the answer, in place of any earlier one; one that is the same keeps its time."""
        now = self._clock.now()
        row = self._session.get(tables.CaseAnswerRow, (case_id, question_id))
        if row is None:
            row = tables.CaseAnswerRow(case_id=case_id, question_id=question_id, first_answered_at=now)
            self._session.add(row)
        elif same(_answer(row), answer):
            now = row.answered_at
        row.state, row.value, row.answered_at = answer.state, stored(answer), now
        # 0 equals False in Python, and would not be written over it.
        flag_modified(row, "value")

    def forget(self, case_id: int, question_id: str) -> None:
        """Take an answer back: its question is open again."""
        row = tables.CaseAnswerRow
        self._session.execute(delete(row).where(row.case_id == case_id, row.question_id == question_id))

    def answers(self, case_id: int) -> dict[str, Answer]:
        """Every answer on the case by question, those without effect included."""
        return {row.question_id: _answer(row) for row in self._rows(case_id)}

    def times(self, case_id: int) -> dict[str, AnswerTimes]:
        """When each question was first answered, and since when as it is now, in Europe/Paris."""
        return {
            row.question_id: AnswerTimes(row.first_answered_at, row.answered_at)
            for row in self._rows(case_id)
        }

    def _rows(self, case_id: int) -> Iterable[tables.CaseAnswerRow]:
        row = tables.CaseAnswerRow
        return self._session.scalars(select(row).where(row.case_id == case_id))


def _record(row: tables.CaseRow) -> CaseRecord:
    kind: CaseKind = row.kind  # type: ignore[assignment]
    status: CaseStatus = row.status  # type: ignore[assignment]
    return CaseRecord(row.id, row.practice_id, kind, row.number, status, row.opened_at, row.closed_at)


def _answer(row: tables.CaseAnswerRow) -> Answer:
    return answer_of(row.state, row.value)  # type: ignore[arg-type]
