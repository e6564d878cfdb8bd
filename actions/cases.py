"""What the chat does with any kind of case: find the one that is meant, and lead to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from actions.turn import Turn
from bot.assistant import intent
from bot.compliance.answers import Answer
from bot.knowledge.model import Activity, Question
from bot.language.retriever import thresholds
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


def remind(turn: Turn, waiting: Sequence[CaseFile]) -> bool:
    """Speak of the cases of one kind that wait, the most pressing given first. False when none does."""
    if not waiting:
        return False
    first = waiting[0]
    theme = first.sheet.activity
    turn.take_up(theme, first.number)
    turn.say(
        f"utter_{theme.id}_rappel",
        {"links": [link(first)]},
        buttons=[
            *map(follow_button, waiting),
            {"title": "Continuer l'entretien", "payload": "/reprendre"},
        ],
        titre=first.title,
    )
    turn.tell_time()
    return True


def refuses(turn: Turn, key: str, answer: Answer) -> bool:
    """Whether an answer about to be kept on the case in hand cannot be right, given the others; says why.

    Of dates out of order, the other one can be corrected instead.
    """
    case = turn.case
    if case is None or not answer.known or not key.startswith(f"{case.sheet.activity.id}."):
        return False
    wrong = case.mistake(key, answer)
    if wrong is None:
        return False
    others = [other for other in wrong.questions if other != key]
    buttons = [correct_button(turn.knowledge.question(other), other) for other in others]
    turn.say(f"utter_{case.sheet.activity.id}_impossible", buttons=buttons, texte=wrong.text)
    return True


def only_asked_button(turn: Turn) -> Button:
    """The button that says that what was told is a question of the FAQ."""
    return {"title": "Non, c'est une question", "payload": intent("poser_question", entree=turn.near[0][0])}


def asked_as_well(turn: Turn) -> list[Button]:
    """A button for the question of the FAQ that what was told resembles: its teller may just want to know."""
    if not turn.near or turn.near[0][1] < thresholds()[0]:
        return []
    near = turn.near[0][0]
    title = next(entry.question for entry in turn.knowledge.faq if entry.id == near)
    return [{"title": title, "payload": intent("poser_question", entree=near)}]


def in_order(texts: Iterable[str]) -> str:
    """What is to be done one after the other, numbered."""
    return "\n".join(f"{place}. {text}" for place, text in enumerate(texts, start=1))
