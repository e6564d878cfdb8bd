"""Reading a contract that was given: in a thread, one at a time, as each takes a processor for a while."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.compliance.processors import Contract, Finding
from bot.knowledge.processors import Clause
from bot.language.clauses import ClauseFinder, is_english
from bot.language.guard import mask
from bot.records.contracts import Reading
from bot.uploads import paste, read

_LONGEST_NAME = 200


@dataclass(frozen=True)
class Given:
    """A contract as it was given: a file with its name, or a text that was pasted."""

    name: str = ""
    content: bytes = b""
    text: str = ""


class ContractReader:
    """Finds in contracts the passages on each clause."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        self._finder = ClauseFinder(clauses)
        self._one = asyncio.Lock()

    async def read(self, given: Given, keep: bool) -> tuple[Reading, dict[str, Finding]]:
        """What is to be known of a contract, and what was found in it. Raises bot.uploads.Refused.

        Its text is in the reading only when it is to be kept.
        """
        async with self._one:
            return await asyncio.to_thread(self._read, given, keep)

    def _read(self, given: Given, keep: bool) -> tuple[Reading, dict[str, Finding]]:
        contract = read(given.name, given.content) if given.name else paste(given.text)
        findings = {clause: _masked(found) for clause, found in self._finder.find(contract).items()}
        return _reading(given, contract, keep), findings


def _reading(given: Given, contract: Contract, keep: bool) -> Reading:
    return Reading(
        name=_plain(given.name)[:_LONGEST_NAME],
        pages=contract.pages,
        silent=contract.silent,
        english=is_english(contract.text),
        text=_plain(contract.text) if keep else "",
    )


def _masked(found: Finding) -> Finding:
    passage = found.passage
    return replace(found, passage=replace(passage, text=_plain(passage.text))) if passage else found


def _plain(text: str) -> str:
    """Without a patient's number; the supplier's own contact details belong in its contract."""
    return mask(text, contact=True).text
