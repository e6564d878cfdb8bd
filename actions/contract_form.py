"""Asking about a supplier and its contract, as a theme is asked."""

from __future__ import annotations

from actions import context
from actions.interview import AnswerQuestion
from bot.knowledge.model import Activity


class AnswerContract(AnswerQuestion):
    """Keeps an answer on the supplier in hand."""

    @property
    def theme(self) -> Activity:
        """The questionnaire on a supplier and its contract."""
        return context.current().knowledge.processors.questionnaire
