"""Which hours and parts of the day a text says: « vers midi et quart », « au soir »."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo

from bot.language.spoken import any_of

#: Where the morning begins and ends, in minutes.
_DAWN, _NOON = 5 * 60, 12 * 60
_CLOCK = re.compile(
    rf"(?<!\S)(?:(?P<hour>\d{{1,2}}) h(?: (?P<minute>\d{{1,2}})\b(?! {any_of('unites')}\b))?"
    r"|(?P<twelve>midi|minuit))\b(?: (?:et (?P<more>demie?|quart)|moins (?:le )?(?P<less>\d{1,2}|quart))\b)?"
)
#: What comes before a number of hours that is no hour of the day.
_LASTING = re.compile(rf"\b{any_of('durees')}(?: (?:environ|presque|bien|au moins))? $")
_AT = re.compile(r"\b(?:a|vers|vers les|sur les|etait|etre) $")
_BETWEEN = re.compile(r"\bentre (?:\d{1,2} (?:h )?et )?$")
_PART = re.compile(rf"\b{any_of('parties_du_jour')}\b")


@dataclass(frozen=True)
class Hour:
    """An hour of the day that a text says: where, and how many minutes after the midnight before."""

    start: int
    end: int
    minutes: int


def hours(words: str) -> list[Hour]:
    """The hours of the day that a spoken text says; none when it says between which two it was."""
    found: list[Hour] = []
    for said in _CLOCK.finditer(words):
        lead = words[: said.start()]
        if _BETWEEN.search(lead):
            return []
        if _is_of_the_day(said, lead):
            found.append(Hour(said.start(), said.end(), _minutes(said)))
    return found


def part_of_day(words: str) -> str | None:
    """The first part of the day that a spoken text says: matin, midi, apres_midi, soir, nuit or None."""
    said = _PART.search(words)
    return said[0] if said else None


def instant(day: date, hour: Hour, part: str | None, zone: tzinfo | None) -> datetime:
    """That hour of that day on the clocks of the zone; one that they skip is an hour later on them."""
    afternoon = part in ("apres_midi", "soir") or (part == "midi" and hour.minutes < _DAWN)
    late = afternoon and 60 <= hour.minutes < _NOON
    minutes = hour.minutes + (_NOON if late else 0)
    said = datetime.combine(day, time(), zone) + timedelta(minutes=minutes)
    return said.astimezone(timezone.utc).astimezone(zone)


def _is_of_the_day(said: re.Match[str], lead: str) -> bool:
    """« Vers une heure » tells when, « une heure » and « depuis deux heures » how long."""
    if said["twelve"]:
        return bool(said["twelve"] == "minuit" or said["more"] or said["less"] or _AT.search(lead))
    if _LASTING.search(lead) or int(said["hour"]) >= 24 or int(said["minute"] or 0) >= 60:
        return False
    return bool(said["hour"] != "1" or said["minute"] or _AT.search(lead))


def _minutes(said: re.Match[str]) -> int:
    hour = {"midi": 12, "minuit": 24}.get(said["twelve"]) or int(said["hour"])
    less, more = said["less"], {"quart": 15, "demi": 30, "demie": 30}.get(said["more"], 0)
    return 60 * hour + int(said["minute"] or 0) + more - (15 if less == "quart" else int(less or 0))
