"""What holds for all tests."""

from __future__ import annotations

from collections import defaultdict

import pytest

# Sanic, at its import, puts a filter of warnings of its own before those of pyproject.toml: it comes first.
import sanic  # noqa: F401
from hypothesis import settings

#: Of a test over many cases, `make check` runs so many, spread over them all; `make test` runs every one.
_CASES = 4

# The same examples at every run: a property that fails by chance tells the author of another change nothing.
settings.register_profile("full", max_examples=150, deadline=None, derandomize=True)
settings.register_profile("quick", max_examples=10, deadline=None, derandomize=True)
settings.load_profile("full")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """For fast feedback, leave out what is slow and thin out the cases of the rest."""
    if config.getoption("hypothesis_profile", None) != "quick":
        return
    by_test: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        if not item.get_closest_marker("slow"):
            by_test[item.nodeid.partition("[")[0]].append(item)
    kept = {id(one) for cases in by_test.values() for one in cases[:: max(1, -(-len(cases) // _CASES))]}
    config.hook.pytest_deselected(items=[one for one in items if id(one) not in kept])
    items[:] = [one for one in items if id(one) in kept]
