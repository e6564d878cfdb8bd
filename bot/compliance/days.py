"""Days as an answer tells them: exact, or no more exact than their month or their year.

Written as ISO 8601 does, for an answer's value: `2022-03-04`, `2022-03`, `2022`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from bot.clock import french_date

_WRITTEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def earliest(text: str) -> date | None:
    """The first day that it can be; None when the text tells none."""
    return _day(text, last=False)


def latest(text: str) -> date | None:
    """The last day that it can be; None when the text tells none."""
    return _day(text, last=True)


def in_words(text: str) -> str:
    """« 4 mars 2022 », « mars 2022 », « 2022 »; what is no day, as it is."""
    day = earliest(text)
    if day is None:
        return text
    told = 1 + text.count("-")
    return " ".join(french_date(day).split()[-told:])


def _day(text: str, last: bool) -> date | None:
    written = _WRITTEN.fullmatch(text)
    if written is None:
        return None
    year, month, day = (int(part) if part else 0 for part in written.groups())
    month = month or (12 if last else 1)
    try:
        return date(year, month, day or (monthrange(year, month)[1] if last else 1))
    except (ValueError, IndexError):
        return None
