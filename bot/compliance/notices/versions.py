"""What was made of a notice and put up, and whether it still says what the register says (RGPD art. 5(2))."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime

from bot.compliance.versions import Change, Content, changes


@dataclass(frozen=True)
class Version:
    """A version of a notice: when it was made, what it said, and since when it is in place, if it is."""

    number: int
    content: Content
    made_at: datetime
    displayed_on: date | None = None


@dataclass(frozen=True)
class Standing:
    """A notice's versions, oldest first, beside what it says now."""

    versions: tuple[Version, ...]
    content: Content

    @property
    def displayed(self) -> Version | None:
        """The version that is in place: the last that was put up."""
        put_up = (version for version in self.versions if version.displayed_on)
        return max(put_up, key=lambda one: (one.displayed_on or date.min, one.number), default=None)

    @property
    def last(self) -> Version | None:
        """The version to compare with: the one in place, or else the last that was made."""
        return self.displayed or (self.versions[-1] if self.versions else None)

    @property
    def stale(self) -> bool:
        """Whether it says something else than what is in place, or was last made."""
        return self.last is not None and self.last.content != self.content

    @property
    def changes(self) -> tuple[Change, ...]:
        """What changed since, block by block."""
        return changes(self.last.content, self.content) if self.last else ()


def fingerprint(content: Content) -> str:
    """A short proof of what a version said: the same content has the same, any other has another."""
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
