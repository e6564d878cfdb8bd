"""French words in general: how each is usually written, how often, and its lemma."""

from __future__ import annotations

from functools import cache

import simplemma
from spellchecker import SpellChecker

from bot.language.normal import normal


@cache
def _usual() -> dict[str, tuple[str, int]]:
    """Normal words with the most frequent way to write them, accents included, and its occurrences."""
    usual: dict[str, tuple[str, int]] = {}
    for written, times in SpellChecker(language="fr").word_frequency.dictionary.items():
        word = normal(written)
        if times > usual.get(word, ("", 0))[1]:
            usual[word] = written, times
    return usual


def written(word: str) -> str:
    """A normal word with its accents; the word itself when it is not known."""
    return _usual().get(word, (word, 0))[0]


def frequency(word: str) -> int:
    """How often a normal word occurs in a large corpus of subtitles; 0 when it is not known."""
    return _usual().get(word, (word, 0))[1]


@cache
def lemma(word: str) -> str:
    """The dictionary form of a normal word, in normal form too."""
    return normal(simplemma.lemmatize(written(word), lang="fr")).replace(" ", "") or word
