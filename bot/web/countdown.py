"""What is left of a deadline, as a page says it: in hours and minutes, or in days when it runs in days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.clock import PARIS
from bot.compliance.deadlines import Deadline
from bot.compliance.requests import RequestDeadline


@dataclass(frozen=True)
class Countdown:
    """What is left, or since when it is over; `until` is what is counted to, None when nothing is counted."""

    text: str
    late: bool = False
    until: datetime | None = None
    in_days: bool = False


def countdown(deadline: Deadline, now: datetime) -> Countdown:
    """How the deadline stands at `now`."""
    if isinstance(deadline, RequestDeadline) and deadline.day:
        return _days(deadline, now)
    return Countdown(deadline.remaining(now).text, deadline.late(now), deadline.due)


def _days(deadline: RequestDeadline, now: datetime) -> Countdown:
    """In days, as the period ends with its last day; what a wait for the identity adds counts once needed."""
    until, over = deadline.due, deadline.remaining(now).late
    if over and deadline.suspended:
        return Countdown("délai suspendu")
    if over and deadline.suspended_due:
        until = deadline.suspended_due
    late = deadline.late(now)
    if late and deadline.guide:
        return Countdown("repère dépassé")
    days = abs((until.astimezone(PARIS).date() - now.astimezone(PARIS).date()).days)
    return Countdown(_in_words(days), late, until, in_days=True)


def _in_words(days: int) -> str:
    return f"{days} jour{'s' if days > 1 else ''}" if days else "moins d'un jour"
