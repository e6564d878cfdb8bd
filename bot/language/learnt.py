"""What the Rasa components have in common that learn what a text is for from its examples."""

from __future__ import annotations

from abc import abstractmethod
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import joblib  # type: ignore[import-untyped]
from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.training_data import TrainingData
from typing_extensions import Self

from bot.language.classifier import Classifier
from bot.language.component import Component

_FILE = "classifier.joblib"


class Learnt(Component):
    """A component with a classifier of its own, which is kept with the model."""

    _classifier: Classifier

    @staticmethod
    @abstractmethod
    def examples(training_data: TrainingData) -> Iterator[tuple[str, str]]:
        """What is said and what it is for, for each example that is learnt from."""

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
    ) -> Self:
        """See GraphComponent."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._classifier = joblib.load(folder / _FILE)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """See GraphComponent."""
        texts: dict[str, list[str]] = defaultdict(list)
        for text, purpose in self.examples(training_data):
            texts[purpose].append(text)
        limits = {name: self._config[name] for name in ("strength", "most", "most_meant")}
        self._classifier = Classifier.learn(texts, **limits, keep=True)
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._classifier, folder / _FILE)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """See GraphComponent: nothing is added."""
        return training_data
