"""Numbers, durations and dates as people say them.

Of a range the upper end is kept, and half a unit counts as a whole one: a measure asked for once too
often does no harm, and one that a threshold calls for is not missed.
"""

from __future__ import annotations

import math
import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from itertools import pairwise

import dateparser
from text_to_num import alpha2digit

from bot.language.lookup import clauses
from bot.language.normal import lexicon, normal, wordings
from bot.language.spoken import spoken

_MONTHS = (
    "janvier", "f[ée]vrier", "mars", "avril", "mai", "juin", "juillet", "ao[ûu]t", "septembre", "octobre",
    "novembre", "d[ée]cembre",
)  # fmt: skip
_ISO = r"(\d{4})-(\d{2})-(\d{2})(?!\d)"
# Not inside a version number or an address: « 4.12.0 », « 192.168.1.10 ».
_NUMBERS = r"(?<![\d.])(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d{2}))?(?!\d|[/.]\d)"
_NAMED = rf"(?<!\d)(\d{{1,2}})(?:er)?\s+({'|'.join(_MONTHS)})\b(?:\s+(\d{{4}}))?"
_SPAN = r"[\w-]+\s+(?:jours?|semaines?|mois|ans?|ann[ée]es?)"
_FROM_TODAY = (
    rf"apr[èe]s[ -]demain|demain|aujourd['’]hui|avant[ -]hier|\bhier\b|dans\s+{_SPAN}|il\s+y\s+a\s+{_SPAN}"
)
_SAID = re.compile(rf"{_ISO}|{_NUMBERS}|{_NAMED}|{_FROM_TODAY}", re.IGNORECASE)
_END_OF = re.compile(
    r"\bfin (?:du mois )?(?:de l'ann[ée]e |d['’e] ?)?"
    rf"(?:(?P<month>{'|'.join(_MONTHS)})\b(?: (?P<year>\d{{4}}))?|(?P<only>\d{{4}})\b)",
    re.IGNORECASE,
)
#: What tells no day: « mars 2022 », « il y a trois ans », « en 2023 ».
_MONTH_OF = re.compile(rf"(?<!\d )(?<!\der )\b(?P<name>{'|'.join(_MONTHS)})\s+(?P<year>(?:19|20)\d\d)\b")
_MONTH_IN_FIGURES = re.compile(r"(?<![\d/.-])(?P<month>0?[1-9]|1[0-2])[/.](?P<year>(?:19|20)\d\d)\b")
_YEARS_AGO = re.compile(r"\b(?:il\s+)?y\s+a\s+(?:environ\s+|bien\s+)?(?P<count>\d{1,2}|un)\s+ans?\b")
_YEAR_ALONE = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?![\d/.-]\d)\b")
_LAST_YEAR = re.compile(r"\bl['’ ]?(?:an|ann[ée]e)\s+(?:derni[èe]re?|pass[ée]e?)\b")
#: A 29 February comes back after eight years at the most.
_YEARS_AHEAD = 8

# A date with its year counts nothing; « 2/3 » may mean « two or three ».
_DATED = re.compile(
    rf"\b\d{{4}}-\d{{2}}-\d{{2}}\b|\b\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}\b|\b\d{{1,2}}(?:er)?\s+(?:{'|'.join(_MONTHS)})\b"
    r"(?:\s+\d{4})?",
    re.IGNORECASE,
)
_HOURS = {"heure": 1, "jour": 24, "semaine": 7 * 24, "mois": 30 * 24, "an": 365 * 24}
#: How a unit begins when written → the unit, and how many of it.
_WRITTEN = {
    "h": ("heure", 1), "j": ("jour", 1), "semai": ("semaine", 1), "m": ("mois", 1), "t": ("mois", 3),
    "semes": ("mois", 6), "a": ("an", 1),
}  # fmt: skip
#: A unit → the smaller one that its half is told in, and how many of them it has.
_SMALLER = {
    "an": ("mois", 12), "mois": ("jour", 30), "semaine": ("jour", 7), "jour": ("heure", 24),
    "heure": ("heure", 1),
}  # fmt: skip
_UNIT = r"heures?|h|journ[ée]es?|jours?|j|semaines?|mois|trimestres?|semestres?|ann[ée]es?|ans?"
#: Before a length of time that counts nothing: « aucune en vingt ans ».
_OVER = r"depuis|pendant|durant|ces|au cours des"
_FIGURE = r"\d{1,3}(?:[ \u00a0\u202f.]\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
_NUMBER = re.compile(rf"(?<![\d,.])({_FIGURE})(?!\d|(?:er|e|[èe]me)\b)(?:\s*%)?")
_LENGTH = re.compile(rf"(?<![\d,.])(\d+(?:[.,]\d+)?)\s*({_UNIT})\b(\s+et\s+demie?\b)?")
_BRIEF = re.compile(r"(\d+)\s*(h|j|ans?|mois)\b", re.IGNORECASE)
_IN_FULL = {"h": "heures", "j": "jours"}
#: « J'en ai un » counts one; in a longer text « un » is an article.
_FEW_WORDS = 5
_ONE = {"un", "une"}
# What joins the two ends of a range.
_OR = re.compile(r"(?:^|\s)(?:ou|à|voire)\s+(?:[\w-]+\s+)?$|^\s*(?:[-–/]|a)?\s*$")
_AND = re.compile(r"(?:^|\s)et\s*$")


class NoSuchDate(ValueError):
    """A date was said that no calendar has; its argument is the date as it was said."""


def number(text: str) -> int | None:
    """The whole number that a text gives, approximate or in letters; None when it gives none, or several.

    Years, dates, percentages and « depuis deux ans » are not the number.
    """
    words = _in_figures(_undated(text))
    found = [match for match in _NUMBER.finditer(words) if not match[0].endswith("%")]
    values = [_value(match[1]) for match in found]
    if any(value is None for value in values):
        return None
    known = [value for value in values if value is not None]
    if not known or (len(set(known)) > 1 and not _range(words, found)):
        return None
    return math.ceil(max(known))


def in_figures(text: str) -> str:
    """The text with its numbers in figures, and « h » and « j » after one in full: « 48 heures »."""
    return _BRIEF.sub(
        lambda said: f"{said[1]} {_IN_FULL.get(said[2].lower(), said[2])}", _in_figures(text, True)
    )


def is_unit(word: str) -> bool:
    """Whether a word is a unit of time, as « mois »."""
    return bool(re.fullmatch(_UNIT, word))


def single(text: str) -> int | None:
    """One, when a text without figures counts one: « j'en ai un », « une par an »; else None."""
    said = normal(_undated(text)).split()
    # An article ends nothing.
    counts = any(words[-1].text in _ONE for words in clauses(text))
    return 1 if counts or (_ONE & {*said} and len(said) <= _FEW_WORDS) else None


def duration(text: str) -> str | None:
    """The duration that a text gives, as « 6 mois »; None when it gives none, or several.

    Half a year is given in months, half a month in days, half a day in hours.
    """
    words = _in_figures(spoken(_undated(text, since=False)).text, before_units=True)
    # « Un mois ou deux ».
    words = re.sub(rf"(?<=\d) ({_UNIT}) ou (\d+)(?!\s*(?:{_UNIT})\b)", r" \1 ou \2 \1", words)
    found = list(_LENGTH.finditer(words))
    lengths = [_length(match) for match in found]
    if len(lengths) == 2:
        added = _added(words[found[0].end() : found[1].start()], *lengths)
        lengths = [added] if added else [max(lengths, key=_hours)] if _range(words, found) else []
    if len(lengths) != 1:
        return None
    count, unit = lengths[0]
    return f"{count} {unit}{'s' if count > 1 and unit != 'mois' else ''}"


def find(text: str, today: date) -> date | None:
    """The date that a text names, from `today` on when its year is left out; None when it names none.

    Raises NoSuchDate for « 31 février » and the like.
    """
    if ending := _END_OF.search(text):
        return _last_day(ending, today)
    said = _SAID.search(text)
    if said is None:
        return None
    iso, numbers, named = said.groups()[:3], said.groups()[3:6], said.groups()[6:]
    if iso[0]:
        found = _next(iso[2], int(iso[1]), iso[0], today)
    elif numbers[0]:
        found = _next(numbers[0], int(numbers[1]), numbers[2], today)
    elif named[0]:
        found = _next(named[0], _month(named[1]), named[2], today)
    else:
        return _from_today(said[0], today)
    if found is None:
        raise NoSuchDate(said[0])
    return found


def coarse(text: str, today: date) -> str | None:
    """The month or the year that a text gives instead of a day, as `2022-03` or `2022`; else None."""
    words = alpha2digit(text.lower(), "fr")
    if months := {(said["year"], _month(said["name"])) for said in _MONTH_OF.finditer(words)}:
        (year, month), *others = months
        return None if others else f"{year}-{month:02}"
    if said := _MONTH_IN_FIGURES.search(words):
        return f"{said['year']}-{int(said['month']):02}"
    if said := _YEARS_AGO.search(words):
        return str(today.year - int(said["count"].replace("un", "1")))
    years = set(_YEAR_ALONE.findall(words)) if not _SAID.search(text) else set()
    if _LAST_YEAR.search(words):
        years.add(str(today.year - 1))
    return years.pop() if len(years) == 1 else None


def _last_day(ending: re.Match[str], today: date) -> date:
    """« Fin juin 2027 », « fin 2027 »: the last day; of a month without its year, of the next to come."""
    month = _month(ending["month"]) if ending["month"] else 12
    said = ending["year"] or ending["only"]
    year = int(said or today.year)
    if not said and month < today.month:
        year += 1
    return date(year, month, monthrange(year, month)[1])


def _month(name: str) -> int:
    return next(n for n, month in enumerate(_MONTHS, 1) if re.fullmatch(month, name, re.IGNORECASE))


def _next(day: str, month: int, year: str | None, today: date) -> date | None:
    """That day of that month, of the next year that has it from `today` on unless the year is said."""
    century = 2000 if year and len(year) == 2 else 0
    years = [century + int(year)] if year else range(today.year, today.year + _YEARS_AHEAD + 1)
    for candidate in years:
        try:
            found = date(candidate, month, int(day))
        except ValueError:
            continue
        if year or found >= today:
            return found
    return None


def _from_today(said: str, today: date) -> date | None:
    # dateparser reckons in local time, as people do.
    base = datetime(today.year, today.month, today.day)  # noqa: DTZ001
    words = re.sub(r"(apr[èe]s|avant)\s(demain|hier)", r"\1-\2", alpha2digit(said.lower(), "fr"))
    found = dateparser.parse(
        words, languages=["fr"], settings={"RELATIVE_BASE": base, "PREFER_DATES_FROM": "future"}
    )
    return date(found.year, found.month, found.day) if found else None


def _undated(text: str, since: bool = True) -> str:
    """The text in lower case without dates and years, nor « depuis 5 ans » if `since`."""
    text = _DATED.sub(" ", text.lower())
    text = re.sub(rf"\b(?:{_before_a_year()})[\s-]+(?:19|20)\d{{2}}\b", " ", text)
    if since:
        text = re.sub(
            rf"\b(?:en\s+[\w-]+\s+|(?:{_OVER})\s+(?:[\w-]+\s+){{1,3}}?)(?:d['’])?(?:{_UNIT})\b", " ", text
        )
    return text


@cache
def _before_a_year() -> str:
    # The months are written with or without their accents.
    return "|".join(
        re.escape(word).replace("e", "[eéè]").replace("u", "[uû]") for word in wordings("devant_une_annee")
    )


def _in_figures(text: str, before_units: bool = False) -> str:
    """The text with its numbers in figures, approximations as « une vingtaine » included."""
    text = _sub(r"(\d)[ \u00a0\u202f]*(?:mille|k)\b", r"\g<1>000", text)
    # The package leaves these in letters when they stand alone.
    text = _sub(r"\bdeux\b", "2", _sub(r"\bz[ée]ros?\b", "0", alpha2digit(text, "fr")))
    text = _sub(r"\bune?\b(?=\s+(?:ou|[àa])\s+\d)|(?<=\bentre )une?\b", "1", text)
    text = _multiplied(text)
    if before_units:
        text = _sub(r"\b(?:une\s+)?demi[- ]journ[ée]e", "12 heures", text)
        text = _sub(rf"\bune?\b(?=\s+(?:{_UNIT})\b)", "1", text)
    return text


def _sub(pattern: str, replacement: str, text: str) -> str:
    return re.sub(pattern, replacement, text, flags=re.IGNORECASE)


def _multiplied(text: str) -> str:
    """« 2 dizaines », « une dizaine d'années » and « une petite centaine » as 20, 10 and 100."""
    values: Mapping[str, int] = lexicon()["approximations"]  # type: ignore[assignment]
    for name, value in values.items():
        word = name.replace(" ", "[ -]")
        for counted in re.finditer(rf"\b(\d+)\s+{word}s?\b", text):
            text = text.replace(counted[0], str(int(counted[1]) * value))
        text = _sub(rf"\b(?:une?\s+)?(?:\w+\s+)?{word}\b(?:\s+de\b|\s+d['’])?", f" {value} ", text)
    return text


def _value(figure: str) -> float | None:
    """What figures mean: a space or a full stop parts thousands; « 2,500 » may mean either and is None."""
    if re.fullmatch(r"\d{1,3}(?:[ \u00a0\u202f.]\d{3})+", figure):
        return int(re.sub(r"\D", "", figure))
    if re.fullmatch(r"\d+,\d{3}", figure):
        return None
    return float(figure.replace(",", "."))


def _range(words: str, found: Sequence[re.Match[str]]) -> bool:
    """Whether the matches are the ends of a range: « 20 à 30 », « entre 20 et 30 », « 3 ou 4 »."""
    for first, second in pairwise(found):
        between = words[first.end() : second.start()]
        both = _AND.search(between) and re.search(r"\bentre\b", words[: first.start()])
        if not both and not _OR.search(between):
            return False
    return True


def _length(match: re.Match[str]) -> tuple[int, str]:
    """How many of which unit a match says, in a smaller unit when it is no whole number."""
    count = float(match[1].replace(",", ".")) + (0.5 if match[3] else 0)
    written = normal(match[2])
    unit, times = next(said for start, said in _WRITTEN.items() if written.startswith(start))
    count *= times
    smaller, parts = _SMALLER[unit]
    return (int(count), unit) if count.is_integer() else (math.ceil(count * parts), smaller)


def _added(between: str, first: tuple[int, str], second: tuple[int, str]) -> tuple[int, str] | None:
    """« Un an et trois mois » is one duration, in months."""
    if between.strip(" ,") in ("", "et") and (first[1], second[1]) == ("an", "mois"):
        return 12 * first[0] + second[0], "mois"
    return None


def _hours(length: tuple[int, str]) -> int:
    return length[0] * _HOURS[length[1]]
