"""One supplier and its contract as a whole: role, clauses, hosting, transfers, measures, and what to ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bot.compliance import days
from bot.compliance.answers import Answers
from bot.compliance.conditions import holds
from bot.compliance.facts import Facts
from bot.compliance.interview import Sheet
from bot.compliance.processors import facts, roles, verdict
from bot.compliance.processors.contract import Finding
from bot.compliance.processors.roles import Change, HostingNeed, Role
from bot.compliance.processors.verdict import ClauseVerdict, Overall
from bot.knowledge.model import Knowledge, Measure, Question
from bot.knowledge.processors import DATE, HOSTING_SEEN, NAME, Kind, OldText, TransferRule


@dataclass(frozen=True)
class Review:
    """A reading of one supplier; what follows is computed when asked for.

    `answers` are the practice's effective ones and those on this supplier (`contrat.…`), by qualified id;
    `findings` what was found in its contract, by clause, with what the practitioner made of each.
    """

    knowledge: Knowledge
    answers: Answers
    findings: Mapping[str, Finding] = field(default_factory=dict)

    @cached_property
    def facts(self) -> Facts:
        """What is known, with what Vigie concludes."""
        return facts.read(self.knowledge, self.answers)

    @property
    def kind(self) -> Kind | None:
        """The kind of supplier, once it is told."""
        return facts.kind_of(self.knowledge.processors, self.facts.answers)

    @property
    def name(self) -> str:
        """The supplier's name; empty as long as nobody gave it."""
        return self._text(NAME)

    @property
    def called(self) -> str:
        """Its name, or its kind as long as it has none."""
        kind = self.kind
        return self.name or (kind.title if kind else "")

    @cached_property
    def role(self) -> Role | None:
        """What it is for the practice's data; None as long as its kind is not told."""
        kind = self.kind
        return roles.role(self.knowledge, kind, self.facts.answers) if kind else None

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What would change the role."""
        return roles.changes(self.knowledge, self.answers)

    @property
    def hosting(self) -> HostingNeed | None:
        """Whether keeping the data takes a certificate or an approval."""
        kind = self.kind
        return roles.hosting(self.knowledge, kind, self.facts.answers) if kind else None

    @property
    def hosting_settled(self) -> bool:
        """Whether a valid certificate or approval was seen, or the supplier keeps no health data."""
        return self._text(HOSTING_SEEN) in ("a_jour", "ne_garde_rien")

    @property
    def transfers(self) -> tuple[TransferRule, ...]:
        """What the places and safeguards say, each rule that holds."""
        if not self._contractual:
            return ()
        rules = self.knowledge.processors.transfers
        return tuple(rule for rule in rules if holds(rule.when, self.facts.answers))

    @cached_property
    def clauses(self) -> tuple[ClauseVerdict, ...]:
        """How each clause stands; none where no contract is to be signed."""
        if not self._contractual:
            return ()
        return verdict.clause_verdicts(self.knowledge.processors, self.facts.answers, self.findings)

    @property
    def overall(self) -> Overall | None:
        """The verdict on the contract; None as long as the kind of supplier is not told."""
        if self.role is None:
            return None
        processors = self.knowledge.processors
        return verdict.overall(processors, self.role.duty, self.facts.answers, self.clauses)

    @property
    def contract_date(self) -> str:
        """The date of the contract as it reads, maybe no more than its year; empty when it is not known."""
        return days.in_words(self._text(DATE))

    @property
    def old(self) -> OldText | None:
        """What is to be said of a contract older than the RGPD; None for another."""
        old = self.knowledge.processors.wordings.old
        # Of a year alone, only a whole year before is surely so.
        dated = days.latest(self._text(DATE))
        return old if dated and dated < old.before else None

    @property
    def to_complete(self) -> tuple[ClauseVerdict, ...]:
        """The clauses that the letter asks for: absent or unclear, and not those that nobody checked."""
        return tuple(one for one in self.clauses if one.lacking)

    @property
    def to_check(self) -> tuple[ClauseVerdict, ...]:
        """The clauses that nobody has settled yet."""
        return tuple(one for one in self.clauses if one.unsettled)

    @property
    def tasks(self) -> tuple[Question, ...]:
        """The questions known to nobody yet, each with whom to ask."""
        return self.facts.missing

    @property
    def sheet(self) -> Sheet:
        """The questions that apply, and the answers given: what is asked next, and what the recap shows."""
        # Questions that an answer makes irrelevant are out; what Vigie only supposes is not an answer.
        return Sheet(self.knowledge.processors.questionnaire, self.facts.asked, self.answers)

    @property
    def measures(self) -> tuple[tuple[Measure, str], ...]:
        """The measures that join the action plan, each with its reason."""
        overall = self.overall
        if overall is None:
            return ()
        processors = self.knowledge.processors
        told = processors.wordings.overall[overall.name]
        found = [(told.measure, told.because)] if told.measure else []
        if self._contractual:
            sides = processors.wordings.measures
            found += [(side.measure, side.because) for side in sides if holds(side.when, self.facts.answers)]
        by_id = {measure.id: measure for measure in self.knowledge.measures}
        points = ", ".join(title[:1].lower() + title[1:] for title in overall.points)
        return tuple((by_id[name], because.format(nom=self.called, points=points)) for name, because in found)

    @property
    def _contractual(self) -> bool:
        """Whether a contract with it matters: it is a processor, or may be one."""
        return self.role is not None and self.role.duty in ("contrat", "a_decider")

    def _text(self, question_id: str) -> str:
        answer = self.facts.answers.get(self.knowledge.processors.key(question_id))
        return str(answer.value) if answer and answer.known else ""
