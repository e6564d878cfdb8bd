"""What kind of incident a message tells, learnt from the examples that name one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import joblib  # type: ignore[import-untyped]
import numpy as np
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.language.component import Component
from bot.language.intents import untrained
from bot.language.names import KIND, PARTS
from bot.language.story import incidents_of

_FILE = "incidents.joblib"
_RANKED = 3
#: Where Rasa keeps what a block of examples says besides them.
_METADATA, _OF_INTENT = "metadata", "intent"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IncidentOfStory(Component):
    """A Rasa component: the likely kinds of incident stay with the message, under `incident`."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        """See GraphComponent."""
        super().__init__(config, storage, resource)
        self._classifier = untrained(config["strength"])

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """See `untrained`."""
        return {"strength": 20.0}

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> IncidentOfStory:
        """See GraphComponent."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._classifier = joblib.load(folder / _FILE)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """See GraphComponent."""
        texts, kinds = zip(*_told(training_data), strict=True)
        self._classifier.fit(list(texts), list(kinds))
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._classifier, folder / _FILE)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """See GraphComponent: nothing is added."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """The messages with the likely kinds of incident, each with its confidence, best first."""
        for message in messages:
            likely = self._classifier.predict_proba([message.get(TEXT) or ""])[0]
            best = np.argsort(-likely)[:_RANKED]
            found = [(str(self._classifier.classes_[at]), float(likely[at])) for at in best]
            message.set(KIND, found, add_to_output=True)
            message.set(PARTS, self._parts(message.get(TEXT) or ""), add_to_output=True)
        return messages

    def _parts(self, text: str) -> list[tuple[str, str, float]]:
        """The incidents that a text tells one after the other, each with its kind; empty when only one."""
        parts = incidents_of(text)
        if len(parts) < 2:
            return []
        likely = self._classifier.predict_proba(parts)
        return [
            (part, str(self._classifier.classes_[row.argmax()]), float(row.max()))
            for part, row in zip(parts, likely, strict=True)
        ]


def _told(training_data: TrainingData) -> Iterator[tuple[str, str]]:
    for example in training_data.intent_examples:
        kind = ((example.get(_METADATA) or {}).get(_OF_INTENT) or {}).get(KIND)
        if kind:
            yield example.get(TEXT), kind
