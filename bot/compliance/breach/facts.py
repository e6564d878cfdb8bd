"""What is known of a breach: the answers that count, what its kind settles, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.compliance.answers import Answer, Answers, given
from bot.compliance.facts import Facts, gather
from bot.knowledge.breach import INCIDENT, Breach
from bot.knowledge.model import Knowledge


def read(knowledge: Knowledge, answers: Answers, concluded: Mapping[str, Answer] | None = None) -> Facts:
    """The facts that answers tell, given those of the practice and what was `concluded` and sent.

    An answer whose question a correction made irrelevant has no effect.
    """
    breach = knowledge.breach
    return gather(breach, answers, lambda kept: given(_settled(breach, kept)), concluded)


def _settled(breach: Breach, answers: Answers) -> Mapping[str, Any]:
    """What the kind of incident answers by itself."""
    incident = answers.get(breach.key(INCIDENT))
    if incident is None or not incident.known:
        return {}
    return breach.incidents[str(incident.value)].implies
