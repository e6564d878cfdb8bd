"""The clocks of a request: the RGPD's month, its extension and suspension, and the medical record's own periods."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import PARIS
from bot.compliance.deadlines import after_months, end_of, holidays, working_day
from bot.compliance.moments import Moment, instant
from bot.compliance.requests import Dossier, FollowUp, RequestDeadline, Step
from tests.compliance.requests import NOW, REQUESTS, dossier

#: Since the RGPD applies.
DAYS = st.dates(date(2018, 5, 25), date(2060, 12, 31))
RECORD: dict[str, object] = {
    "droit": "copie",
    "qui": "patient",
    "traitement": "dossier",
    "anciennete": "recentes",
}
OTHER: dict[str, object] = {"droit": "copie", "qui": "patient", "traitement": "facturation"}
WORDS = REQUESTS.clocks.words


def clock(found: Dossier, name: str) -> RequestDeadline:
    (one,) = [one for one in found.deadlines if one.id == name]
    return one


def month(
    received: date, record: FollowUp | None = None, now: datetime = NOW, **more: object
) -> RequestDeadline:
    told = {**OTHER, **more}
    return clock(dossier(record or FollowUp(), now, recue=received.isoformat(), **told), "mois")


def step(kind: str, day: date) -> Step:
    return Step(kind, Moment(day))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("received", "due"),
    [
        pytest.param("2026-11-02", "2026-12-02", id="a plain month"),
        pytest.param("2025-03-05", "2025-04-07", id="5 March to 5 April, a Saturday: Monday"),
        pytest.param("2026-08-31", "2026-09-30", id="31 August, no 31 September"),
        pytest.param("2027-01-31", "2027-03-01", id="31 January, to 28 February, a Sunday: Monday"),
        pytest.param("2028-01-31", "2028-02-29", id="31 January in a leap year"),
        pytest.param("2028-01-29", "2028-02-29", id="29 January in a leap year"),
        pytest.param("2027-01-29", "2027-03-01", id="29 January otherwise: 28 February, a Sunday"),
        pytest.param("2028-02-29", "2028-03-29", id="from a 29 February"),
        pytest.param("2026-04-01", "2026-05-04", id="1 May, a Friday: Monday"),
        pytest.param("2026-04-08", "2026-05-11", id="8 May, a Friday: Monday"),
        pytest.param("2026-04-14", "2026-05-15", id="Ascension, a Thursday: Friday"),
        pytest.param("2026-04-25", "2026-05-26", id="Whit Monday: Tuesday"),
        pytest.param("2026-03-06", "2026-04-07", id="Easter Monday: Tuesday"),
        pytest.param("2026-06-14", "2026-07-15", id="14 July: the day after"),
        pytest.param("2026-07-15", "2026-08-17", id="15 August, a Saturday: Monday"),
        pytest.param("2026-10-11", "2026-11-12", id="11 November: the day after"),
        pytest.param("2026-11-25", "2026-12-28", id="Christmas, a Friday: Monday"),
        pytest.param("2026-12-01", "2027-01-04", id="1 January, a Friday: Monday"),
        pytest.param("2026-12-31", "2027-02-01", id="through the year's end, a Sunday: Monday"),
    ],
)
def test_the_month_of_the_rgpd_ends_as_regulation_1182_71_has_it(received: str, due: str) -> None:
    assert month(date.fromisoformat(received)).day == date.fromisoformat(due)


def test_the_holidays_are_the_legal_ones() -> None:
    assert sorted(f"{day:%m-%d}" for day in holidays(2026)) == [
        "01-01", "04-06", "05-01", "05-08", "05-14", "05-25", "07-14", "08-15", "11-01", "11-11", "12-25",
    ]  # fmt: skip


@given(DAYS, st.integers(1, 3))
def test_a_period_in_months_bears_the_same_number_or_ends_with_its_month(day: date, months: int) -> None:
    last = after_months(day, months)
    assert (last.year * 12 + last.month) - (day.year * 12 + day.month) == months
    assert last.day == min(day.day, monthrange(last.year, last.month)[1])


@given(DAYS)
def test_the_month_ends_on_a_working_day_and_never_too_soon(day: date) -> None:
    found = month(day)
    assert found.day is not None
    assert found.day.weekday() < 5 and found.day not in holidays(found.day.year)
    exact = after_months(day, 1)
    # It is put off over days that are no working days only, and never further.
    assert exact <= found.day <= exact + timedelta(5)
    assert all(
        working_day(exact + timedelta(off)) == found.day for off in range((found.day - exact).days + 1)
    )
    assert (WORDS.postponed in found.remarks) is (found.day != exact)
    assert any("finit à son dernier jour" in one for one in found.remarks) is (exact.day != day.day)


@given(DAYS, DAYS)
def test_who_asks_later_is_answered_no_sooner(one: date, other: date) -> None:
    first, second = sorted((one, other))
    assert month(first).due <= month(second).due


@given(DAYS)
def test_a_period_in_days_ends_with_the_last_hour_of_paris(day: date) -> None:
    due = month(day).due
    assert due.tzinfo is PARIS and f"{due:%H:%M:%S}" == "23:59:59"
    assert end_of(day).date() == day


@given(DAYS, st.booleans())
def test_the_eight_days_are_calendar_days_whatever_they_end_on(day: date, extended: bool) -> None:
    record = FollowUp(steps=(step("prolongee", day + timedelta(2)),)) if extended else FollowUp()
    found = clock(dossier(record, recue=day.isoformat(), **RECORD), "huit_jours")
    assert found.day == day + timedelta(8) and not found.extended and not found.suspended


@given(DAYS)
def test_an_old_record_has_two_months_and_the_month_of_the_rgpd_comes_first(day: date) -> None:
    found = dossier(recue=day.isoformat(), **{**RECORD, "anciennete": "anciennes"})
    assert clock(found, "deux_mois").day == after_months(day, 2)
    assert found.deadline is not None and found.deadline.id == "mois"
    assert "À notre lecture" in clock(found, "deux_mois").note


@given(DAYS, st.integers(0, 23), st.integers(0, 59))
def test_nothing_is_handed_over_before_forty_eight_hours_have_passed(
    day: date, hour: int, minute: int
) -> None:
    utc = datetime(day.year, day.month, day.day, hour, minute, tzinfo=timezone.utc)
    found = dossier(recue=instant(utc).text(), **RECORD).not_before
    assert found is not None and found.earliest and not found.late(utc + timedelta(days=9))
    assert found.due.astimezone(timezone.utc) - utc == timedelta(hours=48)
    assert found.presumed == ""


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-10-23T20:00+02:00", "2026-10-25T19:00+01:00"),
        ("2027-03-26T20:00+01:00", "2027-03-28T21:00+02:00"),
        ("2026-12-24T20:00+01:00", "2026-12-26T20:00+01:00"),
    ],
)
def test_the_forty_eight_hours_pass_as_they_are_lived(received: str, due: str) -> None:
    found = dossier(recue=received, **RECORD).not_before
    assert found is not None and found.due.isoformat(timespec="minutes") == due


def test_of_a_day_without_its_hour_the_reflection_counts_from_its_end() -> None:
    found = dossier(recue="2026-11-02", **RECORD).not_before
    assert found is not None and found.due == datetime(2026, 11, 5, tzinfo=PARIS)
    assert found.presumed == WORDS.presumed


@given(DAYS)
def test_the_reflection_ends_before_the_eight_days_do(day: date) -> None:
    found = dossier(recue=day.isoformat(), **RECORD)
    assert found.not_before is not None and found.deadline is not None
    assert found.not_before.due < found.deadline.due


@given(DAYS, st.integers(0, 100))
def test_an_extension_counts_only_when_it_is_told_within_the_month(day: date, after: int) -> None:
    told = day + timedelta(after)
    plain, found = month(day), month(day, FollowUp(steps=(step("prolongee", told),)))
    assert plain.day is not None and found.day is not None
    in_time = told <= plain.day
    assert found.extended is in_time
    assert found.day == (working_day(after_months(day, 3)) if in_time else plain.day)
    assert (WORDS.extended if in_time else WORDS.extended_late) in found.remarks


def test_three_months_are_counted_from_the_reception_and_not_from_the_end_of_the_first() -> None:
    # 31 January + 1 month is 28 February; + 3 months is 30 April, not 28 April.
    told = FollowUp(steps=(step("prolongee", date(2027, 2, 10)),))
    assert month(date(2027, 1, 31), told).day == date(2027, 4, 30)


@given(DAYS, st.integers(0, 20), st.integers(0, 60))
def test_a_wait_for_the_identity_puts_it_off_but_the_shortest_stays_the_aim(
    day: date, asked: int, wait: int
) -> None:
    steps = (
        step("identite_demandee", day + timedelta(asked)),
        step("identite_recue", day + timedelta(asked + wait)),
    )
    plain, found = month(day), month(day, FollowUp(steps=steps))
    assert found.due == plain.due and not found.suspended
    assert plain.day is not None
    if wait == 0:
        assert found.suspended_due is None
    else:
        assert found.suspended_due == end_of(working_day(plain.day + timedelta(wait)))


@given(DAYS)
def test_while_the_identity_is_awaited_nothing_is_late(day: date) -> None:
    found = month(day, FollowUp(steps=(step("identite_demandee", day + timedelta(1)),)))
    assert found.suspended and WORDS.running in found.remarks
    assert not found.late(end_of(day + timedelta(400)))


@given(DAYS)
def test_asking_for_the_identity_once_the_month_is_over_changes_nothing(day: date) -> None:
    plain = month(day)
    assert plain.day is not None
    found = month(day, FollowUp(steps=(step("identite_demandee", plain.day + timedelta(1)),)))
    assert not found.suspended and found.late(end_of(plain.day + timedelta(1)))


@given(DAYS, st.integers(-3, 3))
def test_the_last_second_is_still_in_time(day: date, seconds: int) -> None:
    found = month(day)
    assert found.late(found.due + timedelta(seconds=seconds)) is (seconds > 0)


@given(DAYS, st.integers(0, 60))
def test_an_answer_in_time_meets_it_for_ever_and_a_late_one_never_does(day: date, after: int) -> None:
    answered = day + timedelta(after)
    found = month(day, FollowUp(steps=(step("accordee", answered),)))
    assert found.done and found.day is not None
    for now in (end_of(answered), end_of(day + timedelta(4000))):
        assert found.late(now) is (answered > found.day)


def test_without_a_day_of_reception_there_is_no_clock() -> None:
    for told in ("?", "-"):
        found = dossier(recue=told, **RECORD)
        assert found.deadlines == () and found.not_before is None and not found.late


@pytest.mark.parametrize("right", ["retrait", "directives"])
def test_a_guide_is_called_so_and_is_never_late(right: str) -> None:
    found = dossier(
        now=datetime(2027, 6, 1, tzinfo=PARIS), **{**OTHER, "droit": right, "traitement": "publication"}
    )
    assert found.deadline is not None and found.deadline.guide and not found.late
    assert "repère" in found.deadline.text
