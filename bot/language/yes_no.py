"""Reads a yes or a no, by its words or by a fact."""

from __future__ import annotations

from functools import cache
from itertools import chain

from bot.compliance.answers import UNKNOWN, Answer
from bot.knowledge.model import Question
from bot.language import dates
from bot.language.facts import negated, told
from bot.language.lookup import joined, split
from bot.language.misunderstood import Misunderstood
from bot.language.normal import contains_any, normal, opening, wordings
from bot.language.sayings import firmly_led, leaning, unknown
from bot.language.topics import sharing, topics

#: Such a share of a text, or so many words, make it likely that a fact is meant.
_FACT = 0.5, 2
#: A shorter text states nothing by itself.
_SHORTEST_STATEMENT = 4


def read_bool(question: Question, text: str) -> Answer:
    """The yes, the no or « je ne sais pas » that a text says. Raises Misunderstood."""
    if (known := _by_a_known_fact(question, text)) is not None:
        return Answer.given(known)
    found = leaning(text)
    if not firmly_led(text) and (found != UNKNOWN or not unknown(_without_facts(question, text))):
        fact = told(question, dates.in_figures(text))
        found = found if fact is None else Answer.given(fact)
    if found is None and (side := _nearer(question, text)):
        return Answer.given(side == "oui")
    if found is None and _states(question, text):
        return Answer.given(True)
    if found is None:
        raise Misunderstood("bool")
    return found


def _by_a_known_fact(question: Question, text: str) -> bool | None:
    """The side of which a text is a fact, word for word: « non-opposition » says yes."""
    said = normal(text)
    sides = {side == "oui" for side, facts in question.words.items() if said in map(normal, facts)}
    return sides.pop() if len(sides) == 1 else None


def _without_facts(question: Question, text: str) -> str:
    """The text without the facts in it: « je vérifie le numéro » is still to be found out of nothing."""
    said = f" {normal(text)} "
    for fact in sorted(map(normal, chain.from_iterable(question.words.values())), key=len, reverse=True):
        said = said.replace(f" {fact} ", " ")
    return said


def _nearer(question: Question, text: str) -> str:
    """The side of which the facts have more of the text's words, if the text states anything."""
    if not _is_statement(joined(split(text))) or "?" in text:
        return ""
    return sharing({side: topics(*facts) for side, facts in question.words.items()}, text, *_FACT)


def _states(question: Question, text: str) -> bool:
    """« Les disques sont chiffrés depuis mai » says, without a yes, that what the question asks is so."""
    said = split(text)
    whole = joined(said)
    if len(said) < _SHORTEST_STATEMENT or "?" in text or not _is_statement(whole):
        return False
    return bool(topics(question.ask, question.label, question.help) & {word.stem for word in said})


def _is_statement(said: str) -> bool:
    unsure = contains_any(said, _unsettled()) or opening(said, wordings("suppositions", "circonstances"))
    return not (unsure or negated(said) or contains_any(said, wordings("oui", "non")))


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
