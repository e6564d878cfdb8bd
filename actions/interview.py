"""Asking a theme's questions and keeping the answers; pause, resume, back, why."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActionExecuted, ActiveLoop, SessionStarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection

from actions import context
from actions.base import VigieAction
from actions.cases import refuses
from actions.faq import answer_or_admit, explain, last_entry, tell_more
from actions.hearing import (
    ANSWERS,
    asks_how_long,
    asks_patience,
    interrogative,
    is_answer,
    is_doubtful,
    is_sure,
    tells_another,
)
from actions.turn import Events, Turn, mirror
from bot.compliance.answers import SKIPPED, UNKNOWN, Answer, in_words
from bot.knowledge.model import Activity, Question
from bot.language import names
from bot.language.moments import find_moment
from bot.language.normal import normal
from bot.language.reading import Misunderstood
from bot.language.sayings import says
from bot.language.spilling import plainly, spilled
from bot.language.told import read

_MOST_TRIES = 2
#: A longer sentence that looks like « passer » is more likely an answer.
_SKIP_WORDS = 6
#: A longer sentence says more than a moment or a number.
_FEW_WORDS = 6


class AnswerQuestion(VigieAction):
    """Reads what was said as the answer to the pending question; what is none is left to the rules."""

    @property
    @abstractmethod
    def theme(self) -> Activity:
        """The theme whose form asks."""

    @property
    def fillable(self) -> Activity:
        """The theme with the questions alone that a sentence may answer besides the pending one."""
        return self.theme

    def name(self) -> str:
        return f"validate_{names.form_name(self.theme)}"

    def act(self, turn: Turn) -> Events:
        # Rasa also asks for validation when a form begins or is come back to: then nothing was answered.
        if not turn.pending or not turn.just_spoken:
            return []
        question = self.theme.question(turn.pending)
        try:
            answer = self._answer(turn, question)
        except Misunderstood as error:
            if self._heard_besides(turn, question):
                return [*mirror(turn.sheet(self.theme), question), SlotSet("incompris", 0)]
            return self._again(turn, question, str(error))
        if self.refuses(turn, answer):
            return [*mirror(turn.sheet(self.theme), question), SlotSet("incompris", 0)]
        before = turn.answers.get(turn.pending)
        # Passing a question that was asked again leaves its answer as it is.
        if answer != SKIPPED or before is None:
            turn.save(turn.pending, answer)
            self._note_more(turn, question)
        self.noted(turn, question, before)
        turn.unit.conversations.move(turn.sender, "asking")
        return [*mirror(turn.sheet(self.theme)), SlotSet("incompris", 0)]

    def refuses(self, turn: Turn, answer: Answer) -> bool:
        """Whether the answer cannot be right, given the others; says why."""
        return False

    def told(self, turn: Turn) -> dict[str, Answer]:
        """What the text tells in so many words besides the pending question, by qualified id."""
        return {}

    def noted(self, turn: Turn, question: Question, before: Answer | None) -> None:
        """What is to be said once an answer is kept; `before` is the one that it replaced."""

    def failed(self, tracker: Tracker) -> Events:
        # An empty slot makes the form ask the same question again.
        return [SlotSet(tracker.get_slot("requested_slot"), None)]

    def _answer(self, turn: Turn, question: Question) -> Answer:
        if turn.pressed:
            return self._pressed(turn, question)
        if turn.intent == "passer" and len(normal(turn.text).split()) <= _SKIP_WORDS:
            return SKIPPED
        if not is_answer(turn, question):
            raise self._none(turn)
        if self._counts_another(turn, question):
            raise Misunderstood("choice")
        try:
            return self._read(turn, question, turn.text)
        except Misunderstood as error:
            # A day to come tells when, whatever it resembles: « demain » is also a goodbye.
            if str(error) == "future":
                raise
            if turn.intent == "ne_sait_pas" and says("ne_sait_pas", turn.text):
                return UNKNOWN
            # No answer, but maybe a question that was not recognised as one, or something else altogether.
            if (
                interrogative(turn.text)
                or tells_another(turn)
                or (turn.intent not in ANSWERS and is_sure(turn))
            ):
                raise self._none(turn) from None
            raise

    def _read(self, turn: Turn, question: Question, said: str | list[str]) -> Answer:
        told = {
            other.id: answer
            for other in self.theme.questions
            if other.kind == "moment"
            and (answer := turn.answers.get(f"{self.theme.id}.{other.id}"))
            and answer.known
        }
        return read(question, said, turn.knowledge.vendors, turn.now, told)

    def _note_more(self, turn: Turn, question: Question) -> None:
        """Record what the sentence answers besides the question, and say so."""
        if not turn.text:
            return
        _keep(turn, spilled(self.fillable, question, turn.text, turn.answers, turn.knowledge.vendors))

    def _heard_besides(self, turn: Turn, question: Question) -> bool:
        """Record what a text that is no answer to the question tells all the same, and say so."""
        if not turn.text or interrogative(turn.text):
            return False
        if asks_how_long(turn.text) and (case := turn.case) and case.deadline:
            turn.tell_time()
            return True
        if self._corrects_the_last(turn, question):
            return True
        answers = turn.answers
        told = {
            key: answer
            for key, answer in self.told(turn).items()
            if (key not in answers or not answers[key].known) and key != turn.pending
        }
        found = told or plainly(self.fillable, turn.text, answers)
        found.pop(turn.pending, None)
        _keep(turn, found)
        return bool(found)

    def _corrects_the_last(self, turn: Turn, question: Question) -> bool:
        """« Non, mardi » under the question that follows the one on a moment gives that one again."""
        last = turn.sheet(self.theme).previous_question(question)
        if last is None or last.kind != "moment" or question.kind == "moment":
            return False
        key = f"{self.theme.id}.{last.id}"
        if len(turn.text.split()) > _FEW_WORDS or not find_moment(turn.text, turn.now):
            return False
        answer = self._read(turn, last, turn.text)
        if refuses(turn, key, answer):
            return True
        before = turn.answer_in_words(key)
        turn.save(key, answer)
        turn.say("utter_corrige", intitule=last.label, avant=before, apres=in_words(last, answer))
        return True

    def _counts_another(self, turn: Turn, question: Question) -> bool:
        """« Une centaine de patients » says how many, also where « un patient » is an option."""
        few = len(turn.text.split()) <= _FEW_WORDS
        if question.kind not in ("one", "many") or not few:
            return False
        return any(turn.knowledge.question(key).kind == "number" for key in self.told(turn))

    def _pressed(self, turn: Turn, question: Question) -> Answer:
        if turn.intent == "repondre":
            return self._read(turn, question, turn.entities("valeur"))
        alone = {"passer": SKIPPED, "ne_sait_pas": UNKNOWN}
        if turn.intent not in alone:
            raise self._none(turn)
        return alone[turn.intent]

    def _none(self, turn: Turn) -> ActionExecutionRejection:
        return ActionExecutionRejection(names.form_name(self.theme), turn.intent)

    def _again(self, turn: Turn, question: Question, reason: str) -> Events:
        turn.say(f"utter_incompris_{reason}")
        tries = (turn.slot("incompris") or 0) + 1
        if tries >= _MOST_TRIES:
            turn.say("utter_incompris_encore")
        return [*mirror(turn.sheet(self.theme), question), SlotSet("incompris", tries % _MOST_TRIES)]


def _keep(turn: Turn, more: dict[str, Answer]) -> None:
    """Record answers that were not asked for, and say so."""
    for key, answer in more.items():
        turn.save(key, answer)
    noted = (f"{turn.knowledge.question(key).label} : {turn.answer_in_words(key)}" for key in more)
    if more:
        turn.say("utter_aussi_note", reponses=" ; ".join(noted))


# rasa_sdk finds actions by class: one for each theme's form.
for _activity in context.current().knowledge.activities:
    globals()[f"Answer_{_activity.id}"] = type(
        f"Answer_{_activity.id}", (AnswerQuestion,), {"theme": _activity}
    )


class StartSession(VigieAction):
    """Restores from the records where the interview stood, so that Rasa may forget everything."""

    def name(self) -> str:
        return "action_session_start"

    def act(self, turn: Turn) -> Events:
        activity, again = turn.theme, turn.conversation.question_id
        if activity is None or turn.phase != "asking" or not turn.applies(activity):
            return []
        sheet = turn.sheet(activity)
        question = activity.question(again) if again else sheet.next_question
        if question is None:
            return []
        return [
            *mirror(sheet, question),
            ActiveLoop(names.form_name(activity)),
            SlotSet("requested_slot", names.slot_name(activity, question)),
        ]

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        """See rasa_sdk: a session begins without a word, whatever the records could give."""
        events = await super().run(dispatcher, tracker, domain)
        dispatcher.messages.clear()
        return [SessionStarted(), *events, ActionExecuted("action_listen")]


class Resume(VigieAction):
    """Begins the interview, or goes on where it stopped."""

    def name(self) -> str:
        return "action_reprendre"

    def act(self, turn: Turn) -> Events:
        if turn.activity or turn.phase in ("asking", "recap"):
            return turn.resume()
        if turn.text and turn.phase == "idle" and is_doubtful(turn):
            turn.say("utter_incompris")
            return []
        theme = turn.theme
        if theme and turn.phase == "paused" and turn.applies(theme):
            return turn.open(theme)
        return turn.go_on()


class Pause(VigieAction):
    """Stops asking; everything is saved already."""

    def name(self) -> str:
        return "action_pause"

    def act(self, turn: Turn) -> Events:
        if turn.text.endswith("?") and is_doubtful(turn):
            return answer_or_admit(turn)
        if turn.activity and asks_patience(turn.text):
            turn.say("utter_patience")
            return turn.resume()
        turn.say("utter_au_revoir" if turn.intent == "au_revoir" else "utter_pause")
        turn.tell_time()
        return turn.stop("idle" if turn.phase == "idle" else "paused")


class Back(VigieAction):
    """Asks the previous question of the theme again."""

    def name(self) -> str:
        return "action_retour"

    def act(self, turn: Turn) -> Events:
        activity = turn.activity or turn.theme
        if activity is None or turn.phase == "idle" or not turn.applies(activity):
            turn.say("utter_retour_rien")
            return turn.resume()
        sheet = turn.sheet(activity)
        current = activity.question(turn.pending) if turn.pending else None
        if current is None and turn.phase != "recap":
            current = sheet.next_question
        question = sheet.previous_question(current)
        if question is None:
            turn.say("utter_debut")
            return turn.ask(activity)
        return turn.ask_again(activity, question)


class Why(VigieAction):
    """Says what the pending question is for, with its sources; else more about the last answer read."""

    def name(self) -> str:
        return "action_pourquoi"

    def act(self, turn: Turn) -> Events:
        read = last_entry(turn)
        if not turn.pending and read:
            tell_more(turn, read)
            return turn.resume()
        if not turn.pending:
            turn.say("utter_pourquoi_quoi")
            return turn.resume()
        explain(turn)
        return turn.resume()
