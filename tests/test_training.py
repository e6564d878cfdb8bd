"""One model for each state of the data, and nothing left of what was interrupted."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import training
from bot.settings import ROOT
from bot.training import TrainingError, model


def silent(_: str) -> None:
    """Say nothing."""


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of models, where training makes an empty archive."""
    monkeypatch.setattr(training, "MODELS", tmp_path / "models")

    def make(name: str, progress: Callable[[str], None]) -> str:
        (tmp_path / "models" / f"{name}.tar.gz").touch()
        return "done"

    monkeypatch.setattr(training, "_rasa_train", make)
    monkeypatch.setattr(training, "fingerprint", lambda: "now")
    return tmp_path / "models"


def names(models: Path) -> list[str]:
    return sorted(path.name for path in models.glob("*.tar.gz"))


def test_a_model_is_trained_once(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = model(silent)
    assert names(models) == ["vigie-now.tar.gz"]
    monkeypatch.setattr(training, "_rasa_train", None)
    assert model(silent) == made


def test_the_two_newest_models_are_kept(models: Path) -> None:
    models.mkdir()
    for age, name in enumerate(("vigie-a", "vigie-b", "vigie-c")):
        path = models / f"{name}.tar.gz"
        path.touch()
        os.utime(path, (1_000_000 - age, 1_000_000 - age))
    model(silent)
    assert names(models) == ["vigie-a.tar.gz", "vigie-now.tar.gz"]


def test_what_an_interrupted_training_left_is_removed(models: Path) -> None:
    models.mkdir()
    for name in ("unfinished-vigie-a.tar.gz", "unfinished-vigie-now.tar.gz"):
        (models / name).write_bytes(b"half")
    assert model(silent).read_bytes() == b""
    assert names(models) == ["vigie-now.tar.gz"]


def test_a_training_that_made_nothing_is_told(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "_rasa_train", lambda *_: "No training data given.")
    with pytest.raises(TrainingError, match="No training data given"):
        model(silent)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(training, "MODELS", tmp_path / "file")
    with pytest.raises(TrainingError, match="ne peut pas être écrit"):
        model(silent)


RUN = """
import signal
import sys
from pathlib import Path
from bot import cli, training
# A shell may have started the tests with Ctrl-C or the hangup ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
training.MODELS = Path(sys.argv[1])
training.fingerprint = lambda: "now"
sys.executable = str(Path(sys.argv[1]) / "python")
sys.exit(cli.main(["train"]))
"""


@pytest.mark.slow
@pytest.mark.parametrize("received", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_training_that_is_stopped_stops_rasa(tmp_path: Path, received: signal.Signals) -> None:
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\necho $$ > {tmp_path}/rasa\nexec sleep 600\n")
    python.chmod(0o700)
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, str(tmp_path)], cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 30
    while not (tmp_path / "rasa").exists() or not (tmp_path / "rasa").read_text().strip():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    process.send_signal(received)
    _, complained = process.communicate(timeout=30)
    assert process.returncode == 130 and "Traceback" not in complained
    rasa = int((tmp_path / "rasa").read_text())
    with contextlib.suppress(ProcessLookupError):
        os.kill(rasa, 0)
        os.kill(rasa, signal.SIGKILL)
        raise AssertionError("Rasa goes on")
