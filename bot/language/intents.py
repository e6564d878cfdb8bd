"""What a message is for, told from its words, its letters, its sounds and its meaning."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import joblib  # type: ignore[import-untyped]
import numpy as np
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
from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline, make_pipeline

from bot.language import french
from bot.language.analysis import rewritten
from bot.language.component import Component
from bot.language.spelling import sounds

_FILE = "intents.joblib"
_RANKED = 10


class Meaning(TransformerMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """The mean of the words' vectors, the rarer ones counting for more."""

    def fit(self, texts: Sequence[str], _: object = None) -> Meaning:
        """Learn how rare each word is."""
        having = Counter(word for text in texts for word in set(rewritten(text).split()))
        self.rarest_ = 1 + np.log(len(texts) + 1)
        self.rarity_ = {word: self.rarest_ - np.log(times + 1) for word, times in having.items()}
        return self

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        """A row of length 1 for each text; all zero when no word has a vector."""
        return csr_matrix([french.meaning(rewritten(text).split(), self._weight) for text in texts])

    def _weight(self, word: str) -> float:
        return float(self.rarity_.get(word, self.rarest_))


def untrained(strength: float) -> Pipeline:
    """The classifier of texts; the higher `strength`, the closer it keeps to its examples."""
    features = FeatureUnion(
        [
            ("words", _weighed(rewritten, "word", (1, 3), rarest=1)),
            ("letters", _weighed(rewritten, "char_wb", (2, 5))),
            ("sounds", _weighed(sounds, "char_wb", (2, 4))),
            ("meaning", Meaning()),
        ]
    )
    return make_pipeline(features, LogisticRegression(C=strength, class_weight="balanced", max_iter=60))


def _weighed(
    form: Callable[[str], str], unit: str, sizes: tuple[int, int], rarest: int = 2
) -> TfidfVectorizer:
    return TfidfVectorizer(
        preprocessor=form, analyzer=unit, ngram_range=sizes, min_df=rarest, sublinear_tf=True
    )


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentOfText(Component):
    """A Rasa component: the intent of a message, from scikit-learn."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        """See GraphComponent."""
        super().__init__(config, storage, resource)
        self._classifier = untrained(config["strength"])

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`most`: an intent with more examples is trained on so many, taken evenly. See `untrained`."""
        return {"strength": 20.0, "most": 1500}

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
        pairs = [(text, intent) for intent in texts for text in _thinned(texts[intent], self._config["most"])]
        self._classifier.fit(*map(list, zip(*pairs, strict=True)))
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._classifier, folder / _FILE)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """See GraphComponent: nothing is added."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """The messages with their intent, and the nearest ones ranked."""
        for message in messages:
            likely = self._classifier.predict_proba([message.get(TEXT) or ""])[0]
            ranking = [
                {
                    INTENT_NAME_KEY: str(self._classifier.classes_[at]),
                    PREDICTED_CONFIDENCE_KEY: float(likely[at]),
                }
                for at in np.argsort(-likely)[:_RANKED]
            ]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages


def _thinned(texts: list[str], most: int) -> list[str]:
    step = max(1.0, len(texts) / most)
    return [texts[int(at * step)] for at in range(min(len(texts), most))]
