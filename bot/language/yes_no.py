"""Reads a yes or a no, by its words or by a fact."""

from __future__ import annotations

from functools import cache

from bot.compliance.answers import UNKNOWN, Answer
from bot.knowledge.model import Question
from bot.language.facts import negated, told
from bot.language.lookup import joined, split
from bot.language.misunderstood import Misunderstood
from bot.language.normal import contains_any, opening, wordings
from bot.language.sayings import leaning, led, nfc

#: A word of the question that is shorter says too little of what it is about.
_SHORTEST_TOPIC = 4
#: A shorter text states nothing by itself.
_SHORTEST_STATEMENT = 4


def read_bool(question: Question, text: str) -> Answer:
    found = leaning(text)
    if led(text) is None and found != UNKNOWN:
        fact = told(question.ask, text)
        found = found if fact is None else Answer.given(fact)
    if found is None and _states(question, text):
        return Answer.given(True)
    if found is None:
        raise Misunderstood("bool")
    return found


def _states(question: Question, text: str) -> bool:
    """« Les disques sont chiffrés depuis mai » says, without a yes, that what the question asks is so."""
    said = split(text)
    whole = joined(said)
    if len(said) < _SHORTEST_STATEMENT or "?" in text or contains_any(whole, _unsettled()):
        return False
    if (
        opening(whole, wordings("suppositions"))
        or negated(whole)
        or contains_any(whole, wordings("oui", "non"))
    ):
        return False
    return bool(topics(question.ask, question.label, question.help) & {word.stem for word in said})


@cache
def _unsettled() -> tuple[str, ...]:
    lists = (
        "partiel",
        "quelquefois",
        "oui_et_non",
        "ne_sait_pas",
        "a_verifier",
        "nie_devant",
        "nie_apres",
        "souhaits",
    )
    return wordings(*lists)


@cache
def topics(*texts: str) -> frozenset[str]:
    """The stems of the words that say what texts in French are about."""
    small = {*wordings("liaisons", "interrogatifs", "remplissage", "sujets")}
    words = [word for text in texts for word in split(nfc(text))]
    return frozenset(
        word.stem for word in words if len(word.text) >= _SHORTEST_TOPIC and word.text not in small
    )
