"""The deadlines of a breach as a calendar file (iCalendar, RFC 5545), with alarms.

It holds texts of the knowledge and dates only: nothing that was told about the breach goes into a calendar,
which is often shared or kept elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from uuid import UUID, uuid5

from icalendar import CLASS, TRANSP, Alarm, Calendar, Event

from bot.compliance.breach import Dossier
from bot.compliance.deadlines import Deadline
from bot.documents import wording

#: Names the identifiers of our events, so that no one else's are the same.
_OURS = UUID("7d1c2a0e-5a0b-4c55-9a1e-6b1f0f3f7a52")
_PRODUCT = "-//Vigie//Violations de données//FR"
#: Sequence numbers count minutes from here: they are small integers.
_EPOCH = int(datetime(2026, 1, 1, tzinfo=timezone.utc).timestamp()) // 60
_BEFORE = (timedelta(hours=24), timedelta(hours=6), timedelta(hours=1))


def deadlines_ics(dossier: Dossier, identity: str) -> bytes:
    """Every deadline of the dossier as an event; `identity` tells this breach from all others, for ever.

    An event keeps its UID whenever the file is made again, so that a calendar moves it.
    """
    events = [_event(dossier, deadline, identity) for deadline in dossier.deadlines]
    calendar: Calendar = Calendar.new(
        prodid=_PRODUCT,
        method="PUBLISH",
        language="fr",
        name="Vigie – échéances",
        uid=uuid5(_OURS, identity),
        subcomponents=events,
    )
    if events:
        _tell_zone(calendar, dossier.deadlines)
    content: bytes = calendar.to_ical()
    return content


def _tell_zone(calendar: Calendar, deadlines: Sequence[Deadline]) -> None:
    """What Europe/Paris means, for the years that matter."""
    years = [deadline.due.year for deadline in deadlines]
    calendar.add_missing_timezones(date(min(years) - 1, 1, 1), date(max(years) + 2, 1, 1))


def _event(dossier: Dossier, deadline: Deadline, identity: str) -> Event:
    summary = _summary(dossier, deadline)
    event: Event = Event.new(
        uid=uuid5(_OURS, f"{identity}/{deadline.id}"),
        # Of two files, the later one counts.
        sequence=max(0, int(dossier.now.timestamp()) // 60 - _EPOCH),
        stamp=dossier.now.astimezone(timezone.utc),
        start=_start(deadline.due),
        summary=summary,
        description=_description(dossier, deadline),
        url=_address(dossier, deadline) or None,
        classification=CLASS.PRIVATE,
        transparency=TRANSP.TRANSPARENT,
        subcomponents=[] if deadline.done else [_alarm(summary, before) for before in _BEFORE],
    )
    return event


def _start(due: datetime) -> datetime:
    """The time in Paris; in UTC for the hour that comes twice when summer time ends.

    A time with a zone's name always means the first of the two (RFC 5545, 3.3.5).
    """
    return due.astimezone(timezone.utc) if due.fold else due


def _summary(dossier: Dossier, deadline: Deadline) -> str:
    number = f" ({dossier.followup.number})" if dossier.followup.number else ""
    return wording.readable(f"{'Fait : ' if deadline.done else ''}{deadline.label}{number}")


def _description(dossier: Dossier, deadline: Deadline) -> str:
    """When it ends, in words, then how that is counted."""
    until = f"Au plus tard le {wording.moment(deadline.due)}."
    late = deadline.id == "notification" and dossier.late and not deadline.done
    after = dossier.knowledge.breach.wordings.late if late else ""
    texts = (until, after, deadline.text, deadline.presumed, deadline.note, _address(dossier, deadline))
    return wording.readable("\n\n".join(text for text in texts if text))


def _address(dossier: Dossier, deadline: Deadline) -> str:
    """Where it is done, if the knowledge says."""
    reports = {duty.report.id: duty.report.address for duty in dossier.duties}
    return reports.get(deadline.id, dossier.knowledge.breach.form.address)


def _alarm(summary: str, before: timedelta) -> Alarm:
    alarm: Alarm = Alarm.new(description=summary)
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -before)
    return alarm
