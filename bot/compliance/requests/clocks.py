"""The periods of a request, from its reception: the RGPD's month, the medical record's own.

Sources: RGPD art. 12(3); CSP art. L.1111-7 and R.1111-1; Regulation 1182/71, art. 3; CEPD guidelines 01/2022.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.clock import day_in_french, french_date, in_french
from bot.compliance.answers import Answers, moment
from bot.compliance.conditions import holds
from bot.compliance.deadlines import Deadline, after_hours, after_months, end_of, remaining, working_day
from bot.compliance.moments import Moment
from bot.compliance.requests.followup import FollowUp
from bot.knowledge.requests import Clock, ClockWords, Requests


@dataclass(frozen=True)
class RequestDeadline(Deadline):
    """A deadline of a request; `day` is its last day, None when it runs in hours.

    `earliest` marks one before which nothing is handed over, `guide` one that no text sets. `remarks` are
    what bears on it. While a proof of identity is awaited it is `suspended`; `suspended_due` is when it ends
    if the wait is added. `due` is always the shortest.
    """

    day: date | None = None
    earliest: bool = False
    guide: bool = False
    extended: bool = False
    suspended: bool = False
    suspended_due: datetime | None = None
    remarks: tuple[str, ...] = ()

    @property
    def until(self) -> str:
        """See Deadline: its last day, unless it runs in hours."""
        return day_in_french(self.day) if self.day else in_french(self.due)

    def late(self, now: datetime) -> bool:
        """Whether it was met too late or is over; what a wait for the identity gives is counted."""
        at = self.done_at if self.done else now
        if at is None or self.earliest or (self.suspended and not self.done):
            return False
        return remaining(self.suspended_due or self.due, at).late


def deadlines(requests: Requests, answers: Answers, followup: FollowUp) -> tuple[RequestDeadline, ...]:
    """Every period that applies, in the order of the knowledge; none while no day of reception is known."""
    key = requests.key("recue")
    received = moment(answers.get(key))
    if received is None:
        return ()
    vague = received.at is None or answers[key].approximate
    return tuple(
        _deadline(clock, requests.clocks.words, received, vague, followup)
        for clock in requests.clocks.periods
        if holds(clock.when, answers)
    )


def extended_day(requests: Requests, answers: Answers) -> date | None:
    """The last day of the period once extended, whether or not the person was told; None when none can be."""
    received = moment(answers.get(requests.key("recue")))
    clock = next((one for one in requests.clocks.periods if one.extension and holds(one.when, answers)), None)
    return _last(clock, received.day, clock.extension)[0] if clock and received else None


def _deadline(
    clock: Clock, words: ClockWords, received: Moment, vague: bool, followup: FollowUp
) -> RequestDeadline:
    answered = followup.first_answered
    found = RequestDeadline(
        id=clock.id,
        label=clock.label,
        starts=received.earliest,
        due=received.latest,
        text=clock.text,
        note=clock.note,
        sources=clock.sources,
        presumed=words.presumed if vague else "",
        done=answered is not None and not clock.earliest,
        done_at=answered.when if answered and not clock.earliest else None,
        earliest=clock.earliest,
        guide=clock.guide,
    )
    if clock.hours:
        # Nothing is handed over too early: of a vague reception the latest counts.
        start = received.latest if clock.earliest else received.earliest
        return replace(found, due=after_hours(start, clock.hours))
    return _in_days(found, clock, words, received.day, followup)


def _in_days(
    found: RequestDeadline, clock: Clock, words: ClockWords, received: date, followup: FollowUp
) -> RequestDeadline:
    day, remarks = _last(clock, received), []
    extended = False
    told = followup.first("prolongee")
    if clock.extension and told:
        extended = told.moment.day <= day[0]
        if extended:
            day = _last(clock, received, clock.extension)
        remarks.append(words.extended if extended else words.extended_late)
    last, exact = day
    if clock.months and exact.day != received.day:
        remarks.append(words.month_end.format(day=received.day))
    if last != exact:
        remarks.append(words.postponed)
    found = replace(found, due=end_of(last), day=last, extended=extended)
    if clock.suspends:
        found, more = _suspended(found, words, followup)
        remarks += more
    return replace(found, remarks=tuple(remarks))


def _suspended(
    found: RequestDeadline, words: ClockWords, followup: FollowUp
) -> tuple[RequestDeadline, tuple[str, ...]]:
    """The deadline with what a wait for a proof of identity adds, asked for before the period was over."""
    asked, came = followup.first("identite_demandee"), followup.first("identite_recue")
    if asked is None or found.day is None or asked.moment.day > found.day:
        return found, ()
    if came is None:
        return replace(found, suspended=not found.done), () if found.done else (words.running,)
    waited = came.moment.day - asked.moment.day
    if waited <= timedelta(0):
        return found, ()
    until = working_day(found.day + waited)
    return replace(found, suspended_due=end_of(until)), (words.suspended.format(day=french_date(until)),)


def _last(clock: Clock, received: date, more: int = 0) -> tuple[date, date]:
    """The last day of a period, and what it is before it is put off to a working day."""
    exact = (
        after_months(received, clock.months + more) if clock.months else received + timedelta(days=clock.days)
    )
    return (working_day(exact) if clock.european else exact), exact
