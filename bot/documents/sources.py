"""The sources that a document cites, numbered in the order in which they are first cited."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from bot.clock import french_date
from bot.knowledge.model import Knowledge


class Source(TypedDict):
    """A source as the list at the end of a document tells it."""

    title: str
    grade: str
    checked: str
    url: str
    note: str


class Citations:
    """Numbers the sources of one document."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._numbers: dict[str, int] = {}

    def refs(self, source_ids: Iterable[str]) -> list[int]:
        """The numbers of sources, each once, in order."""
        return sorted(
            {self._numbers.setdefault(source_id, len(self._numbers) + 1) for source_id in source_ids}
        )

    def listed(self) -> list[Source]:
        """Every source that has a number, in order: ask when all are cited."""
        return [self._source(source_id) for source_id in self._numbers]

    def _source(self, source_id: str) -> Source:
        source = self._knowledge.sources[source_id]
        return {
            "title": source.title,
            "grade": self._knowledge.grades[source.grade],
            "checked": french_date(source.checked),
            "url": source.url,
            "note": source.note,
        }
