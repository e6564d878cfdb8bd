"""The real thing: `vigie run` on a free port and an empty data folder, and headless Chromium."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from bot.clock import Clock
from bot.records import Records
from bot.settings import ROOT

START_SECONDS = 240


class Server:
    """`vigie run` as a practitioner starts it."""

    def __init__(self, data: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.data = data
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start it, and wait for the line that gives the address."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot.cli", "run"],
            cwd=ROOT,
            env={**os.environ, "VIGIE_DATA": str(self.data), "VIGIE_PORT": str(self.port)},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if self.url in line:
                return
        raise AssertionError(f"vigie run ended with {self.process.wait()}")

    def stop(self) -> str:
        """Stop it as Ctrl-C does; returns what it still said."""
        if self.process is None or self.process.poll() is not None:
            return ""
        self.process.send_signal(signal.SIGINT)
        said, _ = self.process.communicate(timeout=START_SECONDS)
        return said

    def children(self) -> dict[str, int]:
        """The processes that it watches over: `actions` and `rasa`, by their number."""
        assert self.process is not None
        found = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(FileNotFoundError):
                # After the name in brackets come the state and the parent's number.
                parent = int(stat.read_text().rpartition(")")[2].split()[1])
                if parent == self.process.pid:
                    command = (stat.parent / "cmdline").read_text().split("\0")
                    found["actions" if "actions" in command else "rasa"] = int(stat.parent.name)
        return found


def served(data: Path, answers: Mapping[str, Any]) -> Iterator[Server]:
    """`vigie run` on a practice that has given these answers, by their question's id."""
    records = Records(f"sqlite:///{data / 'vigie.db'}", Clock())
    records.migrate()
    with records.unit() as unit:
        practice = unit.practices.only()
        for question_id, answer in answers.items():
            unit.answers.save(practice, question_id, answer)
    records.engine.dispose()
    server = Server(data)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("practice"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def replayed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Vigie on the morning after the theft."""
    monkeypatch.setenv("VIGIE_NOW", "2026-11-24T09:00:00+01:00")
    server = Server(tmp_path / "practice")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    return tmp_path / "downloads"


@pytest.fixture
def open_browser(tmp_path: Path, downloads: Path) -> Iterator[Callable[[], webdriver.Chrome]]:
    """Opens browsers with profiles of their own, and closes them all at the end."""
    opened: list[webdriver.Chrome] = []

    def open_one() -> webdriver.Chrome:
        options = webdriver.ChromeOptions()
        for argument in (
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--no-first-run", "--force-prefers-reduced-motion", "--window-size=1280,900",
            f"--user-data-dir={tmp_path / f'profile{len(opened)}'}",
        ):  # fmt: skip
            options.add_argument(argument)
        options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        options.binary_location = "/usr/bin/chromium"
        browser = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
        opened.append(browser)
        return browser

    yield open_one
    for browser in opened:
        browser.quit()
