"""Hurried spelling undone: shortened forms, glued words, and words written as they sound."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from bot.language import french
from bot.language.analysis import rewritten
from bot.language.corrector import Corrector, sound
from bot.language.normal import normal

#: Shorter ones are slips as often as rare words.
_LONG_WORD = re.compile(r"[^\W\d_]{6,}")
_SPAN = re.compile(r"[^\W_]+(?:[ '’-]+[^\W_]+)*")
#: No French word has « j » before a consonant: « jverifie » is « je vérifie ».
_GLUED_J = re.compile(r"\bj(?=[bcdfghklmnpqrstvwxz])")
_QUESTIONS, _SHORTEST = 512, 3
#: From so many occurrences on a word is French.
_USUAL = 100


def spelled(text: str, expected: frozenset[str], doubtful: bool = True) -> str:
    """The text in normal form, its punctuation kept, its slips corrected towards the `expected` words.

    What is a rare word may be a slip: it is corrected too if `doubtful`.
    """
    heard, corrector = _heard(expected), _corrector(expected)
    # « Passe » is no slip for « pas », although it sounds so.
    french_ones = (
        set()
        if doubtful
        else {normal(word[0]) for word in _LONG_WORD.finditer(text) if french.is_known(word[0])}
    )

    def right(word: str) -> str:
        if word in expected or word in french_ones or french.frequency(word) >= _USUAL:
            return word
        return heard.get(sound(word)) or corrector.right(word)

    return _SPAN.sub(lambda span: " ".join(map(right, _GLUED_J.sub("j ", rewritten(span[0])).split())), text)


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """The normal words of several texts."""
    return frozenset(word for text in texts for word in normal(text).split())


def sounds(text: str) -> str:
    """The text in normal form with shortened forms undone, each word spelled as it sounds."""
    return " ".join(map(sound, rewritten(text).split()))


@lru_cache(_QUESTIONS)
def _heard(expected: frozenset[str]) -> dict[str, str]:
    """The expected words by their sound; so few are expected that it tells them apart."""
    return {sound(word): word for word in sorted(expected, reverse=True) if len(word) >= _SHORTEST}


@lru_cache(_QUESTIONS)
def _corrector(expected: frozenset[str]) -> Corrector:
    return Corrector(dict.fromkeys(expected, 1))
