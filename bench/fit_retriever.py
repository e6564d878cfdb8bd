"""Fits the retriever: `python -m bench.fit_retriever` writes `sense.npz`, then weights in `retriever.yml`.

The space is learnt from the FAQ and from `general/`, the weights from what the FAQ is asked in `asked.yml`
and `out_of_scope.txt`. All were written for this alone; the test sets of `tests/language` take no part in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from bench import fit_sense
from bot.language import faq, retriever
from bot.language.likeness import FEATURES, Compared, Entry, Floats, Likeness

Right = NDArray[np.bool_]

_HERE = Path(__file__).parent
_STEPS, _RATE, _SHRINK = 400, 0.05, 1e-3
#: Answers given as sure are to be right this often; questions within the scope are to be offered this often.
_RIGHT, _OFFERED = 0.9, 0.97
#: The texts out of scope weigh as much as this share of the questions.
_STRANGERS = 0.2
#: What the confidence is made of.
_INPUTS = ("slope", "lead", "told")


def main() -> None:
    """Print what was reached, and write the weights."""
    entries, general, strangers = faq.entries(), _general(), _out_of_scope()
    learnt = fit_sense.fit([*entries, *general])
    learnt.save()
    index = Likeness(entries, learnt)
    asked, wanted = _asked(entries, index)
    outside = [found for line in strangers if (found := index.of(line))]
    worded, confidence, told, each = _fit("worded", asked, wanted, outside)
    content = {
        "worded": worded,
        "bare": _fit("bare", *_unseen(entries, general, strangers))[0],
        "sure": round(_precise(confidence, told, each), 3),
        "offered": round(float(np.quantile(confidence[: len(asked)], 1 - _OFFERED)), 3),
    }
    path = Path(retriever.__file__).with_name("retriever.yml")
    head = "# Written by `python -m bench.fit_retriever`; see docs/understanding.md.\n"
    path.write_text(head + yaml.safe_dump(content, sort_keys=False), "utf-8")
    print(yaml.safe_dump(content, sort_keys=False))


def _fit(
    name: str, asked: Sequence[Compared], wanted: Right, outside: Sequence[Compared]
) -> tuple[dict[str, Any], Floats, Floats, Floats]:
    """The weights of one kind of corpus; of each text its confidence, whether it is right, its weight."""
    matrix = _matrix(asked)
    weights = _weights(matrix, wanted)
    scores = matrix @ weights
    right = wanted[np.arange(len(asked)), scores.argmax(axis=1)]
    in_three = np.take_along_axis(wanted, np.argsort(-scores, axis=1)[:, :3], axis=1).any(axis=1)
    print(f"{name}: right at first {right.mean():.1%}, in three {in_three.mean():.1%}")
    inputs = np.array([_confidence_inputs(one, weights) for one in (*asked, *outside)])
    told = np.concatenate([right, np.zeros(len(outside))])
    each = np.concatenate(
        [np.ones(len(asked)), np.full(len(outside), len(asked) * _STRANGERS / len(outside))]
    )
    fitted = LogisticRegression(C=10).fit(inputs, told, sample_weight=each)
    figures = {**dict(zip(_INPUTS, fitted.coef_[0], strict=True)), "offset": fitted.intercept_[0]}
    content = {
        "features": dict(zip(FEATURES, np.round(weights, 2).tolist(), strict=True)),
        **{figure: round(float(value), 3) for figure, value in figures.items()},
    }
    return content, fitted.predict_proba(inputs)[:, 1], told, each


def _asked(entries: Sequence[Entry], index: Likeness) -> tuple[list[Compared], Right]:
    """What the index makes of each question asked, and which entries answer it."""
    asked = yaml.safe_load((_HERE / "asked.yml").read_text("utf-8"))
    pairs = [(found, one) for one in asked if (found := index.of(one["text"]))]
    wanted = [[entry.id in (one["entry"], *one.get("also", ())) for entry in entries] for _, one in pairs]
    return [found for found, _ in pairs], np.array(wanted)


def _general() -> list[Entry]:
    """Questions on data protection in general, so that the space knows words that the FAQ has not."""
    return [
        Entry(f"{path.stem}.{one['id']}", one["question"], tuple(one["wordings"]), one["answer"])
        for path in sorted((_HERE / "general").glob("*.yml"))
        for one in yaml.safe_load(path.read_text("utf-8"))
    ]


def _unseen(
    entries: Sequence[Entry], general: Sequence[Entry], strangers: Sequence[str]
) -> tuple[list[Compared], Right, list[Compared]]:
    """The same of entries without wordings, each seen in spaces that were learnt without it."""
    bare = [replace(one, wordings=()) for one in entries]
    halves = entries[1::2], entries[::2]
    evens, odds = (Likeness(bare, fit_sense.fit([*half, *general])) for half in halves)
    (even, wanted), (odd, _) = _asked(bare, evens), _asked(bare, odds)
    seen = [
        replace(one, likeness=np.where(np.arange(len(bare))[:, None] % 2, other.likeness, one.likeness))
        for one, other in zip(even, odd, strict=True)
    ]
    return seen, wanted, [found for line in strangers if (found := evens.of(line))]


def _matrix(compared: Sequence[Compared]) -> Floats:
    return np.array([one.likeness for one in compared])


def _weights(likeness: Floats, wanted: Right) -> Floats:
    """The weights, none negative, under which a right entry is likeliest (conditional logit, Adam)."""
    number, _, features = likeness.shape
    weights, mean, square = np.ones(features), np.zeros(features), np.zeros(features)
    for step in range(1, _STEPS + 1):
        odds = likeness @ weights
        chances = np.exp(odds - odds.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        # Of several right entries, each has its share of the truth as it is seen now.
        truth = np.where(wanted, chances, 0)
        truth /= truth.sum(axis=1, keepdims=True)
        slope = np.tensordot(chances - truth, likeness, axes=2) / number + _SHRINK * weights
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope**2
        move = mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
        weights = np.maximum(0, weights - _RATE * move)
    return weights


def _confidence_inputs(compared: Compared, weights: Floats) -> tuple[float, float, float]:
    """The best score, its lead over the second, and how much the text tells."""
    scores = compared.likeness @ weights
    second, best = np.argsort(scores)[-2:]
    return scores[best], scores[best] - scores[second], compared.told


def _precise(confidence: Floats, right: Floats, weight: Floats) -> float:
    """The least confidence from which on answers are right as often as they should be."""
    order = np.argsort(-confidence)
    precision = np.cumsum((right * weight)[order]) / np.cumsum(weight[order])
    enough = np.flatnonzero(precision >= _RIGHT)
    return float(confidence[order[enough[-1]]]) if len(enough) else 1.0


def _out_of_scope() -> list[str]:
    return (_HERE / "out_of_scope.txt").read_text("utf-8").splitlines()


if __name__ == "__main__":
    main()
