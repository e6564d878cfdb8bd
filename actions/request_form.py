"""Asking about a request: as a theme is asked, with answers that cannot be right refused."""

from __future__ import annotations

from actions import context
from actions.cases import refuses
from actions.interview import AnswerQuestion
from actions.turn import Turn
from bot.compliance.answers import Answer
from bot.compliance.conditions import holds
from bot.knowledge.model import Activity, Question
from bot.language import requested


class AnswerRequest(AnswerQuestion):
    """Keeps an answer on the request in hand, unless it cannot be right."""

    @property
    def theme(self) -> Activity:
        """The questionnaire on a request."""
        return context.current().knowledge.requests.questionnaire

    def refuses(self, turn: Turn, answer: Answer) -> bool:
        """See AnswerQuestion: dates to come, or out of order."""
        return refuses(turn, turn.pending, answer)

    def told(self, turn: Turn) -> dict[str, Answer]:
        """See AnswerQuestion: when and how it came, who asks, and for what."""
        case, found = turn.case, requested.told(turn.knowledge.requests, turn.text, turn.now)
        return {
            key: answer
            for key, answer in found.items()
            if case
            and holds(turn.knowledge.question(key).when, turn.answers)
            and case.mistake(key, answer) is None
        }

    def noted(self, turn: Turn, question: Question, before: Answer | None) -> None:
        """See AnswerQuestion: the clock runs from the reception."""
        if question.id == "recue":
            turn.tell_time()
