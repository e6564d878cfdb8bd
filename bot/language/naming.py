"""Reads the name of a product or supplier, known or not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.compliance.answers import UNKNOWN, Answer
from bot.knowledge.model import Vendor
from bot.language.facts import negated
from bot.language.lookup import Word, clauses, joined, mentions, split
from bot.language.misunderstood import Misunderstood
from bot.language.normal import contains_any, made_of, normal, opening, wordings
from bot.language.products import product_names
from bot.language.sayings import SAYINGS, says_only, unknown, wonders

_LONGEST_VENDOR = 80
#: A longer name of a product that is not known is a sentence.
_MOST_WORDS_OF_A_NAME = 6
#: A shorter text states nothing by itself.
_SHORTEST_STATEMENT = 4
_CAPITALS = re.compile(
    r"\b[A-ZÀ-Ý][\w’'-]*[^\W_](?: (?:(?:&|et|de|du|des|la|le|les|l['’]|d['’]) ?)*[A-ZÀ-Ý][\w’'-]*)*"
)
_SENTENCE_END = re.compile(r"[.!?…]\s+$")


def read_vendor(text: str, vendors: Sequence[Vendor]) -> Answer:
    if says_only("ne_sait_pas", text):
        return UNKNOWN
    names = product_names(vendors)
    found = mentions(text, names, usual=wordings("mots_courants"))
    there = dict.fromkeys(one.key for one in found if not one.denied)
    if there and not wonders(text):
        return Answer.given(", ".join(there))
    if contains_any(normal(text), wordings("ne_sait_pas")) or _someone_knows(text):
        return UNKNOWN
    words = split(text)
    denied = {word for one in found if one.denied for word in words[one.start : one.end]}
    try:
        return Answer.given(_product(text, denied))
    except Misunderstood:
        if unknown(text):
            return UNKNOWN
        raise


def _someone_knows(text: str) -> bool:
    """« C'est ma secrétaire qui gère »: who can tell, and no name."""
    said = normal(text)
    someone = mentions(text, {"": wordings("personnes")}, usual=wordings("mots_courants"))
    return contains_any(said, ("qui sait", "qui saura", "qui connait")) or (
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
    name = _capitalised(text, kept) or ", ".join(filter(None, (_name(text, part) for part in kept)))
    if not normal(name):
        raise Misunderstood("vendor")
    if len(name.split()) > _MOST_WORDS_OF_A_NAME or opening(normal(name), wordings("pronoms")):
        raise Misunderstood("vendor")
    if len(name) > _LONGEST_VENDOR:
        raise Misunderstood("long")
    return name


def _capitalised(text: str, parts: Sequence[list[Word]]) -> str:
    """The one name with capitals in a sentence that has other words: « le voisin d'en face, Octet & Cie »."""
    if text.isupper() or len(split(text)) < _SHORTEST_STATEMENT:
        return ""
    places = {word.start for part in parts for word in part}
    found = [one for one in _CAPITALS.finditer(text) if one.start() in places]
    inside = [one for one in found if one.start() and not _SENTENCE_END.search(text[: one.start()])]
    # A first word has its capital anyway, unless it stands alone: « Octet & Cie, une start-up ».
    alone = [one for one in found if text[one.end() :].startswith((",", " ("))]
    small = wordings("remplissage", "introductions", "nuances")
    names = [one for one in alone if not made_of(normal(one[0]), small)] or inside
    return names[0][0] if len(names) == 1 else ""


def _name(text: str, part: list[Word]) -> str:
    """A clause as typed, without what introduces a name and what only hesitates after it."""
    while part and (word := opening(joined(part), wordings("introductions", "remplissage", "nuances"))):
        part = part[len(word.split()) :]
    while part and (size := _ends_with(joined(part), wordings("remplissage", "nuances", "a_verifier"))):
        part = part[:-size]
    return text[part[0].start : part[-1].end] if part else ""


def _ends_with(said: str, phrases: Iterable[str]) -> int:
    return max((len(phrase.split()) for phrase in phrases if f" {said}".endswith(f" {phrase}")), default=0)
