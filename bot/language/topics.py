"""What texts in French are about, by the words that they share."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping
from functools import cache

from bot.language.lookup import split
from bot.language.normal import wordings
from bot.language.sayings import nfc

#: A word that is shorter says too little of what a text is about.
_SHORTEST = 4


@cache
def topics(*texts: str) -> frozenset[str]:
    """The stems of the words that say what texts in French are about."""
    small = {*wordings("liaisons", "interrogatifs", "remplissage", "sujets")}
    words = [word for text in texts for word in split(nfc(text))]
    return frozenset(word.stem for word in words if len(word.text) >= _SHORTEST and word.text not in small)


def sharing(
    words: Mapping[str, Collection[str]], text: str, share: float = 0.25, enough: int | None = None
) -> str:
    """The one thing of whose words a text has more than of any other's, rare ones counting for more.

    They are a `share` at least of what the text is about, or `enough`.
    """
    having = Counter(word for own in words.values() for word in own)
    stems = {word.stem for word in split(text)}
    scores = sorted((sum(1 / having[word] for word in {*own} & stems), key) for key, own in words.items())
    least = max(1, min(share * len(topics(text)), enough or math.inf))
    if not scores or scores[-1][0] < least or (len(scores) > 1 and scores[-2][0] == scores[-1][0]):
        return ""
    return scores[-1][1]
