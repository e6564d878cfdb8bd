"""What is known of a breach: the answers that count, what its kind settles, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.compliance.answers import UNKNOWN, Answer, Answers, in_words
from bot.compliance.conditions import holds
from bot.knowledge.breach import INCIDENT, Breach
from bot.knowledge.model import Knowledge, Question


@dataclass(frozen=True)
class Facts:
    """The answers on a breach, over those of the practice.

    Every question that applies has an answer: what was skipped or not asked yet is unknown, so that
    caution is the default. `implied` were settled by the kind of incident, `open` were not asked yet,
    `missing` are known to nobody yet: open, skipped, or « je ne sais pas encore ».
    """

    answers: dict[str, Answer]
    implied: frozenset[str]
    open: tuple[Question, ...]
    missing: tuple[Question, ...]

    def text(self, knowledge: Knowledge, question_id: str) -> str:
        """The answer to a question that is asked, in words; empty when it is not known."""
        key = knowledge.breach.key(question_id)
        answer = self.answers.get(key)
        return in_words(knowledge.question(key), answer) if answer and answer.known else ""


def value(raw: Any) -> Answer:
    """An answer of a value as the knowledge writes it."""
    return Answer.given(tuple(raw) if isinstance(raw, list) else raw)


def read(knowledge: Knowledge, answers: Answers, concluded: Mapping[str, Answer] | None = None) -> Facts:
    """The facts that answers tell, given those of the practice and what was `concluded` and sent.

    An answer whose question a correction made irrelevant has no effect.
    """
    breach = knowledge.breach
    kept = {key: answer for key, answer in answers.items() if not _belongs(breach, key)}
    kept.update(concluded or {})
    implied: set[str] = set()
    opened, missing = [], []
    for question in breach.questionnaire.questions:
        key = breach.key(question.id)
        answer, settled = answers.get(key), _settled(breach, kept).get(key)
        if settled is not None:
            kept[key] = value(settled)
            implied.add(key)
        elif holds(question.when, kept):
            if answer is None:
                opened.append(question)
            if answer is None or not answer.known:
                missing.append(question)
                answer = UNKNOWN
            kept[key] = answer
    return Facts(kept, frozenset(implied), tuple(opened), tuple(missing))


def _belongs(breach: Breach, key: str) -> bool:
    return key.partition(".")[0] in {theme.id for theme in breach.themes}


def _settled(breach: Breach, answers: Answers) -> Mapping[str, Any]:
    """What the kind of incident answers by itself."""
    incident = answers.get(breach.key(INCIDENT))
    if incident is None or not incident.known:
        return {}
    return breach.incidents[str(incident.value)].implies
