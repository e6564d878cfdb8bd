"""The retriever on a FAQ that it has never seen, with titles and answers only."""

from __future__ import annotations

import pytest

from bench.measure import accuracy
from bench.unseen import Unseen, measure, table


@pytest.fixture(scope="module")
def unseen() -> Unseen:
    return measure()


@pytest.mark.parametrize(("among", "floor"), [(1, 0.65), (3, 0.90)])
def test_what_is_found_stays_above_its_floor(unseen: Unseen, among: int, floor: float) -> None:
    assert accuracy(unseen.ours, among) >= floor, "\n".join(table(unseen))


def test_far_more_is_found_than_by_letters_alone(unseen: Unseen) -> None:
    assert accuracy(unseen.ours) > 1.5 * accuracy(unseen.peer), "\n".join(table(unseen))
