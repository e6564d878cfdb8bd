"""What a text asks for, in a space where the wordings of one question lie near each other and its answer.

The space is learnt from the FAQ by `bench/fit_retriever.py` and kept in `sense.npz`: a row for each lemma of
the FAQ, and a projection for the vectors of all others. It serves other texts on data protection as well.
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
class Space:
    """`rows` holds where each of `words` points, as long as it is telling; others go by `projection`."""

    words: dict[str, int]
    rows: Matrix
    projection: Matrix

    def of(self, words: Iterable[str]) -> Matrix:
        """What the words ask for together, with length 1; all zero when nothing is known of any."""
        total = np.zeros(self.rows.shape[1], np.float32)
        for lemma, times in Counter(map(french.lemma, words)).items():
            total += (1 + np.log(times)) * self._row(lemma)
        return total / (float(np.linalg.norm(total)) or 1.0)

    def _row(self, lemma: str) -> Matrix:
        at = self.words.get(lemma)
        return french.direction(lemma) @ self.projection if at is None else self.rows[at]

    def save(self) -> None:
        """Keep it where `space` finds it."""
        words = np.array(list(self.words))
        half = {"rows": self.rows.astype(np.float16), "projection": self.projection.astype(np.float16)}
        np.savez_compressed(_PATH, words=words, **half)


@cache
def space() -> Space:
    """The space that was learnt."""
    with np.load(_PATH) as kept:
        words = {str(word): at for at, word in enumerate(kept["words"])}
        return Space(words, kept["rows"].astype(np.float32), kept["projection"].astype(np.float32))
