"""What is left of a deadline, as a page says it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import PARIS
from bot.compliance.deadlines import Deadline, end_of
from bot.compliance.requests import RequestDeadline
from bot.web.countdown import Countdown, countdown

DAY = date(2026, 11, 28)


def in_days(**more: object) -> RequestDeadline:
    """A period that ends with Saturday 28 November 2026."""
    start = datetime(2026, 11, 20, 9, tzinfo=PARIS)
    return RequestDeadline("x", "Délai", start, end_of(DAY), "", "", (), day=DAY, **more)  # type: ignore[arg-type]


def at(day: int, hour: int = 10) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=PARIS)


def test_a_period_in_hours_is_told_in_hours() -> None:
    due = datetime(2026, 11, 26, 18, 30, tzinfo=PARIS)
    deadline = Deadline("x", "Délai", due - timedelta(hours=72), due, "", "", ())
    assert countdown(deadline, at(24)) == Countdown("2 jours et 8 heures", False, due)
    assert countdown(deadline, at(26, 20)) == Countdown("1 heure et 30 minutes", True, due)


@pytest.mark.parametrize(
    ("now", "text", "late"),
    [
        (at(24), "4 jours", False),
        (at(24, 23), "4 jours", False),
        (at(27), "1 jour", False),
        (at(28, 0), "moins d'un jour", False),
        (at(28, 23), "moins d'un jour", False),
        (at(29, 0), "1 jour", True),
        (at(30), "2 jours", True),
    ],
)
def test_a_period_in_days_is_told_in_days_whatever_the_hour(now: datetime, text: str, late: bool) -> None:
    assert countdown(in_days(), now) == Countdown(text, late, end_of(DAY), in_days=True)


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.times())
def test_days_are_those_of_the_calendar_in_paris(day: date, hour: time) -> None:
    now = datetime.combine(day, hour, PARIS)
    left = countdown(in_days(), now)
    assert left.late == (now.date() > DAY)
    days = abs((DAY - now.date()).days)
    assert left.text == (f"{days} jour{'s' if days > 1 else ''}" if days else "moins d'un jour")


def test_while_the_identity_is_awaited_it_is_suspended_once_its_shortest_end_is_over() -> None:
    assert countdown(in_days(suspended=True), at(24)).text == "4 jours"
    assert countdown(in_days(suspended=True), at(30)) == Countdown("délai suspendu")


def test_what_the_wait_for_the_identity_adds_counts_once_it_is_needed() -> None:
    later = end_of(date(2026, 12, 2))
    waited = in_days(suspended_due=later)
    assert countdown(waited, at(24)) == Countdown("4 jours", False, end_of(DAY), in_days=True)
    assert countdown(waited, at(30)) == Countdown("2 jours", False, later, in_days=True)
    over = datetime(2026, 12, 3, tzinfo=PARIS)
    assert countdown(waited, over) == Countdown("1 jour", True, later, in_days=True)


def test_a_guide_that_is_over_is_no_delay() -> None:
    assert countdown(in_days(guide=True), at(27)).text == "1 jour"
    assert countdown(in_days(guide=True), at(30)) == Countdown("repère dépassé")
