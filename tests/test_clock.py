"""The one clock, which can be set to replay a story at its date."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from bot.clock import PARIS, Clock, french_date
from bot.settings import SettingsError

WITHIN = timedelta(seconds=5)


@pytest.mark.parametrize(
    ("start", "hour_in_paris"),
    [
        pytest.param("2026-11-24T10:30:00+01:00", "2026-11-24 10:30", id="Paris in winter"),
        pytest.param("2026-07-14T10:30:00+02:00", "2026-07-14 10:30", id="Paris in summer"),
        pytest.param("2026-11-24T09:30:00Z", "2026-11-24 10:30", id="UTC written Z"),
        pytest.param("2026-07-14T23:30:00+00:00", "2026-07-15 01:30", id="the next day in Paris"),
        pytest.param("2026-11-24T10:30+01:00", "2026-11-24 10:30", id="without seconds"),
    ],
)
def test_a_set_clock_starts_at_its_time_told_in_paris(start: str, hour_in_paris: str) -> None:
    assert Clock(start).now().strftime("%Y-%m-%d %H:%M") == hour_in_paris
    assert Clock(start).now().tzinfo is PARIS


def test_a_set_clock_goes_on() -> None:
    clock = Clock("2026-11-24T10:30:00+01:00")
    first, second = clock.now(), clock.now()
    assert first < second < first + WITHIN


@pytest.mark.parametrize(
    ("start", "before", "after"),
    [
        ("2026-03-29T01:59:59.999999+01:00", 1, 3),
        ("2026-10-25T02:59:59.999999+02:00", 2, 2),
    ],
    ids=["to summer time", "to winter time"],
)
def test_a_set_clock_passes_the_change_of_hour_without_losing_time(
    start: str, before: int, after: int
) -> None:
    assert datetime.fromisoformat(start).astimezone(PARIS).hour == before
    clock = Clock(start)
    # A fast machine asks again within the same microsecond.
    while (now := clock.now()) == datetime.fromisoformat(start):
        pass
    assert now.hour == after
    assert now.astimezone(timezone.utc) - datetime.fromisoformat(start) < WITHIN


def test_an_unset_clock_tells_the_machines_time_in_paris() -> None:
    now = Clock().now()
    assert now.tzinfo is PARIS
    assert abs(now - datetime.now(timezone.utc)) < WITHIN


@pytest.mark.parametrize(
    "start", ["demain", "2026-13-01T00:00:00+01:00", "24/11/2026 10:30", "2026-02-30T00:00:00Z", " "]
)
def test_what_is_no_time_is_refused_in_words(start: str) -> None:
    with pytest.raises(SettingsError, match="VIGIE_NOW"):
        Clock(start)


@pytest.mark.parametrize("start", ["2026-11-24T10:30:00", "2026-11-24"])
def test_a_time_without_its_zone_is_refused(start: str) -> None:
    with pytest.raises(SettingsError, match="fuseau"):
        Clock(start)


def test_a_process_started_later_starts_at_the_time_that_it_then_is() -> None:
    clock = Clock("2026-11-24T10:30:00+01:00")
    later = clock.now()
    assert later <= Clock(clock.setting()).now() < later + WITHIN
    assert Clock(clock.setting()).now() > Clock("2026-11-24T10:30:00+01:00").now() - WITHIN


def test_an_unset_clock_sets_no_other() -> None:
    assert Clock().setting() == ""


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 11, 24), "24 novembre 2026"),
        (date(2027, 3, 1), "1er mars 2027"),
        (date(2028, 2, 29), "29 février 2028"),
        (datetime(2026, 12, 31, 23, 30, tzinfo=timezone.utc), "1er janvier 2027"),
    ],
)
def test_dates_are_written_in_french_and_told_in_paris(day: date, written: str) -> None:
    assert french_date(day) == written
