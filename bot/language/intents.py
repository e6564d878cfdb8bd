"""What a message is for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.language.learnt import Learnt

_RANKED = 10


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentOfText(Learnt):
    """A Rasa component: the intent of a message."""

    @staticmethod
    def examples(training_data: TrainingData) -> Iterator[tuple[str, str]]:
        """See Learnt."""
        for example in training_data.intent_examples:
            yield example.get(TEXT), example.get(INTENT)

    def process(self, messages: list[Message]) -> list[Message]:
        """The messages with their intent, and the nearest ones ranked."""
        for message in messages:
            ranking = _ranking(self._classifier.chances(message.get(TEXT) or "").items())
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking[:_RANKED], add_to_output=True)
        return messages


def _ranking(chances: Iterable[tuple[str, float]]) -> list[dict[str, Any]]:
    return [{INTENT_NAME_KEY: intent, PREDICTED_CONFIDENCE_KEY: chance} for intent, chance in chances]
