"""Records in a file of their own, with a clock set to a story's date."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.clock import PARIS, Clock
from bot.records import Records

NOW = datetime(2026, 11, 24, 10, 30, tzinfo=PARIS)


class SetClock(Clock):
    """A clock that stands still, and that a test moves."""

    def __init__(self) -> None:
        super().__init__()
        self.time = NOW

    def now(self) -> datetime:
        return self.time.astimezone(PARIS)


Open = Callable[[], Records]


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cabinet" / "vigie.db"


@pytest.fixture
def open_records(path: Path, clock: SetClock) -> Iterator[Open]:
    """Opens the same file, each time as a new start of Vigie would."""
    opened: list[Records] = []

    def start() -> Records:
        opened.append(Records(f"sqlite:///{path}", clock))
        opened[-1].migrate()
        return opened[-1]

    yield start
    for records in opened:
        records.engine.dispose()


@pytest.fixture
def records(open_records: Open) -> Records:
    return open_records()


@pytest.fixture
def practice(records: Records) -> int:
    with records.unit() as unit:
        return unit.practices.only()
