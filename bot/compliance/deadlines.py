"""Periods in hours, days and months, in Europe/Paris, and how far they have run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from dateutil.easter import easter  # type: ignore[import-untyped]
from dateutil.relativedelta import relativedelta  # type: ignore[import-untyped]

from bot.clock import PARIS, in_french

#: The holidays of fixed date, month and day, and those that follow Easter, in days (C. trav. art. L3133-1).
_FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
_AFTER_EASTER = (1, 39, 50)


def after_hours(start: datetime, hours: int) -> datetime:
    """The end of a period in hours from an aware time, in Europe/Paris.

    The hours are those that pass, whatever the clocks do when summer time begins or ends, and they run
    through week-ends and holidays: only periods not expressed in hours are extended (Regulation
    1182/71, art. 3(4)).
    """
    return (start.astimezone(timezone.utc) + timedelta(hours=hours)).astimezone(PARIS)


def after_months(day: date, months: int) -> date:
    """The last day of a period in months from an event of that day, which does not count itself.

    It bears the same number as the day of the event; where that month has none, it is the month's last
    (Regulation 1182/71, art. 3(1) and 3(2)(c)).
    """
    last: date = day + relativedelta(months=months)
    return last


def holidays(year: int) -> frozenset[date]:
    """The legal holidays of mainland France; those of Alsace-Moselle and overseas are not among them."""
    sunday: date = easter(year)
    return frozenset(
        [
            *(date(year, month, day) for month, day in _FIXED),
            *(sunday + timedelta(days) for days in _AFTER_EASTER),
        ]
    )


def working_day(day: date) -> date:
    """The day itself, or the next that is no Saturday, Sunday or holiday (Regulation 1182/71, art. 3(4))."""
    while day.weekday() >= 5 or day in holidays(day.year):
        day += timedelta(1)
    return day


def end_of(day: date) -> datetime:
    """The last second of a day in Europe/Paris: a period in days or months ends with its last hour."""
    return datetime.combine(day, time(23, 59, 59), PARIS)


@dataclass(frozen=True)
class Deadline:
    """A period that runs from `starts` to `due`, both in Europe/Paris; `done_at` when it was met or not.

    `presumed` says why the start is a cautious guess, empty when it was told to the minute.
    """

    id: str
    label: str
    starts: datetime
    due: datetime
    text: str
    note: str
    sources: tuple[str, ...]
    presumed: str = ""
    done: bool = False
    done_at: datetime | None = None

    @property
    def until(self) -> str:
        """When it ends, in words."""
        return in_french(self.due)

    def remaining(self, now: datetime) -> Remaining:
        """What is left at `now`."""
        return remaining(self.due, now)

    def late(self, now: datetime) -> bool:
        """Whether it was met too late, or is over and was not met."""
        if self.done:
            return self.done_at is not None and remaining(self.due, self.done_at).late
        return self.remaining(now).late


@dataclass(frozen=True)
class Remaining:
    """What is left of a period at a given time; `left` is negative once it is over."""

    left: timedelta

    @property
    def late(self) -> bool:
        """Whether the period is over; its last instant is still in time."""
        return self.left < timedelta(0)

    @property
    def text(self) -> str:
        """« 2 jours et 3 heures », « 45 minutes »; the same once late, of the time since."""
        minutes = int(abs(self.left) // timedelta(minutes=1))
        days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
        if days:
            parts = [_count(days, "jour"), _count(hours, "heure")]
        elif hours:
            parts = [_count(hours, "heure"), _count(minutes, "minute")]
        else:
            parts = [_count(minutes, "minute")]
        return " et ".join(part for part in parts if part) or "moins d'une minute"


def remaining(due: datetime, now: datetime) -> Remaining:
    """What is left until `due` at `now`, both aware, in elapsed time."""
    return Remaining(due.astimezone(timezone.utc) - now.astimezone(timezone.utc))


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}{'s' if number > 1 else ''}" if number else ""
