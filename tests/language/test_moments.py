"""When something happened, as people say it, on Tuesday 24 November 2026 at half past ten."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import PARIS
from bot.compliance.moments import Moment
from bot.language.moments import find_moment

NOW = datetime(2026, 11, 24, 10, 30, tzinfo=PARIS)
MONTHS = [
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
    "novembre", "décembre",
]  # fmt: skip
WEEKDAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
DAYS_OF_A_YEAR = st.integers(0, 364).map(lambda back: NOW.date() - timedelta(back))


def told(moment: Moment | None) -> str | None:
    """The moment as the tables below write it."""
    if moment is None:
        return None
    said = moment.at.strftime("%H:%M") if moment.at else moment.part
    return f"{moment.day} {said}" if said else str(moment.day)


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("hier", "2026-11-23"),
        ("hié vers 18h", "2026-11-23 18:00"),
        ("ier aprem", "2026-11-23 apres_midi"),
        ("avan yer o soir", "2026-11-22 soir"),
        ("avant-hier dans la soirée", "2026-11-22 soir"),
        ("c'est pas aujourd'hui c'est avant-hier", "2026-11-22"),
        ("aujourd'hui à 7 h 45", "2026-11-24 07:45"),
        ("auj 9h", "2026-11-24 09:00"),
        ("tout à l'heure vers 10h", "2026-11-24 10:00"),
        ("ce matin vers huit heures et demie", "2026-11-24 08:30"),
        ("hier midi", "2026-11-23 midi"),
        ("hier midi, vers 1h", "2026-11-23 13:00"),
        ("hier vers midi et demi", "2026-11-23 12:30"),
        ("hier après-midi vers 3 heures", "2026-11-23 15:00"),
        ("hier à 9h du soir", "2026-11-23 21:00"),
        ("hier soir onze heures moins le quart", "2026-11-23 22:45"),
        ("hier à minuit", "2026-11-24 00:00"),
        ("hier à minuit et demi", "2026-11-24 00:30"),
        ("aujourd'hui à minuit", "2026-11-24 00:00"),
        ("hier à minuit moins le quart", "2026-11-23 23:45"),
        ("cette nuit vers 23h", "2026-11-23 23:00"),
        ("20h10 hier", "2026-11-23 20:10"),
        ("hier à une heure du matin", "2026-11-23 01:00"),
        ("hier pendant une heure", "2026-11-23"),
        ("hier, ça a duré 3 heures", "2026-11-23"),
        ("hier entre 8h et 9h", "2026-11-23"),
        ("j'ai perdu le téléphone avant-hier et je l'ai vu hier à 8 h", "2026-11-23 08:00"),
    ],
)
def test_a_near_day_is_told(said: str, moment: str) -> None:
    assert told(find_moment(said, NOW)) == moment


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("lundi", "2026-11-23"),
        ("mardi passé", "2026-11-17"),
        ("ce mardi à 9h", "2026-11-24 09:00"),
        ("mardi à 17h", "2026-11-17 17:00"),
        ("mardi soir", "2026-11-17 soir"),
        ("lundi de la semaine dernière", "2026-11-16"),
        ("la semaine dernière, mercredi", "2026-11-18"),
        ("samedi qui vient de passer", "2026-11-21"),
        ("jedi soir", "2026-11-19 soir"),
        ("dimench", "2026-11-22"),
        ("merc dernier", "2026-11-18"),
        ("lun matin", "2026-11-23 matin"),
        ("samedi, puisque hier c'était fermé", "2026-11-21"),
        ("vend 20 nov 18h30", "2026-11-20 18:30"),
        ("c'était vendredi vers 18h, non plutôt samedi", "2026-11-21"),
        ("mon mari l'a vu lundi", "2026-11-23"),
        ("j'ai reçu 3 mails lundi", "2026-11-23"),
    ],
)
def test_a_weekday_is_the_last_one_gone_by(said: str, moment: str) -> None:
    assert told(find_moment(said, NOW)) == moment


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("le 12 à 14h30", "2026-11-12 14:30"),
        ("le 30", "2026-10-30"),
        ("samedi 7 au matin", "2026-11-07 matin"),
        ("vendredi 13", "2026-11-13"),
        ("lun 16", "2026-11-16"),
        ("vendredi 20 février", "2026-02-20"),
        ("le 16 du mois dernier", "2026-10-16"),
        ("le 5 avril dernier", "2026-04-05"),
        ("le 3 mars de l'année dernière", "2025-03-03"),
        ("le 3 mars 25 à 8h", "2025-03-03 08:00"),
        ("le 9 décembre", "2025-12-09"),
        ("le 29 février", "2024-02-29"),
        ("le 1 er novembre", "2026-11-01"),
        ("17 sept", "2026-09-17"),
        ("le 3 setembre", "2026-09-03"),
        ("le vingt et un novembre à dix-huit heures trente", "2026-11-21 18:30"),
        ("12/11/2026 08:15", "2026-11-12 08:15"),
        ("le 12.11 à 8h", "2026-11-12 08:00"),
        ("le 21-10 à 9h", "2026-10-21 09:00"),
        ("2026-11-12", "2026-11-12"),
        ("31/12", "2025-12-31"),
        ("03/11 15 patients concernés", "2026-11-03"),
        ("à la Toussaint", "2026-11-01"),
        ("Noël 2024", "2024-12-25"),
        ("le 2 juin 1998", "1998-06-02"),
        ("le lundi de Pâques", "2026-04-06"),
        ("la Pentecôte 2025", "2025-06-08"),
        ("le soir du réveillon de Noël", "2025-12-24 soir"),
        ("le lendemain de Noël", "2025-12-26"),
        ("la veille de la Toussaint", "2026-10-31"),
        ("dans la nuit du 14 au 15", "2026-11-14 nuit"),
        ("dans la nuit de vendredi à samedi vers 2 h", "2026-11-21 02:00"),
        ("dans la nuit de vendredi à samedi vers 23 h", "2026-11-20 23:00"),
    ],
)
def test_a_date_is_the_last_one_gone_by(said: str, moment: str) -> None:
    assert told(find_moment(said, NOW)) == moment


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("y'a 3 j", "2026-11-21"),
        ("ça va faire une semaine", "2026-11-17"),
        ("il y a une dizaine de jours", "2026-11-14"),
        ("il y a trois mois", "2026-08-24"),
        ("il y a une demi-heure", "2026-11-24 10:00"),
        ("il y a un quart d'heure", "2026-11-24 10:15"),
        ("il y a kinze jours", "2026-11-09"),
        ("y a trois quarts d'heure", "2026-11-24 09:45"),
        ("il y a 1h30", "2026-11-24 09:00"),
        ("il y a 72 heures", "2026-11-21 10:30"),
        ("il y a trois jours vers 15h", "2026-11-21 15:00"),
        ("à 8h", "2026-11-24 08:00"),
        ("vers 22h", "2026-11-23 22:00"),
    ],
)
def test_time_is_counted_back_from_now(said: str, moment: str) -> None:
    assert told(find_moment(said, NOW)) == moment


@pytest.mark.parametrize(
    "said",
    [
        "", "bonjour", "aucune idée", "récemment", "3 patients", "06 12 34 56 78", "en octobre", "fin août",
        "ce week-end", "le week-end du 14", "la semaine du 9 novembre", "pendant les vacances de Noël",
        "avant Noël", "le 06 12 34 56 78", "il y a quelques jours", "y a 2/3 jours", "il y a deux ou trois jours",
        "il y a plus d'un mois", "il y a un an et demi", "lundi ou mardi", "du 3 au 5 novembre", "le 5 ou le 6", "tous les lundis", "au 12 rue Pasteur",
        "un samedi à 8h", "marie l'a vu",
        "je ferme à 19h d'habitude, et depuis je ne sais plus du tout",
    ],
)  # fmt: skip
def test_what_is_too_vague_is_no_moment(said: str) -> None:
    assert find_moment(said, NOW) is None


@pytest.mark.parametrize(
    "said",
    [
        "demain", "demain à 9h", "dans 2 h", "lundi prochain", "dimanche en huit à 9h", "ce soir",
        "aujourd'hui à 18h", "le 24 novembre à 18h", "le 15 décembre 2026", "31/12/2030",
    ],
)  # fmt: skip
def test_what_is_to_come_is_no_moment(said: str) -> None:
    assert find_moment(said, NOW) is None


@pytest.mark.parametrize(
    "said",
    [
        "31 avril",
        "le 32/01",
        "29/02/2025 à 9h",
        "le 30 février vers midi",
        "la veille du 1er janvier 0001",
        "Pâques 9999",
    ],
)
def test_a_date_that_no_calendar_has_is_no_moment(said: str) -> None:
    assert find_moment(said, NOW) is None


@given(st.integers(1, 364))
def test_days_ago_come_back(back: int) -> None:
    assert find_moment(f"il y a {back} jours", NOW) == Moment(NOW.date() - timedelta(back))


@given(DAYS_OF_A_YEAR, st.integers(0, 23), st.integers(0, 59))
def test_a_day_and_its_month_come_back_in_every_form(day: date, hour: int, minute: int) -> None:
    for said in (f"le {day.day} {MONTHS[day.month - 1]}", f"{day.day}/{day.month}", f"{day:%d/%m/%Y}"):
        assert find_moment(said, NOW) == Moment(day), said
        at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=PARIS)
        moment = find_moment(f"{said} à {hour} h {minute:02}", NOW)
        if at > NOW:
            assert moment is None
        # An hour that the clocks skip is told as it comes out of UTC.
        elif at.astimezone(timezone.utc).astimezone(PARIS).hour == hour:
            assert moment == Moment(day, at), said


@given(DAYS_OF_A_YEAR, st.sampled_from(["matin", "après-midi", "soir"]))
def test_a_part_of_the_day_comes_back(day: date, part: str) -> None:
    if day < NOW.date():
        moment = find_moment(f"le {day.day} {MONTHS[day.month - 1]} au {part}", NOW)
        assert moment == Moment(day, None, part.replace("après-midi", "apres_midi"))


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)), st.integers(0, 6))  # noqa: DTZ001
def test_the_last_weekday_is_within_the_week_before(when: datetime, weekday: int) -> None:
    now = when.replace(tzinfo=PARIS)
    moment = find_moment(f"{WEEKDAYS[weekday]} dernier", now)
    assert moment is not None
    assert moment.day.weekday() == weekday
    assert 1 <= (now.date() - moment.day).days <= 7


WORDS = st.sampled_from(
    [
        *WEEKDAYS, *MONTHS, "hier", "demain", "dernier", "prochain", "il y a", "ce soir", "cette nuit", "minuit", "midi",
        "le", "du", "au", "de", "à", "et", "non", "la veille de", "Noël", "Pâques", "h", "h 30", "jours", "ans", "mois", "heures",
        "moins le quart", "et demie", "nuit de", "12/11", "2026-11-30", "00/00/0000", "9999", "0", "1", "un", "31", "24", "72",
    ]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(WORDS, max_size=8).map(" ".join)))
def test_any_text_is_read_and_none_tells_the_future(text: str) -> None:
    moment = find_moment(text, NOW)
    if moment is not None:
        assert moment.day <= NOW.date()
        assert moment.at is None or (moment.at <= NOW and moment.at.date() == moment.day)
        assert moment.at is None or moment.part is None


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("said", "now", "at"),
    [
        # In October the clocks go back from 3 to 2 h: half past two is twice, and the first is meant.
        ("cette nuit à 2h30", "2026-10-25T09:00", "2026-10-25T00:30"),
        ("cette nuit à 3h30", "2026-10-25T09:00", "2026-10-25T02:30"),
        ("il y a 8 heures", "2026-10-25T09:00", "2026-10-25T00:00"),
        ("hier à 9h", "2026-10-26T09:00", "2026-10-25T08:00"),
        ("il y a 24 heures", "2026-10-25T09:00", "2026-10-24T08:00"),
        # In March they go from 2 to 3 h: half past two is never, and said for half past three.
        ("cette nuit à 2h30", "2026-03-29T09:00", "2026-03-29T01:30"),
        ("il y a 8 heures", "2026-03-29T09:00", "2026-03-28T23:00"),
        ("hier à 9h", "2026-03-29T09:00", "2026-03-28T08:00"),
    ],
)
def test_hours_are_those_of_the_clocks_of_paris_when_they_change(said: str, now: str, at: str) -> None:
    moment = find_moment(said, datetime.fromisoformat(now).replace(tzinfo=PARIS))
    assert moment is not None
    assert moment.at is not None
    assert moment.at.tzinfo is PARIS
    assert moment.at.astimezone(timezone.utc) == utc(at)
    # As the clocks show it, and so never an hour that they skip.
    assert moment.at.hour == utc(at).astimezone(PARIS).hour


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("ce matin la fenêtre était forcée", "2026-11-24 matin"),
        ("à 7 h 15 ce matin la remplaçante a trouvé le bureau ouvert", "2026-11-24 07:15"),
        ("plus rien depuis vendredi, le dépanneur est passé lundi", "2026-11-20"),
        ("dimanche à l'apéro", "2026-11-22 soir"),
    ],
)
def test_the_first_day_of_a_trouble_is_told_in_a_story(said: str, moment: str) -> None:
    assert told(find_moment(said, NOW)) == moment
