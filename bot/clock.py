"""The one clock of the application, which `VIGIE_NOW` can set to replay a story; how its dates read."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from time import monotonic
from zoneinfo import ZoneInfo

from bot.settings import SettingsError

PARIS = ZoneInfo("Europe/Paris")
_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


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


def in_french(at: datetime) -> str:
    """A time as one tells it: « lundi 23 novembre 2026 à 18 h 30 », in Paris."""
    return f"{_DAYS[at.astimezone(PARIS).weekday()]} {french_time(at)}"


def day_in_french(day: date) -> str:
    """A day as one tells it: « lundi 23 novembre 2026 »."""
    return f"{_DAYS[day.weekday()]} {french_date(day)}"


def french_time(at: datetime, about: bool = False) -> str:
    """A time as one writes it: « 24 novembre 2026 à 22 h 10 », or « vers 22 h 10 », in Paris."""
    local = at.astimezone(PARIS)
    minutes = f" {local:%M}" if local.minute else ""
    return f"{french_date(local)} {'vers' if about else 'à'} {local.hour} h{minutes}"


def french_date(day: date) -> str:
    """The date as one writes it: « 24 novembre 2026 », « 1er mars 2027 ». A time is told in Paris."""
    if isinstance(day, datetime):
        day = day.astimezone(PARIS).date()
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {_MONTHS[day.month - 1]} {day.year}"
