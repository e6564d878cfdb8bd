"""Finds the entries of a FAQ that answer a question, with a calibrated confidence.

Several likenesses, each from 0 to 1, are weighed: `bot/language/likeness.py` says which. The weights are
fitted by `bench/fit_retriever.py` and kept in `retriever.yml`: some for entries with other wordings, some for
titles and answers alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from bot.language.likeness import FEATURES, Entry, Floats, Likeness

__all__ = ["Entry", "Retriever", "thresholds"]


@dataclass(frozen=True)
class _Weights:
    """How the likenesses add up, and how the sum, its lead and what the text tells make a confidence."""

    features: Floats
    slope: float
    lead: float
    told: float
    offset: float


@cache
def _content() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("retriever.yml").read_text("utf-8"))
    return content


@cache
def _fitted(corpus: str) -> _Weights:
    content = dict(_content()[corpus])
    features = content.pop("features")
    return _Weights(np.array([features[name] for name in FEATURES]), **content)


def thresholds() -> tuple[float, float]:
    """The confidence from which on an entry is taken for the answer, and from which on it is offered."""
    return _content()["sure"], _content()["offered"]


class Retriever:
    """An index of entries, made once; searching changes nothing in it."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """`entries` each have an id of their own; their wordings and answers may be empty."""
        self._ids = [entry.id for entry in entries]
        self._likeness = Likeness(entries) if entries else None
        self._weights = _fitted("worded" if any(entry.wordings for entry in entries) else "bare")

    def search(self, text: str, k: int = 5) -> list[tuple[str, float]]:
        """The `k` nearest entries with the probability that each answers the question, best first.

        Empty when the text has no word that says anything.
        """
        compared = self._likeness.of(text) if self._likeness else None
        if compared is None or k < 1:
            return []
        weights = self._weights
        scores = compared.likeness @ weights.features
        if compared.same is not None:
            # As near as can be: ahead of all others by all that there is.
            scores[compared.same] = scores.max() + weights.features.sum()
        order = np.argsort(-scores, kind="stable")
        best = scores[order]
        # The lead of the first over the second, and how far the others lie behind the first.
        leads = best - best[0]
        leads[0] = best[0] - best[1] if len(best) > 1 else best[0]
        # A short text is near to much: of few words each entry shows the same.
        odds = weights.slope * best + weights.lead * leads + weights.told * compared.told + weights.offset
        confidence = 1 / (1 + np.exp(-odds))
        return [(self._ids[at], float(sure)) for at, sure in zip(order[:k], confidence[:k], strict=True)]
