"""What all actions share: one transaction each, for a conversation that the records know."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import context
from actions.turn import AWAITED, Events, Turn
from bot.records import RecordsError

log = logging.getLogger(__name__)

#: What takes a message as what was asked for, by what the slot AWAITED begins with.
AWAITING: dict[str, Callable[[Turn], Events | None]] = {}
#: A longer message says something else.
_FEW_WORDS = 10


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
                turn = Turn(unit, conversation, tracker, dispatcher)
                events = _settled(turn)
                if events is None:
                    events = self.act(turn)
        except RecordsError as error:
            log.warning("records unavailable: %s", error)
            dispatcher.messages.clear()
            dispatcher.utter_message(response="utter_base_indisponible")
            return self.failed(tracker)
        return [*_no_longer_awaited(tracker, events), *events]


def _settled(turn: Turn) -> Events | None:
    """What the message gives that was asked for, whatever its intent: « hier à 23 h » resembles anything."""
    what = str(turn.slot(AWAITED) or "").partition(":")[0]
    taken = AWAITING.get(what)
    if taken is None or not turn.text or len(turn.text.split()) > _FEW_WORDS:
        return None
    return taken(turn)


def _no_longer_awaited(tracker: Tracker, events: Events) -> Events:
    """A date or reason is awaited in the very next message only."""
    if tracker.get_slot(AWAITED) and not any(event.get("name") == AWAITED for event in events):
        return [SlotSet(AWAITED, None)]
    return []
