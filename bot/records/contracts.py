"""What was found in the contracts of a practice's suppliers, and what was made of it.

Works inside the transaction of `bot.records.store.Unit`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.compliance.processors import Finding, Passage
from bot.compliance.processors.contract import Decision
from bot.records import tables


@dataclass(frozen=True)
class Reading:
    """A contract that was read: the name of its file (empty when it was pasted), and what to know of it.

    `silent` are pages without any text; `text` is empty unless the practitioner asked to keep it.
    """

    name: str = ""
    pages: int = 0
    silent: tuple[int, ...] = ()
    english: bool = False
    text: str = ""
    read_at: datetime | None = None


class Contracts:
    """The contract that was read last in each supplier's case, with the passages that were found."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self._session, self._clock = session, clock

    def keep(self, case_id: int, reading: Reading, findings: Mapping[str, Finding]) -> None:
        """Keep what was found in a contract, in place of what was found in an earlier one."""
        self.forget(case_id)
        self._session.add(
            tables.ContractReadingRow(
                case_id=case_id,
                name=reading.name,
                read_at=self._clock.now(),
                pages=reading.pages,
                silent={"pages": list(reading.silent)},
                english=reading.english,
                text=reading.text,
            )
        )
        for clause_id, one in findings.items():
            self._session.add(
                tables.ContractFindingRow(
                    case_id=case_id,
                    clause_id=clause_id,
                    passage=msgspec.to_builtins(one.passage) if one.passage else {},
                    confidence=one.confidence,
                    score=one.score,
                    decision=one.decision,
                )
            )
        self._session.flush()

    def decide(self, case_id: int, clause_id: str, decision: Decision) -> None:
        """Note what the practitioner made of the passage on a clause, if one was found."""
        row = self._session.get(tables.ContractFindingRow, (case_id, clause_id))
        if row and row.passage:
            row.decision = decision

    def forget_text(self, case_id: int) -> None:
        """Erase the text that was kept; what was found in it stays."""
        if row := self._session.get(tables.ContractReadingRow, case_id):
            row.text = ""

    def forget(self, case_id: int) -> None:
        """Erase the reading of a contract, with every passage."""
        for row in (tables.ContractReadingRow, tables.ContractFindingRow):
            self._session.execute(delete(row).where(row.case_id == case_id))

    def reading(self, case_id: int) -> Reading | None:
        """The contract that was read last, if one was."""
        row = self._session.get(tables.ContractReadingRow, case_id)
        if row is None:
            return None
        silent = tuple(map(int, row.silent.get("pages", ())))
        return Reading(row.name, row.pages, silent, row.english, row.text, row.read_at)

    def findings(self, case_id: int) -> dict[str, Finding]:
        """What was found of each clause, by its id."""
        row = tables.ContractFindingRow
        found = self._session.scalars(select(row).where(row.case_id == case_id))
        return {
            one.clause_id: Finding(
                one.clause_id,
                msgspec.convert(one.passage, Passage) if one.passage else None,
                one.confidence,  # type: ignore[arg-type]
                one.score,
                one.decision,  # type: ignore[arg-type]
            )
            for one in found
        }
