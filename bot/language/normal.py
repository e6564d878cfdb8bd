"""One form for comparing French texts: no capitals, accents, punctuation or doubled spaces."""

from __future__ import annotations

import re
import unicodedata

_NOT_WORD = re.compile(r"[^a-z0-9]+")


def normal(text: str) -> str:
    """The text in lower-case ASCII words separated by single spaces."""
    letters = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _NOT_WORD.sub(" ", bare).strip()


def contains(text: str, phrase: str) -> bool:
    """Whether a normal phrase stands in a normal text as whole words."""
    return bool(phrase) and f" {phrase} " in f" {text} "
