"""What was made of a notice and put up, and whether it still says what the register says (RGPD art. 5(2))."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime

#: Each block with its texts.
Content = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Version:
    """A version of a notice: when it was made, what it said, and since when it is in place, if it is."""

    number: int
    content: Content
    made_at: datetime
    displayed_on: date | None = None


@dataclass(frozen=True)
class Change:
    """What a block says now and did not, or no longer says."""

    block: str
    added: tuple[str, ...]
    removed: tuple[str, ...]


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


def changes(before: Content, after: Content) -> tuple[Change, ...]:
    """What the second content says that the first did not, and the reverse; a moved text is no change."""
    old, new = _by_title(before), _by_title(after)
    found = []
    for title in dict.fromkeys((*new, *old)):
        was, now = old.get(title, ()), new.get(title, ())
        added = tuple(text for text in now if text not in was)
        removed = tuple(text for text in was if text not in now)
        if added or removed:
            found.append(Change(title, added, removed))
    return tuple(found)


def _by_title(content: Content) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for title, texts in content:
        found[title] = (*found.get(title, ()), *texts)
    return found


def fingerprint(content: Content) -> str:
    """A short proof of what a version said: the same content has the same, any other has another."""
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
