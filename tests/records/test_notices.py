"""Versions of notices are kept as they were made, with the day since when they are in place."""

from __future__ import annotations

from datetime import date, timedelta

from bot.compliance.notices import Version
from bot.records import Records
from tests.records.conftest import NOW, Open, SetClock

FIRST = (("Qui", ("Dr Durand", "12 rue des Lilas")), ("Droits", ("Lire",)))
SECOND = (("Qui", ("Dr Durand", "9 avenue Foch")),)


def test_what_was_made_comes_back_after_a_restart(open_records: Open, clock: SetClock) -> None:
    with open_records().unit() as unit:
        practice = unit.practices.only()
        assert unit.notices.keep(practice, "affiche", FIRST) == 1
        clock.time += timedelta(days=1)
        assert unit.notices.keep(practice, "affiche", SECOND) == 2
        assert unit.notices.keep(practice, "site", FIRST) == 1
    with open_records().unit() as unit:
        kept = unit.notices.all(practice)
    later = NOW + timedelta(days=1)
    assert kept == {
        "affiche": (Version(1, FIRST, NOW), Version(2, SECOND, later)),
        "site": (Version(1, FIRST, later),),
    }


def test_what_says_the_same_is_no_new_version_but_what_comes_back_is(records: Records, practice: int) -> None:
    with records.unit() as unit:
        numbers = [
            unit.notices.keep(practice, "affiche", content)
            for content in (FIRST, FIRST, SECOND, FIRST, FIRST)
        ]
    assert numbers == [1, 1, 2, 3, 3]


def test_since_when_it_is_in_place_is_noted_and_corrected(records: Records, practice: int) -> None:
    with records.unit() as unit:
        unit.notices.keep(practice, "affiche", FIRST)
        unit.notices.display(practice, "affiche", 1, date(2026, 11, 20))
        unit.notices.display(practice, "affiche", 1, date(2026, 11, 23))
    with records.unit() as unit:
        (version,) = unit.notices.all(practice)["affiche"]
        assert version.displayed_on == date(2026, 11, 23)
        unit.notices.display(practice, "affiche", 1, None)
    with records.unit() as unit:
        assert unit.notices.all(practice)["affiche"][0].displayed_on is None


def test_a_practice_reads_its_own_notices_only(records: Records, practice: int) -> None:
    with records.unit() as unit:
        unit.notices.keep(practice, "affiche", FIRST)
        assert unit.notices.all(practice + 1) == {}
