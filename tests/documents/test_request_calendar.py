"""The calendar file of a request, read again."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from icalendar import Calendar, Event

from bot.clock import french_date
from bot.compliance.requests import Dossier
from bot.documents import request_deadlines_ics, wording
from tests.documents.requests import DOSSIERS, NOW, followed

ID = "1/3/2026-11-21T09:00:00+01:00"
each_dossier = pytest.mark.parametrize("told", DOSSIERS.values(), ids=DOSSIERS)


def events(told: Dossier, identity: str = ID) -> list[Event]:
    return list(Calendar.from_ical(request_deadlines_ics(told, identity)).events)


@each_dossier
def test_each_deadline_is_an_event_on_its_day_or_at_its_time(told: Dossier) -> None:
    every = [*([told.not_before] if told.not_before else []), *told.deadlines]
    found = events(told)
    assert [event.start for event in found] == [one.day or one.due for one in every]
    for event, deadline in zip(found, every, strict=True):
        assert wording.readable(deadline.label) in event.summary
        assert wording.readable(deadline.text) in event.description
        if deadline.day:
            assert wording.readable(f"Au plus tard le {french_date(deadline.day)}.") in event.description


def test_a_whole_day_is_a_date_and_hours_are_those_of_paris() -> None:
    ics = request_deadlines_ics(DOSSIERS["copy of a record"], ID).decode()
    assert "DTSTART;VALUE=DATE:20261110" in ics and "DTSTART;VALUE=DATE:20261202" in ics
    assert "DTSTART;TZID=Europe/Paris:20261104T100000" in ics
    assert "BEGIN:VTIMEZONE\r\nTZID:Europe/Paris" in ics
    assert "VTIMEZONE" not in request_deadlines_ics(DOSSIERS["erasure refused"], ID).decode()


def test_what_is_left_to_answer_rings_and_what_is_answered_does_not() -> None:
    (event,) = events(DOSSIERS["erasure refused"])
    day = datetime(2026, 12, 2)  # noqa: DTZ001 – an all-day event has no zone
    rings = [day + alarm.TRIGGER for alarm in event.walk("VALARM")]
    assert [f"{at:%d %H:%M}" for at in rings] == ["29 09:00", "01 09:00", "02 09:00"]
    for event in events(followed()):
        assert event.walk("VALARM") == []
        assert (
            event.summary.startswith("Fait") is isinstance(event.start, date)
            and not isinstance(event.start, datetime)
        ) or event.summary.startswith("Temps de réflexion")


def test_an_event_keeps_its_uid_and_no_other_request_or_breach_has_it() -> None:
    before = events(DOSSIERS["copy of a record"])
    late = events(DOSSIERS["late"])
    assert [event.uid for event in before] == [event.uid for event in late]
    assert all(new.sequence > old.sequence for old, new in zip(before, late, strict=True))
    other = events(DOSSIERS["copy of a record"], "1/4/2026-11-21T09:00:00+01:00")
    assert {event.uid for event in before}.isdisjoint(event.uid for event in other)


def test_nothing_that_was_told_is_in_the_calendar() -> None:
    ics = request_deadlines_ics(DOSSIERS["hostile texts"], ID).decode()
    assert "panic" not in ics and "D-2026-04" not in ics and "Durand" not in ics
    assert timedelta(0) < DOSSIERS["late"].now - NOW


def test_a_request_without_a_clock_has_an_empty_calendar() -> None:
    assert events(DOSSIERS["insurer"]) == [] and events(DOSSIERS["nothing told"]) == []
