"""Reads the name of a product or supplier, known or not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rapidfuzz import fuzz

from bot.compliance.answers import UNKNOWN, Answer
from bot.knowledge.model import Question, Vendor
from bot.language import french
from bot.language.corrector import sound
from bot.language.facts import negated
from bot.language.lookup import Word, clauses, joined, mentions, split
from bot.language.misunderstood import Misunderstood
from bot.language.normal import contains_any, lexicon, made_of, normal, opening, wordings
from bot.language.products import product_names
from bot.language.sayings import SAYINGS, nfc, says_only, unknown, wonders

_LONGEST_VENDOR = 80
#: How long a name is that is guessed at, and how alike (0 to 100) to the one that is meant.
_SHORTEST_NAME, _LONGEST_NAME, _ALIKE = 4, 16, 80
#: From so many occurrences on a word is French, and no slip.
_USUAL = 100
#: A longer name of a product that is not known is a sentence.
_MOST_WORDS_OF_A_NAME = 6
#: A clause of more words after a name tells more of it.
_FEW_WORDS = 3
#: A shorter text states nothing by itself.
_SHORTEST_STATEMENT = 4
_CAPITALS = re.compile(
    r"\b[A-ZÀ-Ý][\w’'-]*[^\W_](?: (?:(?:&|et|de|du|des|la|le|les|l['’]|d['’]) ?)*[A-ZÀ-Ý][\w’'-]*)*(?: \d+)?"
)
# Where a sentence begins, and before a town.
_BEFORE_NO_NAME = re.compile(r"[.!?…]\s+$|\bà\s+$")


def read_vendor(question: Question, text: str, vendors: Sequence[Vendor]) -> Answer:
    if says_only("ne_sait_pas", text):
        return UNKNOWN
    names = product_names(vendors)
    found = mentions(text, names, usual=wordings("mots_courants"))
    there = dict.fromkeys(one.key for one in found if not one.denied)
    if there and not wonders(text):
        return Answer.given(", ".join(there))
    if instead := _instead(question, text):
        return Answer.given(instead)
    if near := _misheard(text, names):
        return Answer.given(near)
    said = normal(text)
    if (
        contains_any(said, wordings("ne_sait_pas"))
        or opening(said, wordings("a_verifier"))
        or _someone_knows(text)
    ):
        return UNKNOWN
    words = split(text)
    denied = {word for one in found if one.denied for word in words[one.start : one.end]}
    try:
        return Answer.given(_product(text, denied))
    except Misunderstood:
        if unknown(text):
            return UNKNOWN
        raise


def _instead(question: Question, text: str) -> str:
    """What a text has instead of a product, if the question's help proposes it: « papier »."""
    kinds: Mapping[str, Sequence[str]] = lexicon()["sans_produit"]  # type: ignore[assignment]
    proposed = {kind: kinds[kind] for kind in kinds if f"« {kind} »" in question.help}
    return next((one.key for one in mentions(text, proposed) if not one.denied), "")


def _misheard(text: str, names: Mapping[str, Sequence[str]]) -> str:
    """The one product that a short text is nearest to, by its letters or as it sounds: « maya »."""
    said = "".join(word.text for part in clauses(text) for word in _without_lead(part))
    if (
        not _SHORTEST_NAME <= len(said) <= _LONGEST_NAME
        or said in wordings("mots_courants")
        or french.frequency(said) >= _USUAL
    ):
        return ""
    glued = {name: {word.replace(" ", "") for word in words} for name, words in names.items()}
    likeness = {
        name: max((fuzz.ratio(said, word) for word in words if word[:1] == said[0]), default=0.0)
        for name, words in glued.items()
    }
    best = max(likeness, key=lambda name: likeness[name])
    heard = [name for name, words in glued.items() if sound(said) in map(sound, words)]
    if likeness[best] >= _ALIKE:
        return best
    return heard[0] if len(heard) == 1 else ""


def _someone_knows(text: str) -> bool:
    """« C'est ma secrétaire qui gère »: who can tell, and no name."""
    said = normal(text)
    someone = mentions(text, {"": wordings("personnes")}, usual=wordings("mots_courants"))
    return contains_any(said, wordings("qui_le_sait")) or (
        bool(someone) and contains_any(said, wordings("s_en_occupe"))
    )


def _product(text: str, denied: set[Word]) -> str:
    """The name of a product that is not known, as it was typed."""
    kept = [
        part
        for part in clauses(text)
        if not denied.intersection(part)
        and not negated(joined(part))
        and not any(says_only(what, joined(part)) for what in SAYINGS)
    ]
    name = _called(text, kept) or _capitalised(text, kept) or ", ".join(_names(text, kept))
    if not normal(name):
        raise Misunderstood("vendor")
    if len(name.split()) > _MOST_WORDS_OF_A_NAME or opening(normal(name), wordings("pronoms")):
        raise Misunderstood("vendor")
    if len(name) > _LONGEST_VENDOR:
        raise Misunderstood("long")
    return name


def called(text: str) -> tuple[int, int] | None:
    """Where a text names, in capitals, a product that « s'appelle » so."""
    for part in clauses(nfc(text)):
        if not contains_any(joined(part), wordings("qui_ont_un_nom")):
            # « Ma fille s'appelle Rose ».
            continue
        name = _called(text, [part])
        if name[:1].isupper() and len(name.split()) <= _MOST_WORDS_OF_A_NAME:
            start = text.index(name, part[0].start)
            return start, start + len(name)
    return None


def _names(text: str, parts: Sequence[list[Word]]) -> Iterator[str]:
    """The names in the clauses, without what tells more of the first: « Octet, un truc tout simple »."""
    small = {*wordings("liaisons", "pronoms")}
    named = False
    for part in parts:
        tells_more = named and (len(part) > _FEW_WORDS or part[0].text in small)
        if not tells_more and (name := _name(text, part)):
            named = True
            yield name


def _called(text: str, parts: Sequence[list[Word]]) -> str:
    """What follows « qui s'appelle » and the like."""
    for part in parts:
        for place in range(1, len(part)):
            if _ends_with(joined(part[:place]), wordings("nommant")):
                return _name(text, part[place:])
    return ""


def _capitalised(text: str, parts: Sequence[list[Word]]) -> str:
    """The one name with capitals in a sentence that has other words: « le voisin d'en face, Octet & Cie »."""
    if text.isupper() or len(split(text)) < _SHORTEST_STATEMENT:
        return ""
    places = {word.start for part in parts for word in part}
    found = [one for one in _CAPITALS.finditer(text) if one.start() in places]
    inside = [one for one in found if one.start() and not _BEFORE_NO_NAME.search(text[: one.start()])]
    # A first word has its capital anyway, unless it stands alone: « Octet & Cie, une start-up ».
    alone = [one for one in found if text[one.end() :].startswith((",", " ("))]
    small = wordings("remplissage", "introductions", "nuances")
    names = [one for one in alone if not made_of(normal(one[0]), small)] or inside
    return names[0][0] if len(names) == 1 else ""


def _name(text: str, part: list[Word]) -> str:
    """A clause as typed, without what introduces a name and what only hesitates after it."""
    part = _without_more(text, _without_lead(part))
    while part and (size := _ends_with(joined(part), wordings("remplissage", "nuances", "a_verifier"))):
        part = part[:-size]
    return text[part[0].start : part[-1].end] if part else ""


def _without_more(text: str, part: list[Word]) -> list[Word]:
    """A clause up to what tells more of the name that it begins with: « Octet depuis trois ans »."""
    for place in range(1, len(part)):
        town = part[place].text == "a" and text[part[place].end :].strip()[:1].isupper()
        if town or opening(joined(part[place:]), wordings("suites")):
            return part[:place]
    return [] if opening(joined(part), ("version",)) else part


def _without_lead(part: list[Word]) -> list[Word]:
    while part and (word := opening(joined(part), wordings("introductions", "remplissage", "nuances"))):
        part = part[len(word.split()) :]
    return part


def _ends_with(said: str, phrases: Iterable[str]) -> int:
    return max((len(phrase.split()) for phrase in phrases if f" {said}".endswith(f" {phrase}")), default=0)
