"""Searches the FAQ for each message: what it surely answers is likely a question, whatever its form."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

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

from bot.language.component import Component
from bot.language.faq import index
from bot.language.names import REQUEST, STORY
from bot.language.retriever import thresholds

_QUESTION = "poser_question"
_FOUND = "faq"
_NEAREST = 3
#: From this confidence on, an entry is meant however little the text looks like a question; below the other
#: chance of being one, a less sure entry is near by accident.
_FOR_SURE, _HARDLY = 0.9, 0.005
#: How much the FAQ's confidence counts beside that of the other intents.
_WEIGHT = 0.7
#: What is told and this sure is left to be so: what the FAQ says of it is offered with it.
_TOLD = {STORY: 0.5, REQUEST: 0.45}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class FaqSearch(Component):
    """A Rasa component for after the intents; the nearest entries stay with the message, under `faq`."""

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> FaqSearch:
        """See GraphComponent; the index is made now, so that the first question need not wait for it."""
        index()
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """See GraphComponent: nothing is learnt, but what the index needs to read is read, and kept."""
        index()
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """See GraphComponent: nothing is added."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """The messages, with what of the FAQ is near to them."""
        sure, _ = thresholds()
        for message in messages:
            found = index().search(message.get(TEXT) or "", _NEAREST)
            if found and found[0][1] < _FOR_SURE and _asks_nothing(message):
                found = []
            message.set(_FOUND, found, add_to_output=True)
            if found and found[0][1] >= sure:
                _take_for_question(message, _WEIGHT * found[0][1])
        return messages


def _asks_nothing(message: Message) -> bool:
    """« Ce matin » is near to an entry by one rare word, and to the intent of a question not at all."""
    ranking = message.get(INTENT_RANKING_KEY) or []
    chances = [one[PREDICTED_CONFIDENCE_KEY] for one in ranking if one[INTENT_NAME_KEY] == _QUESTION]
    return max(chances, default=0.0) < _HARDLY


def _take_for_question(message: Message, least: float) -> None:
    """Give the intent of a question at least that confidence, unless an incident or a request is told."""
    guess = message.get(INTENT)
    if guess[PREDICTED_CONFIDENCE_KEY] >= _TOLD.get(guess[INTENT_NAME_KEY], 1):
        return
    ranking = {one[INTENT_NAME_KEY]: one for one in message.get(INTENT_RANKING_KEY) or []}
    guessed = ranking.get(_QUESTION, {}).get(PREDICTED_CONFIDENCE_KEY, 0.0)
    ranking[_QUESTION] = {INTENT_NAME_KEY: _QUESTION, PREDICTED_CONFIDENCE_KEY: max(guessed, least)}
    ranked = sorted(ranking.values(), key=itemgetter(PREDICTED_CONFIDENCE_KEY), reverse=True)
    message.set(INTENT_RANKING_KEY, ranked, add_to_output=True)
    message.set(INTENT, ranked[0], add_to_output=True)
