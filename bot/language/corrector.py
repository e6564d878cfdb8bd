"""Undoes misspellings: what is glued, what only sounds right, what is mistyped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import yaml
from rapidfuzz import fuzz, process

from bot.language import french

#: A misspelt word keeps at least this likeness (0 to 100) with the right one.
_ALIKE = 82
#: What sounds the same is also written alike to this extent: « kiné » is not « quinze ».
_ALIKE_WHEN_HEARD = 65
#: Shorter words resemble too many to be corrected by their letters.
_LONG = 5
#: From so many occurrences on a word is French; subtitles hold slips too.
_USUAL = 100
#: So frequent is a word that is meant although the corpus lacks it.
_FREQUENT = 3000
#: What is glued to the next word when an apostrophe or a space is left out: « jenvoie », « lordinateur ».
_GLUED = re.compile(r"^(?:qu|[jldnsmct])(\w{2,})$")


@cache
def _sounds() -> tuple[tuple[re.Pattern[str], str], ...]:
    content: Mapping[str, Iterable[tuple[str, str]]] = yaml.safe_load(
        Path(__file__).with_name("sounds.yml").read_text("utf-8")
    )
    return tuple((re.compile(spelt), heard) for spelt, heard in content["rules"])


@cache
def sound(word: str) -> str:
    """How a normal French word is heard, roughly: the same for « secrétaire » and « secretair »."""
    for spelt, heard in _sounds():
        shorter = spelt.sub(heard, word)
        # Of a short word, what an ending takes away would leave nothing to tell it by.
        word = shorter if len(shorter) > 1 else word
    return word


@cache
def _heard_in_french() -> dict[str, str]:
    """The most frequent French word for each sound."""
    return _by_sound(word for word, times in french.by_frequency() if times >= _FREQUENT)


def _by_sound(words: Iterable[str]) -> dict[str, str]:
    """Of the words that sound the same, the first."""
    heard: dict[str, str] = {}
    for word in words:
        heard.setdefault(sound(word), word)
    return heard


def _same_sound(word: str, heard: Mapping[str, str]) -> str:
    found = heard.get(sound(word), "")
    return found if fuzz.ratio(found, word) >= _ALIKE_WHEN_HEARD else ""


class Corrector:
    """Corrects words that are not French, towards those of a corpus first."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        """`counts` gives each normal word of the corpus its occurrences."""
        self._words = counts
        self._long = [word for word in counts if len(word) >= _LONG]
        self._heard = _by_sound(sorted(counts, key=lambda word: (-counts[word], word)))
        self._right: dict[str, str] = {}

    def right(self, word: str) -> str:
        """The word that was meant; the word itself when it resembles none."""
        if self._is_right(word) or word.isdigit() or len(word) < 2:
            return word
        if word not in self._right:
            self._right[word] = (
                self._unglued(word)
                or _same_sound(word, self._heard)
                or self._nearest(word)
                or _same_sound(word, _heard_in_french())
                or word
            )
        return self._right[word]

    def _is_right(self, word: str) -> bool:
        return word in self._words or french.frequency(word) >= _USUAL

    def _unglued(self, word: str) -> str:
        glued = _GLUED.match(word)
        if not glued:
            return ""
        rest = glued[1]
        return rest if self._is_right(rest) else _same_sound(rest, self._heard)

    def _nearest(self, word: str) -> str:
        if len(word) < _LONG:
            return ""
        best = process.extractOne(word, self._long, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        return str(best[0]) if best else ""
