"""Deadlines as a calendar file (iCalendar, RFC 5545), with alarms.

It holds texts of the knowledge and dates only: nothing that was told about a breach or a request goes into a
calendar, which is often shared or kept elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from uuid import UUID, uuid5

from icalendar import CLASS, TRANSP, Alarm, Calendar, Event

from bot.clock import french_date, french_time
from bot.compliance.breach import Dossier
from bot.compliance.deadlines import Deadline
from bot.compliance.requests import Dossier as RequestDossier
from bot.compliance.requests import RequestDeadline
from bot.documents import wording

#: Names the identifiers of our events, so that no one else's are the same.
_OURS = UUID("7d1c2a0e-5a0b-4c55-9a1e-6b1f0f3f7a52")
_BREACHES = "-//Vigie//Violations de données//FR"
_REQUESTS = "-//Vigie//Demandes des personnes//FR"
#: Sequence numbers count minutes from here: they are small integers.
_EPOCH = int(datetime(2026, 1, 1, tzinfo=timezone.utc).timestamp()) // 60
_BEFORE = (timedelta(hours=24), timedelta(hours=6), timedelta(hours=1))
#: Of a whole day: in the morning, three days before, the day before and that day.
_BEFORE_DAY = (timedelta(hours=63), timedelta(hours=15), timedelta(hours=-9))


@dataclass(frozen=True)
class Entry:
    """A deadline as a calendar shows it: at a time, or on a whole day."""

    id: str
    summary: str
    texts: tuple[str, ...]
    due: datetime | date
    rings: tuple[timedelta, ...]
    url: str = ""


def deadlines_ics(dossier: Dossier, identity: str) -> bytes:
    """Every deadline of a breach as an event; `identity` tells it from all others, for ever.

    An event keeps its UID whenever the file is made again, so that a calendar moves it.
    """
    entries = [_of_breach(dossier, deadline) for deadline in dossier.deadlines]
    return _calendar(_BREACHES, entries, identity, dossier.now)


def request_deadlines_ics(dossier: RequestDossier, identity: str) -> bytes:
    """Every deadline of a request as an event, and the time of reflection; see `deadlines_ics`."""
    every = [*([dossier.not_before] if dossier.not_before else []), *dossier.deadlines]
    entries = [_of_request(dossier, deadline) for deadline in every]
    return _calendar(_REQUESTS, entries, f"demande/{identity}", dossier.now)


def _calendar(product: str, entries: Sequence[Entry], identity: str, now: datetime) -> bytes:
    calendar: Calendar = Calendar.new(
        prodid=product,
        method="PUBLISH",
        language="fr",
        name="Vigie – échéances",
        uid=uuid5(_OURS, identity),
        subcomponents=[_event(entry, identity, now) for entry in entries],
    )
    _tell_zone(calendar, (entry.due for entry in entries))
    content: bytes = calendar.to_ical()
    return content


def _tell_zone(calendar: Calendar, times: Iterable[datetime | date]) -> None:
    """What Europe/Paris means, for the years that matter; whole days need no zone."""
    years = [at.year for at in times if isinstance(at, datetime)]
    if years:
        calendar.add_missing_timezones(date(min(years) - 1, 1, 1), date(max(years) + 2, 1, 1))


def _event(entry: Entry, identity: str, now: datetime) -> Event:
    event: Event = Event.new(
        uid=uuid5(_OURS, f"{identity}/{entry.id}"),
        # Of two files, the later one counts.
        sequence=max(0, int(now.timestamp()) // 60 - _EPOCH),
        stamp=now.astimezone(timezone.utc),
        start=_start(entry.due),
        summary=entry.summary,
        description=wording.readable("\n\n".join(text for text in entry.texts if text)),
        url=entry.url or None,
        classification=CLASS.PRIVATE,
        transparency=TRANSP.TRANSPARENT,
        subcomponents=[_alarm(entry.summary, before) for before in entry.rings],
    )
    return event


def _start(due: datetime | date) -> datetime | date:
    """The time in Paris; in UTC for the hour that comes twice when summer time ends.

    A time with a zone's name always means the first of the two (RFC 5545, 3.3.5).
    """
    return due.astimezone(timezone.utc) if isinstance(due, datetime) and due.fold else due


def _of_breach(dossier: Dossier, deadline: Deadline) -> Entry:
    """When it ends, in words, then how that is counted."""
    address = _address(dossier, deadline)
    late = deadline.id == "notification" and dossier.late and not deadline.done
    return Entry(
        deadline.id,
        _summary(deadline, dossier.followup.number),
        (
            f"Au plus tard le {french_time(deadline.due)}.",
            dossier.knowledge.breach.wordings.late if late else "",
            deadline.text,
            deadline.presumed,
            deadline.note,
            address,
        ),
        deadline.due,
        () if deadline.done else _BEFORE,
        address,
    )


def _of_request(dossier: RequestDossier, deadline: RequestDeadline) -> Entry:
    """When it ends, or begins to be possible, in words, then how that is counted."""
    until = "Pas avant le" if deadline.earliest else "Au plus tard le"
    day = french_date(deadline.day) if deadline.day else french_time(deadline.due)
    late = deadline.late(dossier.now) and not deadline.done and not deadline.guide
    return Entry(
        deadline.id,
        _summary(deadline, dossier.followup.number),
        (
            f"{until} {day}.",
            dossier.knowledge.requests.clocks.words.late if late else "",
            deadline.text,
            *deadline.remarks,
            deadline.presumed,
            deadline.note,
        ),
        deadline.day or deadline.due,
        () if deadline.done or deadline.earliest else _BEFORE_DAY,
    )


def _summary(deadline: Deadline, number: str) -> str:
    return wording.readable(
        f"{'Fait : ' if deadline.done else ''}{deadline.label}{f' ({number})' if number else ''}"
    )


def _address(dossier: Dossier, deadline: Deadline) -> str:
    """Where it is done, if the knowledge says."""
    reports = {duty.report.id: duty.report.address for duty in dossier.duties}
    return reports.get(deadline.id, dossier.knowledge.breach.form.address)


def _alarm(summary: str, before: timedelta) -> Alarm:
    alarm: Alarm = Alarm.new(description=summary)
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -before)
    return alarm
