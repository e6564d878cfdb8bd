"""Which days a text names: « avant-hier », « samedi 14 », « il y a trois mois », « la veille de Noël »."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone

from dateutil.easter import easter  # type: ignore[import-untyped]
from dateutil.relativedelta import relativedelta  # type: ignore[import-untyped]

from bot.language.normal import lexicon, wordings
from bot.language.spoken import any_of

#: How surely a day is meant: that a date names it, that it is near, its weekday, « tout à l'heure ».
_DATE, _NEAR, _WEEKLY, _VAGUELY = 4, 3, 2, 1
#: A 29 February comes back within so many days; other days of a month within a year.
_EIGHT_YEARS, _YEAR = 8 * 366, 366
#: Other years are mistyped.
_YEARS = range(1900, 2200)
_WEEKDAYS, _MONTHS = wordings("jours"), wordings("mois")
_SPANS = {
    "minute": "minutes", "h": "hours", "jour": "days", "semaine": "weeks", "mois": "months", "an": "years",
}  # fmt: skip
_PART, _UNIT, _WEEKDAY_NAME, _MONTH = map(any_of, ("parties_du_jour", "unites", "jours", "mois"))
#: After « du 14 », tells that a day is meant, not a number.
_NO_NUMBER = rf"(?: [,.()]| {_PART}\b| (?:a|au|et|ou) (?!\d+ {_UNIT}\b)|$)"

_DATED = re.compile(
    rf"(?<!\S)(?P<day>\d{{1,2}})(?:er)?[/ _](?P<month>(?<=/)\d{{1,2}}|{_MONTH})"
    rf"(?:(?:/|(?<=[a-z]) )(?P<year>\d{{4}}|\d{{2}})(?!\S)(?! {_UNIT}\b)"
    rf"| de l (?:an|annee) (?P<last_year>dernier|passe))?(?!\S)(?! {_UNIT}\b)"
)
_OF_MONTH = re.compile(
    rf"(?:\ble |(?:(?<=\bdu )|(?<=\bau ))(?=\d+(?:er)?{_NO_NUMBER})|\b(?P<weekday>{_WEEKDAY_NAME}) )"
    r"(?P<day>\d{1,2})(?:er)?(?!\S)"
    r"(?P<last_month> du mois (?:dernier|passe)\b)?"
    rf"(?! (?:{_MONTH}|{_UNIT}|fois|patients?|personnes?)\b| %| \d{{1,2}} \d)"
)
_WEEKDAY = re.compile(
    rf"(?<!\bun )(?<!\bchaque )(?<!\bles )(?<!\bdes )\b(?P<weekday>{_WEEKDAY_NAME})\b"
    rf"(?: {_PART}\b)?(?! (?:prochain|en (?:8|15)|qui vient(?! de))\b)(?: (?P<last>dernier|passe)\b)?"
)
_LAST_WEEK = re.compile(r"\bsemaine (?:dernier|passe|d avant)\b|\bde l autre semaine\b")
# « Ce matin-là », and not « ce matin la porte était ouverte ».
_THAT = rf" la(?:$| [,.]| (?:{'|'.join(wordings('pronoms'))})\b)"
_NEARBY = re.compile(
    r"\b(?:(?P<before>avanthier)|(?P<yesterday>hier)|(?P<vague>tout a l heure|a l instant)"
    rf"|aujourdhui|nuit dernier|(?:ce|cet|cette) (?:jour|{_PART}))\b(?!{_THAT})"
)
_AGO = re.compile(
    rf"\b{any_of('il_y_a')}(?: (?!\d|moins\b|plus\b|un)\w+){{0,3}}? (?P<count>\d{{1,3}})(?: de?)?"
    rf" (?P<unit>{'|'.join(_SPANS)})\b(?P<half> et demie?\b)?(?:(?<= h) (?P<minutes>\d{{2}})\b)?"
)
_FEAST = re.compile(rf"\b(?P<name>{any_of('paques')})\b(?: (?P<year>\d{{4}})\b)?")
_SHIFT = re.compile(rf"\b({any_of('decalages')})(?: (?:de|du|d|la|le|l)){{0,2}} $")
_VAGUE = re.compile(rf"\b{any_of('jour_vague')}(?: (?:la|le|l))? $")


@dataclass(frozen=True)
class Day:
    """A day that a text names: where, which, and how surely it is meant (more is surer).

    `value` is None when no calendar has it; `at` is the instant when one was said: « il y a deux heures ».
    `again` is after how many days it comes back, if it does; `night` is the one from this day to the next.
    """

    start: int
    end: int
    rank: int
    value: date | None
    at: datetime | None = None
    again: int = 0
    night: bool = False


def days(words: str, now: datetime) -> list[Day]:
    """The days that a spoken text names, in its order, those of no calendar and those to come included.

    `now` is aware. Of a day without its year the last one gone by is meant.
    """
    today = now.date()
    found = [*_dates(words, today), *_feasts(words, today), *_near(words, now), *_weekdays(words, today)]
    longest = [one for one in found if not any(_yields(one, other) for other in found)]
    precise = [one for one in longest if not _VAGUE.search(words[: one.start])]
    return sorted((_shifted(words, one) for one in precise), key=lambda one: one.start)


def _dates(words: str, today: date) -> Iterator[Day]:
    """« 14/11 », « 14 novembre 2026 », « samedi 14 »."""
    for said in _DATED.finditer(words):
        month = _MONTHS.index(said["month"]) + 1 if said["month"] in _MONTHS else int(said["month"])
        year = str(today.year - 1) if said["last_year"] else said["year"]
        yield Day(said.start(), said.end(), _DATE, _dated(int(said["day"]), month, year, today))
    for said in _OF_MONTH.finditer(words):
        yield Day(said.start(), said.end(), _DATE, _of_month(said, today))


def _dated(day: int, month: int, year: str | None, today: date) -> date | None:
    """That day of that year, or else the last one gone by; None when no calendar has it."""
    if not year:
        return _last(today, _EIGHT_YEARS, lambda one: (one.day, one.month) == (day, month))
    full = int(year) + (2000 if len(year) == 2 else 0)
    try:
        return date(full, month, day) if full in _YEARS else None
    except ValueError:
        return None


def _last(today: date, back: int, meant: Callable[[date], bool]) -> date | None:
    """The last day gone by that is meant, of so many; None when there is none."""
    return next((one for one in (today - timedelta(ago) for ago in range(back)) if meant(one)), None)


def _of_month(said: re.Match[str], today: date) -> date | None:
    """The last such day of a month, on the weekday that is said if there lately was one."""
    until = today.replace(day=1) - timedelta(1) if said["last_month"] else today
    number, weekday = int(said["day"]), said["weekday"]
    matching = _last(until, _YEAR, lambda one: one.day == number and _WEEKDAYS[one.weekday()] == weekday)
    return matching or _last(until, _YEAR, lambda one: one.day == number)


def _feasts(words: str, today: date) -> Iterator[Day]:
    """Easter and what is reckoned from it."""
    feasts: Mapping[str, int] = lexicon()["paques"]  # type: ignore[assignment]
    for said in _FEAST.finditer(words):
        years = [int(said["year"])] if said["year"] else [today.year, today.year - 1]
        found = [easter(year) + timedelta(feasts[said["name"]]) for year in years if year in _YEARS]
        value = next((one for one in found if said["year"] or one <= today), None)
        yield Day(said.start(), said.end(), _DATE, value)


def _near(words: str, now: datetime) -> Iterator[Day]:
    """« Hier », « cette nuit », « il y a trois jours », « il y a deux heures »."""
    for said in _NEARBY.finditer(words):
        back = 2 if said["before"] else 1 if said["yesterday"] else 0
        rank = _VAGUELY if said["vague"] else _NEAR
        yield Day(said.start(), said.end(), rank, now.date() - timedelta(back))
    for said in _AGO.finditer(words):
        timed = said["unit"] in ("h", "minute")
        if said["half"] and not timed:
            continue
        minutes = 30 if said["half"] else int(said["minutes"] or 0)
        span = relativedelta(**{_SPANS[said["unit"]]: int(said["count"])}) + relativedelta(minutes=minutes)
        at = (now.astimezone(timezone.utc) - span).astimezone(now.tzinfo) if timed else None
        yield Day(said.start(), said.end(), _NEAR, at.date() if at else now.date() - span, at)


def _weekdays(words: str, today: date) -> Iterator[Day]:
    for said in _WEEKDAY.finditer(words):
        name = _WEEKDAYS.index(said["weekday"])
        back = (today.weekday() - name) % 7 or (7 if said["last"] else 0)
        if _LAST_WEEK.search(words):
            back = today.weekday() + 7 - name
        yield Day(said.start(), said.end(), _WEEKLY, today - timedelta(back), again=0 if back else 7)


def _yields(one: Day, other: Day) -> bool:
    """Whether the other is the longer wording of what overlaps."""
    wider = other.end - other.start > one.end - one.start
    return wider and other.start < one.end and one.start < other.end


def _shifted(words: str, day: Day) -> Day:
    """« La veille de Noël », « le lendemain du 14 juillet »."""
    shift = _SHIFT.search(words[: day.start])
    shifts: Mapping[str, int] = lexicon()["decalages"]  # type: ignore[assignment]
    if not shift or not day.value:
        return day
    return replace(day, start=shift.start(), value=day.value + timedelta(shifts[shift[1]]))
