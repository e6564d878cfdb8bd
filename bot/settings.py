"""What the environment decides: the only reader of `os.environ`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

#: How long the text of a conversation is kept; answers stay until they are erased.
TRANSCRIPT_KEPT = timedelta(days=30)
#: The longest message that is read, in characters.
LONGEST_MESSAGE = 2_000


class SettingsError(Exception):
    """A setting that cannot be used, with a sentence in French on what to do."""


@dataclass(frozen=True)
class Settings:
    """Where the practice's file lies, where the page is served, and a set time if any."""

    data: Path
    host: str = "127.0.0.1"
    port: int = 8080
    now: str = ""

    @property
    def database(self) -> str:
        """The address of the practice's database, as SQLAlchemy reads it."""
        return f"sqlite:///{self.data / 'vigie.db'}"

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the page."""
        return self.host in ("127.0.0.1", "::1", "localhost")


def read(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings from `VIGIE_DATA`, `VIGIE_HOST`, `VIGIE_PORT` and `VIGIE_NOW`.

    Raises SettingsError when a port is no port, or a time is set for a server that others can reach.
    """
    given = os.environ if environment is None else environment
    port = given.get("VIGIE_PORT", "8080")
    if not (port.isascii() and port.isdigit()) or not 0 < int(port) < 65536:
        raise SettingsError(f"VIGIE_PORT vaut « {port} » : donnez un port entre 1 et 65535.")
    settings = Settings(
        data=Path(given.get("VIGIE_DATA", ROOT / "var")).resolve(),
        host=given.get("VIGIE_HOST", "127.0.0.1"),
        port=int(port),
        now=given.get("VIGIE_NOW", ""),
    )
    if settings.now and not settings.loopback:
        raise SettingsError(
            "VIGIE_NOW ne s'emploie que sur cette machine : retirez-le, ou retirez VIGIE_HOST."
        )
    return settings
