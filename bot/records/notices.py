"""The versions of a practice's notices (RGPD art. 5(2)). Works inside the transaction of `store.Unit`."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.compliance.notices import Version, fingerprint
from bot.compliance.versions import Content
from bot.records import tables
from bot.records.stored import blocks, content_of


class Notices:
    """What was made of each notice, and since when it is in place."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self._session, self._clock = session, clock

    def keep(self, practice_id: int, notice_id: str, content: Content) -> int:
        """Keep what a notice says now; the same as last is no new version. Returns its number, from 1."""
        rows, mark = self._rows(practice_id, notice_id), fingerprint(content)
        if rows and rows[-1].fingerprint == mark:
            return rows[-1].version
        row = tables.NoticeRow(
            practice_id=practice_id,
            notice_id=notice_id,
            version=rows[-1].version + 1 if rows else 1,
            fingerprint=mark,
            content=blocks(content),
            made_at=self._clock.now(),
            displayed_on=None,
        )
        self._session.add(row)
        self._session.flush()
        return row.version

    def display(self, practice_id: int, notice_id: str, version: int, day: date | None) -> None:
        """Note since when a version is in place, or that it is not."""
        row = self._session.get_one(tables.NoticeRow, (practice_id, notice_id, version))
        row.displayed_on = day

    def all(self, practice_id: int) -> dict[str, tuple[Version, ...]]:
        """The versions of each notice, oldest first, by the notice's id."""
        row = tables.NoticeRow
        found: dict[str, tuple[Version, ...]] = {}
        asked = select(row).where(row.practice_id == practice_id).order_by(row.notice_id, row.version)
        for one in self._session.scalars(asked):
            found[one.notice_id] = (*found.get(one.notice_id, ()), _version(one))
        return found

    def _rows(self, practice_id: int, notice_id: str) -> list[tables.NoticeRow]:
        row = tables.NoticeRow
        asked = select(row).where(row.practice_id == practice_id, row.notice_id == notice_id)
        return list(self._session.scalars(asked.order_by(row.version)))


def _version(row: tables.NoticeRow) -> Version:
    return Version(row.version, content_of(row.content), row.made_at, row.displayed_on)
