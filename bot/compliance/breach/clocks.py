"""The deadlines of a breach: the CNIL's 72 hours, the complement, and those of others.

Sources: RGPD art. 33(1); CEPD guidelines 9/2022 (awareness); Regulation 1182/71; C. assur. art. L12-10-1.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.compliance.answers import Answers, moment
from bot.compliance.breach.followup import FollowUp, Notification
from bot.compliance.conditions import holds
from bot.compliance.deadlines import Deadline, after_hours
from bot.knowledge.breach import Breach, Report


@dataclass(frozen=True)
class Duty:
    """Someone else to tell: the report, whether it is done, and its deadline if it has one."""

    report: Report
    done: bool
    deadline: Deadline | None


def notification(breach: Breach, answers: Answers, followup: FollowUp) -> Deadline | None:
    """The 72 hours from when the practice became aware (RGPD art. 33(1)); None while no day is known.

    Awareness is a reasonable certainty that data are concerned. Of a vague moment the earliest counts,
    and without one the discovery: the deadline is then never later than the real one.
    """
    words = breach.wordings
    aware = moment(answers.get(breach.key("connaissance")))
    start, presumed = aware, words.presumed
    if start is None:
        start, presumed = moment(answers.get(breach.key("decouverte"))), words.presumed_discovery
    if start is None:
        return None
    clock, sent = words.clocks["notification"], followup.first_notification
    return Deadline(
        "notification", clock.label, start.earliest, after_hours(start.earliest, clock.hours),
        clock.text, clock.note, clock.sources, "" if aware and aware.at else presumed,
        sent is not None, sent.sent_at if sent else None,
    )  # fmt: skip


def complement(breach: Breach, followup: FollowUp, incomplete: bool) -> Deadline | None:
    """The 72 hours in which the CNIL asks for the complement, once the first notification was sent."""
    first = followup.first_notification
    if first is None or first.kind == "complete":
        return None
    later = [one for one in followup.notifications if one is not first]
    if not incomplete and not later:
        return None
    clock = breach.wordings.clocks["complement"]
    last = max(later, key=_sent_at, default=None)
    return Deadline(
        "complement", clock.label, first.sent_at, after_hours(first.sent_at, clock.hours), clock.text,
        clock.note, clock.sources, "", last is not None and not incomplete, last.sent_at if last else None,
    )  # fmt: skip


def duties(breach: Breach, answers: Answers, followup: FollowUp) -> tuple[Duty, ...]:
    """Who else is to be told, and until when; `answers` are facts."""
    informed = answers.get(breach.key("prevenus"))
    said = informed.value if informed and isinstance(informed.value, tuple) else ()
    found = []
    for report in breach.reports:
        if holds(report.when, answers):
            told = followup.told_to(report.informed) if report.informed else None
            done = told is not None or report.informed in said
            found.append(
                Duty(report, done, _deadline(breach, report, answers, done, told.at if told else None))
            )
    return tuple(found)


def _deadline(
    breach: Breach, report: Report, answers: Answers, done: bool, done_at: datetime | None
) -> Deadline | None:
    start = moment(answers.get(breach.key(report.starts))) if report.hours else None
    if start is None:
        return None
    return Deadline(
        report.id, report.title, start.earliest, after_hours(start.earliest, report.hours), report.clock,
        "", report.sources, "" if start.at else breach.wordings.presumed, done, done_at,
    )  # fmt: skip


def _sent_at(sent: Notification) -> datetime:
    return sent.sent_at
