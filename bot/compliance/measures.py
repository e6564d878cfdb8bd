"""Which measures a practice's answers call for, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.compliance.answers import Answers
from bot.compliance.breach import Dossier
from bot.compliance.conditions import holds, named
from bot.compliance.processors import Review
from bot.knowledge.model import Activity, Knowledge, Measure

DecisionState = Literal["done", "planned", "not_applicable"]

_PRIORITIES = ("urgent", "important", "utile")
_EFFORTS = ("faible", "moyen", "fort")


@dataclass(frozen=True)
class Decision:
    """What the practitioner did about a measure: done, planned for `due`, or set aside for `reason`."""

    state: DecisionState
    due: date | None = None
    reason: str = ""


@dataclass(frozen=True)
class Recommendation:
    """A measure with the reasons that led to it, the themes they come from, and what was decided."""

    measure: Measure
    reasons: tuple[str, ...]
    themes: tuple[str, ...]
    decision: Decision | None = None

    @property
    def open(self) -> bool:
        """Whether it still has to be done: undecided, or planned."""
        return self.decision is None or self.decision.state == "planned"


def recommend(
    knowledge: Knowledge,
    answers: Answers,
    decisions: Mapping[str, Decision] | None = None,
    breaches: Iterable[Dossier] = (),
    contracts: Iterable[Review] = (),
) -> list[Recommendation]:
    """The measures that effective answers, breaches or contracts call for, urgent first, then the quickest.

    `decisions` maps a measure's id to what the practitioner decided. A measure that several answers
    call for, that would have avoided a breach or that a contract lacks, appears once with every reason.
    """
    decided = decisions or {}
    happened, lacking = _avoiding(breaches), _completing(contracts)
    found = []
    for measure in knowledge.measures:
        triggers = [trigger for trigger in measure.triggers if holds(trigger.when, answers)]
        because = [
            *happened.get(measure.id, ()),
            *lacking.get(measure.id, ()),
            *(trigger.because for trigger in triggers),
        ]
        if because:
            themes = [_theme(key) for trigger in triggers for key in named(trigger.when)]
            if measure.id in happened:
                themes.append(knowledge.breach.id)
            if measure.id in lacking:
                themes.append(knowledge.processors.id)
            reasons = tuple(dict.fromkeys(because))
            found.append(
                Recommendation(measure, reasons, tuple(dict.fromkeys(themes)), decided.get(measure.id))
            )
    return sorted(found, key=_rank)


def _avoiding(breaches: Iterable[Dossier]) -> dict[str, list[str]]:
    """The measures that would have avoided the breaches, by id, with why they join the plan."""
    found: dict[str, list[str]] = {}
    for dossier in breaches:
        for measure in dossier.measures:
            found.setdefault(measure.id, []).append(dossier.why_measures)
    return found


def _completing(contracts: Iterable[Review]) -> dict[str, list[str]]:
    """The measures that suppliers' contracts call for, by id, with why they join the plan."""
    found: dict[str, list[str]] = {}
    for review in contracts:
        for measure, because in review.measures:
            found.setdefault(measure.id, []).append(because)
    return found


def of_theme(recommendations: list[Recommendation], activity: Activity) -> list[Recommendation]:
    """Those that an answer of this theme led to."""
    return [item for item in recommendations if activity.id in item.themes]


def _theme(question_id: str) -> str:
    return question_id.partition(".")[0]


def _rank(item: Recommendation) -> tuple[int, int]:
    return _PRIORITIES.index(item.measure.priority), _EFFORTS.index(item.measure.effort)
