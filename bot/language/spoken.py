"""A text in plain words: numbers in figures, and the words that tell when spelled right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from text_to_num import find_numbers

from bot.language.corrector import Corrector
from bot.language.normal import lexicon, normal, wordings
from bot.language.spelling import words_of

_TOKEN = re.compile(
    r"(?P<date>(?:\d{4}-\d{2}-\d{2}|\d{1,2}(?P<by>[/.-])\d{1,2}(?P=by)\d{2,4})(?!\d)"
    r"|(?<=[Ll]e )\d{1,2}[.-]\d{1,2}(?!\d))"
    r"|(?P<clock>\d{1,2}:\d{2}(?![\d:]))|(?<=\d)(?P<years>a)\b|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)"
    r"|\d+ er\b|\d+(?:[.,/:]\d+)*(?:(?:er|[eè]re|[eè]me|e)\b)?|[^\W\d_]+|[,;.!?…()%]"
)
_LISTS = ("moments", "jours", "mois", "unites")
#: Shorter words resemble too many others.
_LONG = 4
#: What makes a unit or a month of the next word, and a weekday of the one before.
_NUMBER = re.compile(r"\d(?:er)?(?: de?)?$")
_BESIDE_A_DAY = re.compile(rf"(?:\. )?(?:\d|(?:{'|'.join(wordings('parties_du_jour'))}|dernier|passe)\b)")


@dataclass(frozen=True)
class Token:
    """A word as it is read, and the place in the text that it comes from."""

    form: str
    start: int
    end: int

    def text(self) -> str:
        """The word. This and the two next are what text2num asks of a token."""
        return self.form

    def nt_separated(self, previous: Token) -> bool:
        """Whether a pause parts the word from the one before."""
        return False

    def not_a_number_part(self) -> bool:
        """Whether the word belongs to no number in letters."""
        return self.form[0].isdecimal()


@dataclass(frozen=True)
class Spoken:
    """A text in plain words, numbers in figures: what the patterns of the modules of time read."""

    tokens: tuple[Token, ...]

    @property
    def text(self) -> str:
        """The words, separated by single spaces."""
        return _joined(self.tokens)

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Where in the original (in NFC) stands what `text` has from `start` to `end`."""
        place, within = 0, []
        for token in self.tokens:
            if place < end and place + len(token.form) > start:
                within.append(token)
            place += len(token.form) + 1
        return within[0].start, within[-1].end


def spoken(text: str) -> Spoken:
    """The text in plain words, with the words of time spelled right and numbers in figures."""
    found = [
        Token(form, said.start(), said.end())
        for said in _TOKEN.finditer(unicodedata.normalize("NFC", text))
        if (form := _plain(said))
    ]
    return Spoken(tuple(_in_full(_counted(_spelled(found)))))


def any_of(name: str) -> str:
    """A pattern for any of the wordings of a list of the lexicon, the longest first."""
    return f"(?:{'|'.join(sorted(wordings(name), key=len, reverse=True))})"


def _joined(tokens: Sequence[Token]) -> str:
    return " ".join(token.form for token in tokens)


def _plain(said: re.Match[str]) -> str:
    """A word without accents; dates as « 14/11/2026 », hours as « 8 h 30 », thousands joined, « 1er »."""
    word = said[0]
    if said["years"]:
        return "an"
    if said["clock"]:
        return word.replace(":", " h ")
    if said["date"]:
        parts = re.split(r"[/.-]", word)
        return "/".join(parts if len(parts[0]) < 4 else reversed(parts))
    if word[0].isdecimal():
        return re.sub(r"(?<=\d)[eè]\w*$", "er", re.sub(r"\s", "", word))
    return normal(word) or ("," if word in ",;" else "." if word in ".!?…" else word)


def _spelled(tokens: Sequence[Token]) -> list[Token]:
    """The tokens corrected, and each spelling of the lexicon, the longest first, read as what it means."""
    readings = _readings("moments") | _approximations()
    longest = max(reading.count(" ") for reading in readings) + 1
    found: list[Token] = []
    for token in tokens:
        found.append(replace(token, form=_right(token.form)))
        while size := next((size for size in range(longest, 0, -1) if _joined(found[-size:]) in readings), 0):
            run = found[-size:]
            found[-size:] = [Token(readings[_joined(run)], run[0].start, run[-1].end)]
    return found


def _right(word: str) -> str:
    return word if word in _words_of_time() else _corrector().right(word)


@cache
def _corrector() -> Corrector:
    """Towards the words of time and numbers in letters."""
    return Corrector({word: 1 for word in _words_of_time() if len(word) >= _LONG})


@cache
def _words_of_time() -> frozenset[str]:
    return words_of([*wordings(*_LISTS, "nombres", "approximations"), *_spellings()])


@cache
def _spellings() -> frozenset[str]:
    return frozenset(spelling for name in _LISTS for spelling in _readings(name))


@cache
def _readings(name: str) -> dict[str, str]:
    """The other spellings of a list of the lexicon, and how each is read."""
    forms: Mapping[str, Sequence[str]] = lexicon()[name]  # type: ignore[assignment]
    return {spelling: form for form, spellings in forms.items() for spelling in spellings}


def _approximations() -> dict[str, str]:
    """« Une quinzaine » is 15."""
    values: Mapping[str, int] = lexicon()["approximations"]  # type: ignore[assignment]
    return {
        wording: str(value)
        for name, value in values.items()
        for wording in (name, f"{name}s", f"un {value}", f"une {value}")
    }


def _counted(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with the numbers in figures."""
    found: list[Token] = []
    done = 0
    for number in find_numbers(tokens, "fr", 0.0):
        run = tokens[number.start : number.end]
        if not _is_no_number(_joined(run), tokens[: number.start], tokens[number.end :]):
            found += [*tokens[done : number.start], Token(number.text, run[0].start, run[-1].end)]
            done = number.end
    return [*found, *tokens[done:]]


def _is_no_number(word: str, before: Sequence[Token], after: Sequence[Token]) -> bool:
    """Whether « un » is an article, « sept » September."""
    if word == "sept":
        return bool(_NUMBER.search(_joined(before[-1:])))
    units = {*wordings("unites"), *_readings("unites")}
    return word in ("un", "une") and _joined(after[:1]) not in units


def _in_full(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with units and months after a number, and weekdays before one, in full."""
    counted = _readings("unites") | _readings("mois")
    found: list[Token] = []
    for place, token in enumerate(tokens):
        form = token.form
        if _NUMBER.search(_joined(found[-2:])):
            form = counted.get(form, form)
        elif _BESIDE_A_DAY.match(_joined(tokens[place + 1 : place + 3])):
            form = _readings("jours").get(form, form)
        found.append(replace(token, form=form))
    return found
