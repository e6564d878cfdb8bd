"""The risk for the persons: severity and likelihood for each aspect, from factors that are data.

Sources: RGPD recitals 75, 76 and 85, art. 33(1) and 34(1); CEPD guidelines 9/2022, section IV.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.compliance.answers import Answers
from bot.compliance.conditions import holds
from bot.knowledge.breach import (
    INCIDENT,
    LEVELS,
    RISKS,
    Aspect,
    Axis,
    Breach,
    Factor,
    Level,
    RiskLevel,
)
from bot.knowledge.model import Line

ASPECTS: tuple[Aspect, ...] = ("confidentialite", "integrite", "disponibilite")


@dataclass(frozen=True)
class Ground:
    """A sentence that says what led to the verdict, and whether it set a level.

    `doubt` when it is that something is unknown.
    """

    text: str
    sources: tuple[str, ...]
    decisive: bool = True
    doubt: bool = False


@dataclass(frozen=True)
class AspectRisk:
    """The risk of one aspect, and why."""

    aspect: Aspect
    severity: Level
    likelihood: Level
    risk: RiskLevel
    grounds: tuple[Ground, ...]


@dataclass(frozen=True)
class Risk:
    """The risk of a breach: that of its worst aspect.

    `in_doubt` when it is as high as it is only because something is unknown.
    """

    level: RiskLevel
    severity: Level
    likelihood: Level
    aspects: tuple[AspectRisk, ...]
    in_doubt: bool

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """Every ground, those of the worst aspect first, each once."""
        ordered = sorted(self.aspects, key=_rank, reverse=True)
        return tuple(dict.fromkeys(ground for aspect in ordered for ground in aspect.grounds))


def not_a_breach(breach: Breach, answers: Answers) -> tuple[Ground, ...]:
    """Why it is no personal data breach (RGPD art. 4(12)); nothing when it is one, or may be."""
    found: Iterable[Line] = (line for line in breach.risk.not_a_breach if holds(line.when, answers))
    return tuple(Ground(line.text, line.sources) for line in found)


def judge(breach: Breach, answers: Answers) -> Risk:
    """The risk that the facts show; what is unknown counts on the cautious side."""
    touched, presumed = _touched(breach, answers)
    aspects = tuple(_aspect(breach, answers, aspect, with_doubt=True) for aspect in touched)
    worst = max(aspects, key=_rank, default=None)
    if worst is None:
        return Risk("aucun", "negligeable", "negligeable", (), False)
    surely = () if presumed else (_aspect(breach, answers, one, with_doubt=False).risk for one in touched)
    sure = max(surely, key=RISKS.index, default="aucun")
    return Risk(worst.risk, worst.severity, worst.likelihood, aspects, worst.risk != sure)


def _touched(breach: Breach, answers: Answers) -> tuple[tuple[Aspect, ...], bool]:
    """What the data suffered; what incidents of its kind do, as long as that is unknown."""
    answer = answers.get(breach.key("atteinte"))
    if answer and answer.known and isinstance(answer.value, tuple):
        told = answer.value
        return tuple(aspect for aspect in ASPECTS if aspect in told), False
    incident = answers.get(breach.key(INCIDENT))
    if incident and incident.known:
        return breach.incidents[str(incident.value)].affects, True
    return ("confidentialite",), True


def _aspect(breach: Breach, answers: Answers, aspect: Aspect, with_doubt: bool) -> AspectRisk:
    held = [
        factor
        for factor in breach.risk.factors
        if (not factor.of or aspect in factor.of)
        and (with_doubt or not factor.doubt)
        and holds(factor.when, answers)
    ]
    severity, likelihood = _level(held, "gravite"), _level(held, "vraisemblance")
    risk = breach.risk.table[severity][LEVELS.index(likelihood)]
    reached: dict[Axis, Level] = {"gravite": severity, "vraisemblance": likelihood}
    decided = {factor.id for factor in held if factor.level == reached[factor.axis]}
    grounds = (
        Ground(factor.because, factor.sources, factor.id in decided, factor.doubt)
        for factor in sorted(held, key=lambda factor: (factor.id not in decided, factor.axis))
    )
    return AspectRisk(aspect, severity, likelihood, risk, tuple(grounds))


def _level(held: Iterable[Factor], axis: Axis) -> Level:
    """The highest level that a factor calls for, within the lowest cap."""
    mine = [factor for factor in held if factor.axis == axis]
    floor = max((LEVELS.index(factor.level) for factor in mine if not factor.cap), default=0)
    cap = min((LEVELS.index(factor.level) for factor in mine if factor.cap), default=len(LEVELS) - 1)
    return LEVELS[min(floor, cap)]


def _rank(aspect: AspectRisk) -> tuple[int, int, int]:
    return (
        RISKS.index(aspect.risk),
        LEVELS.index(aspect.severity),
        LEVELS.index(aspect.likelihood),
    )
