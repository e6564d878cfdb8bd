"""Training the model, once for each state of its data."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.settings import ROOT

MODELS = ROOT / "models"
#: All that a model is made of; any change in it calls for another model.
_DATA = (
    "config.yml",
    "domain.yml",
    "requirements.lock",
    "data",
    "knowledge",
    "bot/knowledge",
    "bot/language",
)
_SUFFIXES = (".yml", ".py", ".lock")
_STEP = re.compile(r"Starting to train component '(\w+)'")
#: Rasa's environment: quiet, and nothing sent anywhere.
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "PYTHONWARNINGS": "ignore",
}


class TrainingError(Exception):
    """Training failed; the argument is what Rasa said last."""


def fingerprint() -> str:
    """A short digest of everything that a model is made of."""
    digest = hashlib.sha256()
    for path in _files():
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _files() -> Iterator[Path]:
    for name in _DATA:
        path = ROOT / name
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (file for file in found if file.suffix in _SUFFIXES and file.is_file())


def model(progress: Callable[[str], None]) -> Path:
    """The model of the data as they are now, trained if there is none yet.

    `progress` is told what is being done, in French. Raises TrainingError.
    """
    path = MODELS / f"vigie-{fingerprint()}.tar.gz"
    if path.exists():
        return path
    _train(path, progress)
    for other in MODELS.glob("vigie-*.tar.gz"):
        if other != path:
            other.unlink()
    return path


def _train(path: Path, progress: Callable[[str], None]) -> None:
    started, last = time.monotonic(), ""
    progress("apprentissage du modèle, une minute environ")
    # Rasa writes the archive in place: a model that was cut short must not pass for a whole one.
    unfinished = f"unfinished-{path.name.removesuffix('.tar.gz')}"
    command = [
        sys.executable, "-m", "rasa", "train", "--out", str(MODELS), "--fixed-model-name", unfinished,
    ]  # fmt: skip
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **QUIET},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            last = line.strip() or last
            if step := _STEP.search(line):
                progress(f"apprentissage : {step[1]}, {time.monotonic() - started:.0f} s")
    made = MODELS / f"{unfinished}.tar.gz"
    if process.returncode != 0 or not made.exists():
        raise TrainingError(last)
    made.rename(path)
    progress(f"modèle prêt en {time.monotonic() - started:.0f} s")
