"""What is measured over predictions: pure functions, whatever made the predictions."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sklearn.metrics import f1_score

#: Stands for what is not there: an answer not understood, an entity not found.
NOTHING = "—"


@dataclass(frozen=True)
class Outcome:
    """What was wanted of an utterance, any of `wanted`, and what it got, best first.

    `number` is its place in its test set; `style` is how it is written.
    """

    number: int
    text: str
    style: str
    wanted: tuple[str, ...]
    got: tuple[str, ...]

    def right(self, among: int = 1) -> bool:
        """Whether one of the first `among` is right."""
        return any(label in self.wanted for label in self.got[:among])


@dataclass(frozen=True)
class Confusion:
    """One thing taken for another, and the utterances in which it was."""

    wanted: str
    got: str
    texts: tuple[str, ...]


def accuracy(outcomes: Sequence[Outcome], among: int = 1) -> float:
    """The share of outcomes that are right within the first `among`; 0 of none."""
    return sum(outcome.right(among) for outcome in outcomes) / len(outcomes) if outcomes else 0.0


def macro_f1(outcomes: Sequence[Outcome]) -> float:
    """The mean of the F1 of each label that is wanted, rare ones as heavy as frequent ones."""
    wanted = [outcome.wanted[0] for outcome in outcomes]
    got = [outcome.got[0] if outcome.got else NOTHING for outcome in outcomes]
    return float(f1_score(wanted, got, labels=sorted(set(wanted)), average="macro", zero_division=0))


def found_f1(outcomes: Sequence[Outcome]) -> float:
    """The F1 of things to be found, from outcomes that `paired` made; 1 when nothing was to be found."""
    right = sum(outcome.right() for outcome in outcomes)
    wanted = sum(outcome.wanted != (NOTHING,) for outcome in outcomes)
    got = sum(outcome.got != (NOTHING,) for outcome in outcomes)
    return 2 * right / (wanted + got) if wanted + got else 1.0


def paired(
    number: int, text: str, style: str, wanted: Iterable[str], got: Iterable[str]
) -> tuple[Outcome, ...]:
    """An outcome for each thing to be found in an utterance, and for each that was found and is not there."""
    asked, found = Counter(wanted), Counter(got)
    both, missed, extra = asked & found, asked - found, found - asked
    pairs = [
        *((label, label) for label in both.elements()),
        *((label, NOTHING) for label in missed.elements()),
        *((NOTHING, label) for label in extra.elements()),
    ]
    return tuple(Outcome(number, text, style, (one,), (other,)) for one, other in pairs)


def threshold(inside: Sequence[float], accepted: float) -> float:
    """The highest score that a share `accepted` of the scores reaches; ValueError when there are none."""
    if not inside:
        raise ValueError("no scores")
    return sorted(inside, reverse=True)[max(1, math.ceil(accepted * len(inside))) - 1]


def halves(outcomes: Iterable[Outcome]) -> tuple[list[Outcome], list[Outcome]]:
    """The outcomes of even-numbered utterances, which may be looked at, and those held out."""
    parts: tuple[list[Outcome], list[Outcome]] = ([], [])
    for outcome in outcomes:
        parts[outcome.number % 2].append(outcome)
    return parts


def by_style(outcomes: Iterable[Outcome], figure: Callable[[Sequence[Outcome]], float]) -> dict[str, float]:
    """The figure of each style's outcomes, styles in alphabetical order."""
    styles: defaultdict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        styles[outcome.style].append(outcome)
    return {style: figure(styles[style]) for style in sorted(styles)}


def confusions(outcomes: Iterable[Outcome], among: int = 1) -> list[Confusion]:
    """What was taken for what, the most frequent first."""
    texts: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for outcome in outcomes:
        if not outcome.right(among):
            texts[outcome.wanted[0], outcome.got[0] if outcome.got else NOTHING].append(outcome.text)
    found = [Confusion(*labels, tuple(said)) for labels, said in texts.items()]
    return sorted(found, key=lambda one: (-len(one.texts), one.wanted, one.got))
