"""The guided impact assessment of one entry of the register (RGPD art. 35(7)), in the CNIL's order.

What the register and the practice's answers say is proposed; it counts as settled when the practitioner has
answered the question, with the proposal's text or their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from bot.compliance import interview
from bot.compliance.answers import UNKNOWN, UNKNOWN_TEXT, Answer, Answers, in_words, to_whom
from bot.compliance.breach.risk import Ground
from bot.compliance.conditions import named
from bot.compliance.dpia import risk
from bot.compliance.dpia.facts import Facts, of_entry, read
from bot.compliance.dpia.risk import Rated
from bot.compliance.interview import Sheet
from bot.compliance.lines import FilledField, Lines, RegisterLine, Status, least_sure
from bot.compliance.measures import Recommendation
from bot.compliance.register import FIELD_LABELS, RegisterEntry
from bot.knowledge.breach import LEVELS, Axis, Level, RiskLevel
from bot.knowledge.dpia import Choice, Event, FormField, RiskFactor, Taken
from bot.knowledge.model import Entry, Knowledge, Question


@dataclass(frozen=True)
class Part:
    """A part of a section."""

    id: str
    title: str
    fields: tuple[FilledField, ...]


@dataclass(frozen=True)
class Section:
    """A section of the assessment."""

    id: str
    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class EventRisk:
    """A feared event: its impacts, threats and sources, its levels now and after the plan.

    `safeguards` are in place and act on it; `planned` are measures that would lower it.
    """

    event: Event
    impacts: FilledField
    threats: FilledField
    origins: FilledField
    severity: Rated
    likelihood: Rated
    severity_after: Rated
    likelihood_after: Rated
    risk: RiskLevel
    residual: RiskLevel
    safeguards: tuple[RegisterLine, ...]
    planned: tuple[Recommendation, ...]

    @property
    def lists(self) -> tuple[FilledField, ...]:
        """Impacts, threats and sources."""
        return self.impacts, self.threats, self.origins

    @property
    def settled(self) -> bool:
        """Whether the practitioner retained both levels of what is left."""
        return all(
            one.status in ("confirmed", "changed") for one in (self.severity_after, self.likelihood_after)
        )


@dataclass(frozen=True)
class Assessment:
    """The assessment of one entry; what follows is computed when asked for.

    `answers` are the practice's, those to the screening's questions and those to the assessment's, by
    qualified id; `entry` is the entry as the practice's register has it; `measures` are those recommended,
    with what was decided.
    """

    knowledge: Knowledge
    entry: RegisterEntry
    answers: Answers
    measures: Sequence[Recommendation] = ()

    @cached_property
    def facts(self) -> Facts:
        """What is known, with what is read in the entry and the assessment's own answers."""
        facts = of_entry(read(self.knowledge, self.answers), self._model)
        kept = dict(facts.answers)
        for question in interview.asked(self.knowledge.dpia.analysis, kept):
            if (key := self._key(question.id)) in self.answers:
                kept[key] = self.answers[key]
        return replace(facts, answers=kept)

    @cached_property
    def _weighed(self) -> Facts:
        """The facts that the risk rests on: a question that applies and was not answered is unknown."""
        kept = dict(self.facts.answers)
        for factor in self.knowledge.dpia.risks.factors:
            for key in named(factor.when):
                if key not in kept and self._applies(key):
                    kept[key] = UNKNOWN
        return replace(self.facts, answers=kept)

    def _applies(self, question_id: str) -> bool:
        activity = self.knowledge.activity(question_id.partition(".")[0])
        needed = (activity.asks_when, activity.question(question_id).when)
        return all(self.facts.holds(condition) for condition in needed)

    @cached_property
    def sheet(self) -> Sheet:
        """The questions that apply, in order, and the answers that count."""
        return interview.sheet(self.knowledge.dpia.analysis, self.facts.answers)

    def proposal(self, question_id: str) -> Answer | None:
        """The answer that Vigie proposes to a question, by its local or qualified id; None if there is none.

        To confirm it is to give it as the answer.
        """
        question = self.knowledge.dpia.analysis.question(question_id)
        for event in self.events:
            levels = {
                "gravite": event.severity,
                "vraisemblance": event.likelihood,
                "gravite_apres": event.severity_after,
                "vraisemblance_apres": event.likelihood_after,
            }
            for name, rated in levels.items():
                if self._of_event(event.event, name) == question:
                    return Answer.given(rated.proposed)
            for name, choices in self._choices(event.event).items():
                if self._of_event(event.event, name) == question:
                    chosen = self._proposed_options(choices)
                    return Answer.given(chosen) if chosen else None
        field = next((one for one in self._form_fields if one.question == question.id), None)
        text = self._proposed_text(self._proposed(field)) if field else ""
        return Answer.given(text) if text else None

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Context, fundamental principles and validation; the risks are `events`."""
        return tuple(
            Section(
                section.id,
                section.title,
                tuple(
                    Part(part.id, part.title, fields)
                    for part in section.parts
                    if (fields := tuple(one for field in part.fields if (one := self._field(field))))
                ),
            )
            for section in self.knowledge.dpia.form.sections
        )

    @cached_property
    def existing(self) -> tuple[RegisterLine, ...]:
        """The security measures in place, as the register states them."""
        return tuple(line for line in self.entry.field("security").lines if line.status != "unknown")

    @cached_property
    def plan(self) -> tuple[Recommendation, ...]:
        """The plan of action: the recommended measures that concern this activity and are not done."""
        themes = {self.entry.theme, *self.knowledge.dpia.risks.shared_themes}
        cures = {measure for factor in self._raised for measure in factor.cured_by}
        return tuple(
            one for one in self.measures if one.open and (themes & set(one.themes) or one.measure.id in cures)
        )

    @cached_property
    def events(self) -> tuple[EventRisk, ...]:
        """The three feared events."""
        return tuple(self._event(event) for event in self.knowledge.dpia.risks.events)

    @property
    def in_doubt(self) -> bool:
        """Whether a level is proposed as high as it is because something is not known."""
        rated = (one for event in self.events for one in (event.severity, event.likelihood))
        return any(ground.doubt for one in rated if one.status == "proposed" for ground in one.grounds)

    @property
    def consult(self) -> bool | None:
        """Whether the CNIL is to be consulted first (RGPD art. 36): a risk that stays high after the plan.

        None as long as the practitioner has not retained what is left.
        """
        if any(event.settled and event.residual == "eleve" for event in self.events):
            return True
        return False if all(event.settled for event in self.events) else None

    @property
    def conclusion(self) -> Ground:
        """What follows for the CNIL, as a sentence."""
        risks = self.knowledge.dpia.risks
        if self.consult:
            return Ground(risks.consultation.text, risks.consultation.sources)
        text = risks.incomplete if self.consult is None else risks.no_consultation
        return Ground(text, risks.consultation.sources, doubt=self.consult is None)

    @property
    def missing(self) -> tuple[FilledField, ...]:
        """The fields that still hold something unknown."""
        filled = [
            *(field for section in self.sections for part in section.parts for field in part.fields),
            *(field for event in self.events for field in event.lists),
        ]
        return tuple(field for field in filled if field.status == "unknown")

    @cached_property
    def _model(self) -> Entry:
        activity = self.knowledge.activity(self.entry.theme)
        return next(entry for entry in activity.register if entry.id == self.entry.id)

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.knowledge, self.facts.answers)

    @property
    def _form_fields(self) -> Iterable[FormField]:
        sections = self.knowledge.dpia.form.sections
        return (field for section in sections for part in section.parts for field in part.fields)

    def _key(self, question_id: str) -> str:
        return f"{self.knowledge.dpia.analysis.id}.{question_id}"

    def _answer(self, question: Question) -> Answer | None:
        return self.facts.answers.get(self._key(question.id))

    def _field(self, field: FormField) -> FilledField | None:
        """A field filled in; None when its question does not apply."""
        question = self.knowledge.dpia.analysis.question(field.question)
        if question not in self.sheet.asked:
            return None
        lines = self._answered(question, self._proposed(field)) or self._nothing_yet(question)
        return FilledField(question.id, question.label, lines, least_sure(lines))

    def _proposed(self, field: FormField) -> tuple[RegisterLine, ...]:
        """What the register and the answers say: all of it still to be confirmed here."""
        taken = [line for name in field.takes for line in self._taken(name, name != field.takes[0])]
        if not field.details:
            taken = [replace(line, details=()) for line in taken]
        added = self._lines.of(field.lines, self.knowledge.dpia.form.sources)
        found = (replace(line, status=_unsure(line), shared=False) for line in (*taken, *added))
        return tuple(dict.fromkeys(found))

    def _taken(self, name: Taken, named: bool) -> Iterable[RegisterLine]:
        """The lines of a field of the register, `named` when they stand below those of another."""
        for line in self.entry.field(name).lines:
            known = named and line.status != "unknown"
            yield replace(line, text=f"{FIELD_LABELS[name]} : {line.text}") if known else line

    @staticmethod
    def _proposed_text(lines: Iterable[RegisterLine]) -> str:
        return "\n".join(line.in_full for line in lines if line.status == "proposed")

    def _answered(self, question: Question, proposed: tuple[RegisterLine, ...]) -> tuple[RegisterLine, ...]:
        """The lines of a field: the proposal as long as nothing was answered, else the answer.

        What the proposal leaves unknown stays so when it was only confirmed.
        """
        answer = self._answer(question)
        if answer is None or answer.state == "skipped":
            return proposed
        if not answer.known:
            return self._nothing_yet(question)
        text = in_words(question, answer)
        if text == self._proposed_text(proposed):
            return tuple(
                replace(line, status="confirmed") if line.status == "proposed" else line for line in proposed
            )
        status: Status = "changed" if proposed else "confirmed"
        sources = tuple(dict.fromkeys(source for line in proposed for source in line.sources))
        lines = (line for line in text.splitlines() if line.strip())
        return tuple(RegisterLine(line, status, sources) for line in lines)

    def _nothing_yet(self, question: Question) -> tuple[RegisterLine, ...]:
        whom = f" (à demander {to_whom(question.ask_whom)})" if question.ask_whom else ""
        return (RegisterLine(f"À préciser : {question.ask}{whom}", "unknown", question.sources),)

    @property
    def _cured(self) -> frozenset[str]:
        """The measures that are planned or done."""
        states = ("planned", "done")
        return frozenset(
            one.measure.id for one in self.measures if one.decision and one.decision.state in states
        )

    @cached_property
    def _raised(self) -> tuple[RiskFactor, ...]:
        """The factors that hold and that a measure would remove."""
        return tuple(
            factor
            for factor in self.knowledge.dpia.risks.factors
            if factor.cured_by and self._weighed.holds(factor.when)
        )

    def _event(self, event: Event) -> EventRisk:
        impacts, threats, origins = (
            self._list(event, name, choices) for name, choices in self._choices(event).items()
        )
        severity = self._rated(event, "gravite", risk.propose(self._weighed, event, "gravite"))
        likelihood = self._rated(event, "vraisemblance", risk.propose(self._weighed, event, "vraisemblance"))
        severity_after = self._after(event, "gravite", severity)
        likelihood_after = self._after(event, "vraisemblance", likelihood)
        cures = {measure for factor in self._raised if event.of in factor.of for measure in factor.cured_by}
        return EventRisk(
            event=event,
            impacts=impacts,
            threats=threats,
            origins=origins,
            severity=severity,
            likelihood=likelihood,
            severity_after=severity_after,
            likelihood_after=likelihood_after,
            risk=risk.crossed(self.facts, severity.counted, likelihood.counted),
            residual=risk.crossed(self.facts, severity_after.counted, likelihood_after.counted),
            safeguards=self._safeguards(event),
            planned=tuple(one for one in self.plan if one.measure.id in cures),
        )

    @staticmethod
    def _choices(event: Event) -> dict[str, tuple[Choice, ...]]:
        return {"impacts": event.impacts, "menaces": event.threats, "sources": event.origins}

    def _of_event(self, event: Event, name: str) -> Question:
        return self.knowledge.question(self.knowledge.dpia.event_question(event, name))

    def _proposed_options(self, choices: Iterable[Choice]) -> tuple[str, ...]:
        return tuple(choice.option for choice in choices if self.facts.holds(choice.when))

    def _list(self, event: Event, name: str, choices: tuple[Choice, ...]) -> FilledField:
        """A list of options: those proposed, until the practitioner chose."""
        question = self._of_event(event, name)
        proposed, answer = self._proposed_options(choices), self._answer(question)
        if answer is None or answer.state == "skipped":
            status: Status = "proposed"
            chosen = proposed
        elif not answer.known:
            unknown = RegisterLine(UNKNOWN_TEXT, "unknown", question.sources)
            return FilledField(question.id, question.label, (unknown,), "unknown")
        else:
            chosen = answer.value if isinstance(answer.value, tuple) else ()
            status = "confirmed" if set(chosen) == set(proposed) else "changed"
        lines = tuple(
            RegisterLine(question.options[option], status, question.sources)
            for option in question.options
            if option in chosen
        ) or self._nothing_yet(question)
        return FilledField(question.id, question.label, lines, least_sure(lines))

    def _rated(self, event: Event, name: str, proposal: risk.Proposal) -> Rated:
        """A level: the one that the practitioner retained, else the one proposed."""
        answer = self._answer(self._of_event(event, name))
        level, grounds = proposal.level, proposal.grounds or self._undecided
        if answer is None or answer.state == "skipped":
            return Rated(level, "proposed", level, grounds)
        if not answer.known:
            return Rated(None, "unknown", level, grounds)
        retained = next(one for one in LEVELS if one == answer.value)
        return Rated(retained, "confirmed" if retained == level else "changed", level, grounds)

    def _after(self, event: Event, axis: Axis, now: Rated) -> Rated:
        """What is left once the measures planned are in place: never more than it is now."""
        then = risk.propose(self._weighed, event, axis, self._cured)
        kept = risk.Proposal(_lower(then.level, now.counted), then.factors)
        return self._rated(event, f"{axis}_apres", kept)

    @property
    def _undecided(self) -> tuple[Ground, ...]:
        risks = self.knowledge.dpia.risks
        return (Ground(risks.undecided, risks.sources),)

    def _safeguards(self, event: Event) -> tuple[RegisterLine, ...]:
        """The practice's safeguards that act on the event."""
        mine = [one for one in self.knowledge.safeguards if one.id in event.safeguards]
        return tuple(
            RegisterLine(safeguard.text, "proposed", safeguard.sources)
            for safeguard in mine
            if self.facts.holds(safeguard.when)
        )


def _unsure(line: RegisterLine) -> Status:
    return "unknown" if line.status == "unknown" else "proposed"


def _lower(one: Level, other: Level) -> Level:
    return min(one, other, key=LEVELS.index)
