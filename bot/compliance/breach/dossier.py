"""One breach as a whole at one moment: its facts, its verdict, its deadlines and its papers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from bot.compliance.answers import UNKNOWN, Answer, Answers
from bot.compliance.breach import checks, clocks, facts
from bot.compliance.breach.followup import FollowUp
from bot.compliance.breach.papers import FilledForm, Papers
from bot.compliance.breach.verdict import Change, Verdict, changes, decide
from bot.compliance.checks import Mistake
from bot.compliance.conditions import holds
from bot.compliance.deadlines import Deadline
from bot.compliance.facts import Facts
from bot.compliance.lines import FilledField
from bot.compliance.papers import Message
from bot.knowledge.breach import INCIDENT, Incident
from bot.knowledge.model import Knowledge, Line, Measure, Question


@dataclass(frozen=True)
class Dossier:
    """A reading of one breach at `now`; what follows is computed when asked for.

    `answers` are the practice's effective ones and those on this breach, by qualified id.
    """

    knowledge: Knowledge
    answers: Answers
    now: datetime
    followup: FollowUp = field(default_factory=FollowUp)

    @cached_property
    def facts(self) -> Facts:
        """What is known, with what Vigie concludes and what was sent, as if they were answers."""
        return facts.read(self.knowledge, self.answers, {**self._sent, **self._findings})

    @cached_property
    def verdict(self) -> Verdict:
        """The decision and its grounds."""
        return decide(self.knowledge, self._told.answers)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What would change the verdict."""
        return changes(self.knowledge, self.answers)

    @property
    def incident(self) -> Incident | None:
        """The kind of incident, once it is told."""
        breach = self.knowledge.breach
        answer = self.answers.get(breach.key(INCIDENT))
        return breach.incidents[str(answer.value)] if answer and answer.known else None

    @property
    def first_actions(self) -> tuple[Line, ...]:
        """What to do now, in order."""
        incident = self.incident
        return (
            tuple(line for line in incident.first if holds(line.when, self.facts.answers)) if incident else ()
        )

    @property
    def notes(self) -> tuple[Line, ...]:
        """What to know besides: a processor's incident, joint practices, staff only…"""
        return tuple(
            line for line in self.knowledge.breach.risk.notes if holds(line.when, self.facts.answers)
        )

    @property
    def next_question(self) -> Question | None:
        """The first question that applies and was not asked yet."""
        return next(iter(self.facts.open), None)

    @property
    def asked(self) -> tuple[Question, ...]:
        """Every question that applies now, answered or not, in order."""
        return self.facts.asked

    @property
    def complement(self) -> tuple[Question, ...]:
        """What is still missing, to be asked for the complementary notification (RGPD art. 33(4))."""
        return self.facts.missing

    @property
    def deadline(self) -> Deadline | None:
        """The 72 hours of the notification, when it is due and awareness is dated."""
        return self._clock if self.verdict.notify else None

    @property
    def late(self) -> bool:
        """Whether a notification that is due is late, or was."""
        return self.deadline is not None and self.deadline.late(self.now)

    @property
    def deadlines(self) -> tuple[Deadline, ...]:
        """Every deadline with a time, the nearest first: the CNIL's, the complement's, the others'."""
        other = clocks.complement(self.knowledge.breach, self.followup, bool(self.complement))
        found = [self.deadline, other, *(duty.deadline for duty in self.duties)]
        return tuple(sorted((one for one in found if one), key=lambda one: one.due))

    @property
    def duties(self) -> tuple[clocks.Duty, ...]:
        """Who else is to be told."""
        if not self.verdict.breach and self.incident is None:
            return ()
        return clocks.duties(self.knowledge.breach, self.facts.answers, self.followup)

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """The answers that cannot be right."""
        return checks.mistakes(self.knowledge, self.answers, self.now)

    @property
    def form(self) -> FilledForm:
        """The notification in the order of the CNIL's form."""
        return self._papers.form()

    @property
    def messages(self) -> tuple[Message, ...]:
        """The messages to the persons, written whether or not they are due; the notice only when it is."""
        return tuple(
            message for message in self._papers.messages() if message.id != "avis" or self.verdict.publish
        )

    @property
    def log(self) -> tuple[FilledField, ...]:
        """The line of the register of breaches."""
        return self._papers.log()

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The measures that would have avoided it, in the order of the knowledge of the incident."""
        by_id = {measure.id: measure for measure in self.knowledge.measures}
        return tuple(by_id[name] for name in self.incident.avoided_by) if self.incident else ()

    @property
    def why_measures(self) -> str:
        """Why these measures join the action plan."""
        title = self.incident.title if self.incident else ""
        return self.knowledge.breach.wordings.avoided.format(title=title[:1].lower() + title[1:])

    @property
    def entries(self) -> tuple[str, ...]:
        """The entries of the register of processing activities that are concerned, by id."""
        links = self.knowledge.breach.wordings.links
        return tuple(dict.fromkeys(link.entry for link in links if holds(link.when, self.facts.answers)))

    @cached_property
    def _papers(self) -> Papers:
        return Papers(self.knowledge, self.facts)

    @cached_property
    def _sent(self) -> dict[str, Answer]:
        return self.followup.answers(self.knowledge.breach)

    @cached_property
    def _told(self) -> Facts:
        """The facts that the verdict rests on: of its own consequences, only who can be reached counts."""
        first = facts.read(self.knowledge, self.answers, self._sent)
        judged = decide(self.knowledge, first.answers)
        risk = {self._finding("risque"): Answer.given(judged.risk.level)}
        return facts.read(self.knowledge, self.answers, {**self._sent, **risk})

    @cached_property
    def _clock(self) -> Deadline | None:
        return clocks.notification(self.knowledge.breach, self._told.answers, self.followup)

    @cached_property
    def _findings(self) -> dict[str, Answer]:
        found, incident = self.verdict, self.incident
        values = {
            "violation": found.breach,
            "risque": found.risk.level,
            "gravite": found.risk.severity,
            "vraisemblance": found.risk.likelihood,
            "notifier": found.notify,
            "personnes": found.tell,
            "publique": found.publish,
            "retard": self.late,
            "motifs": found.why,
            "origine": incident.origin if incident else "",
            "faits": incident.told if incident else "",
        }
        return {
            self._finding(name): UNKNOWN if value == "" else Answer.given(value)
            for name, value in values.items()
        }

    def _finding(self, name: str) -> str:
        return f"{self.knowledge.breach.findings.id}.{name}"
