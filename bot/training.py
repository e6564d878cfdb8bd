"""Training the model, once for each state of its data."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
_UNFINISHED = "unfinished-"
_KEPT = 2
_SUFFIXES = (".yml", ".py", ".lock")
#: What Rasa and `bot.language.sentences` say of how far they are.
_STEP = re.compile(r"Starting to train component '(\w+)'|Sentences read: (\d+/\d+)")
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


def current() -> Path:
    """Where the model of the data as they are now is, or will be."""
    return MODELS / f"vigie-{fingerprint()}.tar.gz"


def model(progress: Callable[[str], None]) -> Path:
    """The model of the data as they are now, trained if there is none yet.

    `progress` is told what is being done, in French. Raises TrainingError.
    """
    path = current()
    if path.exists():
        return path
    try:
        MODELS.mkdir(exist_ok=True)
        with _alone(progress):
            # Another Vigie may have trained it while this one waited.
            if not path.exists():
                _train(path, progress)
                _keep_newest()
    except OSError as error:
        raise TrainingError(f"le dossier {MODELS} ne peut pas être écrit, ou le disque est plein") from error
    return path


@contextmanager
def _alone(progress: Callable[[str], None]) -> Iterator[None]:
    """One training at a time; what an interrupted one left is removed."""
    with (MODELS / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            progress("un apprentissage est déjà en cours, j'attends sa fin…")
            fcntl.flock(lock, fcntl.LOCK_EX)
        for leftover in MODELS.glob(f"{_UNFINISHED}*"):
            leftover.unlink()
        yield


def _keep_newest() -> None:
    """Keep the model and the one before it, which a Vigie still running may need to start again."""
    made = sorted(MODELS.glob("vigie-*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for older in made[_KEPT:]:
        older.unlink()


def _train(path: Path, progress: Callable[[str], None]) -> None:
    started = time.monotonic()
    progress("apprentissage du modèle, quelques minutes la première fois…")
    # Rasa writes the archive in place: a model that was cut short must not pass for a whole one.
    unfinished = f"{_UNFINISHED}{path.name.removesuffix('.tar.gz')}"
    last = _rasa_train(unfinished, lambda step: progress(f"{step}, {time.monotonic() - started:.0f} s…"))
    made = MODELS / f"{unfinished}.tar.gz"
    if not made.exists():
        raise TrainingError(last)
    made.rename(path)
    progress(f"modèle prêt en {time.monotonic() - started:.0f} s")


def _rasa_train(name: str, progress: Callable[[str], None]) -> str:
    """Run Rasa's training; returns its last line. Raises TrainingError with that line when it fails."""
    last = ""
    with subprocess.Popen(
        [sys.executable, "-m", "rasa", "train", "--out", str(MODELS), "--fixed-model-name", name],
        cwd=ROOT,
        env={**os.environ, **QUIET},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        try:
            for line in process.stdout or ():
                last = line.strip() or last
                if step := _STEP.search(line):
                    progress(f"apprentissage : {step[1] or f'phrases lues, {step[2]}'}")
        except BaseException:
            # Ctrl-C above all: Rasa must not go on by itself.
            process.terminate()
            process.wait()
            raise
    if process.returncode != 0:
        raise TrainingError(last)
    return last
