"""What all actions share: one transaction each, for a conversation that the records know."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import context
from actions.turn import AWAITED, Events, Turn
from bot.records import RecordsError

log = logging.getLogger(__name__)


class VigieAction(Action, ABC):
    """An action inside one transaction, for a conversation that the records know."""

    @abstractmethod
    def act(self, turn: Turn) -> Events:
        """Answer, and return what changes in the tracker."""

    def failed(self, tracker: Tracker) -> Events:
        """What changes in the tracker when nothing could be recorded."""
        return []

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        """See rasa_sdk. A failing database is told in a sentence, and nothing half-done stays."""
        try:
            with context.current().records.unit() as unit:
                conversation = unit.conversations.find(tracker.sender_id)
                if conversation is None:
                    dispatcher.utter_message(response="utter_session_inconnue")
                    return []
                events = self.act(Turn(unit, conversation, tracker, dispatcher))
        except RecordsError as error:
            log.warning("records unavailable: %s", error)
            dispatcher.messages.clear()
            dispatcher.utter_message(response="utter_base_indisponible")
            return self.failed(tracker)
        return [*_no_longer_awaited(tracker, events), *events]


def _no_longer_awaited(tracker: Tracker, events: Events) -> Events:
    """A date or reason is awaited in the very next message only."""
    if tracker.get_slot(AWAITED) and not any(event.get("name") == AWAITED for event in events):
        return [SlotSet(AWAITED, None)]
    return []
