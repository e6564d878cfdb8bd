"""Whether what was typed under a question is its answer, or something else said at that moment."""

from __future__ import annotations

from typing import Any

from actions.turn import Turn
from bot.knowledge.model import Question
from bot.language.normal import contains, normal
from bot.language.reading import lexicon, opens_correction, says_only, without_opening

#: Intents that hold an answer, or may.
_ANSWERS = ("repondre", "affirmer", "nier", "ne_sait_pas", "nlu_fallback")
#: Intents of words that also open an answer: « bonjour, oui, on a Doctolib ».
_OPENINGS = ("bonjour", "merci")
_OPENING_WORDS = 3
#: From the first confidence on, a short text is taken as the command it resembles; from the second, any.
_LIKELY, _SURE = 0.55, 0.8
_SHORT = 6
#: More than there are questions.
_MANY = 1000


def is_answer(turn: Turn, question: Question) -> bool:
    """Whether a typed text is to be read as the answer to the pending `question`."""
    said = normal(turn.text)
    if question.kind == "bool" and any(says_only(word, turn.text) for word in ("oui", "non")):
        return True
    if opens_correction(turn.text):
        return not _is_about_another(turn, question)
    if turn.intent in _ANSWERS:
        return True
    if turn.intent in _OPENINGS:
        return len(said.split()) > _OPENING_WORDS
    if question.kind == "text":
        # An address or a name resembles some question or other: only its form makes it one.
        return not interrogative(turn.text) and (turn.intent == "poser_question" or not _is_sure(turn))
    if question.kind == "vendor":
        return not interrogative(turn.text) and (turn.confidence < _LIKELY or names_vendor(turn))
    return not _is_sure(turn) or _names_an_option(question, said)


def names_vendor(turn: Turn) -> bool:
    """Whether the text names a product or supplier that is known."""
    said = normal(turn.text)
    return any(
        contains(said, normal(name))
        for vendor in turn.knowledge.vendors
        for name in (vendor.name, *vendor.also)
    )


def interrogative(text: str) -> bool:
    """Whether a text has the form of a question."""
    said = normal(text)
    words: Any = lexicon()["interrogatifs"]
    return text.rstrip().endswith("?") or any(said.startswith(f"{word} ") for word in words)


def _is_sure(turn: Turn) -> bool:
    return turn.confidence >= (_LIKELY if len(turn.text.split()) <= _SHORT else _SURE)


def _is_about_another(turn: Turn, pending: Question) -> bool:
    """Whether a correction is about an answer given before rather than about the pending question."""
    recorded, said = turn.file.answers, normal(turn.text)
    if any(
        contains(said, normal(str(answer.value)))
        for key, answer in recorded.items()
        if answer.known and turn.knowledge.question(key).kind == "vendor"
    ):
        return True
    if pending.kind == "vendor" and names_vendor(turn):
        return False
    near = turn.context.questions.search(without_opening(turn.text), _MANY)
    return next((key in recorded for key, _ in near if key in recorded or key == turn.pending), False)


def _names_an_option(question: Question, said: str) -> bool:
    wordings = [*question.options.values(), *(word for words in question.words.values() for word in words)]
    return any(said == normal(wording) or contains(normal(wording), said) for wording in wordings)
