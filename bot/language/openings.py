"""Marks as a correction what opens like one: « en fait… », « je me suis trompée… »."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.language.component import Component
from bot.language.sayings import opens_correction

_INTENT = "corriger"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class CorrectionOpening(Component):
    """A Rasa component for the end of the pipeline; the opening outweighs what a classifier guessed."""

    def process(self, messages: list[Message]) -> list[Message]:
        """The messages, those that open a correction with its intent."""
        for message in messages:
            if opens_correction(message.get(TEXT) or ""):
                message.set(INTENT, {INTENT_NAME_KEY: _INTENT, PREDICTED_CONFIDENCE_KEY: 1.0})
        return messages
