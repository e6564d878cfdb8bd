"""Asking about a supplier and its contract, as a theme is asked."""

from __future__ import annotations

import msgspec

from actions import context
from actions.interview import AnswerQuestion
from bot.knowledge.model import Activity


class AnswerContract(AnswerQuestion):
    """Keeps an answer on the supplier in hand."""

    @property
    def theme(self) -> Activity:
        """The questionnaire on a supplier and its contract."""
        return context.current().knowledge.processors.questionnaire

    @property
    def fillable(self) -> Activity:
        """See AnswerQuestion: all clauses have the same answers, and « c'est écrit » speaks of one alone."""
        processors = context.current().knowledge.processors
        clauses = {clause.id for clause in processors.clauses.clauses}
        left = tuple(question for question in self.theme.questions if question.id not in clauses)
        return msgspec.structs.replace(self.theme, questions=left)
