"""What all actions share: who is speaking, their file, and how a theme is entered, left and resumed."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from itertools import islice
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import context
from bot.compliance import interview
from bot.compliance.answers import in_words
from bot.knowledge.model import Activity, Question
from bot.language import names
from bot.records import PracticeFile, RecordsError, Unit
from bot.records.repositories import Conversation

Events = list[dict[str, Any]]

_NOT_ASKED = "sans objet"
log = logging.getLogger(__name__)


class Turn:
    """One action's view of the conversation: its practice is known from the sender alone."""

    def __init__(
        self, unit: Unit, conversation: Conversation, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> None:
        self.context = context.current()
        self.knowledge = self.context.knowledge
        self.unit, self.conversation = unit, conversation
        self.practice_id = conversation.practice_id
        self._tracker, self._dispatcher = tracker, dispatcher
        self.text: str = tracker.latest_message.get("text") or ""
        intent = tracker.latest_message.get("intent") or {}
        self.intent: str = intent.get("name") or ""
        self.confidence: float = intent.get("confidence") or 0.0

    @property
    def file(self) -> PracticeFile:
        """The practice's file as it is now, this action's own changes included."""
        return PracticeFile.read(self.unit, self.knowledge, self.practice_id)

    @property
    def activity(self) -> Activity | None:
        """The theme that is being asked, if any."""
        form = (self._tracker.active_loop or {}).get("name")
        return self.knowledge.activity(names.theme_id(form)) if form else None

    @property
    def pending(self) -> str:
        """The qualified id of the question that is being asked, or empty."""
        slot = self._tracker.get_slot("requested_slot")
        return names.question_id(slot) if slot else ""

    @property
    def just_spoken(self) -> bool:
        """Whether nothing but the form that validates has run since the latest message."""
        form = (self._tracker.active_loop or {}).get("name")
        since = (
            event
            for event in reversed(self._tracker.events)
            if event["event"] not in ("slot", "user_featurization") and event.get("name") != form
        )
        return any(event["event"] == "user" for event in islice(since, 1))

    def slot(self, name: str) -> Any:
        """The value of a slot."""
        return self._tracker.get_slot(name)

    def entities(self, name: str) -> list[str]:
        """The values that a button gave for `name`; typed text never holds any."""
        found = self._tracker.latest_message.get("entities") or []
        return [str(item["value"]) for item in found if item["entity"] == name]

    def say(
        self, response: str, extra: dict[str, Any] | None = None, buttons: Any = None, **words: Any
    ) -> None:
        """Utter a response of domain.yml, its placeholders filled with `words`."""
        self._dispatcher.utter_message(
            response=response, json_message=extra or {}, buttons=buttons or [], **words
        )

    def enter(self, activity: Activity, asking: Question | None = None) -> Events:
        """Ask the theme's open questions; `asking` is asked again even when it has an answer."""
        again = f"{activity.id}.{asking.id}" if asking else ""
        self.unit.conversations.move(self.conversation.sender, "asking", activity.id, again)
        return [
            *LEAVE,
            *mirror(activity, self.file, asking),
            FollowupAction(names.form_name(activity)),
        ]

    def resume(self) -> Events:
        """Ask the pending question again, if there is one; otherwise do nothing."""
        activity = self.activity
        if activity is None:
            return []
        asking = activity.question(self.pending) if self.pending else None
        return [*mirror(activity, self.file, asking), FollowupAction(names.form_name(activity))]

    def cite(self, sources: tuple[str, ...]) -> str:
        """The sources in words, with the caution that the less sure ones carry."""
        found = [self.knowledge.sources[source] for source in sources]
        titles = [
            _short(source.title)
            + (f" ({self.knowledge.grades[source.grade]})" if source.grade == "C?" else "")
            for source in found
        ]
        return f"{'Sources' if len(titles) > 1 else 'Source'} : {' ; '.join(titles)}"


def _short(title: str) -> str:
    """A source's title without what follows the colon: what the text is about, which the pages show."""
    head = title.partition(" : ")[0]
    return head if head.count("«") == head.count("»") else title


def counted(number: int, noun: str) -> str:
    """« 1 fiche », « 3 fiches »."""
    return f"{number} {noun}{'s' if number > 1 else ''}"


LEAVE: Events = [ActiveLoop(None), SlotSet("requested_slot", None)]


def mirror(activity: Activity, file: PracticeFile, asking: Question | None = None) -> Events:
    """The theme's slots as the record has them: filled when answered or not asked, empty when open."""
    asked = list(interview.asked(activity, file.answers))
    events = []
    for question in activity.questions:
        answer = file.answers.get(f"{activity.id}.{question.id}")
        value: str | None = _NOT_ASKED
        if question in asked:
            value = None if question == asking else in_words(question, answer) or None
        events.append(SlotSet(names.slot_name(activity, question), value))
    return events


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
                return self.act(Turn(unit, conversation, tracker, dispatcher))
        except RecordsError as error:
            log.warning("records unavailable: %s", error)
            dispatcher.messages.clear()
            dispatcher.utter_message(response="utter_base_indisponible")
            return self.failed(tracker)
