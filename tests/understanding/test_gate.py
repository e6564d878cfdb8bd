"""What Vigie understands stays above `floors.yml`: the bench's own figures, with the trained model."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import yaml

from bench.report import mistakes
from bench.run import FIGURES, STYLED, Figure, Run, run
from bench.systems import Vigie
from bot.knowledge import load
from bot.training import model

FLOORS = yaml.safe_load(Path(__file__).with_name("floors.yml").read_text("utf-8"))


@pytest.fixture(scope="module")
async def measured() -> Run:
    trained = model(lambda step: print(step, file=sys.stderr))
    return await run(Vigie(trained, load()))


def test_every_figure_and_style_has_its_floor() -> None:
    assert set(FLOORS["figures"]) == {figure.key for figure in FIGURES}
    assert set(FLOORS["styles"]) == {figure.key for figure in STYLED}


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.key)
async def test_a_figure_stays_above_its_floor(measured: Run, figure: Figure) -> None:
    value, floor = measured.value(figure), FLOORS["figures"][figure.key]
    assert 100 * value >= floor, _fallen(measured, figure, f"{value:.1%}, the floor is {floor} %")


@pytest.mark.parametrize("figure", STYLED, ids=lambda figure: figure.key)
async def test_no_style_falls_below_its_floor(measured: Run, figure: Figure) -> None:
    floors, values = FLOORS["styles"][figure.key], measured.styles(figure)
    assert set(floors) == set(values)
    fallen = [
        f"{style} {values[style]:.1%}, the floor is {floor} %"
        for style, floor in floors.items()
        if 100 * values[style] < floor
    ]
    assert not fallen, _fallen(measured, figure, ", ".join(fallen))


def _fallen(measured: Run, figure: Figure, how: str) -> str:
    return "\n".join([f"{figure.title}: {how}", *mistakes(figure.set, measured.outcomes[figure.set])])
