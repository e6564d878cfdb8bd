"""What a message is for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import joblib  # type: ignore[import-untyped]
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.language.classifier import Classifier
from bot.language.component import Component

_FILE = "intents.joblib"
_RANKED = 10


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentOfText(Component):
    """A Rasa component: the intent of a message."""

    _classifier: Classifier

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """See `Classifier.learn`."""
        return {"strength": 20.0, "most": 2000, "most_meant": 5000}

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> IntentOfText:
        """See GraphComponent."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._classifier = joblib.load(folder / _FILE)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """See GraphComponent."""
        texts: dict[str, list[str]] = defaultdict(list)
        for example in training_data.intent_examples:
            texts[example.get(INTENT)].append(example.get(TEXT))
        limits = {name: self._config[name] for name in ("strength", "most", "most_meant")}
        self._classifier = Classifier.learn(texts, **limits, keep=True)
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._classifier, folder / _FILE)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """See GraphComponent: nothing is added."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """The messages with their intent, and the nearest ones ranked."""
        for message in messages:
            ranking = _ranking(self._classifier.chances(message.get(TEXT) or "").items())
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking[:_RANKED], add_to_output=True)
        return messages


def _ranking(chances: Iterable[tuple[str, float]]) -> list[dict[str, Any]]:
    return [{INTENT_NAME_KEY: intent, PREDICTED_CONFIDENCE_KEY: chance} for intent, chance in chances]
