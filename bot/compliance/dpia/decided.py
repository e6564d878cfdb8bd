"""What an impact assessment was decided on, kept when it is closed, to review it later (RGPD art. 35(11))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.compliance.dpia.assessment import Assessment
from bot.compliance.versions import Content


@dataclass(frozen=True)
class Decided:
    """A version that was decided: what the decision rested on; its document is kept beside it."""

    number: int
    content: Content
    decided_at: datetime


def grounds(assessment: Assessment) -> Content:
    """What the register says of the activity, and the risk that Vigie reads in the answers.

    What the practitioner wrote or retained is not in it, nor what was done of the plan: a closed assessment
    keeps the one, and the other was decided.
    """
    levels = assessment.knowledge.dpia.risks.levels
    register = (
        (field.label, tuple(line.in_full for line in field.lines)) for field in assessment.entry.fields
    )
    risks = (
        (
            event.event.title,
            (
                f"Gravité proposée : {levels[event.severity.proposed].title}",
                f"Vraisemblance proposée : {levels[event.likelihood.proposed].title}",
            ),
        )
        for event in assessment.events
    )
    return (*register, *risks)
