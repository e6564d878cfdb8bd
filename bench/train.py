"""Training an understanding from nothing, timed, beside the models that Vigie runs on."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bot.settings import ROOT
from bot.training import QUIET


@dataclass(frozen=True)
class Trained:
    """A model's archive, and what it cost."""

    path: Path
    seconds: float
    megabytes: float


def train(config: Path, name: str, folder: Path) -> Trained:
    """Train what `config` says on Vigie's data, into `folder`; Rasa's progress goes to stderr.

    Raises CalledProcessError when Rasa fails.
    """
    started = time.monotonic()
    subprocess.run(
        [
            *(sys.executable, "-m", "rasa", "train", "nlu", "--config", str(config)),
            *("--domain", "domain.yml", "--nlu", "data/nlu"),
            *("--out", str(folder), "--fixed-model-name", name),
        ],
        cwd=ROOT,
        # Nothing may come from what another training left.
        env={
            **os.environ,
            **QUIET,
            "RASA_CACHE_DIRECTORY": str(folder / f"{name}-cache"),
            "VIGIE_SENTENCES": str(folder / f"{name}-sentences.npz"),
        },
        stdout=sys.stderr,
        check=True,
    )
    path = folder / f"{name}.tar.gz"
    return Trained(path, time.monotonic() - started, path.stat().st_size / 1e6)
