"""The versions of impact assessments that were decided. Works inside the transaction of `store.Unit`."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.compliance.dpia.decided import Decided
from bot.compliance.versions import Content
from bot.records import tables
from bot.records.stored import blocks, content_of


class Assessments:
    """What each assessment was decided on, with its document as it was then."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self._session, self._clock = session, clock

    def keep(self, case_id: int, content: Content, document: bytes) -> int:
        """Keep a version as it is decided now, with its PDF; returns its number, from 1."""
        row = tables.AssessmentVersionRow
        last = self._session.scalar(select(func.max(row.version)).where(row.case_id == case_id)) or 0
        self._session.add(
            row(
                case_id=case_id,
                version=last + 1,
                content=blocks(content),
                document=document,
                decided_at=self._clock.now(),
            )
        )
        self._session.flush()
        return last + 1

    def all(self, case_id: int) -> tuple[Decided, ...]:
        """The versions of an assessment, oldest first, without their documents."""
        row = tables.AssessmentVersionRow
        asked = select(row.version, row.content, row.decided_at).where(row.case_id == case_id)
        return tuple(
            Decided(version, content_of(content), decided_at)
            for version, content, decided_at in self._session.execute(asked.order_by(row.version))
        )

    def document(self, case_id: int, version: int) -> bytes | None:
        """The PDF of a version, if there is one of that number."""
        row = tables.AssessmentVersionRow
        return self._session.scalar(
            select(row.document).where(row.case_id == case_id, row.version == version)
        )
