"""The risk of a feared event: the levels that the method proposes, and those that the practitioner retained.

Sources: RGPD art. 35(7)(c) and recital 75; the CNIL's four levels. The method is data:
`knowledge/dpia/risks.yml`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from bot.compliance.breach.risk import Ground
from bot.compliance.dpia.facts import Facts
from bot.compliance.lines import Status
from bot.knowledge.breach import LEVELS, Axis, Level, RiskLevel
from bot.knowledge.dpia import Event, RiskFactor


@dataclass(frozen=True)
class Rated:
    """A level, its status, and why it was proposed.

    `proposed` is the method's own, which the practitioner may have changed; `level` is None when they do not
    know.
    """

    level: Level | None
    status: Status
    proposed: Level
    grounds: tuple[Ground, ...]

    @property
    def counted(self) -> Level:
        """The level that counts: the one retained, else the one proposed."""
        return self.level or self.proposed


@dataclass(frozen=True)
class Proposal:
    """A level that the factors call for, and those that set it."""

    level: Level
    factors: tuple[RiskFactor, ...]

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """Why."""
        return tuple(Ground(one.because, one.sources, doubt=one.doubt) for one in self.factors)


def propose(facts: Facts, event: Event, axis: Axis, cured: Collection[str] = ()) -> Proposal:
    """The level of an axis: the highest that a factor calls for, within the lowest cap.

    `cured` are ids of measures that are planned or done: a factor that one of them removes does not count.
    """
    held = [
        factor
        for factor in facts.knowledge.dpia.risks.factors
        if factor.axis == axis
        and event.of in factor.of
        and not set(factor.cured_by) & set(cured)
        and facts.holds(factor.when)
    ]
    rank = LEVELS.index
    floor = max((rank(factor.level) for factor in held if not factor.cap), default=0)
    cap = min((rank(factor.level) for factor in held if factor.cap), default=len(LEVELS) - 1)
    level = LEVELS[min(floor, cap)]
    return Proposal(level, tuple(factor for factor in held if factor.level == level))


def crossed(facts: Facts, severity: Level, likelihood: Level) -> RiskLevel:
    """The risk of a severity and a likelihood."""
    return facts.knowledge.dpia.risks.table[severity][LEVELS.index(likelihood)]
