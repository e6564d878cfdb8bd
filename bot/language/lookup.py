"""Finds what a short text speaks of among named things: a measure, a question, an FAQ entry."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Generic, TypeVar

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.language.normal import normal

K = TypeVar("K", bound=Hashable)


class Lookup(Generic[K]):
    """Wordings of things, compared by the letters they share, so that typos and endings matter little."""

    def __init__(self, wordings: Mapping[K, Sequence[str]]) -> None:
        """`wordings` gives each thing at least one text that names it."""
        self._keys = [key for key, texts in wordings.items() for _ in texts]
        texts = [normal(text) for group in wordings.values() for text in group]
        self._vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
        self._matrix = self._vectors.fit_transform(texts) if texts else None

    def search(self, text: str, k: int = 3) -> list[tuple[K, float]]:
        """The `k` nearest things with their likeness from 0 to 1, best first, each once."""
        if self._matrix is None or not normal(text):
            return []
        likeness = (self._matrix @ self._vectors.transform([normal(text)]).T).toarray().ravel()
        best: dict[K, float] = {}
        for index in np.argsort(-likeness):
            if likeness[index] <= 0 or len(best) == k:
                break
            best.setdefault(self._keys[index], float(likeness[index]))
        return list(best.items())
