"""What the chat does with any kind of case: find the one that is meant, and lead to it."""

from __future__ import annotations

from actions.turn import Turn
from bot.assistant import intent
from bot.knowledge.model import Activity, Question
from bot.records.practice_file import CaseFile

Button = dict[str, str]


def chosen(turn: Turn, questionnaire: Activity, page: str) -> CaseFile | None:
    """The case that is named, in hand, or the only open one; None once it was asked which, or none is.

    `page` lists all of its kind.
    """
    theme, current = questionnaire.id, turn.case
    cases = [case for case in turn.file.cases if case.sheet.activity == questionnaire]
    named = [case for number in turn.entities(theme) for case in cases if str(case.number) == number]
    in_hand = [case for case in cases if current and case.record == current.record and case.open]
    several = named or (in_hand if turn.activity else []) or [case for case in cases if case.open]
    if len(several) == 1:
        return several[0]
    if several:
        turn.say(f"utter_{theme}_laquelle", buttons=[follow_button(case) for case in several])
    else:
        turn.say(f"utter_{theme}_aucune", {"links": [{"title": "Registre", "href": page}]})
    return None


def follow(case: CaseFile) -> str:
    """The payload of what goes on with a case."""
    theme = case.sheet.activity.id
    return intent(f"suivre_{theme}", **{theme: str(case.number)})


def follow_button(case: CaseFile) -> Button:
    """A button that goes on with a case."""
    return {"title": case.title, "payload": follow(case)}


def complete_button(case: CaseFile) -> Button:
    """A button that asks what is missing of a case."""
    theme = case.sheet.activity.id
    return {"title": "Compléter", "payload": intent(f"completer_{theme}", **{theme: str(case.number)})}


def correct_button(question: Question, key: str) -> Button:
    """A button that asks a question again."""
    return {"title": f"Corriger : {question.label}", "payload": intent("modifier", question=key)}


def story_button(title: str, theme: str, text: str, **named: str) -> Button:
    """A button that takes up what was told as a case of that kind."""
    # Rasa would read a brace in the story as the end of the button's own.
    plain = text.translate({ord("{"): "(", ord("}"): ")"})
    return {"title": title, "payload": intent(theme, recit=plain, **named)}


def link(case: CaseFile) -> dict[str, str]:
    """The link to the page of a case."""
    return {"title": "Ouvrir le dossier", "href": case.address}
