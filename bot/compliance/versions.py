"""What something said when it was kept, beside what it says now: titles, each with its texts."""

from __future__ import annotations

from dataclasses import dataclass

#: Each block with its texts.
Content = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Change:
    """What a block says now and did not, or no longer says."""

    block: str
    added: tuple[str, ...]
    removed: tuple[str, ...]


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
