"""The one clock of the application, which `VIGIE_NOW` can set so that a story is replayed at its date."""

from __future__ import annotations

from datetime import datetime, timedelta
from time import monotonic
from zoneinfo import ZoneInfo

from bot.settings import SettingsError

PARIS = ZoneInfo("Europe/Paris")


class Clock:
    """Tells the time in Europe/Paris; when set, it starts at that time and goes on from there."""

    def __init__(self, start: str = "") -> None:
        """`start` is an ISO date and time with its zone, or empty for the machine's own time.

        Raises SettingsError when it is no such time.
        """
        self._start: datetime | None = None
        if start:
            try:
                # Python 3.10 does not read the « Z » of ISO 8601.
                self._start = datetime.fromisoformat(start.replace("Z", "+00:00"))
            except ValueError as error:
                raise SettingsError(
                    f"VIGIE_NOW vaut « {start} » : donnez une date et une heure ISO."
                ) from error
            if self._start.tzinfo is None:
                raise SettingsError(f"VIGIE_NOW vaut « {start} » : ajoutez le fuseau, par exemple +01:00.")
        self._set_at = monotonic()

    def now(self) -> datetime:
        """The current time, in Europe/Paris."""
        if self._start is None:
            return datetime.now(PARIS)
        return (self._start + timedelta(seconds=monotonic() - self._set_at)).astimezone(PARIS)

    def setting(self) -> str:
        """What `VIGIE_NOW` must be for a process that starts now; empty when no time was set."""
        return "" if self._start is None else self.now().isoformat()
