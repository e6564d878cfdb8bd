"""One action's view of the conversation: who speaks, their file, and how a theme is entered and left."""

from __future__ import annotations

from itertools import islice, takewhile
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import context
from bot.compliance import interview
from bot.compliance.answers import Answer, Answers, in_words
from bot.compliance.interview import Sheet
from bot.knowledge.model import Activity, Question, Source
from bot.language import names
from bot.records import PracticeFile, RecordsError, Unit
from bot.records.practice_file import BreachFile, CaseFile, ContractFile, RequestFile
from bot.records.repositories import Conversation, Phase

Events = list[dict[str, Any]]

#: The slot that holds the measure whose date or reason was asked for, as `intent:measure`.
AWAITED = "mesure_en_attente"
_NOT_ASKED, _LATER = "sans objet", "plus tard"


class Turn:
    """What an action reads and does; the practice is known from the sender alone."""

    def __init__(
        self, unit: Unit, conversation: Conversation, tracker: Tracker, dispatcher: CollectingDispatcher
    ) -> None:
        self.context = context.current()
        self.knowledge = self.context.knowledge
        self.unit = unit
        self.practice_id = conversation.practice_id
        self.sender = conversation.sender
        self.now = self.context.clock.now()
        self.today = self.now.date()
        self._tracker, self._dispatcher = tracker, dispatcher
        intent = tracker.latest_message.get("intent") or {}
        self.intent: str = intent.get("name") or ""
        self.confidence: float = intent.get("confidence") or 0.0
        text: str = tracker.latest_message.get("text") or ""
        #: Whether a button was pressed: typed text never begins with « / ».
        self.pressed = text.startswith("/")
        #: The likely kinds of incident with their confidence, best first, and the incidents told at once.
        self.kinds: list[tuple[str, float]] = [
            (kind, sure) for kind, sure in tracker.latest_message.get(names.KIND) or []
        ]
        self.parts: list[tuple[str, str, float]] = [
            (part, kind, sure) for part, kind, sure in tracker.latest_message.get(names.PARTS) or []
        ]
        #: How sure each of the likely intents is.
        self.ranking: dict[str, float] = {
            one["name"]: one["confidence"] for one in tracker.latest_message.get("intent_ranking") or []
        }
        #: The FAQ's entries that are near to what was typed with their confidence, best first.
        self.near: list[tuple[str, float]] = [
            (key, sure) for key, sure in tracker.latest_message.get("faq") or []
        ]
        #: What was typed, empty for a button.
        self.text = "" if self.pressed else text

    @property
    def file(self) -> PracticeFile:
        """The practice's file as it is now, this action's own changes included."""
        return PracticeFile.read(self.unit, self.knowledge, self.practice_id)

    @property
    def conversation(self) -> Conversation:
        """Where the interview stands now. Raises RecordsError when another tab has just erased it."""
        found = self.unit.conversations.find(self.sender)
        if found is None:
            raise RecordsError("conversation erased")
        return found

    @property
    def case(self) -> CaseFile | None:
        """The case that the conversation is about, if it is about one."""
        conversation = self.conversation
        return self.file.case(conversation.theme_id, conversation.case)

    @property
    def breach(self) -> BreachFile | None:
        """The breach that the conversation is about, if it is about one."""
        case = self.case
        return case if isinstance(case, BreachFile) else None

    @property
    def request(self) -> RequestFile | None:
        """The request that the conversation is about, if it is about one."""
        case = self.case
        return case if isinstance(case, RequestFile) else None

    @property
    def contract(self) -> ContractFile | None:
        """The supplier's contract that the conversation is about, if it is about one."""
        case = self.case
        return case if isinstance(case, ContractFile) else None

    @property
    def answers(self) -> Answers:
        """The answers that count where the conversation stands: with those on the case it is about."""
        case = self.case
        return case.sheet.answers if case else self.file.answers

    def sheet(self, activity: Activity) -> Sheet:
        """What is asked in a theme, or about the case in hand, and what was answered."""
        case = self.case
        if case and activity == case.sheet.activity:
            return case.sheet
        return interview.sheet(activity, self.file.answers)

    def save(self, key: str, answer: Answer) -> None:
        """Keep an answer: on the case in hand when its question is about it, else of the practice."""
        case = self.case
        if case and key.startswith(f"{case.sheet.activity.id}."):
            self.unit.cases.save(case.record.id, key, answer)
        else:
            self.unit.answers.save(self.practice_id, key, answer)

    @property
    def phase(self) -> Phase:
        """Whether a theme is being asked, recapitulated, paused, or none of these."""
        return self.conversation.phase

    @property
    def theme(self) -> Activity | None:
        """The theme that the interview stands at, whether or not it is being asked."""
        theme = self.conversation.theme_id
        return self.knowledge.activity(theme) if theme else None

    @property
    def activity(self) -> Activity | None:
        """The theme whose form is active, if any."""
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

    def offered(self, payload: str) -> bool:
        """Whether the last message of ours had that button; before any message, whatever is."""
        said = [event for event in self._tracker.events if event["event"] in ("user", "bot")]
        before = said[:-1]
        last = list(takewhile(lambda one: one["event"] == "bot", reversed(before)))
        buttons = [button for event in last for button in (event.get("data") or {}).get("buttons") or []]
        return not last or any(button["payload"] == payload for button in buttons)

    def slot(self, name: str) -> Any:
        """The value of a slot."""
        return self._tracker.get_slot(name)

    def entities(self, name: str) -> list[str]:
        """The values that a button gave for `name`; typed text never holds any."""
        found = self._tracker.latest_message.get("entities") or []
        return [str(item["value"]) for item in found if item["entity"] == name]

    def say(
        self, response: str, extra: dict[str, Any] | None = None, buttons: Any = None, **words: object
    ) -> None:
        """Utter a response of domain.yml, its placeholders filled with `words`."""
        # Rasa would take a brace in what a practitioner wrote for a placeholder.
        plain = {name: str(word).translate({ord("{"): "(", ord("}"): ")"}) for name, word in words.items()}
        self._dispatcher.utter_message(
            response=response, json_message=extra or {}, buttons=buttons or [], **plain
        )

    def applies(self, activity: Activity) -> bool:
        """Whether the practice is asked that theme, or that questionnaire about the case in hand."""
        if activity in self.knowledge.cases:
            case = self.case
            return case is not None and activity == case.sheet.activity
        return activity in interview.applicable(self.knowledge, self.file.recorded)

    def title(self, activity: Activity) -> str:
        """What is spoken of: the theme, or the case in hand."""
        case = self.case
        return case.title if case and activity == case.sheet.activity else activity.title

    def open(self, activity: Activity) -> Events:
        """Introduce a theme, new or not, and ask its next question; its recap when there is none."""
        if not self.applies(activity):
            return self._drop(activity)
        sheet = self.sheet(activity)
        if sheet.next_question is None:
            return self.recap(activity)
        if any(key.startswith(f"{activity.id}.") for key in sheet.answers):
            self.say("utter_reprenons", theme=self.title(activity))
            self.tell_time()
        else:
            self.say("utter_theme_commence", theme=activity.title, intro=activity.intro)
        return self.ask(activity)

    def ask(self, activity: Activity, again: Question | None = None) -> Events:
        """Ask the theme's open questions; first `again`, even when it has an answer."""
        if not self.applies(activity):
            return self._drop(activity)
        question = f"{activity.id}.{again.id}" if again else ""
        self._move("asking", activity, question)
        return [*LEAVE, *mirror(self.sheet(activity), again), FollowupAction(names.form_name(activity))]

    def ask_again(self, activity: Activity, question: Question) -> Events:
        """Ask a question again, showing the answer it has."""
        if said := self.answer_in_words(f"{activity.id}.{question.id}"):
            self.say("utter_reponse_actuelle", reponse=said)
        return self.ask(activity, question)

    def recap(self, activity: Activity) -> Events:
        """Show what was noted in a theme, and ask whether it is right."""
        self._move("recap", activity)
        self.say(
            "utter_recap", {"recap": activity.id}, theme=self.title(activity), lignes=self.lines(activity)
        )
        return LEAVE

    def finish(self, activity: Activity) -> Events:
        """The recap of a theme whose questions were asked, unless the record says that one is left."""
        if not self.applies(activity):
            return self._drop(activity)
        if self.sheet(activity).next_question is not None:
            return self.ask(activity)
        return self.recap(activity)

    def stop(self, phase: Phase) -> Events:
        """Leave the theme, for a pause or for good."""
        self.unit.conversations.move(self.sender, phase)
        return LEAVE

    def resume(self) -> Events:
        """Come back to where the interview stands: the pending question, the recap, or nothing."""
        theme, conversation = self.activity or self.theme, self.conversation
        if theme is None:
            return []
        if self.activity or conversation.phase == "asking":
            pending = self.pending or conversation.question_id
            return self.ask(theme, self.knowledge.question(pending) if pending else None)
        return self.finish(theme) if conversation.phase == "recap" else []

    def upcoming(self) -> Activity | None:
        """The theme to go on with: one to confirm, one begun, one not begun; None when all are done."""
        file = self.file
        waiting = [theme.activity for theme in file.themes if theme.state == "to_confirm"]
        return waiting[0] if waiting else file.next_theme()

    def go_on(self) -> Events:
        """Open the upcoming theme, or say that all is done."""
        activity = self.upcoming()
        if activity is None:
            self.say("utter_tout_est_fait")
            return []
        return self.open(activity)

    def _drop(self, activity: Activity) -> Events:
        """Leave a theme that does not apply, saying so; where the interview stood elsewhere is kept."""
        self.say("utter_theme_sans_objet", theme=activity.title)
        if self.activity not in (None, activity):
            return self.resume()
        return self.stop("idle") if self.theme == activity else LEAVE

    def lines(self, activity: Activity) -> str:
        """The theme's answers as a Markdown list."""
        sheet = self.sheet(activity)
        return "\n".join(
            f"- {question.label} : {in_words(question, sheet.answers[sheet.key(question)])}"
            for question in sheet.answered
        )

    def answer_in_words(self, question_id: str) -> str:
        """The recorded answer as it reads, empty when there is none."""
        return in_words(self.knowledge.question(question_id), self.answers.get(question_id))

    def tell_time(self) -> None:
        """Say how long is left in the case in hand, or that it is late; nothing without one."""
        case = self.case
        deadline = case.deadline if case else None
        if case is None or deadline is None or deadline.done:
            return
        left = deadline.remaining(self.now)
        judged = "utter_{}_delai_verdict" if case.complete else "utter_{}_delai"
        response = "utter_{}_delai_passe" if left.late else judged
        self.say(response.format(case.sheet.activity.id), reste=left.text, echeance=deadline.until)

    def take_up(self, questionnaire: Activity, number: int) -> None:
        """Speak of that case from now on."""
        self.unit.conversations.move(self.sender, "idle", questionnaire.id, case=number)

    def _move(self, phase: Phase, activity: Activity, question: str = "") -> None:
        case = self.case if activity in self.knowledge.cases else None
        self.unit.conversations.move(self.sender, phase, activity.id, question, case.number if case else 0)

    def caution(self, source: Source) -> str:
        """What to know before relying on one of the less sure sources; empty for the others."""
        return self.knowledge.grades[source.grade] if source.grade == "C?" else ""

    def cite(self, sources: tuple[str, ...]) -> str:
        """The sources in words, with the caution that the less sure ones carry."""
        found = [self.knowledge.sources[source] for source in sources]
        titles = [
            _short(source.title) + (f" ({caution})" if (caution := self.caution(source)) else "")
            for source in found
        ]
        return f"{'Sources' if len(titles) > 1 else 'Source'} : {' ; '.join(titles)}"


def _short(title: str) -> str:
    """A source's title without what follows the colon: what the text is about, which the pages show."""
    head = title.partition(" : ")[0]
    return head if head.count("«") == head.count("»") else title


#: Waits for what was offered to be chosen; `Turn.resume` comes back to the theme after anything else.
LEAVE: Events = [ActiveLoop(None), SlotSet("requested_slot", None)]


def mirror(sheet: Sheet, again: Question | None = None) -> Events:
    """The questions' slots as the record has them: filled when answered or not asked, empty when open.

    Rasa's form asks the first empty slot: with `again`, that question's is the only one.
    """
    alone = again in sheet.asked
    events = []
    for question in sheet.activity.questions:
        answer = sheet.answers.get(sheet.key(question))
        value: str | None = _NOT_ASKED
        if question in sheet.asked:
            value = in_words(question, answer) or (_LATER if alone else None)
        if alone and question == again:
            value = None
        events.append(SlotSet(names.slot_name(sheet.activity, question), value))
    return events
