"""Asking about a supplier and its contract, as a theme is asked."""

from __future__ import annotations

import msgspec

from actions import context
from actions.interview import AnswerQuestion
from actions.turn import Turn
from bot.compliance import days
from bot.compliance.answers import Answer
from bot.knowledge.model import Activity, Question
from bot.knowledge.processors import DATE
from bot.language.moments import find_moment
from bot.language.reading import Misunderstood


class AnswerContract(AnswerQuestion):
    """Keeps an answer on the supplier in hand."""

    @property
    def theme(self) -> Activity:
        """The questionnaire on a supplier and its contract."""
        return context.current().knowledge.processors.questionnaire

    def _read(self, turn: Turn, question: Question, said: str | list[str]) -> Answer:
        """See AnswerQuestion: a contract is of the past, « le 4 mars » the last one gone by."""
        answer = super()._read(turn, question, said)
        begins = days.earliest(str(answer.value)) if question.id == DATE else None
        if begins is None or begins <= turn.today:
            return answer
        moment = find_moment(str(said), turn.now)
        if moment is None:
            raise Misunderstood("future")
        return Answer.given(moment.day.isoformat())

    @property
    def fillable(self) -> Activity:
        """See AnswerQuestion: all clauses have the same answers, and « c'est écrit » speaks of one alone."""
        processors = context.current().knowledge.processors
        clauses = {clause.id for clause in processors.clauses.clauses}
        left = tuple(question for question in self.theme.questions if question.id not in clauses)
        return msgspec.structs.replace(self.theme, questions=left)
