"""What is known of a case: the answers that count, what follows from them, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.compliance.answers import UNKNOWN, Answer, Answers
from bot.compliance.conditions import holds
from bot.knowledge.case import Part
from bot.knowledge.model import Question


@dataclass(frozen=True)
class Facts:
    """The answers on a case, over those of the practice, and what Vigie concludes as if it were answered.

    Every question that applies has an answer: what was skipped or not asked yet is unknown, so that
    caution is the default. `asked` apply, in order; `open` were not asked yet; `missing` are known to
    nobody yet: open, skipped, or « je ne sais pas encore »; `implied` were settled without being asked.
    """

    answers: dict[str, Answer]
    asked: tuple[Question, ...]
    open: tuple[Question, ...]
    missing: tuple[Question, ...]
    implied: frozenset[str]


def practice_answers(part: Part, answers: Answers) -> dict[str, Answer]:
    """Those of `answers` that are not on a case of that part: the practice's own."""
    own = {theme.id for theme in part.themes}
    return {key: answer for key, answer in answers.items() if key.partition(".")[0] not in own}


def gather(
    part: Part,
    answers: Answers,
    follows: Callable[[Answers], Mapping[str, Answer]],
    concluded: Mapping[str, Answer] | None = None,
) -> Facts:
    """The facts that `answers` tell, those of the practice and on the case, by qualified id.

    `follows` gives what the answers so far settle by themselves, questions included; `concluded` is what
    is known besides. An answer whose question a correction made irrelevant has no effect.
    """
    kept = {**practice_answers(part, answers), **(concluded or {})}
    implied: set[str] = set()
    asked, opened, missing = [], [], []
    settled = follows(kept)
    kept.update(settled)
    for question in part.questionnaire.questions:
        key = part.key(question.id)
        if key in settled:
            implied.add(key)
            continue
        if not holds(question.when, kept):
            continue
        answer = answers.get(key)
        asked.append(question)
        if answer is None:
            opened.append(question)
        if answer is None or not answer.known:
            missing.append(question)
            answer = UNKNOWN
        kept[key] = answer
        settled = follows(kept)
        kept.update(settled)
    return Facts(kept, tuple(asked), tuple(opened), tuple(missing), frozenset(implied))
