"""The supervisor over real processes that stand for its parts: it leaves none behind, however it ends."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.parts import Stopped
from bot.settings import ROOT, Settings
from bot.supervisor import _check_address, _parts

pytestmark = pytest.mark.slow

SECONDS = 30
RUN = """
import sys
from pathlib import Path
from bot import cli, knowledge, supervisor, training
data = Path(sys.argv[1])
sys.executable = str(data / "python")
training.current = lambda: data / "model.tar.gz"
# The whole of it takes two seconds to read.
supervisor.load = lambda: knowledge.load(Path("tests/web/knowledge"))
sys.exit(cli.main(["run"]))
"""


class Vigie:
    """`vigie run` with stand-ins for its parts; they and their children are known by their data folder."""

    def __init__(self, data: Path, how: str, trained: bool = True, **environment: str) -> None:
        self.data = data
        python = data / "python"
        python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{ROOT}/tests/stub_python.py" "$@"\n')
        python.chmod(0o700)
        if trained:
            (data / "model.tar.gz").touch()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.process = subprocess.Popen(
            [sys.executable, "-c", RUN, str(data)],
            cwd=ROOT,
            env={
                **os.environ,
                "STUB": how,
                "VIGIE_DATA": str(data),
                "VIGIE_PORT": str(port),
                "VIGIE_NOW": "2026-11-24T10:30:00+01:00",
                **environment,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            umask=0o022,
        )

    def others(self) -> list[int]:
        """The processes that it started, and those that these started."""
        found = []
        for environ in Path("/proc").glob("[0-9]*/environ"):
            with contextlib.suppress(OSError):
                mine = f"VIGIE_DATA={self.data}\0".encode() in environ.read_bytes() + b"\0"
                if mine and "Z" not in (environ.parent / "stat").read_text().rpartition(")")[2][:3]:
                    found.append(int(environ.parent.name))
        return [pid for pid in found if pid != self.process.pid]

    def part(self, name: str) -> int:
        """The process that stands for a part."""
        for pid in self.others():
            with contextlib.suppress(OSError):
                arguments = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
                if "--port" in arguments and ("rasa" in arguments) == (name == "rasa"):
                    return pid
        raise AssertionError(f"no {name}")

    def lines(self, name: str) -> list[str]:
        """What the stand-ins wrote in that file."""
        path = self.data / name
        return path.read_text().splitlines() if path.exists() else []

    def is_ready(self) -> bool:
        assert self.process.stdout
        return "Vigie est prête" in self.process.stdout.readline()

    def end(self) -> tuple[int, str, str]:
        """Wait for its end; returns its status and what it said."""
        said, complained = self.process.communicate(timeout=SECONDS)
        return self.process.returncode, said, complained


def until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < deadline, "never"
        time.sleep(0.05)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Vigie]]:
    started: list[Vigie] = []

    def start(how: str, **options: object) -> Vigie:
        started.append(Vigie(tmp_path, how, **options))  # type: ignore[arg-type]
        return started[-1]

    yield start
    for vigie in started:
        for pid in (vigie.process.pid, *vigie.others()):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        vigie.process.wait()


@pytest.mark.parametrize(
    ("how", "received"),
    [
        ("ready", signal.SIGINT),
        ("ready", signal.SIGTERM),
        ("ready", signal.SIGHUP),
        ("silent", signal.SIGINT),
    ],
)
def test_whatever_stops_it_at_any_moment_nothing_stays_behind(
    start: Callable[..., Vigie], how: str, received: signal.Signals
) -> None:
    vigie = start(how)
    if how == "ready":
        assert vigie.is_ready()
    until(lambda: len(vigie.others()) >= 4)
    vigie.process.send_signal(received)
    status, said, complained = vigie.end()
    assert status == 0 and "Tout est enregistré" in said, complained
    assert vigie.others() == []
    assert "Traceback" not in complained


def test_a_training_that_is_interrupted_does_not_go_on_by_itself(start: Callable[..., Vigie]) -> None:
    vigie = start("silent", trained=False)
    until(lambda: len(vigie.others()) >= 2)
    vigie.process.send_signal(signal.SIGINT)
    assert vigie.end()[0] == 0
    assert vigie.others() == []


def test_parts_end_with_a_supervisor_that_is_killed_outright(start: Callable[..., Vigie]) -> None:
    vigie = start("ready", STUB_ALONE="1")
    assert vigie.is_ready()
    assert len(vigie.others()) == 2
    vigie.process.kill()
    until(lambda: vigie.others() == [])


def test_what_outlives_its_terminal_is_not_stopped_by_its_closing(start: Callable[..., Vigie]) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup does
    try:
        vigie = start("ready")
    finally:
        signal.signal(signal.SIGHUP, before)
    assert vigie.is_ready()
    ignored = Path(f"/proc/{vigie.process.pid}/status").read_text().partition("SigIgn:")[2].split()[0]
    assert int(ignored, 16) & 1 << signal.SIGHUP - 1


def test_a_part_that_falls_starts_again_at_the_time_that_it_now_is(start: Callable[..., Vigie]) -> None:
    vigie = start("ready")
    assert vigie.is_ready()
    ready = time.monotonic()
    fallen = vigie.part("rasa")
    elapsed = time.monotonic() - ready
    os.kill(fallen, signal.SIGKILL)
    until(lambda: len(vigie.lines("rasa.times")) == 2)
    before, after = map(datetime.fromisoformat, vigie.lines("rasa.times"))
    assert (after - before).total_seconds() >= elapsed > 0
    # The child of the part that fell is gone too: two parts and their two children.
    until(lambda: len(vigie.others()) == 4)


def test_a_part_that_keeps_falling_is_told_with_what_to_do(start: Callable[..., Vigie]) -> None:
    vigie = start("ready")
    assert vigie.is_ready()
    for fall in range(3):
        # Once it answered again: to fall before that is not to have started.
        until(lambda fall=fall: len(vigie.lines("actions.asked")) > fall)
        os.kill(vigie.part("actions"), signal.SIGKILL)
    status, _, complained = vigie.end()
    assert status == 1 and vigie.others() == []
    assert "Le serveur d'actions s'arrête sans cesse." in complained
    assert "relancez Vigie" in complained and str(vigie.data / "logs" / "actions.log") in complained
    assert "Traceback" not in complained


def test_a_part_that_does_not_start_is_told_with_what_to_do(start: Callable[..., Vigie]) -> None:
    vigie = start("broken")
    status, _, complained = vigie.end()
    assert status == 1 and vigie.others() == []
    assert "n'a pas démarré." in complained and "relancez Vigie" in complained


def test_what_it_writes_is_for_its_user_alone(start: Callable[..., Vigie]) -> None:
    vigie = start("ready")
    assert vigie.is_ready()
    for path in (*vigie.data.glob("vigie.db*"), *vigie.data.glob("logs/**/*"), vigie.data / "logs"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_a_page_that_others_reach_comes_with_a_warning(start: Callable[..., Vigie]) -> None:
    vigie = start("ready", VIGIE_HOST="0.0.0.0", VIGIE_NOW="")  # noqa: S104
    assert vigie.is_ready()
    vigie.process.send_signal(signal.SIGINT)
    assert "Attention : VIGIE_HOST" in vigie.end()[2]


def test_a_page_for_this_machine_alone_comes_without_any(start: Callable[..., Vigie]) -> None:
    vigie = start("ready", VIGIE_HOST="")
    assert vigie.is_ready()
    vigie.process.send_signal(signal.SIGINT)
    assert "Attention" not in vigie.end()[2]


def test_rasa_is_started_silent(tmp_path: Path) -> None:
    rasa, _ = _parts(Settings(data=tmp_path), Clock(), tmp_path / "model.tar.gz")
    assert rasa._environment()["LOG_LEVEL"] == "CRITICAL"


def test_a_taken_port_is_told_as_taken(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(Stopped, match=r"déjà prise.*VIGIE_PORT"):
            _check_address(Settings(data=tmp_path, port=taken.getsockname()[1]))


@pytest.mark.parametrize("host", ["192.0.2.1", "nowhere.invalid", "2001:db8::1", "é è"])
def test_an_address_of_another_machine_is_told_as_such(tmp_path: Path, host: str) -> None:
    with pytest.raises(Stopped, match=r"n'est pas celle de cette machine.*VIGIE_HOST"):
        _check_address(Settings(data=tmp_path, host=host))


def test_a_port_that_is_not_allowed_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(socket.socket, "bind", refuse)
    with pytest.raises(Stopped, match=r"pas le droit d'écouter sur le port 80.*VIGIE_PORT"):
        _check_address(Settings(data=tmp_path, port=80))


def test_a_data_folder_that_cannot_be_used_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for command in ("run", "chat"):
        told = subprocess.run(
            [sys.executable, "-m", "bot.cli", command],
            cwd=ROOT,
            env={**os.environ, "VIGIE_DATA": str(tmp_path / "file"), "VIGIE_PORT": "8799"},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        assert told.returncode == 1 and told.stderr.count("\n") == 1
        assert "un fichier porte déjà ce nom" in told.stderr
