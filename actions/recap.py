"""Showing what was noted, confirming it, and what follows: register entries, measures, the next theme."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from actions import breach, contract, request
from actions.base import VigieAction
from actions.cases import follow_button
from actions.faq import answer_from_faq, is_follow_up
from actions.hearing import interrogative, is_doubtful
from actions.themes import offer_themes
from actions.turn import LEAVE, Events, Turn
from bot.compliance import interview, measures
from bot.compliance.answers import to_whom
from bot.compliance.register import RegisterEntry
from bot.documents.wording import THEME_STATES, counted
from bot.knowledge.model import Activity
from bot.language.retriever import thresholds
from bot.records.practice_file import BreachFile, CaseFile, ContractFile, PracticeFile, RequestFile
from bot.settings import TRANSCRIPT_KEPT

_SHOWN = 3
#: What follows from the recap of each kind of case.
_CONCLUDE: dict[type[CaseFile], Callable[[Turn, Any], Events]] = {
    BreachFile: breach.conclude,
    RequestFile: request.conclude,
    ContractFile: contract.conclude,
}


class Greet(VigieAction):
    """Says what Vigie is, or where the practice had stopped."""

    def name(self) -> str:
        return "action_bonjour"

    def act(self, turn: Turn) -> Events:
        file = turn.file
        if not file.answers and not file.cases:
            turn.say("utter_bonjour", jours=TRANSCRIPT_KEPT.days)
            return turn.resume()
        if turn.phase in ("asking", "recap"):
            turn.say("utter_rebonjour")
            turn.tell_time()
            return turn.resume()
        if breach.remind(turn) or request.remind(turn):
            return []
        activity = turn.theme if turn.phase == "paused" else turn.upcoming()
        if activity is None:
            turn.say("utter_tout_est_fait")
            return []
        done = sum(theme.state == "confirmed" for theme in file.themes)
        turn.say("utter_bon_retour", theme=activity.title, faits=done, total=len(file.themes))
        return []


class Say(VigieAction):
    """Answers small talk with the response of the intent's name, and comes back to the question."""

    def name(self) -> str:
        return "action_dire"

    def act(self, turn: Turn) -> Events:
        # What hesitates and has the form of a question is likelier to be one that the FAQ answers.
        asks = is_follow_up(turn) or interrogative(turn.text)
        # « C'est grave ? » is no medical question while a breach is told.
        about = turn.breach and turn.near and turn.near[0][1] >= thresholds()[0]
        if asks and (is_doubtful(turn) or about) and (answered := answer_from_faq(turn)) is not None:
            return answered
        turn.say(f"utter_{turn.intent}")
        return turn.resume()


class Summary(VigieAction):
    """Shows where the practice is: the current theme's answers, else every theme's state."""

    def name(self) -> str:
        return "action_recapituler"

    def act(self, turn: Turn) -> Events:
        file, activity = turn.file, turn.activity
        if turn.phase == "recap":
            return turn.resume()
        lines = turn.lines(activity) if activity else ""
        if activity and lines:
            turn.say("utter_recap_en_cours", theme=turn.title(activity), lignes=lines)
            turn.tell_time()
        elif activity or not (file.answers or file.cases):
            turn.say("utter_recap_vide")
        elif file.answers:
            states = "\n".join(
                f"- {theme.activity.title} : {THEME_STATES[theme.state]} ({theme.answered}/{theme.total})"
                for theme in file.themes
            )
            links = [{"title": "Mes réponses", "href": "/reponses"}]
            turn.say("utter_recap_general", {"links": links}, lignes=states)
        _say_cases(turn, file)
        return turn.resume()


class ThemeRecap(VigieAction):
    """At the end of a theme, asks whether its answers are right."""

    def name(self) -> str:
        return "action_recapituler_theme"

    def act(self, turn: Turn) -> Events:
        return turn.finish(turn.theme) if turn.theme else LEAVE


class Confirm(VigieAction):
    """Confirms a recap, and says what follows from it; elsewhere a « oui » goes on with the interview."""

    def name(self) -> str:
        return "action_confirmer"

    def act(self, turn: Turn) -> Events:
        activity = turn.theme
        if activity is None or turn.phase == "idle":
            if not turn.offered("/reprendre"):
                turn.say("utter_d_accord")
                return []
            return turn.go_on()
        if turn.phase == "paused":
            return turn.open(activity)
        # A question may have become open since the recap was shown, from another tab.
        left = turn.sheet(activity).next_question
        if turn.phase == "asking" or left or not turn.applies(activity):
            return turn.resume()
        if case := turn.case:
            return _CONCLUDE[type(case)](turn, case)
        turn.unit.answers.confirm(turn.practice_id, activity.id)
        _outcome(turn, activity)
        following = turn.upcoming()
        if following is None:
            turn.say("utter_tout_est_fait")
        else:
            turn.say("utter_suite", theme=following.title)
        return turn.stop("idle")


class Refuse(VigieAction):
    """A « non »: to a recap, asks what to correct; elsewhere offers the themes."""

    def name(self) -> str:
        return "action_refuser"

    def act(self, turn: Turn) -> Events:
        if turn.phase == "recap" and turn.theme:
            return offer_questions(turn, answered(turn, turn.theme))
        if turn.phase == "asking":
            return turn.resume()
        return offer_themes(turn, "utter_choisir_theme")


def _say_cases(turn: Turn, file: PracticeFile) -> None:
    """The cases that are open, unless one is in hand."""
    waiting = [case for case in file.cases if case.open]
    if turn.activity or not waiting:
        return
    lines = (f"- {case.title} : {'décrit' if case.complete else 'à compléter'}" for case in waiting)
    turn.say("utter_recap_dossiers", buttons=list(map(follow_button, waiting)), lignes="\n".join(lines))


def answered(turn: Turn, activity: Activity) -> list[str]:
    """The qualified ids of the theme's questions that have an answer."""
    sheet = turn.sheet(activity)
    return [sheet.key(question) for question in sheet.answered]


def offer_questions(turn: Turn, question_ids: list[str]) -> Events:
    """A button for each of these questions, to correct it; waits for the choice."""
    buttons = [
        {
            "title": turn.knowledge.question(question_id).label,
            "payload": f'/modifier{{"question": "{question_id}"}}',
        }
        for question_id in question_ids
    ]
    links = {"links": [{"title": "Toutes mes réponses", "href": "/reponses"}]}
    turn.say("utter_corriger_laquelle", links, buttons=buttons)
    return LEAVE


def _outcome(turn: Turn, activity: Activity) -> None:
    file = turn.file
    entries = [entry for entry in file.register if entry.theme == activity.id]
    found = [item for item in measures.of_theme(file.measures, activity) if item.open]
    tasks = [task for task in file.tasks if task.activity == activity]
    links = []
    if entries:
        links.append({"title": "Voir le registre", "href": "/registre"})
    if found:
        links.append({"title": "Voir les mesures", "href": "/mesures"})
    parts = (_entries(entries), _measures(found), _tasks(tasks))
    turn.say("utter_theme_confirme", {"links": links}, suite="\n".join(part for part in parts if part))


def _entries(entries: list[RegisterEntry]) -> str:
    if not entries:
        return ""
    names = ", ".join(
        f"«\u00a0{entry.title}\u00a0»"
        + (f" ({counted(len(entry.unknown), 'champ')} à préciser)" if entry.unknown else "")
        for entry in entries
    )
    return f"Votre registre contient maintenant : {names}."


def _measures(found: list[measures.Recommendation]) -> str:
    if not found:
        return "Aucune mesure à prendre sur ce thème."
    lines = "\n".join(f"- {item.measure.title} ({item.measure.priority})" for item in found[:_SHOWN])
    left = len(found) - _SHOWN
    more = f"\n- et {left} autre{'s' if left > 1 else ''}" if left > 0 else ""
    return f"Ce que je vous recommande :\n{lines}{more}"


def _tasks(tasks: list[interview.Task]) -> str:
    if not tasks:
        return ""
    lines = "\n".join(
        f"- {task.question.label}" + (f", à demander {to_whom(task.ask_whom)}" if task.ask_whom else "")
        for task in tasks
    )
    return f"À vérifier :\n{lines}"
