"""One form for comparing French texts, and the words of the lexicon in that form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import yaml

_NOT_WORD = re.compile(r"[^a-z0-9]+")


def normal(text: str) -> str:
    """The text in lower-case ASCII words separated by single spaces."""
    letters = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _NOT_WORD.sub(" ", bare).strip()


def contains(text: str, phrase: str) -> bool:
    """Whether a normal phrase stands in a normal text as whole words."""
    return bool(phrase) and f" {phrase} " in f" {text} "


def contains_any(text: str, phrases: Iterable[str]) -> bool:
    """Whether one of the normal phrases stands in a normal text as whole words."""
    return any(contains(text, phrase) for phrase in phrases)


def opening(text: str, phrases: Iterable[str]) -> str:
    """The longest of the normal phrases that a normal text begins with; empty when it begins with none."""
    return max((phrase for phrase in phrases if f"{text} ".startswith(f"{phrase} ")), key=len, default="")


def made_of(text: str, phrases: Iterable[str]) -> bool:
    """Whether a normal text is one of the normal phrases, or several of them one after the other."""
    words, parts = text.split(), [phrase.split() for phrase in phrases]
    # The places that can be reached: what a greedy reading would miss, as « si bien sûr » after « si ».
    reached = {0}
    for place in range(len(words)):
        if place in reached:
            reached |= {place + len(part) for part in parts if words[place : place + len(part)] == part}
    return bool(words) and len(words) in reached


def only(text: str, own: Sequence[str], beside: Sequence[str]) -> bool:
    """Whether a normal text is made of `own` phrases, one at least, and of those that may stand beside."""
    return contains_any(text, own) and made_of(text, (*own, *beside))


@cache
def lexicon() -> dict[str, object]:
    """How practitioners say yes, no, numbers and the rest: `lexicon.yml`."""
    content: dict[str, object] = yaml.safe_load((Path(__file__).parent / "lexicon.yml").read_text("utf-8"))
    return content


@cache
def wordings(*names: str) -> tuple[str, ...]:
    """The wordings of the lexicon's lists of those names, one after the other."""
    lists: Iterable[Iterable[str]] = (lexicon()[name] for name in names)  # type: ignore[misc]
    return tuple(wording for words in lists for wording in words)
