"""Showing what was noted, confirming it, and what follows: register entries, measures, the next theme."""

from __future__ import annotations

from actions.base import Events, Turn, VigieAction, counted
from actions.interview import open_theme, recap, recap_lines, theme_buttons
from bot.compliance import interview, measures
from bot.compliance.answers import to_whom
from bot.compliance.register import RegisterEntry
from bot.knowledge.model import Activity

_STATES = {
    "not_started": "à faire",
    "in_progress": "en cours",
    "to_confirm": "à confirmer",
    "confirmed": "terminé",
}
_SHOWN = 3


class Greet(VigieAction):
    """Says what Vigie is, or where the practice had stopped."""

    def name(self) -> str:
        return "action_bonjour"

    def act(self, turn: Turn) -> Events:
        if turn.activity:
            return turn.resume()
        file = turn.file
        activity = file.next_theme()
        if not file.answers or activity is None:
            turn.say("utter_tout_est_fait" if file.answers else "utter_bonjour")
            return []
        done = sum(theme.state == "confirmed" for theme in file.themes)
        turn.say("utter_bon_retour", theme=activity.title, faits=done, total=len(file.themes))
        return []


class Say(VigieAction):
    """Answers small talk with the response of the intent's name, and comes back to the question."""

    def name(self) -> str:
        return "action_dire"

    def act(self, turn: Turn) -> Events:
        turn.say(f"utter_{turn.intent}")
        return turn.resume()


class Summary(VigieAction):
    """Shows where the practice is: the current theme's answers, else every theme's state."""

    def name(self) -> str:
        return "action_recapituler"

    def act(self, turn: Turn) -> Events:
        file, activity = turn.file, turn.activity
        if activity is None and turn.conversation.phase == "recap":
            return recap(turn, turn.knowledge.activity(turn.conversation.theme_id))
        if activity is not None:
            lines = recap_lines(turn, activity)
            if lines:
                turn.say("utter_recap_en_cours", theme=activity.title, lignes=lines)
            else:
                turn.say("utter_recap_vide")
            return turn.resume()
        if not file.answers:
            turn.say("utter_recap_vide")
            return []
        lines = "\n".join(
            f"- {theme.activity.title} : {_STATES[theme.state]} ({theme.answered}/{theme.total})"
            for theme in file.themes
        )
        turn.say(
            "utter_recap_general", {"links": [{"title": "Mes réponses", "href": "/reponses"}]}, lignes=lines
        )
        return []


class ThemeRecap(VigieAction):
    """At the end of a theme, asks whether its answers are right."""

    def name(self) -> str:
        return "action_recapituler_theme"

    def act(self, turn: Turn) -> Events:
        activity = turn.knowledge.activity(turn.conversation.theme_id)
        # The record decides: a slot that was filled without being saved is asked again.
        if interview.next_question(activity, turn.file.answers) is not None:
            return turn.enter(activity)
        return recap(turn, activity)


class Confirm(VigieAction):
    """Confirms a recap, and says what follows from it; elsewhere a « oui » goes on with the interview."""

    def name(self) -> str:
        return "action_confirmer"

    def act(self, turn: Turn) -> Events:
        if turn.activity:
            return turn.resume()
        if turn.conversation.phase != "recap":
            activity = turn.file.next_theme()
            if activity is None:
                turn.say("utter_tout_est_fait")
                return []
            return open_theme(turn, activity)
        activity = turn.knowledge.activity(turn.conversation.theme_id)
        turn.unit.answers.confirm(turn.practice_id, activity.id)
        turn.unit.conversations.move(turn.conversation.sender, "idle")
        self._outcome(turn, activity)
        following = turn.file.next_theme()
        if following is None:
            turn.say("utter_tout_est_fait")
        else:
            turn.say("utter_suite", theme=following.title)
        return []

    def _outcome(self, turn: Turn, activity: Activity) -> None:
        file = turn.file
        entries = [entry for entry in file.register if entry.theme == activity.id]
        found = [item for item in measures.of_theme(file.measures, activity) if item.open]
        tasks = [task for task in file.tasks if task.activity == activity]
        links = []
        if entries:
            links.append({"title": "Voir le registre", "href": "/registre"})
        if found:
            links.append({"title": "Voir les mesures", "href": "/mesures"})
        turn.say(
            "utter_theme_confirme",
            {"links": links},
            fiches=_entries(entries),
            mesures=_measures(found),
            taches=_tasks(tasks),
        )


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


class Refuse(VigieAction):
    """A « non »: to a recap, asks what to correct; elsewhere offers the themes."""

    def name(self) -> str:
        return "action_refuser"

    def act(self, turn: Turn) -> Events:
        if turn.activity:
            return turn.resume()
        if turn.conversation.phase == "recap":
            activity = turn.knowledge.activity(turn.conversation.theme_id)
            turn.say("utter_corriger_laquelle", buttons=question_buttons(turn, activity))
            return []
        turn.say("utter_choisir_theme", buttons=theme_buttons(turn))
        return []


def question_buttons(turn: Turn, activity: Activity) -> list[dict[str, str]]:
    """A button for each answered question of the theme."""
    answers = turn.file.answers
    return [
        {"title": question.label, "payload": f'/modifier{{"question": "{activity.id}.{question.id}"}}'}
        for question in activity.questions
        if f"{activity.id}.{question.id}" in answers
    ]
