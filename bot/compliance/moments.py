"""Moments as they are told: an instant, or a day with the part of it when that was said.

Written as text, for an answer's value: `2026-11-24T22:10+01:00`, `2026-11-24`, `2026-11-24 soir`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.clock import PARIS, french_date, french_time

#: The parts of the day: how they read, and between which hours they are, counted from midnight.
_PARTS = {
    "matin": ("au matin", 5, 12),
    "midi": ("vers midi", 11, 15),
    "apres_midi": ("l'après-midi", 12, 19),
    "soir": ("au soir", 17, 24),
    "nuit": ("dans la nuit", 0, 30),
}


@dataclass(frozen=True)
class Moment:
    """A day; the instant, in Europe/Paris, when the hour is known; else the part of the day, if any."""

    day: date
    at: datetime | None = None
    part: str | None = None

    @property
    def earliest(self) -> datetime:
        """The first instant that it can be."""
        return self.at or _hour(self.day, _PARTS[self.part][1] if self.part else 0)

    @property
    def latest(self) -> datetime:
        """The last instant that it can be, or the first one after it when only the day is known."""
        return self.at or _hour(self.day, _PARTS[self.part][2] if self.part else 24)

    def text(self) -> str:
        """As the value of an answer; `read` reads it."""
        if self.at:
            return self.at.astimezone(PARIS).isoformat(timespec="minutes")
        return f"{self.day.isoformat()} {self.part}" if self.part else self.day.isoformat()


def instant(at: datetime) -> Moment:
    """The moment of an aware time."""
    local = at.astimezone(PARIS)
    return Moment(local.date(), local)


def read(text: str) -> Moment | None:
    """The moment that an answer's value tells; None when it tells none."""
    day, _, part = text.partition(" ")
    try:
        if "T" in day:
            at = datetime.fromisoformat(day)
            return instant(at) if at.tzinfo and not part else None
        return Moment(date.fromisoformat(day), None, part or None) if not part or part in _PARTS else None
    except ValueError:
        return None


def in_words(text: str, approximate: bool = False) -> str:
    """« 24 novembre 2026 à 22 h 10 », « 24 novembre 2026 au soir »; what is no moment, as it is."""
    moment = read(text)
    if moment is None:
        return text
    if moment.at:
        return french_time(moment.at, approximate)
    day = french_date(moment.day)
    if moment.part:
        return f"{day} {_PARTS[moment.part][0]}"
    return f"{day} environ" if approximate else day


def _hour(day: date, hour: int) -> datetime:
    return datetime.combine(day + timedelta(hour // 24), time(hour % 24), PARIS)
