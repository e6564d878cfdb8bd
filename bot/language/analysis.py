"""The words that matter in a French text: spelled, shortened forms undone, as lemmas, with their synonyms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from spacy.lang.fr.stop_words import STOP_WORDS

from bot.language import french
from bot.language.corrector import Corrector
from bot.language.normal import normal

_HERE = Path(__file__).parent
#: What so many people write alike is no slip.
_COMMON = 4
_SYNONYM = "≈"


@cache
def _thesaurus() -> tuple[re.Pattern[str], dict[str, str], dict[str, tuple[str, ...]]]:
    content: dict[str, Any] = yaml.safe_load((_HERE / "thesaurus.yml").read_text("utf-8"))
    short: dict[str, str] = {str(key): value for key, value in content["abbreviations"].items()}
    longest_first = sorted(short, key=len, reverse=True)
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b")
    groups: dict[str, tuple[str, ...]] = {}
    for number, words in enumerate(content["synonyms"]):
        for form in dict.fromkeys(form for word in words for form in (word, french.lemma(word))):
            groups[form] = (*groups.get(form, ()), f"{_SYNONYM}{number}")
    return pattern, short, groups


@cache
def _stop_words() -> frozenset[str]:
    # What asks and what denies stays: it tells « combien » from « qui », and « sans » from « avec ».
    kept = {"qui", "quand", "combien", "pourquoi", "comment", "sans", "hors", "seul", "seule", "doit"}
    words = {normal(word) for word in STOP_WORDS}
    pieces = {piece for word in words for piece in word.split()}
    return frozenset(
        (pieces | {"mes", "ma", "mon", "est", "ce", "que", "il", "faut", "euh", "bonjour"}) - kept
    )


def rewritten(text: str) -> str:
    """The text in normal form, abbreviations and set phrases replaced."""
    pattern, short, _ = _thesaurus()
    return " ".join(pattern.sub(lambda found: short[found[0]], normal(text)).split())


class Vocabulary:
    """The words of a corpus, as it spells them."""

    def __init__(self, texts: Sequence[str], oral: Sequence[str] = ()) -> None:
        """`texts` are well written: spelling is learnt from them; `oral` ones may not be."""
        spoken = Counter(word for text in oral for word in set(rewritten(text).split()))
        counts = Counter(word for text in texts for word in rewritten(text).split())
        counts.update({word: times for word, times in spoken.items() if times >= _COMMON})
        self._corrector = Corrector(counts)

    def words(self, text: str) -> list[str]:
        """The words of a text as the corpus spells them, without those that say nothing."""
        found = [right for word in rewritten(text).split() for right in self._corrector.right(word).split()]
        return [word for word in found if word not in _stop_words() and (len(word) > 1 or word.isdigit())]

    def terms(self, words: Sequence[str]) -> list[str]:
        """The lemma of each word, and its synonym groups."""
        _, _, groups = _thesaurus()
        found = []
        for word in words:
            lemma = french.lemma(word)
            found.append(lemma)
            found += dict.fromkeys((*groups.get(word, ()), *groups.get(lemma, ())))
        return found


def is_synonym(term: str) -> bool:
    """Whether a term stands for a group of synonyms."""
    return term.startswith(_SYNONYM)
