"""What kind of incident a message tells, learnt from the examples that name one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import joblib  # type: ignore[import-untyped]
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.language.classifier import Classifier
from bot.language.component import Component
from bot.language.names import KIND, PARTS
from bot.language.story import incidents_of

_FILE = "incidents.joblib"
_RANKED = 3
#: Where Rasa keeps what a block of examples says besides them.
_METADATA, _OF_INTENT = "metadata", "intent"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IncidentOfStory(Component):
    """A Rasa component: the likely kinds of incident stay with the message, under `incident`."""

    _classifier: Classifier

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """See `Classifier.learn`."""
        return {"strength": 20.0, "most": 2000, "most_meant": 2000}

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
        texts: dict[str, list[str]] = defaultdict(list)
        for text, kind in _told(training_data):
            texts[kind].append(text)
        limits = {name: self._config[name] for name in ("strength", "most", "most_meant")}
        self._classifier = Classifier.learn(texts, **limits, keep=True)
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._classifier, folder / _FILE)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """See GraphComponent: nothing is added."""
        return training_data

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


def _told(training_data: TrainingData) -> Iterator[tuple[str, str]]:
    for example in training_data.intent_examples:
        kind = ((example.get(_METADATA) or {}).get(_OF_INTENT) or {}).get(KIND)
        if kind:
            yield example.get(TEXT), kind
