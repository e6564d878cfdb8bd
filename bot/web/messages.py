"""Understanding what the browser posts, against what is pending: nothing it says is taken for granted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from multidict import MultiDict

from bot.assistant import intent
from bot.language.incoming import Empty, TooLong, receive
from bot.settings import LONGEST_MESSAGE
from bot.web import texts
from bot.web.screen import Choice, Choices, Screen

_LONGEST_NUMBER = 15
#: Commands that mean the same whatever the question.
_HARMLESS = ("aide", "pause", "recapitulatif", "changer_theme")


class Refused(Exception):
    """A message that was not taken: a sentence beside the field it concerns, which keeps what it held."""

    def __init__(
        self, sentence: str, text: str = "", field: Literal["text", "choices"] = "text", status: int = 422
    ) -> None:
        super().__init__(sentence)
        self.sentence, self.text, self.field, self.status = sentence, text, field, status
        self.chosen: tuple[int, ...] = ()


@dataclass(frozen=True)
class Said:
    """What the practitioner said: as the assistant gets it, as the transcript shows it, what was masked."""

    message: str
    shown: str
    masked: tuple[str, ...] = ()


def understand(form: MultiDict[str], screen: Screen) -> Said:
    """What a form of the chat says on that screen; raises Refused."""
    text = form.get("text", "")
    if "theme" in form:
        return _theme(form["theme"], screen)
    if "case" in form:
        return _case(form, screen)
    if "modify" in form:
        return _modify(form["modify"], screen)
    seen = whole(form.get("seen", ""))
    if "choice" in form or "only" in form or "message" in form:
        return _choose(form, screen)
    if seen is not None and seen < screen.last and form.get("command") not in _HARMLESS:
        # Typed under an older question, the text would be taken as the answer to the present one.
        raise Refused(texts.STALE, text)
    if "command" in form:
        command = form["command"]
        if command not in texts.COMMANDS:
            raise Refused(texts.WRONG_CHOICE)
        return Said(intent(command), texts.COMMANDS[command])
    return _typed(text, screen)


def whole(text: str) -> int | None:
    """The number that a field holds; None when it holds none, or one that no row can bear."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else None


def _typed(text: str, screen: Screen) -> Said:
    question = screen.question
    try:
        received = receive(text, contact=question is not None and question.personal)
    except Empty as error:
        raise Refused(texts.EMPTY, text) from error
    except TooLong as error:
        raise Refused(texts.too_long(error.length, LONGEST_MESSAGE), text) from error
    return Said(received.text, received.text, received.masked)


def _theme(theme_id: str, screen: Screen) -> Said:
    if theme_id not in screen.theme_ids:
        raise Refused(texts.NO_THEME)
    title = screen.knowledge.activity(theme_id).title
    return Said(intent("choisir_theme", theme=theme_id), f"Thème : {title}")


def _modify(question_id: str, screen: Screen) -> Said:
    if question_id not in screen.recorded:
        raise Refused(texts.NO_ANSWER)
    label = screen.knowledge.question(question_id).label
    return Said(intent("modifier", question=question_id), f"Modifier : {label}")


def _case(form: MultiDict[str], screen: Screen) -> Said:
    """A button of a case's page: to go on with it, to complete it, or to change one answer."""
    case = screen.file.case(form["case"], whole(form.get("number", "")) or 0)
    if case is None:
        raise Refused(texts.NO_CASE)
    theme = case.sheet.activity.id
    named = {theme: str(case.number)}
    if question_id := form.get("modify"):
        if question_id not in case.recorded:
            raise Refused(texts.NO_ANSWER)
        label = screen.knowledge.question(question_id).label
        return Said(intent("modifier", question=question_id, **named), f"{case.title}, modifier : {label}")
    if "complete" in form:
        return Said(intent(f"completer_{theme}", **named), f"Compléter : {case.title}")
    return Said(intent(f"suivre_{theme}", **named), f"Reprendre : {case.title}")


def _choose(form: MultiDict[str], screen: Screen) -> Said:
    message = whole(form.get("message", ""))
    asked = next((group for group in screen.choices if group.message == message), None)
    if asked is None:
        raise Refused(texts.STALE if screen.messages else texts.FORGOTTEN, field="choices")
    # « only » is one of the small buttons: what is ticked above it does not count.
    indexes = [whole(value) for value in form.getall("only", []) or form.getall("choice", [])]
    chosen = tuple(dict.fromkeys(index for index in indexes if index is not None))
    try:
        if len(chosen) < len(set(indexes)) or any(index >= len(asked.choices) for index in chosen):
            raise Refused(texts.WRONG_CHOICE, field="choices")
        return _chosen(asked, [asked.choices[index] for index in chosen])
    except Refused as refusal:
        refusal.chosen = chosen
        raise


def _chosen(asked: Choices, chosen: Sequence[Choice]) -> Said:
    if not chosen:
        raise Refused(texts.NO_CHOICE, field="choices")
    values = [choice.value for choice in chosen]
    if asked.many and all(value is not None for value in values):
        for choice in chosen:
            if asked.exclusive(choice) and len(chosen) > 1:
                raise Refused(texts.exclusive(choice.title), field="choices")
        return Said(intent("repondre", valeur=values), " ; ".join(choice.title for choice in chosen))
    if len(chosen) > 1:
        raise Refused(texts.ONE_CHOICE, field="choices")
    return Said(chosen[0].payload, chosen[0].title)
