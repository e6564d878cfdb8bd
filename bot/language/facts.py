"""A yes or a no that is told by a fact: « je garde tout » says that nothing is erased."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from bot.knowledge.model import Question
from bot.language import dates
from bot.language.lookup import Mention, Word, clauses, denials, joined, mentions, split
from bot.language.normal import contains, contains_any, lexicon, normal, opening, wordings

# « Plus » denies with « ne » before it or at the end, and not in « en plus » or « plus de 10 000 ».
_NO_MORE = re.compile(r"\b(?:ne|n) (?:\w+ ){1,4}?plus\b(?! de \d)|(?<!\ben )(?<!\bde )(?<!\bnon )\bplus$")
#: « L'écran se coupe » undoes nothing, « on a tout coupé » does.
_AUXILIARY = re.compile(r"\b(?:ai|a|avons|ont|est|sont|ete) (?:\w+ )?$")
_MORE_THAN = re.compile(r"\bplus de (\d+)\b")


def told(question: Question, text: str) -> bool | None:
    """The yes or no to a question that a text gives by what it states; None when by nothing.

    What only asks, supposes or wishes states nothing.
    """
    said = normal(text)
    if "?" in text or opening(said, wordings("suppositions")) or contains_any(said, wordings("souhaits")):
        return None
    asked = normal(dates.in_figures(re.sub(r"(?<=\d) (?=\d)", "", question.ask)))
    if (own := _in_own_words(question, asked, text)) is not None:
        return own
    if opening(said, wordings("circonstances")):
        return None
    for reader in (_counted, _partly, _contrary, _undone):
        found = reader(asked, text)
        if found is not None:
            return found
    return None


def negated(said: str) -> bool:
    """Whether a normal text denies what it speaks of."""
    return contains_any(said, wordings("negations")) or bool(_NO_MORE.search(said))


def _in_own_words(question: Question, asked: str, text: str) -> bool | None:
    """What the facts that the question knows of say: the last one, or any no when it asks for all."""
    if not question.words:
        return None
    found = mentions(text, _known(tuple(question.words.items())), usual=wordings("mots_courants"))
    words = split(text)
    said = [one.key != (one.denied or negated(_around(words, one))) for one in found]
    if not said:
        return None
    return all(said) if contains_any(asked, wordings("demande_tout")) else said[-1]


def _around(words: Sequence[Word], one: Mention[bool]) -> str:
    """What a negation that reaches the mention would stand in, without the mention itself."""
    joints = wordings("charnieres")
    clause = words[one.start].clause
    start, end = one.start, one.end
    while start and words[start - 1].clause == clause and words[start - 1].text not in joints:
        start -= 1
    while end < len(words) and words[end].clause == clause and words[end].text not in joints:
        end += 1
    return joined((*words[start : one.start], *words[one.end : end]))


@cache
def _known(words: Sequence[tuple[str, tuple[str, ...]]]) -> dict[bool, list[str]]:
    return {answer == "oui": [normal(dates.in_figures(fact)) for fact in facts] for answer, facts in words}


def _counted(asked: str, text: str) -> bool | None:
    """« On en voit 1 500 » is no more than 10 000."""
    least, count = _MORE_THAN.search(asked), dates.number(text)
    return count > int(least[1]) if least and count is not None and not negated(normal(text)) else None


def _partly(asked: str, text: str) -> bool | None:
    """« Parfois » is a no to what asks for all, a yes to what asks for any; « juste l'un » has no other."""
    said = normal(text)
    if contains_any(said, wordings("quelquefois")) or (contains(said, "oui") and contains(said, "non")):
        if contains_any(asked, wordings("demande_tout")):
            return False
        if contains_any(asked, wordings("demande_quelque")):
            return True
    if contains_any(said, wordings("restreint")) and not negated(said):
        if contains_any(asked, wordings("demande_autre")):
            return False
        if contains_any(asked, wordings("restreint")):
            return True
    return None


def _contrary(asked: str, text: str) -> bool | None:
    """What the first clause says that has a word of a pair of contraries of which the question has one."""
    for one, other in _contraries():
        if bool(one.search(asked)) == bool(other.search(asked)):
            continue
        same, contrary = (one, other) if one.search(asked) else (other, one)
        for words in clauses(text):
            said = joined(words)
            agrees, differs = same.search(said), contrary.search(said)
            if found := (agrees or differs) if bool(agrees) != bool(differs) else None:
                return bool(agrees) != _denied(said, found)
    return None


def _undone(asked: str, text: str) -> bool | None:
    """« J'ai coupé ça » is a no, unless that is what is asked."""
    said, undone = normal(text), _any(wordings("defait"))
    done = any(_AUXILIARY.search(said[: found.start()]) for found in undone.finditer(said))
    return False if done and not undone.search(asked) else None


def _denied(said: str, found: re.Match[str]) -> bool:
    return (
        negated(said)
        or contains_any(said[found.end() :].strip(), wordings("nie_apres"))
        or bool(denials().search(said[: found.start()].strip()))
    )


@cache
def _contraries() -> Sequence[tuple[re.Pattern[str], re.Pattern[str]]]:
    pairs: Iterable[tuple[list[str], list[str]]] = lexicon()["contraires"]  # type: ignore[assignment]
    return [(_any(tuple(one)), _any(tuple(other))) for one, other in pairs]


@cache
def _any(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Finds phrases, of which « effac- » stands for all words that begin so."""
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b".replace("-", r"\w*"))
