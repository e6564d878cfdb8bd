"""What the environment decides: the only reader of `os.environ`."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import URL

ROOT = Path(__file__).resolve().parents[1]

#: How long the text of a conversation is kept; answers stay until they are erased.
TRANSCRIPT_KEPT = timedelta(days=30)
#: The longest message that is read, in characters.
LONGEST_MESSAGE = 2_000

_HOST, _PORT = "127.0.0.1", 8080
#: Why a folder cannot be used, in French.
_REASONS = {
    errno.EACCES: "Vigie n'a pas le droit d'y écrire",
    errno.EPERM: "Vigie n'a pas le droit d'y écrire",
    errno.EROFS: "il est en lecture seule",
    errno.EEXIST: "un fichier porte déjà ce nom",
    errno.ENOTDIR: "un fichier porte déjà ce nom",
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "le disque est plein",
}


class SettingsError(Exception):
    """A setting that cannot be used, with a sentence in French on what to do."""


@dataclass(frozen=True)
class Settings:
    """Where the practice's file lies, where the page is served, and a set time if any."""

    data: Path
    host: str = _HOST
    port: int = _PORT
    now: str = ""

    @property
    def database(self) -> Any:
        """The address of the practice's database, as SQLAlchemy's URL: as text, « ? » would end the path."""
        return URL.create("sqlite", database=str(self.data / "vigie.db"))

    @property
    def logs(self) -> Path:
        """Where the parts of Vigie write what went wrong."""
        return self.data / "logs"

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the page."""
        return self.host in ("127.0.0.1", "::1", "localhost")

    def prepare(self) -> None:
        """Make the data folder, and keep what this process writes to its own user.

        Raises SettingsError when the folder cannot be used.
        """
        os.umask(0o077)
        try:
            self.logs.mkdir(parents=True, exist_ok=True)
            # A folder that was there keeps its rights: it may hold other things than ours.
            for path in (*self.data.glob("vigie.db*"), *self.logs.glob("*.log")):
                path.chmod(0o600)
            for folder in (self.data, self.logs):
                with tempfile.TemporaryFile(dir=folder):
                    pass
        except OSError as error:
            reason = _REASONS.get(error.errno or 0, "il ne peut être ni lu ni écrit")
            raise SettingsError(
                f"Le dossier « {self.data} » ne convient pas pour vos données : {reason}. "
                "Indiquez-en un autre dans VIGIE_DATA."
            ) from error


def sentences() -> Path:
    """Where what training has read is kept; the bench measures without it by `VIGIE_SENTENCES`."""
    return Path(os.environ.get("VIGIE_SENTENCES") or ROOT / "models" / "sentences.npz")


def read(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings from `VIGIE_DATA`, `VIGIE_HOST`, `VIGIE_PORT` and `VIGIE_NOW`; empty means not set.

    Raises SettingsError when a port is no port, or a time is set for a server that others can reach.
    """
    given = os.environ if environment is None else environment
    port = given.get("VIGIE_PORT") or str(_PORT)
    # A port of thousands of digits would be too long to read as a number.
    if not (port.isascii() and port.isdigit()) or len(port) > 5 or not 0 < int(port) < 65536:
        raise SettingsError(f"VIGIE_PORT vaut « {port} » : donnez un port entre 1 et 65535.")
    settings = Settings(
        data=Path(given.get("VIGIE_DATA") or ROOT / "var").absolute(),
        host=given.get("VIGIE_HOST") or _HOST,
        port=int(port),
        now=given.get("VIGIE_NOW", ""),
    )
    if settings.now and not settings.loopback:
        raise SettingsError(
            "VIGIE_NOW ne s'emploie que sur cette machine : retirez-le, ou retirez VIGIE_HOST."
        )
    return settings
