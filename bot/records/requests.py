"""What a practice did about the requests of data subjects.

Works inside the transaction of `bot.records.store.Unit`.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.compliance import moments
from bot.compliance.requests import FollowUp, Step
from bot.records import tables
from bot.records.cases import CaseRecord


class Requests:
    """The steps that were noted on each request."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def note(self, case_id: int, step: Step) -> None:
        """Note something that was done."""
        self._session.add(
            tables.CaseStepRow(case_id=case_id, kind=step.kind, done_at=step.moment.text(), note=step.note)
        )
        self._session.flush()

    def take_back(self, case_id: int, step: Step) -> None:
        """Forget a step that was noted by mistake, the last one if it was noted twice."""
        row = tables.CaseStepRow
        same = (row.kind == step.kind, row.done_at == step.moment.text(), row.note == step.note)
        found = self._session.scalars(
            select(row).where(row.case_id == case_id, *same).order_by(row.id.desc())
        )
        if last := found.first():
            self._session.delete(last)

    def followup(self, record: CaseRecord) -> FollowUp:
        """What was done about the request, in the order in which it was noted, its closing last."""
        row = tables.CaseStepRow
        found = self._session.scalars(select(row).where(row.case_id == record.id).order_by(row.id))
        steps = [
            Step(one.kind, at, one.note)  # type: ignore[arg-type]
            for one in found
            if (at := moments.read(one.done_at))
        ]
        if record.closed_at:
            steps.append(Step.at("close", record.closed_at))
        return FollowUp(record.reference, tuple(steps))
