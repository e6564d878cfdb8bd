"""What is known of a supplier: the answers that count, what Vigie concludes, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.compliance.answers import UNKNOWN, Answer, Answers
from bot.compliance.conditions import holds
from bot.knowledge.model import Knowledge, Question
from bot.knowledge.processors import KIND, Hosting, HostingRule, Kind, Processors, RoleCase, RoleName


@dataclass(frozen=True)
class Facts:
    """The answers on a supplier, over those of the practice, and what Vigie concludes as if it were answered.

    Every question that applies has an answer: one not asked yet is unknown. `asked` apply, in order; `open`
    were not asked yet; `missing` are known to nobody yet.
    """

    answers: dict[str, Answer]
    asked: tuple[Question, ...]
    open: tuple[Question, ...]
    missing: tuple[Question, ...]


def read(knowledge: Knowledge, answers: Answers) -> Facts:
    """The facts that answers tell; one whose question a correction made irrelevant has no effect.

    `answers` are the practice's effective ones and those on this supplier, by qualified id.
    """
    processors = knowledge.processors
    own = {theme.id for theme in processors.themes}
    kept = {key: answer for key, answer in answers.items() if key.partition(".")[0] not in own}
    asked, opened, missing = [], [], []
    for question in processors.questionnaire.questions:
        kept.update(_concluded(processors, kept))
        if not holds(question.when, kept):
            continue
        key = processors.key(question.id)
        answer = answers.get(key)
        asked.append(question)
        if answer is None:
            opened.append(question)
        if answer is None or not answer.known:
            missing.append(question)
            answer = UNKNOWN
        kept[key] = answer
    kept.update(_concluded(processors, kept))
    return Facts(kept, tuple(asked), tuple(opened), tuple(missing))


def given(values: Mapping[str, Any]) -> dict[str, Answer]:
    """Answers of values as the knowledge writes them."""
    return {
        key: Answer.given(tuple(value) if isinstance(value, list) else value) for key, value in values.items()
    }


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
