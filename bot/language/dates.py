"""Dates as people say them."""

from __future__ import annotations

import re
from datetime import date, datetime

import dateparser

_MONTHS = "janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre"
_SAID = re.compile(
    r"\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?"
    rf"|\d{{1,2}}(?:er)?\s+(?:{_MONTHS})(?:\s+\d{{4}})?"
    rf"|après-demain|apres-demain|demain|aujourd['’]hui"
    r"|dans\s+\w+\s+(?:jours?|semaines?|mois|ans?)",
    re.IGNORECASE,
)
_SETTINGS = {"PREFER_DATES_FROM": "future", "DATE_ORDER": "DMY", "STRICT_PARSING": False}


class NoSuchDate(ValueError):
    """A date was said that no calendar has; its argument is the date as it was said."""


def find(text: str, today: date) -> date | None:
    """The date that a text names, ahead of `today` when its year is left out; None when it names none.

    Raises NoSuchDate for « 31 février » and the like.
    """
    said = _SAID.search(text)
    if said is None:
        return None
    # dateparser reckons in local time, as people do.
    base = datetime(today.year, today.month, today.day)  # noqa: DTZ001
    settings = {**_SETTINGS, "RELATIVE_BASE": base}
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", said[0]):
        settings["DATE_ORDER"] = "YMD"
    found = dateparser.parse(said[0], languages=["fr"], settings=settings)
    if found is None:
        raise NoSuchDate(said[0])
    return date(found.year, found.month, found.day)
