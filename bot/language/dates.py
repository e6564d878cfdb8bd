"""Dates as people say them."""

from __future__ import annotations

import re
from datetime import date, datetime

import dateparser
from text_to_num import alpha2digit

_MONTHS = (
    "janvier", "f[ée]vrier", "mars", "avril", "mai", "juin", "juillet", "ao[ûu]t", "septembre", "octobre",
    "novembre", "d[ée]cembre",
)  # fmt: skip
_ISO = r"(\d{4})-(\d{2})-(\d{2})(?!\d)"
_NUMBERS = r"(?<!\d)(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d{2}))?(?!\d)"
_NAMED = rf"(?<!\d)(\d{{1,2}})(?:er)?\s+({'|'.join(_MONTHS)})\b(?:\s+(\d{{4}}))?"
_FROM_TODAY = (
    r"apr[èe]s[ -]demain|demain|aujourd['’]hui|dans\s+[\w-]+\s+(?:jours?|semaines?|mois|ans?|ann[ée]es?)"
)
_SAID = re.compile(rf"{_ISO}|{_NUMBERS}|{_NAMED}|{_FROM_TODAY}", re.IGNORECASE)
#: A 29 February comes back after eight years at the most.
_YEARS_AHEAD = 8


class NoSuchDate(ValueError):
    """A date was said that no calendar has; its argument is the date as it was said."""


def find(text: str, today: date) -> date | None:
    """The date that a text names, from `today` on when its year is left out; None when it names none.

    Raises NoSuchDate for « 31 février » and the like.
    """
    said = _SAID.search(text)
    if said is None:
        return None
    iso, numbers, named = said.groups()[:3], said.groups()[3:6], said.groups()[6:]
    if iso[0]:
        found = _next(iso[2], int(iso[1]), iso[0], today)
    elif numbers[0]:
        found = _next(numbers[0], int(numbers[1]), numbers[2], today)
    elif named[0]:
        month = next(n for n, name in enumerate(_MONTHS, 1) if re.fullmatch(name, named[1], re.IGNORECASE))
        found = _next(named[0], month, named[2], today)
    else:
        return _from_today(said[0], today)
    if found is None:
        raise NoSuchDate(said[0])
    return found


def _next(day: str, month: int, year: str | None, today: date) -> date | None:
    """That day of that month, of the next year that has it from `today` on unless the year is said."""
    century = 2000 if year and len(year) == 2 else 0
    years = [century + int(year)] if year else range(today.year, today.year + _YEARS_AHEAD + 1)
    for candidate in years:
        try:
            found = date(candidate, month, int(day))
        except ValueError:
            continue
        if year or found >= today:
            return found
    return None


def _from_today(said: str, today: date) -> date | None:
    # dateparser reckons in local time, as people do.
    base = datetime(today.year, today.month, today.day)  # noqa: DTZ001
    words = re.sub(r"apr[èe]s demain", "après-demain", alpha2digit(said.lower(), "fr"))
    found = dateparser.parse(
        words, languages=["fr"], settings={"RELATIVE_BASE": base, "PREFER_DATES_FROM": "future"}
    )
    return date(found.year, found.month, found.day) if found else None
