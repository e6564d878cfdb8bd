"""When something happened, as people say it: « avant-hier vers 22 h », « samedi 14 au matin »."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from bot.compliance.moments import Moment
from bot.language.days import Day, days
from bot.language.hours import Hour, hours, instant, part_of_day
from bot.language.normal import lexicon
from bot.language.spoken import any_of, spoken

#: In a longer text an hour without a day may be any day's.
_FEW_WORDS = 8
#: A text that names more days tells none.
_MANY = 12
_NOON, _MIDNIGHT = 12 * 60, 24 * 60
#: Between two days, makes them the ends of a range, or leaves the choice open.
_RANGE = re.compile(r"^ (?:et|ou(?: (?:bien|alors|peut etre))?|au|a|jusqu au|jusqu a)(?: (?:le|la))? $")
_NIGHT = re.compile(r"\bnuit (?:de|du|d|entre)(?: (?:le|la))? $")
#: Before the day on which it began, whatever came later.
_SINCE = re.compile(r"\bdepuis (?:le )?$")
_SOME_DAY = re.compile(rf"\b{any_of('autre_jour')}\b|\b{any_of('jours')}\b|\b{any_of('mois')}\b|\bmois\b")
_CORRECTION = re.compile(rf"\b{any_of('reprises')}\b")
_REASON = re.compile(rf"\b{any_of('raisons')}\b")


def find_moment(text: str, now: datetime) -> Moment | None:
    """The moment that a text tells, never in the future; None when it tells none, or too vaguely.

    `now` is an aware datetime in Europe/Paris. Of two days the surer is meant, then the later said.
    """
    words = spoken(text).text
    corrected = _CORRECTION.split(words)[-1]
    words = corrected if days(corrected, now) else words
    return _told(_REASON.split(words)[0], now) or _told(words, now)


def _told(words: str, now: datetime) -> Moment | None:
    named = days(words, now)
    if not named:
        return _last_gone_by(words, now)
    if len(named) > _MANY or any(one.value is None for one in named):
        return None
    told = _ranged(words, [one for one in named if one.value and one.value <= now.date()])
    return _moment(words, told, now) if told else None


def _last_gone_by(words: str, now: datetime) -> Moment | None:
    """The last time that it was the hour which a text says without a day."""
    said = hours(words)
    if len(said) != 1 or _SOME_DAY.search(words) or words.count(" ") >= _FEW_WORDS:
        return None
    return _on(Day(0, 0, 0, now.date(), again=1), said[0], part_of_day(words), now)


def _ranged(words: str, named: Sequence[Day]) -> list[Day]:
    """The days, of a night the one it begins on; none when they are the ends of a range."""
    kept = list(named[:1])
    for first, second in pairwise(named):
        if first.value == second.value or not _RANGE.search(words[first.end : second.start]):
            kept.append(second)
        elif second.value and _NIGHT.search(words[: first.start]):
            kept[-1] = replace(second, start=first.start, value=second.value - timedelta(1), night=True)
        else:
            return []
    return kept


def _moment(words: str, named: Sequence[Day], now: datetime) -> Moment | None:
    """The moment of the surest of the days, with the hour or the part of the day said of it."""
    surest = [one for one in named if one.rank == max(day.rank for day in named)]
    surest = [one for one in surest if _SINCE.search(words[: one.start])] or surest
    timed = [one for one in surest if hours(_said_of(words, one, named))]
    day = (timed or surest)[-1]
    if day.at and not timed:
        return Moment(day.at.date(), day.at)
    said = _said_of(words, day, named)
    anywhere = hours(words)
    heard = hours(said) or (anywhere if len(anywhere) == 1 else [])
    return _on(day, heard[0] if heard else None, part_of_day(said), now)


def _said_of(words: str, day: Day, named: Sequence[Day]) -> str:
    """What follows each name of the day up to the next day; then, of the first day, what comes before."""
    pairs = pairwise([*named, replace(day, start=len(words))])
    after = [words[one.start : following.start] for one, following in pairs if one.value == day.value]
    head = words[: named[0].start] if named[0].value == day.value else ""
    return " . ".join([*after, head])


def _on(day: Day, hour: Hour | None, part: str | None, now: datetime) -> Moment | None:
    """The moment of that day, or of the last one it may stand for; None when it is still to come."""
    if not day.value:
        return None
    if not hour:
        return _during(day.value, "nuit" if day.night else part, day.again, now)
    found = [instant(day.value + timedelta(off), hour, part, now.tzinfo) for off in _shifts(day, hour, part)]
    last = next((one for one in found if one <= now), None)
    return Moment(last.date(), last) if last else None


def _during(day: date, part: str | None, again: int, now: datetime) -> Moment | None:
    """That part of that day, or of the one before when the part has not begun and the day comes back."""
    begins: Mapping[str, int] = lexicon()["parties_du_jour"]  # type: ignore[assignment]
    begun = day < now.date() or not part or now.hour >= begins[part]
    return Moment(day if begun else day - timedelta(again), None, part) if begun or again else None


def _shifts(day: Day, hour: Hour, part: str | None) -> list[int]:
    """By how many days the hour may be off the day that is said; what is first in the past is meant."""
    morning_after = [1] if day.night and hour.minutes < _NOON else []
    night_before = [-1] if part == "nuit" or hour.minutes >= _MIDNIGHT else []
    return [*morning_after, 0, *night_before, -day.again]
