"""What is known of a supplier: the answers that count, what Vigie concludes, and what is missing."""

from __future__ import annotations

from bot.compliance.answers import Answer, Answers
from bot.compliance.conditions import holds
from bot.compliance.facts import Facts, gather
from bot.knowledge.model import Knowledge
from bot.knowledge.processors import KIND, Hosting, HostingRule, Kind, Processors, RoleCase, RoleName


def read(knowledge: Knowledge, answers: Answers) -> Facts:
    """The facts that answers tell; one whose question a correction made irrelevant has no effect.

    `answers` are the practice's effective ones and those on this supplier, by qualified id.
    """
    processors = knowledge.processors
    return gather(processors, answers, lambda kept: _concluded(processors, kept))


def kind_of(processors: Processors, answers: Answers) -> Kind | None:
    """The kind of supplier, once it is told."""
    answer = answers.get(processors.key(KIND))
    return processors.kinds.get(str(answer.value)) if answer and answer.known else None


def case_of(kind: Kind, answers: Answers) -> RoleCase | None:
    """The case that takes the place of the usual role."""
    return next((case for case in kind.cases if holds(case.when, answers)), None)


def hosting_of(kind: Kind, answers: Answers) -> HostingRule:
    """What hosting takes: the first rule that holds; the last one always does."""
    return next(rule for rule in kind.hosting if holds(rule.when, answers))


def _concluded(processors: Processors, answers: Answers) -> dict[str, Answer]:
    kind = kind_of(processors, answers)
    if kind is None:
        return {}
    case = case_of(kind, answers)
    role: RoleName = case.role if case else kind.role
    hosting: Hosting = hosting_of(kind, answers).need
    values = {"role": role, "suite": processors.roles[role].duty, "hebergement": hosting}
    return {f"{processors.findings.id}.{name}": Answer.given(value) for name, value in values.items()}
