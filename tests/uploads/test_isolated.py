"""The limits of the process that reads files are enforced, and tried."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import pytest

from bot.uploads import Refused
from bot.uploads.isolated import Limits, run

pytestmark = pytest.mark.slow

#: A second on the processor is enough for what these try.
SMALL = Limits(megabytes=400, seconds=1)


def hog(name: str, content: bytes = b"", limits: Limits = SMALL) -> object:
    return run(f"tests.uploads.hogs:{name}", content, limits)


def test_what_a_function_returns_comes_back() -> None:
    assert hog("echo", "déjà".encode()) == "déjà"


@pytest.mark.parametrize("name", ["memory", "many_small", "processor", "recursion"])
def test_what_uses_too_much_is_stopped(name: str) -> None:
    before = time.monotonic()
    with pytest.raises(Refused) as refused:
        hog(name)
    assert refused.value.reason == "trop_long"
    assert time.monotonic() - before < 30


def test_what_waits_is_killed_at_its_time() -> None:
    before = time.monotonic()
    with pytest.raises(Refused) as refused:
        hog("asleep")
    assert refused.value.reason == "trop_long" and time.monotonic() - before < 10


def test_it_reaches_nobody() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        with pytest.raises(Refused):
            hog("network", str(server.getsockname()[1]).encode())
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize("name", ["program", "fork", "crash"])
def test_it_starts_nothing(name: str) -> None:
    with pytest.raises(Refused) as refused:
        hog(name)
    assert refused.value.reason == "abime"


def test_it_writes_nothing(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    with pytest.raises(Refused):
        hog("writes", str(trace).encode())
    assert list(tmp_path.iterdir()) == []


def test_it_knows_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIGIE_SECRET", "x")
    assert "VIGIE_SECRET" not in hog("environment")  # type: ignore[operator]
