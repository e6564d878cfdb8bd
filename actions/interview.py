"""Asking a theme's questions and keeping the answers."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActionExecuted, ActiveLoop, SessionStarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection

from actions import context
from actions.base import Events, Turn, VigieAction, mirror
from bot.compliance import interview
from bot.compliance.answers import SKIPPED, UNKNOWN, Answer, in_words
from bot.knowledge.model import Activity, Question
from bot.language import names
from bot.language.normal import contains, normal
from bot.language.reading import Misunderstood, lexicon, read

#: Intents that are an answer by themselves, or may hold one.
_ANSWERS = ("repondre", "affirmer", "nier", "nlu_fallback", "bonjour", "merci")
#: Below this confidence a typed text is taken as an answer rather than as a command.
_SURE = 0.55
_MOST_TRIES = 2
_COMMAND_WORDS = 6


class AnswerQuestion(VigieAction):
    """Reads what was said as the answer to the pending question; what is none is left to the rules."""

    theme: Activity

    def name(self) -> str:
        return f"validate_{names.form_name(self.theme)}" if hasattr(self, "theme") else "validate_form"

    def act(self, turn: Turn) -> Events:
        # Rasa also asks for validation when a form begins or is come back to: then nothing was answered.
        if not turn.pending or not turn.just_spoken:
            return []
        question = self.theme.question(turn.pending)
        try:
            answer = self._answer(turn, question)
        except Misunderstood as error:
            return self._again(turn, question, str(error))
        turn.unit.answers.save(turn.practice_id, turn.pending, answer)
        turn.unit.conversations.move(turn.conversation.sender, "asking")
        return [*mirror(self.theme, turn.file), SlotSet("incompris", 0)]

    def failed(self, tracker: Tracker) -> Events:
        # An empty slot makes the form ask the same question again.
        return [SlotSet(tracker.get_slot("requested_slot"), None)]

    def _answer(self, turn: Turn, question: Question) -> Answer:
        if turn.intent == "passer" and _is_command(turn, question):
            return SKIPPED
        if turn.intent == "ne_sait_pas" and _is_command(turn, question):
            return UNKNOWN
        today = turn.context.clock.now().date()
        if turn.text.startswith("/"):
            if turn.intent != "repondre":
                raise ActionExecutionRejection(names.form_name(self.theme), turn.intent)
            return read(question, turn.entities("valeur"), (), today)
        rejected = ActionExecutionRejection(names.form_name(self.theme), turn.intent)
        if turn.intent not in _ANSWERS and _is_command(turn, question):
            raise rejected
        try:
            return read(question, turn.text, turn.knowledge.vendors, today)
        except Misunderstood:
            # No answer, but it may be a question that was not recognised as one.
            if asks(turn.text):
                raise rejected from None
            raise

    def _again(self, turn: Turn, question: Question, reason: str) -> Events:
        turn.say(f"utter_incompris_{reason}")
        tries = (turn.slot("incompris") or 0) + 1
        if tries >= _MOST_TRIES:
            turn.say("utter_incompris_encore")
        return [*mirror(self.theme, turn.file, question), SlotSet("incompris", tries % _MOST_TRIES)]


def _is_command(turn: Turn, question: Question) -> bool:
    """Whether a text that looks like a command or a question is one, and not an answer that resembles it."""
    if turn.text.startswith("/"):
        return True
    if turn.confidence < _SURE:
        return False
    said = normal(turn.text)
    if question.kind in ("text", "vendor"):
        return asks(turn.text) or (turn.intent != "poser_question" and len(said.split()) <= _COMMAND_WORDS)
    return not _names_an_option(question, said)


def asks(text: str) -> bool:
    """Whether a text has the form of a question."""
    said = normal(text)
    words: Any = lexicon()["interrogatifs"]
    return text.rstrip().endswith("?") or any(said.startswith(f"{word} ") for word in words)


def _names_an_option(question: Question, said: str) -> bool:
    wordings = [*question.options.values(), *(word for words in question.words.values() for word in words)]
    return any(said == normal(wording) or contains(normal(wording), said) for wording in wordings)


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
        conversation = turn.conversation
        if conversation.phase != "asking":
            return []
        activity = turn.knowledge.activity(conversation.theme_id)
        again = conversation.question_id
        question = activity.question(again) if again else interview.next_question(activity, turn.file.answers)
        if question is None:
            return []
        return [
            *mirror(activity, turn.file, question),
            ActiveLoop(names.form_name(activity)),
            SlotSet("requested_slot", names.slot_name(activity, question)),
        ]

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> Events:
        events = await super().run(dispatcher, tracker, domain)
        dispatcher.messages.clear()
        return [SessionStarted(), *events, ActionExecuted("action_listen")]


class Resume(VigieAction):
    """Begins the interview, or goes on where it stopped."""

    def name(self) -> str:
        return "action_reprendre"

    def act(self, turn: Turn) -> Events:
        if turn.activity:
            return turn.resume()
        conversation, file = turn.conversation, turn.file
        states = {theme.activity.id: theme for theme in file.themes}
        current = states.get(conversation.theme_id)
        if current and current.state == "in_progress":
            turn.say("utter_reprenons", theme=current.activity.title)
            return turn.enter(current.activity)
        to_confirm = next((theme for theme in file.themes if theme.state == "to_confirm"), None)
        if to_confirm:
            return recap(turn, to_confirm.activity)
        activity = file.next_theme()
        if activity is None:
            turn.say("utter_tout_est_fait")
            return []
        return open_theme(turn, activity)


class Pause(VigieAction):
    """Stops asking; everything is saved already."""

    def name(self) -> str:
        return "action_pause"

    def act(self, turn: Turn) -> Events:
        turn.unit.conversations.move(turn.conversation.sender, "paused")
        turn.say("utter_au_revoir" if turn.intent == "au_revoir" else "utter_pause")
        return [ActiveLoop(None), SlotSet("requested_slot", None)]


class Back(VigieAction):
    """Asks the previous question of the theme again."""

    def name(self) -> str:
        return "action_retour"

    def act(self, turn: Turn) -> Events:
        activity, pending = turn.activity, None
        if activity is not None:
            pending = activity.question(turn.pending)
        elif turn.conversation.phase == "recap":
            activity = turn.knowledge.activity(turn.conversation.theme_id)
        else:
            turn.say("utter_incompris")
            return []
        question = interview.previous_question(activity, turn.file.answers, pending)
        if question is None:
            turn.say("utter_debut")
            return turn.resume()
        return ask_again(turn, activity, question)


class Why(VigieAction):
    """Says what the pending question is for, with its sources."""

    def name(self) -> str:
        return "action_pourquoi"

    def act(self, turn: Turn) -> Events:
        if not turn.activity or not turn.pending:
            turn.say("utter_pourquoi_quoi")
            return []
        question = turn.activity.question(turn.pending)
        turn.say("utter_pourquoi", pourquoi=question.why, sources=turn.cite(question.sources))
        return turn.resume()


class ListThemes(VigieAction):
    """Offers the themes that apply to the practice."""

    def name(self) -> str:
        return "action_changer_theme"

    def act(self, turn: Turn) -> Events:
        turn.say("utter_choisir_theme", buttons=theme_buttons(turn))
        return []


class ChooseTheme(VigieAction):
    """Opens the theme that was named or chosen."""

    def name(self) -> str:
        return "action_choisir_theme"

    def act(self, turn: Turn) -> Events:
        chosen = turn.entities("theme") or [theme for theme, _ in turn.context.themes.search(turn.text, 1)]
        known = {activity.id: activity for activity in turn.knowledge.activities}
        if not chosen or chosen[0] not in known:
            turn.say("utter_theme_inconnu", buttons=theme_buttons(turn))
            return []
        activity = known[chosen[0]]
        if activity not in interview.applicable(turn.knowledge, turn.file.recorded):
            turn.say("utter_theme_sans_objet", theme=activity.title)
            return turn.resume()
        if interview.next_question(activity, turn.file.answers) is None:
            return recap(turn, activity)
        return open_theme(turn, activity)


def theme_buttons(turn: Turn) -> list[dict[str, str]]:
    """A button for each theme that applies."""
    return [
        {
            "title": theme.activity.title,
            "payload": f'/choisir_theme{{"theme": "{theme.activity.id}"}}',
        }
        for theme in turn.file.themes
    ]


def open_theme(turn: Turn, activity: Activity) -> Events:
    """Introduce a theme when it is new, and ask its next question."""
    begun = any(key.startswith(f"{activity.id}.") for key in turn.file.answers)
    if begun:
        turn.say("utter_reprenons", theme=activity.title)
    else:
        turn.say("utter_theme_commence", theme=activity.title, intro=activity.intro)
    return turn.enter(activity)


def ask_again(turn: Turn, activity: Activity, question: Question) -> Events:
    """Ask a question again, showing the answer it has."""
    said = answer_in_words(turn, f"{activity.id}.{question.id}")
    if said:
        turn.say("utter_reponse_actuelle", reponse=said)
    return turn.enter(activity, question)


def answer_in_words(turn: Turn, question_id: str) -> str:
    """The recorded answer as it reads, empty when there is none."""
    return in_words(turn.knowledge.question(question_id), turn.file.answers.get(question_id))


def recap(turn: Turn, activity: Activity) -> Events:
    """Show what was noted in a theme, and ask whether it is right."""
    turn.unit.conversations.move(turn.conversation.sender, "recap", activity.id)
    turn.say("utter_recap", {"recap": activity.id}, theme=activity.title, lignes=recap_lines(turn, activity))
    return [ActiveLoop(None), SlotSet("requested_slot", None)]


def recap_lines(turn: Turn, activity: Activity) -> str:
    """The theme's answers as a Markdown list."""
    file = turn.file
    lines = [
        f"- {question.label} : {answer_in_words(turn, f'{activity.id}.{question.id}')}"
        for question in interview.asked(activity, file.answers)
        if f"{activity.id}.{question.id}" in file.answers
    ]
    return re.sub(r"[{}]", "", "\n".join(lines))
