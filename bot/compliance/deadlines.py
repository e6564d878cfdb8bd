"""Periods that run in hours, in Europe/Paris, and how far they have run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from bot.clock import PARIS


def after_hours(start: datetime, hours: int) -> datetime:
    """The end of a period in hours from an aware time, in Europe/Paris.

    The hours are those that pass, whatever the clocks do when summer time begins or ends, and they run
    through week-ends and holidays: only periods not expressed in hours are extended (Regulation
    1182/71, art. 3(4)).
    """
    return (start.astimezone(timezone.utc) + timedelta(hours=hours)).astimezone(PARIS)


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
