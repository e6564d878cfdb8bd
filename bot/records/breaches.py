"""What a practice did about its breaches. Works inside the transaction of `bot.records.store.Unit`."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.compliance.breach import FollowUp, Notification, Told
from bot.records import tables
from bot.records.cases import CaseRecord


class Breaches:
    """What was sent to the CNIL about each breach, and who was told."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def notify(self, case_id: int, notification: Notification) -> int:
        """Keep a version of the notification as it was sent; returns its number, from 1."""
        row = tables.BreachNotificationRow
        last = self._session.scalar(select(func.max(row.version)).where(row.case_id == case_id)) or 0
        self._session.add(
            row(
                case_id=case_id,
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

    def acknowledge(self, case_id: int, version: int, receipt: str, receipt_on: datetime | None) -> None:
        """Note the number that the CNIL gave to a version, and when."""
        row = self._session.get_one(tables.BreachNotificationRow, (case_id, version))
        row.receipt, row.receipt_on = receipt, receipt_on

    def tell(self, case_id: int, told: Told) -> None:
        """Note that someone was told."""
        self._session.add(
            tables.BreachToldRow(case_id=case_id, recipient=told.recipient, told_at=told.at, means=told.means)
        )
        self._session.flush()

    def followup(self, record: CaseRecord) -> FollowUp:
        """What was done about the breach, oldest first."""
        sent, told = tables.BreachNotificationRow, tables.BreachToldRow
        versions = self._session.scalars(select(sent).where(sent.case_id == record.id).order_by(sent.version))
        people = self._session.scalars(
            select(told).where(told.case_id == record.id).order_by(told.told_at, told.id)
        )
        return FollowUp(
            record.reference,
            tuple(_notification(row) for row in versions),
            tuple(Told(row.recipient, row.told_at, row.means) for row in people),
            record.closed_at,
        )


def _notification(row: tables.BreachNotificationRow) -> Notification:
    fields = row.content.get("fields", [])
    content = tuple((str(label), str(text)) for label, text in fields)
    return Notification(row.kind, row.sent_at, row.receipt, row.receipt_on, content)  # type: ignore[arg-type]
