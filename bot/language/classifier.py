"""Tells what a text is for, by its words, its letters and its sounds, and by its meaning as a sentence.

Two classifiers are trained apart, one on what is written and one on what is meant; both have to agree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion

from bot.language import sentences
from bot.language.analysis import rewritten
from bot.language.spelling import sounds

Chances = NDArray[np.float32]

#: How much the meaning counts beside what is written; more serves examples held out less.
_MEANT = 0.35
_LEAST = 1e-9
_TOLD_EVERY = 20 * sentences.AT_ONCE


@dataclass(frozen=True)
class Linear:
    """What a logistic regression has learnt, laid out so that a sparse row meets no weight but its own."""

    weights: NDArray[np.float32]
    offsets: NDArray[np.float32]

    @classmethod
    def learn(cls, rows: Any, intents: Sequence[str], strength: float) -> Linear:
        """From the rows of features and their intents; the higher `strength`, the closer to the examples."""
        fitted = LogisticRegression(C=strength, class_weight="balanced", max_iter=60).fit(rows, intents)
        weights, offsets = fitted.coef_, fitted.intercept_
        if len(fitted.classes_) == 2:
            # Of two classes, scikit-learn only learns what speaks for the second.
            weights, offsets = np.vstack([0 * weights, weights]), np.append(0, offsets)
        return cls(np.ascontiguousarray(weights.T, np.float32), offsets.astype(np.float32))

    def sparse(self, row: csr_matrix) -> Chances:
        """The logarithms of the chances of each intent."""
        return _log_chances(row.data.astype(np.float32) @ self.weights[row.indices] + self.offsets)

    def dense(self, row: NDArray[np.float32]) -> Chances:
        """The logarithms of the chances of each intent."""
        return _log_chances(row @ self.weights + self.offsets)


@dataclass(frozen=True)
class Classifier:
    """The intents by their names, and the two ways in which a text is told to have one."""

    intents: tuple[str, ...]
    features: FeatureUnion
    written: Linear
    meant: Linear
    mean: NDArray[np.float32]
    scale: NDArray[np.float32]

    @classmethod
    def learn(
        cls, texts: Mapping[str, list[str]], strength: float, most: int, most_meant: int, keep: bool = False
    ) -> Classifier:
        """From examples by intent, of which at most so many are taken, evenly; `keep` as for `meanings`."""
        names, words = _pairs(texts, most)
        features = FeatureUnion(
            [
                ("words", _weighed(rewritten, "word", (1, 3), rarest=1)),
                ("letters", _weighed(rewritten, "char_wb", (2, 5))),
                ("sounds", _weighed(sounds, "char_wb", (2, 4))),
            ]
        )
        written = Linear.learn(features.fit_transform(words).astype(np.float32), names, strength)
        names, said = _pairs(texts, most_meant)
        vectors = sentences.meanings(said, progress=_tell, keep=keep)
        mean, scale = vectors.mean(axis=0), vectors.std(axis=0) * np.sqrt(vectors.shape[1])
        meant = Linear.learn((vectors - mean) / scale, names, strength)
        return cls(tuple(sorted(texts)), features, written, meant, mean, scale)

    def chances(self, text: str) -> dict[str, float]:
        """The chance of each intent, the likeliest first."""
        written = self.written.sparse(self.features.transform([text]))
        meant = self.meant.dense((sentences.meaning(text) - self.mean) / self.scale)
        both = np.exp(_log_chances((1 - _MEANT) * written + _MEANT * meant))
        return {self.intents[at]: float(both[at]) for at in np.argsort(-both)}


def _log_chances(scores: Chances) -> Chances:
    top = scores.max()
    logs: Chances = scores - top - np.log(np.exp(scores - top).sum() + _LEAST)
    return logs


def _pairs(texts: Mapping[str, list[str]], most: int) -> tuple[list[str], list[str]]:
    pairs = [(intent, text) for intent in texts for text in _thinned(texts[intent], most)]
    return [intent for intent, _ in pairs], [text for _, text in pairs]


def _thinned(texts: list[str], most: int) -> list[str]:
    step = max(1.0, len(texts) / most)
    return [texts[int(at * step)] for at in range(min(len(texts), most))]


def _tell(done: int, of: int) -> None:
    """Training takes minutes here: `bot.training` passes these lines on."""
    if done % _TOLD_EVERY == 0 or done == of:
        print(f"Sentences read: {done}/{of}", flush=True)


def _weighed(
    form: Callable[[str], str], unit: str, sizes: tuple[int, int], rarest: int = 2
) -> TfidfVectorizer:
    return TfidfVectorizer(
        preprocessor=form, analyzer=unit, ngram_range=sizes, min_df=rarest, sublinear_tf=True
    )
