from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from bot.compliance import moments
from bot.compliance.breach import Dossier
from bot.documents import deadlines_ics
from tests.documents.dossiers import DOSSIERS, FREE_TEXTS, HOSTILE, NUMBERED, WHOLE, dossier, followed

ID = "1/3/2026-11-21T09:00:00+01:00"
each_dossier = pytest.mark.parametrize("told", DOSSIERS.values(), ids=DOSSIERS)


def events(told: Dossier, identity: str = ID) -> list[Event]:
    return list(Calendar.from_ical(deadlines_ics(told, identity)).events)


def by_label(told: Dossier) -> dict[str, Event]:
    return {event.summary.split("Fait\xa0: ")[-1]: event for event in events(told)}


@each_dossier
def test_each_deadline_is_an_event_at_its_time(told: Dossier) -> None:
    assert [event.start for event in events(told)] == [one.due for one in told.deadlines]
    for event, deadline in zip(events(told), told.deadlines, strict=True):
        assert deadline.label in event.summary and deadline.text.split(".")[0][:20] in event.description


def test_the_three_clocks_are_there() -> None:
    assert {one.id for one in followed().deadlines} == {"notification", "complement", "plainte"}
    assert len(events(followed())) == 3


def test_times_are_those_of_paris_and_the_zone_is_told() -> None:
    content = deadlines_ics(DOSSIERS["high risk"], ID).decode()
    assert "DTSTART;TZID=Europe/Paris:20261123T183000" in content
    assert "BEGIN:VTIMEZONE\r\nTZID:Europe/Paris" in content


def test_what_is_left_to_do_rings_before_it_is_due_and_what_is_done_does_not() -> None:
    told = followed()
    for event, deadline in zip(events(told), told.deadlines, strict=True):
        triggers = [alarm.TRIGGER for alarm in event.walk("VALARM")]
        assert all(trigger < timedelta(0) for trigger in triggers)
        assert bool(triggers) is not deadline.done
        assert event.summary.startswith("Fait") is deadline.done


def test_an_event_keeps_its_uid_and_the_later_file_counts() -> None:
    before, after = DOSSIERS["high risk"], followed()
    old, new = by_label(before), by_label(after)
    for summary, event in old.items():
        assert new[summary].uid == event.uid and new[summary].sequence > event.sequence
    assert {event.uid for event in events(before)}.isdisjoint(event.uid for event in events(before, "2/3"))
    assert len({event.uid for event in events(after)}) == 3


def test_nothing_that_was_told_is_in_it() -> None:
    told = dossier(NUMBERED, **{**WHOLE, **dict.fromkeys(FREE_TEXTS, HOSTILE)})
    assert deadlines_ics(told, ID) == deadlines_ics(dossier(NUMBERED, **WHOLE), ID)


def test_without_a_deadline_there_is_no_event() -> None:
    assert events(dossier()) == []


def aware_at(moment: datetime) -> Dossier:
    """A breach of which the practice became aware then."""
    told = {**WHOLE, "connaissance": moments.instant(moment).text(), "decouverte": None}
    return dossier(NUMBERED, moment + timedelta(hours=1), **told)


def due(told: Dossier) -> datetime:
    """When the calendar has the notification, in UTC."""
    found = next(event for event in events(told) if event.summary.startswith("Notification"))
    return found.start.astimezone(timezone.utc)


@given(st.integers(0, 5 * 366 * 24 * 60))
def test_an_event_is_at_the_instant_of_its_deadline_whatever_the_season(minutes: int) -> None:
    aware = datetime(2025, 1, 1, tzinfo=timezone.utc) + timedelta(minutes=minutes)
    assert due(aware_at(aware)) == aware + timedelta(hours=72)


@pytest.mark.parametrize("hour", [0, 1])
def test_the_hour_that_comes_twice_is_told_apart(hour: int) -> None:
    # On 25 October 2026, 2:30 in Paris is both 0:30 and 1:30 UTC.
    due_at = datetime(2026, 10, 25, hour, 30, tzinfo=timezone.utc)
    assert due(aware_at(due_at - timedelta(hours=72))) == due_at
