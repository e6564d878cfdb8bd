"""Dates as people say them, on Tuesday 24 November 2026."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.dates import NoSuchDate, coarse, find

TODAY = date(2026, 11, 24)
MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("15/12/2026", "2026-12-15"),
        ("le 15/12/2026 au matin", "2026-12-15"),
        ("15/12/26", "2026-12-15"),
        ("15.12.2026", "2026-12-15"),
        ("5/1/2027", "2027-01-05"),
        ("05/01/2027", "2027-01-05"),
        ("2026-12-01", "2026-12-01"),
        ("2026-05-06", "2026-05-06"),
        ("15 décembre 2026", "2026-12-15"),
        ("15 decembre 2026", "2026-12-15"),
        ("15 DÉCEMBRE 2026", "2026-12-15"),
        ("1er janvier 2027", "2027-01-01"),
        ("le 3 mars 2026", "2026-03-03"),
        ("29 février 2028", "2028-02-29"),
        ("29/02/2028", "2028-02-29"),
    ],
)
def test_a_whole_date_is_read_day_first(said: str, day: str) -> None:
    assert find(said, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("15 décembre", "2026-12-15"),
        ("15/12", "2026-12-15"),
        ("24 novembre", "2026-11-24"),
        ("25/11", "2026-11-25"),
        ("23 novembre", "2027-11-23"),
        ("le 3 mars", "2027-03-03"),
        ("01/02", "2027-02-01"),
        ("1er janvier", "2027-01-01"),
        ("15 aout", "2027-08-15"),
    ],
)
def test_a_date_without_its_year_is_the_next_one(said: str, day: str) -> None:
    assert find(said, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("aujourd'hui", "2026-11-24"),
        ("aujourd’hui même", "2026-11-24"),
        ("demain", "2026-11-25"),
        ("Demain matin", "2026-11-25"),
        ("après-demain", "2026-11-26"),
        ("après demain", "2026-11-26"),
        ("apres demain", "2026-11-26"),
        ("dans 15 jours", "2026-12-09"),
        ("dans quinze jours", "2026-12-09"),
        ("dans dix jours", "2026-12-04"),
        ("dans un jour", "2026-11-25"),
        ("dans une semaine", "2026-12-01"),
        ("dans deux semaines", "2026-12-08"),
        ("dans un mois", "2026-12-24"),
        ("dans trois mois", "2027-02-24"),
        ("dans un an", "2027-11-24"),
        ("dans deux ans", "2028-11-24"),
    ],
)
def test_a_day_from_today_is_counted(said: str, day: str) -> None:
    assert find(said, TODAY) == date.fromisoformat(day)


def test_a_month_from_the_31st_is_the_last_day_of_a_shorter_month() -> None:
    assert find("dans un mois", date(2027, 1, 31)) == date(2027, 2, 28)


@pytest.mark.parametrize(
    "said",
    [
        "31 février", "30 février 2027", "29 février 2027", "29/02/2027", "31/04/2027", "31 avril",
        "31 juin 2027",
        "32/01/2027", "00/12/2026", "2027-02-30", "2027-13-01", "15/13/2026", "12/25/2026", "31/11", "0 mars",
    ],
)  # fmt: skip
def test_a_date_that_no_calendar_has_is_told_and_not_moved(said: str) -> None:
    with pytest.raises(NoSuchDate):
        find(said, TODAY)


def test_the_29th_of_february_without_its_year_is_never_another_day() -> None:
    assert find("29 février", TODAY) == date(2028, 2, 29)
    assert find("29/02", date(2096, 3, 1)) == date(2104, 2, 29)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "bonjour",
        "bientôt",
        "je ne sais pas",
        "3 patients",
        "la semaine des quatre jeudis",
        "0612345678",
        "en 2027",
    ],
)
def test_what_names_no_day_is_none(said: str) -> None:
    assert find(said, TODAY) is None


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_every_day_is_read_in_every_form(day: date) -> None:
    for said in (
        day.isoformat(),
        day.strftime("%d/%m/%Y"),
        f"{day.day}/{day.month}/{day.year}",
        f"le {day.day} {MONTHS[day.month - 1]} {day.year}",
    ):
        assert find(said, TODAY) == day, said


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("c'était en 2021", "2021"),
        ("avril 2022 je crois", "2022-04"),
        ("03/2022", "2022-03"),
        ("il y a quatre ans", "2022"),
        ("l'année dernière", "2025"),
        ("le 4 avril 2022", None),
        ("04/04/2022", None),
        ("entre 2019 et 2021", None),
        ("je ne sais pas", None),
    ],
)
def test_what_tells_no_day_gives_its_month_or_its_year(said: str, told: str | None) -> None:
    assert coarse(said, TODAY) == told
