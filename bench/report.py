"""What a bench run prints: tables for a terminal, as text."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.measure import Outcome, confusions, halves
from bench.run import FIGURES, STYLE_AIM, STYLED, Run
from bench.train import Trained

_CONFUSIONS, _EXAMPLES = 12, 3


@dataclass(frozen=True)
class Benched:
    """A system's name, what its training cost and what it made of the test sets."""

    name: str
    trained: Trained
    run: Run


def table(systems: Sequence[Benched]) -> Iterator[str]:
    """Every figure of one system or two, and how the first stands to the second."""
    yield _line("", "aim", *(one.name for one in systems), "difference" if len(systems) > 1 else "")
    for figure in FIGURES:
        values = [one.run.value(figure) for one in systems]
        yield _line(figure.title, _percent(figure.aim), *map(_percent, values), *_difference(*values))
    for title, costs in (
        ("milliseconds per message", [one.run.milliseconds for one in systems]),
        ("training, seconds", [one.trained.seconds for one in systems]),
        ("model, megabytes", [one.trained.megabytes for one in systems]),
    ):
        yield _line(title, "", *(f"{cost:.1f}" for cost in costs), *_ratio(*costs))


def styles(one: Benched) -> Iterator[str]:
    """The figures that have an aim, by style; `!` marks those under the aim of styles."""
    names = sorted({outcome.style for outcome in one.run.outcomes["faq"]})
    yield _line(f"{one.name}, by style", *names)
    for figure in STYLED:
        values = one.run.styles(figure)
        yield _line(
            figure.title,
            *(f"{'!' if values[name] < STYLE_AIM else ''}{_percent(values[name])}" for name in names),
        )


def by_halves(one: Benched) -> Iterator[str]:
    """The figures of the utterances that may be looked at, and of those held out."""
    yield _line(f"{one.name}, by halves", "even", "odd")
    for figure in FIGURES:
        even, odd = halves(one.run.outcomes[figure.set])
        yield _line(figure.title, _percent(figure.of(even)), _percent(figure.of(odd)))


def floors(one: Benched) -> Iterator[str]:
    """The figures in whole per cents, rounded down, as `tests/understanding/floors.yml` holds them."""
    yield "figures:"
    yield from (f"  {figure.key}: {_floor(one.run.value(figure))}" for figure in FIGURES)
    yield "styles:"
    for figure in STYLED:
        styles = ", ".join(f"{name}: {_floor(share)}" for name, share in one.run.styles(figure).items())
        yield f"  {figure.key}: {{{styles}}}"


def mistakes(name: str, outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The most frequent confusions of a set, with examples from the half that may be looked at."""
    even, _ = halves(outcomes)
    yield f"{name}: wanted → got, in even-numbered utterances"
    for one in confusions(even)[:_CONFUSIONS]:
        yield f"  {one.wanted} → {one.got} ({len(one.texts)})"
        yield from (f"      {text}" for text in one.texts[:_EXAMPLES])


def _line(title: str, *cells: str) -> str:
    return f"{title:<32}" + "".join(f"{cell:>13}" for cell in cells)


def _floor(share: float) -> int:
    return math.floor(100 * share)


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.1%}"


def _difference(one: float, *others: float) -> list[str]:
    return [f"{100 * (one - other):+.1f}" for other in others]


def _ratio(one: float, *others: float) -> list[str]:
    return [f"× {one / other:.2f}" for other in others]
