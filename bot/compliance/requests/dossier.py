"""One request as a whole at one moment: its facts, verdict and deadlines, what to do and to write."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from bot.clock import french_date, in_french
from bot.compliance.answers import UNKNOWN, Answer, Answers
from bot.compliance.checks import Mistake
from bot.compliance.conditions import holds
from bot.compliance.facts import Facts
from bot.compliance.lines import FilledField, Lines
from bot.compliance.papers import Filler, Message
from bot.compliance.requests import checks, clocks, facts
from bot.compliance.requests.clocks import RequestDeadline
from bot.compliance.requests.followup import FollowUp
from bot.compliance.requests.verdict import Change, Verdict, changes, decide, identity_check
from bot.knowledge.model import Entry, Knowledge, Line, Question
from bot.knowledge.requests import Action, IdentityCheck, LetterId, State

#: The letters of a verdict that keeps all answers from being given.
_NO_ANSWER: tuple[LetterId, ...] = ("identite", "secret")


@dataclass(frozen=True)
class ToDo:
    """Something to do, in words, and whether it is done."""

    action: Action
    text: str
    done: bool


@dataclass(frozen=True)
class Dossier:
    """A reading of one request at `now`; what follows is computed when asked for.

    `answers` are the practice's effective ones and those on this request, by qualified id; `record` is what
    the record holds besides. What the answers tell of what was done is added to it, in `followup`.
    """

    knowledge: Knowledge
    answers: Answers
    now: datetime
    record: FollowUp = field(default_factory=FollowUp)

    @cached_property
    def facts(self) -> Facts:
        """What is known, with what Vigie concludes and what was done, as if they were answers."""
        return facts.read(self.knowledge, self.answers, {**self._done, **self._findings})

    @cached_property
    def followup(self) -> FollowUp:
        """What was done: the steps of the record, and those that the answers tell."""
        first = facts.read(self.knowledge, self.answers)
        return self.record.with_told(self.knowledge.requests, first.answers)

    @property
    def state(self) -> State:
        """Where the request stands."""
        return self.followup.state

    @property
    def state_text(self) -> str:
        """The state in words."""
        return self.knowledge.requests.wordings.states[self.state]

    @cached_property
    def verdict(self) -> Verdict:
        """Whether the right applies, and why."""
        return decide(self.knowledge, self._judged.answers)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What would change the verdict."""
        return changes(self.knowledge, self.answers)

    @property
    def reserves(self) -> tuple[Line, ...]:
        """What to mind besides."""
        return self.verdict.reserves

    @property
    def identity(self) -> IdentityCheck:
        """What check of the identity is proportionate."""
        return identity_check(self.knowledge, self.facts.answers)

    @property
    def entry(self) -> Entry | None:
        """The entry of the practice's register that is concerned, when it has one."""
        return facts.entry(self.knowledge, self._judged.answers)

    @property
    def bases(self) -> tuple[str, ...]:
        """The lawful bases that this entry names, by id."""
        return facts.bases(self.knowledge, self._judged.answers)

    @property
    def asked(self) -> tuple[Question, ...]:
        """Every question that applies now, answered or not, in order."""
        return self.facts.asked

    @property
    def next_question(self) -> Question | None:
        """The first question that applies and was not asked yet."""
        return next(iter(self.facts.open), None)

    @property
    def missing(self) -> tuple[Question, ...]:
        """The questions that apply and whose answer nobody knows yet."""
        return self.facts.missing

    @cached_property
    def deadlines(self) -> tuple[RequestDeadline, ...]:
        """Every period to answer, the nearest first; the reflection time is `not_before`."""
        return tuple(sorted((one for one in self._periods if not one.earliest), key=lambda one: one.due))

    @property
    def deadline(self) -> RequestDeadline | None:
        """The period that counts: the nearest that a text sets, else the nearest guide."""
        return min(self.deadlines, key=lambda one: (one.guide, one.due), default=None)

    @property
    def not_before(self) -> RequestDeadline | None:
        """The time of reflection, before which the record is not handed over (CSP art. L.1111-7)."""
        return next((one for one in self._periods if one.earliest), None)

    @property
    def wait(self) -> ToDo | None:
        """The duty to wait until `not_before`; None when the time is over or an answer was given."""
        if self.followup.answered:
            return None
        return next((one for one in self.to_do if one.action.waits and not one.done), None)

    @property
    def late(self) -> bool:
        """Whether a period that a text sets is over without an answer, or was when one was given."""
        return any(one.late(self.now) for one in self.deadlines if not one.guide)

    @property
    def overdue(self) -> bool:
        """Whether an answer is still due and late."""
        return self.late and self.followup.answered is None and self.state != "close"

    @property
    def to_do(self) -> tuple[ToDo, ...]:
        """What to do, in order, done or not; no longer to wait once the time of reflection is over."""
        steps = {step.kind for step in self.followup.steps}
        over = self.not_before is None or self.now >= self.not_before.due
        return tuple(
            ToDo(action, self._written(action), bool(steps & set(action.done)))
            for action in self.knowledge.requests.actions
            if holds(action.when, self.facts.answers) and not (action.waits and over)
        )

    @property
    def letter(self) -> LetterId | None:
        """The letter to send next: what must be known first, then the answer; None when there is none."""
        waiting = next(
            (
                one.action.letter
                for one in self.to_do
                if one.action.letter in ("identite", "precision") and not one.done
            ),
            "",
        )
        if self.followup.answered or self.state == "close":
            return None
        wanted = waiting or self.verdict.letter
        return next((one.id for one in self.knowledge.requests.letters.letters if one.id == wanted), None)

    @property
    def letters(self) -> tuple[Message, ...]:
        """Every letter that makes sense here, in the order of the knowledge; the one to send is `letter`."""
        letters = self.knowledge.requests.letters
        unanswerable = self.verdict.letter in _NO_ANSWER
        return tuple(
            self._filler.message(letter, letters.sources)
            for letter in letters.letters
            if holds(letter.when, self.facts.answers) and not (letter.answer and unanswerable)
        )

    @property
    def log(self) -> tuple[FilledField, ...]:
        """The line of the register of requests."""
        log = self.knowledge.requests.log
        return self._filler.fields(log.fields, log.sources)

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """The answers that cannot be right."""
        return checks.mistakes(self.knowledge, self.answers, self.now)

    @cached_property
    def _filler(self) -> Filler:
        requests = self.knowledge.requests
        return Filler(self.knowledge, self.facts.answers, requests.findings.id, requests.followup.id)

    @cached_property
    def _done(self) -> dict[str, Answer]:
        return self.followup.answers(self.knowledge.requests)

    @cached_property
    def _judged(self) -> Facts:
        """The facts that the verdict and the periods rest on."""
        return facts.read(self.knowledge, self.answers, self._done)

    @cached_property
    def _periods(self) -> tuple[RequestDeadline, ...]:
        return clocks.deadlines(self.knowledge.requests, self._judged.answers, self.followup)

    @cached_property
    def _findings(self) -> dict[str, Answer]:
        requests, verdict = self.knowledge.requests, self.verdict
        right = self._judged.answers.get(requests.key("droit"))
        extended = clocks.extended_day(requests, self._judged.answers)
        values: dict[str, str | bool] = {
            "droit_dit": requests.rights.titles[str(right.value)] if right and right.known else "",
            "verdict": verdict.name,
            "motifs": verdict.because,
            "motifs_dits": verdict.told,
            "echeance": french_date(self.deadline.due) if self.deadline else "",
            "repere": self.deadline is not None and self.deadline.guide,
            "au_plus_tot": in_french(self.not_before.due) if self.not_before else "",
            "prolongation": french_date(extended) if extended else "",
            "etat": self.state,
            "retard": self.late,
        }
        return {
            f"{requests.findings.id}.{name}": UNKNOWN if value == "" else Answer.given(value)
            for name, value in values.items()
        }

    def _written(self, action: Action) -> str:
        line = Line(text=action.text, sources=action.sources)
        return Lines(self.knowledge, self.facts.answers).every([line], action.sources)[0].text
