"""Puts the test sets to a system: what comes of each utterance, and the figures over that."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bench import measure
from bench.cases import Case, cases
from bench.measure import NOTHING, Outcome
from bench.understanding import FAQ, QUESTION, SET_ASIDE, VENDOR, Heard, System
from bot.clock import PARIS

#: Out of scope is measured where this share of what is in scope is accepted.
_ACCEPTED = 0.95
_OUTSIDE = "out of scope"
_HEARD = ("commands", "dossiers", "faq", "out_of_scope")


@dataclass(frozen=True)
class Figure:
    """A figure over the outcomes of a set, from 0 to 1, and what it should reach."""

    key: str
    title: str
    set: str
    of: Callable[[Sequence[Outcome]], float] = measure.accuracy
    aim: float | None = None


def _in_three(outcomes: Sequence[Outcome]) -> float:
    return measure.accuracy(outcomes, among=3)


def _vendors_f1(outcomes: Sequence[Outcome]) -> float:
    return measure.found_f1([one for one in outcomes if _is_vendor(one)])


FIGURES = (
    Figure("commands", "commands, right intent", "commands", aim=0.97),
    Figure("commands_f1", "commands, macro-F1", "commands", measure.macro_f1),
    Figure("dossiers", "requests, contracts, papers, right intent", "dossiers"),
    Figure("questions", "questions taken as questions", "questions"),
    Figure("answers", "answers understood", "answers", aim=0.92),
    Figure("faq", "FAQ, right at first", "faq", aim=0.9),
    Figure("faq_in_three", "FAQ, right in three", "faq", _in_three, aim=0.97),
    Figure("out_of_scope", "out of scope caught", "out_of_scope", aim=0.9),
    Figure("moments", "moments, day and hour right", "moments"),
    Figure("entities", "entities, F1", "entities", measure.found_f1),
    Figure("vendors", "entities, services alone, F1", "entities", _vendors_f1),
)
#: The figures that no style should fail.
STYLED = tuple(figure for figure in FIGURES if figure.aim)
STYLE_AIM = 0.8


@dataclass(frozen=True)
class Run:
    """What a system made of each utterance, by set, and how long a message took it.

    Its outcomes are left out of what a failing test shows: half of them are held out.
    """

    outcomes: Mapping[str, Sequence[Outcome]] = field(repr=False)
    milliseconds: float

    def value(self, figure: Figure) -> float:
        """The figure over all outcomes of its set."""
        return figure.of(self.outcomes[figure.set])

    def styles(self, figure: Figure) -> dict[str, float]:
        """The figure by style."""
        return measure.by_style(self.outcomes[figure.set], figure.of)


async def run(system: System) -> Run:
    """Put every test set to the system."""
    # The first message loads what is loaded late.
    await system.hear("bonjour")
    started = time.perf_counter()
    heard = {name: await _heard(system, name) for name in _HEARD}
    spent = time.perf_counter() - started
    outcomes = {
        "commands": [_outcome(case, case.wanted("intent"), one.intent) for case, one in heard["commands"]],
        "dossiers": [_outcome(case, case.wanted("intent"), one.intent) for case, one in heard["dossiers"]],
        "questions": [_outcome(case, (QUESTION, FAQ), one.intent) for case, one in heard["faq"]],
        "answers": [one async for one in _answers(system)],
        "faq": [_outcome(case, case.wanted("entry"), *one.entries) for case, one in heard["faq"]],
        "out_of_scope": list(_out_of_scope(heard)),
        "moments": [one async for one in _moments(system)],
        "entities": [one async for one in _entities(system)],
    }
    return Run(outcomes, 1000 * spent / sum(map(len, heard.values())))


async def _heard(system: System, name: str) -> list[tuple[Case, Heard]]:
    return [(case, await system.hear(case.text)) for case in cases(name)]


def _outcome(case: Case, wanted: Sequence[object], *got: object) -> Outcome:
    return Outcome(
        case.number, case.text, case.style, tuple(map(_label, wanted)), tuple(map(_label, got)) or (NOTHING,)
    )


def _label(value: object) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return " + ".join(sorted(map(str, value)))
    return str(value)


async def _answers(system: System) -> AsyncIterator[Outcome]:
    for case in cases("answers"):
        question = system.knowledge.question(case.says["question"])
        outcome = _outcome(case, case.wanted("value"), await system.answer(question, case.text))
        yield replace(outcome, text=f"[{case.says['question']}] {case.text}")


def _out_of_scope(heard: Mapping[str, Sequence[tuple[Case, Heard]]]) -> Iterator[Outcome]:
    """Caught is what is not accepted, and what an intent sets aside as well."""
    inside = [
        one.in_scope
        for name in ("commands", "faq")
        for case, one in heard[name]
        if case.says.get("intent") not in SET_ASIDE
    ]
    least = measure.threshold(inside, _ACCEPTED)
    for case, one in heard["out_of_scope"]:
        got = one.intent if one.in_scope >= least else _OUTSIDE
        yield _outcome(case, (_OUTSIDE, *case.says.get("also", ())), got)


async def _entities(system: System) -> AsyncIterator[Outcome]:
    for case in cases("entities"):
        wanted = [_entity(each["kind"], each["value"]) for each in case.says["entities"]]
        got = [_entity(kind, value) for kind, value in await system.entities(case.text)]
        for one in measure.paired(case.number, case.text, case.style, wanted, got):
            yield one


async def _moments(system: System) -> AsyncIterator[Outcome]:
    for case in cases("dates"):
        now = datetime.fromisoformat(case.says["now"]).replace(tzinfo=PARIS)
        part = case.says.get("part", "")
        wanted = [value and f"{value} {part}".strip() for value in case.wanted("value")]
        yield _outcome(case, wanted, await system.moment(case.text, now))


def _entity(kind: str, value: object) -> str:
    return f"{kind} {_label(value)}"


def _is_vendor(outcome: Outcome) -> bool:
    return any(label.startswith(f"{VENDOR} ") for label in (*outcome.wanted, *outcome.got))
