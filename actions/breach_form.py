"""Asking about a breach: as a theme is asked, with answers that cannot be right refused."""

from __future__ import annotations

from actions import context
from actions.breach import say_first_actions
from actions.cases import refuses
from actions.interview import AnswerQuestion
from actions.turn import Turn
from bot.compliance.answers import Answer
from bot.knowledge.breach import INCIDENT
from bot.knowledge.model import Activity, Question


class AnswerBreach(AnswerQuestion):
    """Keeps an answer on the breach in hand, unless it cannot be right."""

    @property
    def theme(self) -> Activity:
        """The questionnaire on a breach."""
        return context.current().knowledge.breach.questionnaire

    def refuses(self, turn: Turn, answer: Answer) -> bool:
        """See AnswerQuestion: dates out of order, nobody concerned."""
        return refuses(turn, turn.pending, answer)

    def noted(self, turn: Turn, question: Question, before: Answer | None) -> None:
        """See AnswerQuestion: what to do first follows the kind, and the clock runs from the awareness."""
        breach = turn.breach
        if breach is None:
            return
        if question.id == INCIDENT and breach.recorded.get(turn.pending) != before:
            say_first_actions(turn, breach)
        elif question.id == "connaissance":
            turn.tell_time()
