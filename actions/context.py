"""What every action works on: the knowledge, the records and the clock of this process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

from bot import settings
from bot.clock import Clock
from bot.knowledge import Knowledge, load
from bot.language.lookup import Lookup
from bot.records import Records


@dataclass(frozen=True)
class Context:
    """The knowledge, the records and the clock, and what finds things in the knowledge by their names."""

    knowledge: Knowledge
    records: Records
    clock: Clock

    @cached_property
    def questions(self) -> Lookup[str]:
        """The interview's questions, by their wordings and those of their options."""
        return Lookup(
            {
                f"{activity.id}.{question.id}": (
                    question.label,
                    question.ask,
                    *question.options.values(),
                    *(word for words in question.words.values() for word in words),
                )
                for activity in self.knowledge.asked
                for question in activity.questions
            }
        )

    @cached_property
    def themes(self) -> Lookup[str]:
        """The themes, by their names."""
        return Lookup(
            {activity.id: (activity.title, *activity.words) for activity in self.knowledge.activities}
        )

    @cached_property
    def measures(self) -> Lookup[str]:
        """The measures, by their titles and the words for them."""
        return Lookup({measure.id: (measure.title, *measure.words) for measure in self.knowledge.measures})


_given: list[Context] = []


def use(context: Context) -> None:
    """Let the actions of this process work on that context instead of the settings' own."""
    _given[:] = [context]


def current() -> Context:
    """The context of this process."""
    return _given[0] if _given else _from_settings()


@cache
def _from_settings() -> Context:
    chosen = settings.read()
    clock = Clock(chosen.now)
    return Context(load(), Records(chosen.database, clock), clock)
