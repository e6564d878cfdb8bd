"""Whether an entry of the register calls for an impact assessment: required, not required, or to be examined.

Sources: RGPD art. 35(1), 35(3) and recital 91; the CEPD's nine criteria (WP248); the CNIL's lists
(deliberations 2018-327 and 2019-118) and its mark of size (2020-081), as far as they are known; see
`knowledge/dpia/screening.yml`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.compliance.answers import Answer, Answers, to_whom
from bot.compliance.breach.risk import Ground
from bot.compliance.dpia.facts import Facts, of_entry, read
from bot.compliance.register import present
from bot.knowledge.dpia import VERDICTS, Criterion, Exemption, Rule, VerdictName
from bot.knowledge.dpia import Screening as Method
from bot.knowledge.model import Entry, Knowledge, Question


@dataclass(frozen=True)
class Met:
    """A criterion of the CEPD that is met, and why."""

    criterion: Criterion
    ground: Ground


@dataclass(frozen=True)
class Settling:
    """A question whose answer would help to decide, by its qualified id, and the sentence that says so."""

    id: str
    question: Question
    text: str


@dataclass(frozen=True)
class Change:
    """What would change the verdict, as a sentence, and the verdict that it would then be."""

    text: str
    verdict: VerdictName


@dataclass(frozen=True)
class EntryScreening:
    """The verdict on one entry of the register, and all that led to it.

    `grounds` decided; `met` are the criteria that are met; `leans` when it is to be examined and the CEPD's
    criteria call for the assessment; `settles` are the questions left open that matter; `justification` is
    the half page to keep (RGPD art. 5(2) and 24).
    """

    entry: Entry
    verdict: VerdictName
    title: str
    text: str
    sources: tuple[str, ...]
    grounds: tuple[Ground, ...]
    met: tuple[Met, ...]
    exemption: Exemption | None
    leans: bool
    settles: tuple[Settling, ...]
    changes: tuple[Change, ...]
    justification: tuple[Ground, ...]


@dataclass(frozen=True)
class Screening:
    """The screening of every entry of a practice's register, in its order."""

    entries: tuple[EntryScreening, ...]
    notes: tuple[Ground, ...]
    caution: str

    def of(self, entry_id: str) -> EntryScreening:
        """The screening of that entry; raises KeyError when the practice has no such entry."""
        for entry in self.entries:
            if entry.entry.id == entry_id:
                return entry
        raise KeyError(entry_id)

    @property
    def settles(self) -> tuple[Settling, ...]:
        """Every question left open that matters, each once."""
        found = {one.id: one for entry in self.entries for one in entry.settles}
        return tuple(found.values())


def settling(knowledge: Knowledge, question_id: str, template: str) -> Settling:
    """A question left open, told by a template that quotes it, with whom to ask."""
    question = knowledge.question(question_id)
    whom = f" À demander {to_whom(question.ask_whom)}." if question.ask_whom else ""
    return Settling(question_id, question, template.format(question=question.ask) + whom)


def screen(knowledge: Knowledge, answers: Answers) -> Screening:
    """The screening of the entries that answers show to exist.

    `answers` are the practice's, those to the screening's own questions included. What is unknown or not
    answered counts on the cautious side: the entry is to be examined, and the screening says which answer
    would settle it.
    """
    facts, method = read(knowledge, answers), knowledge.dpia.screening
    entries = tuple(
        _Screened(of_entry(facts, entry), entry).read() for _, entry in present(knowledge, facts.answers)
    )
    notes = tuple(Ground(line.text, line.sources) for line in method.notes if facts.holds(line.when))
    return Screening(entries, notes, method.caution)


@dataclass(frozen=True)
class _Judged:
    """A verdict and what decided it; `open` are the ids of questions."""

    verdict: VerdictName
    rules: tuple[Rule, ...]
    met: tuple[Met, ...]
    exemption: Exemption | None
    open: tuple[str, ...]


class _Screened:
    """Screens one entry."""

    def __init__(self, facts: Facts, entry: Entry) -> None:
        self._facts, self._entry = facts, entry
        self._method: Method = facts.knowledge.dpia.screening

    def read(self) -> EntryScreening:
        """The verdict with its reasons."""
        facts, method, judged = self._facts, self._method, self._judge()
        text = method.verdicts[judged.verdict]
        settles = tuple(settling(facts.knowledge, question, method.settle) for question in judged.open)
        leans = self._leans(judged)
        grounds = self._grounds(judged, leans)
        return EntryScreening(
            entry=self._entry,
            verdict=judged.verdict,
            title=text.title,
            text=text.text,
            sources=text.sources,
            grounds=grounds,
            met=judged.met,
            exemption=judged.exemption,
            leans=leans,
            settles=settles,
            changes=tuple(self._changes(judged)),
            justification=self._justification(judged, grounds, leans),
        )

    def _judge(self, exempted: bool = True) -> _Judged:
        """The verdict; without any exemption, when `exempted` is false."""
        method, facts = self._method, self._facts
        held = [rule for rule in method.rules if facts.holds(rule.when)]
        required = tuple(rule for rule in held if rule.verdict == "requise")
        met = tuple(one for criterion in method.criteria if (one := self._met(criterion)))
        exempt = method.exemptions if exempted else ()
        exemption = next((one for one in exempt if facts.holds(one.when)), None)
        if required:
            return _Judged("requise", required, met, exemption, ())
        # Of what is left open, only what could make it graver counts.
        waiting = [rule for rule in method.rules if not held or rule.verdict == "requise"]
        open_ = self._waiting(rule.when for rule in waiting)
        if held or open_:
            return _Judged("a_examiner", tuple(held), met, exemption, open_)
        if exemption:
            return _Judged("non_requise", (), met, exemption, ())
        unsure = [
            criterion
            for criterion in method.criteria
            if criterion not in [one.criterion for one in met]
            and self._waiting(case.when for case in criterion.cases)
        ]
        if len(met) + len(unsure) < method.needed:
            return _Judged("non_requise", (), met, None, ())
        of_criteria = self._waiting(case.when for criterion in unsure for case in criterion.cases)
        open_ = self._waiting(one.when for one in exempt)
        return _Judged("a_examiner", (), met, None, tuple(dict.fromkeys((*open_, *of_criteria))))

    def _waiting(self, conditions: Iterable[dict[str, object]]) -> tuple[str, ...]:
        found = (self._facts.waits_for(condition) for condition in conditions)
        return tuple(dict.fromkeys(question for question in found if question))

    def _met(self, criterion: Criterion) -> Met | None:
        for case in criterion.cases:
            if self._facts.holds(case.when):
                return Met(criterion, Ground(case.because, case.sources))
        return None

    def _leans(self, judged: _Judged) -> bool:
        """Whether the criteria call for the assessment and no exemption surely covers the entry."""
        covered = judged.exemption and not judged.rules
        return judged.verdict == "a_examiner" and not covered and self._enough(judged.met)

    def _enough(self, met: tuple[Met, ...]) -> bool:
        return len(met) >= self._method.needed

    def _grounds(self, judged: _Judged, leans: bool) -> tuple[Ground, ...]:
        """What decided: the rules, else the exemption, else the count of the criteria."""
        method = self._method
        found = [Ground(rule.because, rule.sources) for rule in judged.rules]
        if judged.exemption and judged.verdict == "non_requise":
            found.append(Ground(judged.exemption.because, judged.exemption.sources))
        if leans:
            found.append(Ground(method.lean.format(criteria=_names(judged.met)), method.lean_sources))
        if judged.open:
            questions = ", ".join(f"« {self._question(one).label} »" for one in judged.open)
            text = method.justification.open.format(questions=questions)
            found.append(Ground(text, method.sources, doubt=True))
        return tuple(found) or (self._counted(judged),)

    def _counted(self, judged: _Judged) -> Ground:
        """How many of the criteria are met."""
        texts, met = self._method.justification, judged.met
        if self._enough(met):
            template = texts.exempted if judged.verdict == "non_requise" else texts.criteria
        else:
            template = texts.one_criterion if met else texts.no_criterion
        return Ground(template.format(criteria=_names(met)), self._method.lean_sources)

    def _question(self, question_id: str) -> Question:
        return self._facts.knowledge.question(question_id)

    def _changes(self, judged: _Judged) -> Iterable[Change]:
        """What would change the verdict: a rule that would come to hold, or that would not any more."""
        rank = VERDICTS.index
        for rule in self._method.rules:
            holding = rule in judged.rules
            if holding and rule.removed:
                then = self._undone(rule)
                if then != judged.verdict:
                    yield self._change(rule.removed, then)
            elif not holding and rank(rule.verdict) > rank(judged.verdict) and self._may_hold(rule):
                yield self._change(rule.added, rule.verdict)
        if judged.exemption and judged.exemption.lost and judged.verdict == "non_requise":
            then = self._judge(exempted=False).verdict
            if then != judged.verdict:
                yield self._change(judged.exemption.lost, then)

    def _undone(self, rule: Rule) -> VerdictName:
        """The verdict if the fact that a rule rests on were undone, tried on the other answers."""
        key, test = [*rule.when.items()][-1]
        opposite = _opposite(self._question(key), test, self._facts.answers[key])
        facts = read(self._facts.knowledge, {**self._facts.answers, key: opposite})
        return _Screened(of_entry(facts, self._entry), self._entry)._judge().verdict

    def _may_hold(self, rule: Rule) -> bool:
        """Whether the rule is about this entry."""
        entry = f"{self._facts.knowledge.dpia.entry.id}."
        return self._facts.holds({key: test for key, test in rule.when.items() if key.startswith(entry)})

    def _change(self, what: str, verdict: VerdictName) -> Change:
        title = self._method.verdicts[verdict].title
        return Change(self._method.change.format(what=what, verdict=title), verdict)

    def _justification(self, judged: _Judged, grounds: tuple[Ground, ...], leans: bool) -> tuple[Ground, ...]:
        """The half page to keep: the verdict, its grounds, the criteria, and the next look."""
        texts, method = self._method.justification, self._method
        opening = Ground(
            texts.opening[judged.verdict].format(entry=self._entry.title),
            method.verdicts[judged.verdict].sources,
        )
        because = [one.ground for one in judged.met]
        closing = Ground(texts.closing, texts.closing_sources)
        counted = () if leans else (self._counted(judged),)
        return tuple(dict.fromkeys([opening, *grounds, *counted, *because, closing]))


def _names(met: Iterable[Met]) -> str:
    return ", ".join(one.criterion.title.lower() for one in met)


def _opposite(question: Question, test: Any, answer: Answer) -> Answer:
    """An answer that fails a test that `answer` passes: no, another option, or fewer options."""
    if question.kind == "bool":
        return Answer.given(not test)
    tested = test["any"] if isinstance(test, dict) else (test,)
    others = [option for option in question.options if option not in tested]
    if question.kind == "one":
        return Answer.given(others[0])
    chosen = answer.value if isinstance(answer.value, tuple) else ()
    return Answer.given(tuple(option for option in chosen if option not in tested))
