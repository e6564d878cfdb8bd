"""What a text names: products, numbers, durations and dates."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.knowledge.model import Vendor
from bot.language import dates
from bot.language.days import days
from bot.language.hours import hours
from bot.language.lookup import Mention, Word, joined, mentions, split
from bot.language.naming import called
from bot.language.normal import opening, wordings
from bot.language.products import product_names
from bot.language.spoken import Spoken, spoken

_LENGTH = re.compile(
    r"(?<!\S)(?:entre \d+ et |\d+ (?:a |ou )?)?(?P<count>\d+(?:[.,]\d+)?)(?: de?)?"
    r" (?P<unit>minute|h|jour|semaine|mois|trimestre|semestre|an)\b(?P<half> et demie?\b)?(?! \d)"
)
_AT = re.compile(r"\b(?:a|vers) $")
#: « Lundi », « ce matin », « le 16 » and « Noël » (read as « 25_decembre ») name no date.
_NAMED_DAY = re.compile(
    r"^(?!(?:le )?\d{1,2}(?:er)?$)[^_]*\d[^_]*$|^(?:avanthier|hier|aujourdhui)$|\b(?:dernier|passe)$"
)
#: A number among so many, or with so many figures, is part of a telephone number or the like.
_RUN, _LONG_NUMBER = 4, 9
_YEARS = range(1900, 2100)
_PAIR = ("les", "nous", "vous", "eux", "elles", "tous", "toutes")


@dataclass(frozen=True)
class Entity:
    """What is named: `kind` is vendor, number, duration or date; `text` as it was said.

    `value` is the product's name, the number, the duration as « 2 ans », or the date in ISO form.
    """

    kind: str
    text: str
    value: str | int


@dataclass(frozen=True)
class _Found:
    kind: str
    start: int
    end: int
    value: str | int


def extract(text: str, vendors: Sequence[Vendor], now: datetime) -> list[Entity]:
    """The entities of a text, in its order; what belongs to one is not part of another.

    `vendors` are the products to recognise, `now` (aware, Europe/Paris) what « hier » counts from. Of a
    date without its year the last one gone by is meant.
    """
    text = unicodedata.normalize("NFC", text)
    said = spoken(text)
    kept: list[_Found] = []
    for one in (
        *_products(text, vendors),
        *_days(said, now),
        *_durations(said),
        *_hours(said),
        *_numbers(said),
    ):
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    named = sorted((one for one in kept if one.kind), key=lambda one: one.start)
    return [Entity(one.kind, text[one.start : one.end], one.value) for one in named]


def _products(text: str, vendors: Sequence[Vendor]) -> Iterator[_Found]:
    names = product_names(vendors)
    words = split(text)
    last: Mention[str] | None = None
    for one in mentions(text, names, usual=wordings("mots_courants")):
        if _is_product(words, one, last):
            last = one
            yield _Found("vendor", words[one.start].start, words[one.end - 1].end, one.key)
    if named := called(text):
        yield _Found("vendor", *named, text[slice(*named)])


def _is_product(words: Sequence[Word], one: Mention[str], last: Mention[str] | None) -> bool:
    """Whether a mention is one; « on a mangé une orange » names no product."""
    said = words[one.start : one.end]
    if len(said) > 1 or not _common(said[0].text):
        return True
    after = words[one.end].text if one.end < len(words) else ""
    if last and one.start - last.end <= 1:
        return True
    if one.start == 0:
        return after not in wordings("apres_autre_chose")
    before = joined(words[: one.start])
    return any(f" {before}".endswith(f" {known}") for known in wordings("devant_un_produit"))


def _common(word: str) -> bool:
    return word.rstrip("e") in {name.rstrip("e") for name in wordings("produits_mots_courants")}


def _days(said: Spoken, now: datetime) -> Iterator[_Found]:
    for day in days(said.text, now):
        words = said.text[day.start : day.end]
        start, end = said.source(day.start, day.end)
        if opening(words, wordings("il_y_a")):
            continue
        named = day.value and _NAMED_DAY.search(words)
        yield _Found("date" if named else "", start, end, day.value.isoformat() if day.value else "")


def _durations(said: Spoken) -> Iterator[_Found]:
    words = said.text
    for found in _LENGTH.finditer(words):
        if found["unit"] == "h" and _AT.search(words[: found.start()]):
            continue
        value = _duration(found)
        if value:
            yield _Found("duration", *said.source(found.start(), found.end()), value)


def _duration(found: re.Match[str]) -> str | None:
    """Minutes count here; other durations as `dates.duration` reads them."""
    per = {"h": 60, "minute": 1}.get(found["unit"], 0)
    minutes = per * (float(found["count"].replace(",", ".")) + (0.5 if found["half"] else 0))
    if per and (minutes % 60 or per == 1):
        return f"{minutes:.0f} minute{'s' if minutes > 1 else ''}"
    unit = "heures" if found["unit"] == "h" else found["unit"]
    return dates.duration(f"{found['count']} {unit}{found['half'] or ''}")


def _hours(said: Spoken) -> Iterator[_Found]:
    """The hours of the day: no entities, and no numbers."""
    for hour in hours(said.text):
        yield _Found("", *said.source(hour.start, hour.end), "")


def _numbers(said: Spoken) -> Iterator[_Found]:
    tokens = said.tokens
    for place, token in enumerate(tokens):
        before = tokens[place - 1].form if place else ""
        after = tokens[place + 1].form if place + 1 < len(tokens) else ""
        if (
            token.form.isdecimal()
            and not _counts_nothing(token.form, before, after)
            and not _of_a_series(said, place)
        ):
            yield _Found("number", token.start, token.end, int(token.form))


def _counts_nothing(number: str, before: str, after: str) -> bool:
    """Years, percentages, « article 9 », « tous les deux », « deux fois »."""
    year = int(number) in _YEARS and before in wordings("devant_une_annee")
    return (
        year
        or before in wordings("devant_un_numero")
        or after in ("%", "fois")
        or (number == "2" and before in _PAIR)
        or len(number) >= _LONG_NUMBER
    )


def _of_a_series(said: Spoken, place: int) -> bool:
    """Whether the number is one of many, as in « 06 12 34 56 78 », or ends a word, as in « h24 »."""
    tokens = said.tokens
    first = last = place
    while first and tokens[first - 1].form.isdecimal():
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].form.isdecimal():
        last += 1
    token = tokens[place]
    glued = any(one.end == token.start and one.form.isalpha() for one in tokens[max(0, place - 1) : place])
    return glued or last - first + 1 >= _RUN
