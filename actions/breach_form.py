"""Asking about a breach: as a theme is asked, with answers that cannot be right refused."""

from __future__ import annotations

from actions import context
from actions.breach import say_first_actions
from actions.cases import refuses
from actions.interview import AnswerQuestion
from actions.turn import Turn
from bot.compliance.answers import Answer
from bot.compliance.conditions import holds
from bot.knowledge.breach import INCIDENT
from bot.knowledge.model import Activity, Question
from bot.language import story


class AnswerBreach(AnswerQuestion):
    """Keeps an answer on the breach in hand, unless it cannot be right."""

    @property
    def theme(self) -> Activity:
        """The questionnaire on a breach."""
        return context.current().knowledge.breach.questionnaire

    def refuses(self, turn: Turn, answer: Answer) -> bool:
        """See AnswerQuestion: dates out of order, nobody concerned."""
        return refuses(turn, turn.pending, answer)

    def told(self, turn: Turn) -> dict[str, Answer]:
        """See AnswerQuestion: what a story tells, but for what it was and when, which are asked."""
        breach = turn.knowledge.breach
        incident = turn.answers.get(breach.key(INCIDENT))
        kind = str(incident.value) if incident and incident.known else ""
        found = story.told(breach, turn.text, kind, turn.knowledge.vendors, turn.now)
        return {
            key: answer
            for key, answer in found.items()
            if key not in map(breach.key, (INCIDENT, "circonstances"))
            and (question := turn.knowledge.question(key)).kind != "moment"
            and holds(question.when, turn.answers)
        }

    def noted(self, turn: Turn, question: Question, before: Answer | None) -> None:
        """See AnswerQuestion: what to do first follows the kind, and the clock runs from the awareness."""
        breach = turn.breach
        if breach is None:
            return
        if question.id == INCIDENT and breach.recorded.get(turn.pending) != before:
            say_first_actions(turn, breach)
        elif question.id == "connaissance":
            turn.tell_time()
