"""What a text asks for, in spaces where the wordings of one question lie near each other and its answer.

They are learnt from questions on data protection by `bench/fit_retriever.py` and kept in `sense.npz`. They
serve other texts on data protection as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.language import french

Matrix = NDArray[np.float32]

_PATH = Path(__file__).with_name("sense.npz")


@dataclass(frozen=True)
class Words:
    """The space of words: `rows` holds where each of `places` points, as long as it is telling.

    Words that it does not know go by `projection`.
    """

    places: dict[str, int]
    rows: Matrix
    projection: Matrix

    def of(self, words: Iterable[str]) -> Matrix:
        """What the words ask for together, with length 1; all zero when nothing is known of any."""
        total = np.zeros(self.rows.shape[1], np.float32)
        for lemma, times in Counter(map(french.lemma, words)).items():
            total += (1 + np.log(times)) * self._row(lemma)
        return total / (float(np.linalg.norm(total)) or 1.0)

    def _row(self, lemma: str) -> Matrix:
        at = self.places.get(lemma)
        return french.direction(lemma) @ self.projection if at is None else self.rows[at]


@dataclass(frozen=True)
class Sentences:
    """The space of sentences, made of the vectors of `bot.language.sentences`.

    `asked` and `answer` project questions and answers, each seen from its mean, to where a question lies near
    its answer; `spread` evens out what the wordings of one question differ in.
    """

    asked: Matrix
    answer: Matrix
    spread: Matrix
    asked_mean: Matrix
    answer_mean: Matrix

    def of_question(self, vectors: Matrix) -> Matrix:
        """Where questions lie, each with length 1."""
        return _unit((vectors - self.asked_mean) @ self.asked)

    def of_entry(self, questions: Matrix, answers: Matrix) -> Matrix:
        """Where entries lie by their question and their answer, each with length 1."""
        told = (answers - self.answer_mean) @ self.answer
        return _unit((questions - self.asked_mean) @ self.asked + told)

    def even(self, vectors: Matrix) -> Matrix:
        """Questions where only what tells one from another counts, each with length 1."""
        return _unit((vectors - self.asked_mean) @ self.spread)


@dataclass(frozen=True)
class Sense:
    """Both spaces."""

    words: Words
    sentences: Sentences

    def save(self) -> None:
        """Keep them where `sense` finds them."""
        arrays = {
            **{f"words_{name}": getattr(self.words, name) for name in ("rows", "projection")},
            **{name: getattr(self.sentences, name) for name in Sentences.__dataclass_fields__},
        }
        half = {name: array.astype(np.float16) for name, array in arrays.items()}
        np.savez_compressed(_PATH, places=np.array(list(self.words.places)), **half)


@cache
def sense() -> Sense:
    """The spaces that were learnt."""
    with np.load(_PATH) as kept:
        arrays = {name: kept[name].astype(np.float32) for name in kept.files if name != "places"}
        places = {str(word): at for at, word in enumerate(kept["places"])}
    words = Words(places, arrays["words_rows"], arrays["words_projection"])
    return Sense(words, Sentences(**{name: arrays[name] for name in Sentences.__dataclass_fields__}))


def _unit(rows: Matrix) -> Matrix:
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    unit: Matrix = (rows / np.maximum(lengths, 1e-9)).astype(np.float32)
    return unit
