"""A practice's file as a whole: what it answered, and all that follows from it at this moment."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bot.compliance import interview, measures, register
from bot.compliance.answers import Answer, AnswerTimes
from bot.knowledge.model import Activity, Knowledge
from bot.records.store import Unit


@dataclass(frozen=True)
class PracticeFile:
    """A reading of one practice's records over the knowledge; what follows is computed when asked for."""

    knowledge: Knowledge
    recorded: dict[str, Answer]
    answered: dict[str, AnswerTimes]
    confirmed: set[str]
    measure_decisions: dict[str, measures.Decision]
    field_decisions: dict[tuple[str, str], register.FieldDecision]

    @classmethod
    def read(cls, unit: Unit, knowledge: Knowledge, practice_id: int) -> PracticeFile:
        """The file of that practice as it is recorded now."""
        return cls(
            knowledge,
            unit.answers.all(practice_id),
            unit.answers.times(practice_id),
            unit.answers.confirmed(practice_id),
            unit.decisions.measures(practice_id),
            unit.decisions.fields(practice_id),
        )

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """The answers that count."""
        return interview.effective(self.knowledge, self.recorded)

    @cached_property
    def themes(self) -> list[interview.Progress]:
        """The themes that apply, in order, and how far each has come."""
        return [
            interview.progress(activity, self.answers, activity.id in self.confirmed)
            for activity in interview.applicable(self.knowledge, self.recorded)
        ]

    @cached_property
    def register(self) -> list[register.RegisterEntry]:
        """The register of processing activities."""
        return register.build(self.knowledge, self.answers, self.field_decisions, self.answered)

    @cached_property
    def measures(self) -> list[measures.Recommendation]:
        """The recommended measures, urgent first."""
        return measures.recommend(self.knowledge, self.answers, self.measure_decisions)

    @cached_property
    def tasks(self) -> list[interview.Task]:
        """What the practitioner has yet to find out."""
        return interview.tasks(self.knowledge, self.recorded)

    def next_theme(self) -> Activity | None:
        """The theme to go on with: one begun before one not begun; None when all are answered."""
        open_themes = [theme for theme in self.themes if theme.state in ("in_progress", "not_started")]
        begun = [theme for theme in open_themes if theme.state == "in_progress"]
        return next((theme.activity for theme in begun or open_themes), None)
