"""What kind of incident a message tells, learnt from the examples that name one."""

from __future__ import annotations

from collections.abc import Iterator

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.language.learnt import Learnt
from bot.language.names import KIND, PARTS
from bot.language.story import incidents_of

_RANKED = 3
#: Where Rasa keeps what a block of examples says besides them.
_METADATA, _OF_INTENT = "metadata", "intent"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IncidentOfStory(Learnt):
    """A Rasa component: the likely kinds of incident stay with the message, under `incident`."""

    @staticmethod
    def examples(training_data: TrainingData) -> Iterator[tuple[str, str]]:
        """See Learnt: the examples that name a kind of incident."""
        for example in training_data.intent_examples:
            kind = ((example.get(_METADATA) or {}).get(_OF_INTENT) or {}).get(KIND)
            if kind:
                yield example.get(TEXT), kind

    def process(self, messages: list[Message]) -> list[Message]:
        """The messages with the likely kinds of incident, each with its confidence, best first."""
        for message in messages:
            found = list(self._classifier.chances(message.get(TEXT) or "").items())[:_RANKED]
            message.set(KIND, found, add_to_output=True)
            message.set(PARTS, self._parts(message.get(TEXT) or ""), add_to_output=True)
        return messages

    def _parts(self, text: str) -> list[tuple[str, str, float]]:
        """The incidents that a text tells one after the other, each with its kind; empty when only one."""
        parts = incidents_of(text)
        if len(parts) < 2:
            return []
        return [(part, *next(iter(self._classifier.chances(part).items()))) for part in parts]
