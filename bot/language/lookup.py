"""Finds what a short text speaks of among named things: a measure, an option, a product, an FAQ entry."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Generic, TypeVar

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.language.normal import contains_any, normal, opening, wordings

K = TypeVar("K", bound=Hashable)

#: Below this likeness (0 to 100) two wordings are not taken for one another: long ones tell more.
_ALIKE, _ALIKE_WHEN_LONG, _LONG = 86, 82, 8
#: The same when they have not as many words, as « docto lib ».
_ALIKE_WHEN_GLUED = 92
#: Of two wordings that are alike, each word is so to this extent.
_HARDLY_ALIKE = 50
#: Shorter wordings resemble too many words to guess from.
_SHORTEST_GUESS = 5
#: What is only guessed counts for so many times less than what is said in so many words.
_OF_A_GUESS = 2
#: A wording is cut down to a word of so many letters, in a clause of so few words besides small ones.
_SHORTEST_BARE, _FEW = 4, 2
#: More than all questions and products have.
_WORDINGS_KEPT = 10_000
_WORD = re.compile(r"[^\W_]+")
# « Le fax, on ne s'en sert pas », « le portable je le sors jamais ».
_NOT_IT = re.compile(
    r"(?:je|j|on|nous|il|elle|ils|elles) (?:ne |n )?(?:[mst] )?(?:le|la|les|l|y|en) "
    r"(?:\w+ ){1,3}?(?:pas|jamais|plus(?= du tout|$))\b"
)
_DIGIT = re.compile(r"\d")
# A full stop inside a word, as in « doctolib.fr », ends nothing.
_END_OF_CLAUSE = re.compile(r"[,;:!?…\n()«»\"]|\.(?:\s|$)|\s[-–—+&/]\s")


class Lookup(Generic[K]):
    """Wordings of things, compared by the letters they share, so that typos and endings matter little."""

    def __init__(self, wordings: Mapping[K, Sequence[str]]) -> None:
        """`wordings` gives each thing the texts that name it; what has no readable text is never found."""
        pairs = [(key, normal(text)) for key, texts in wordings.items() for text in texts]
        readable = [(key, text) for key, text in pairs if text]
        self._keys = [key for key, _ in readable]
        self._vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
        self._matrix = self._vectors.fit_transform([text for _, text in readable]) if readable else None

    def search(self, text: str, k: int = 3) -> list[tuple[K, float]]:
        """The `k` nearest things with their likeness from 0 to 1, best first, each once."""
        if self._matrix is None or not normal(text):
            return []
        likeness = (self._matrix @ self._vectors.transform([normal(text)]).T).toarray().ravel()
        best: dict[K, float] = {}
        # Stable, so that of two equals the one given first comes first.
        for index in np.argsort(-likeness, kind="stable"):
            if likeness[index] <= 0 or len(best) >= k:
                break
            best.setdefault(self._keys[index], min(1.0, float(likeness[index])))
        return list(best.items())


@dataclass(frozen=True)
class Word:
    """A normal word, where it stands in its text, and in which clause."""

    text: str
    start: int
    end: int
    clause: int

    @cached_property
    def stem(self) -> str:
        """The word without the endings of its gender and number."""
        return _stem(self.text)


@dataclass(frozen=True)
class Mention(Generic[K]):
    """That words `start` to `end` name a thing; the weight is the length of the wording they match."""

    key: K
    start: int
    end: int
    weight: int
    denied: bool = False


def split(text: str) -> list[Word]:
    """The normal words of a text in NFC; « mais » begins a clause as punctuation does."""
    found: list[Word] = []
    clause, last = 0, 0
    for match in _WORD.finditer(text):
        for word in normal(match[0]).split():
            if found and (_END_OF_CLAUSE.search(text, last, match.end()) or word == "mais"):
                clause += 1
            found.append(Word(word, match.start(), match.end(), clause))
            last = match.end()
    return found


def clauses(text: str) -> list[list[Word]]:
    """The words of a text by clause."""
    words = split(text)
    found: list[list[Word]] = [[] for _ in range(words[-1].clause + 1)] if words else []
    for word in words:
        found[word.clause].append(word)
    return found


def joined(words: Iterable[Word]) -> str:
    """The words as a normal text."""
    return " ".join(word.text for word in words)


def mentions(
    text: str, names: Mapping[K, Iterable[str]], silent: Iterable[str] = (), usual: Iterable[str] = ()
) -> list[Mention[K]]:
    """What a text names, in the order of the text: the longest of overlapping wordings, typos allowed.

    `names` gives each thing its normal wordings. The wordings in `silent` are read over, and the words
    in `usual` are never taken for a misspelling.
    """
    words = _without(split(unicodedata.normalize("NFC", text)), silent)
    found = set(_exact(words, names))
    found |= set(_loose(words, names))
    found |= set(_bare(words, names, frozenset(usual)))
    found |= set(_misspelt(words, names, found, frozenset(usual)))
    longest = [one for one in found if not any(_inside(one, other) for other in found)]
    return _judged(words, sorted(longest, key=lambda one: (one.start, -one.weight)))


def _without(words: list[Word], silent: Iterable[str]) -> list[Word]:
    for phrase in sorted(silent, key=len, reverse=True):
        parts = phrase.split()
        for start in _places([word.text for word in words], parts):
            for place in range(start, start + len(parts)):
                # A word that no wording has, so that nothing is joined across the gap.
                words[place] = Word("", words[place].start, words[place].end, words[place].clause)
    return words


def _places(words: Sequence[str], parts: Sequence[str]) -> list[int]:
    """Where the parts stand in the words, one after the other."""
    if not parts or parts[0] not in words:
        return []
    size = len(parts)
    return [place for place in range(len(words)) if tuple(words[place : place + size]) == tuple(parts)]


def _exact(words: list[Word], names: Mapping[K, Iterable[str]]) -> Iterator[Mention[K]]:
    stems = [word.stem for word in words]
    for key, phrases in names.items():
        for phrase in phrases:
            parts = _stems(phrase)
            for start in _places(stems, parts):
                yield Mention(key, start, start + len(parts), len(phrase))


def _loose(words: list[Word], names: Mapping[K, Iterable[str]]) -> Iterator[Mention[K]]:
    """« sur papier et sur l'ordinateur » names « papier et ordinateur »: small words do not count."""
    small = {*wordings("liaisons", "et", "copules")}
    for key, phrases in names.items():
        for phrase in phrases:
            parts = _stems(phrase, small=False)
            if len(parts) < 2:
                continue
            for start, word in enumerate(words):
                if word.stem in parts and (end := _covered(words, start, parts, small)):
                    yield Mention(key, start, end, len(phrase))


def _bare(words: list[Word], names: Mapping[K, Iterable[str]], usual: frozenset[str]) -> Iterator[Mention[K]]:
    """« ordinateur » names « sur ordinateur » where hardly more is said, and nothing else has that word."""
    keys: dict[str, set[K]] = {}
    for key, phrases in names.items():
        for phrase in phrases:
            parts = _stems(phrase, small=False)
            if len(parts) == 1 and len(parts[0]) >= _SHORTEST_BARE:
                keys.setdefault(parts[0], set()).add(key)
    parts_of = _parts(words)
    small = {*wordings("liaisons", "et")}
    said = Counter(part for word, part in zip(words, parts_of, strict=True) if word.text not in small)
    for place, word in enumerate(words):
        of = keys.get(word.stem, set())
        if len(of) == 1 and word.text not in usual and said[parts_of[place]] <= _FEW:
            yield Mention(next(iter(of)), place, place + 1, len(word.text))


def _parts(words: list[Word]) -> list[int]:
    """The number of the part between commas and « et » in which each word stands."""
    found: list[int] = []
    number = 0
    for place, word in enumerate(words):
        number += bool(place) and (word.text in wordings("et") or word.clause != words[place - 1].clause)
        found.append(number)
    return found


def _covered(words: list[Word], start: int, parts: Sequence[str], small: set[str]) -> int:
    """Where the run from `start` that has all the parts, in any order, ends; 0 when there is none."""
    left = list(parts)
    for place in range(start, len(words)):
        if words[place].stem in left:
            left.remove(words[place].stem)
        elif words[place].text not in small:
            return 0
        if not left:
            return place + 1
    return 0


def _misspelt(
    words: list[Word], names: Mapping[K, Iterable[str]], found: set[Mention[K]], usual: frozenset[str]
) -> Iterator[Mention[K]]:
    taken = {place for one in found for place in range(one.start, one.end)}
    sizes = {phrase: phrase.count(" ") + 1 for phrases in names.values() for phrase in phrases}
    windows = _windows(words, taken, usual, max(sizes.values(), default=0) + 1)
    for key, phrases in names.items():
        for phrase in phrases:
            # « 2 ans » is no slip for « 12 ans ».
            if len(phrase) < _SHORTEST_GUESS or _DIGIT.search(phrase):
                continue
            likeness, start, end = max(
                (
                    (_likeness(words[start:end], phrase), start, end)
                    for size in range(sizes[phrase] - 1, sizes[phrase] + 2)
                    for start, end in windows.get((phrase[0], size), ())
                ),
                default=(0.0, 0, 0),
            )
            if likeness:
                yield Mention(key, start, end, len(phrase) // _OF_A_GUESS)


def _windows(
    words: list[Word], taken: set[int], usual: frozenset[str], longest: int
) -> dict[tuple[str, int], list[tuple[int, int]]]:
    """The runs of words that may be misspelt, by their first letter and how many they are.

    Hardly anyone mistypes a first letter, and it tells « information » from « formation ».
    """
    found: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for start in range(len(words)):
        for end in range(start + 1, min(start + longest, len(words)) + 1):
            last = words[end - 1].text
            if not last or last in usual or end - 1 in taken or _DIGIT.search(last):
                break
            found.setdefault((words[start].text[0], end - start), []).append((start, end))
    return found


def _likeness(words: list[Word], phrase: str) -> float:
    said = joined(words)
    parts = phrase.split()
    if len(words) != len(parts):
        return fuzz.ratio(said.replace(" ", ""), phrase.replace(" ", ""), score_cutoff=_ALIKE_WHEN_GLUED)
    # « Une fois par semaine » is no slip for « une fois par mois ».
    if any(_far(word.text, part) for word, part in zip(words, parts, strict=True)):
        return 0
    if sorted(said) == sorted(phrase) and OSA.distance(said, phrase) == 1:
        return 100
    long = min(len(said), len(phrase)) >= _LONG
    return fuzz.ratio(said, phrase, score_cutoff=_ALIKE_WHEN_LONG if long else _ALIKE)


def _far(word: str, part: str) -> bool:
    # « Le serveur » is no slip for « leurs serveurs ».
    small = word in wordings("liaisons") and _stem(word) != _stem(part)
    return small or fuzz.ratio(word, part) < _HARDLY_ALIKE


def _inside(one: Mention[K], other: Mention[K]) -> bool:
    """Whether the other wording has the same words and more, or is the longer of two that overlap."""
    if one.end <= other.start or other.end <= one.start:
        return False
    within = other.start <= one.start and one.end <= other.end
    holds = one.start <= other.start and other.end <= one.end
    if within and not holds:
        return True
    return one.weight < other.weight and not (holds and not within)


def _judged(words: list[Word], found: list[Mention[K]]) -> list[Mention[K]]:
    """The mentions, with what the text says of each: that it is so, or that it is not."""
    judged: list[Mention[K]] = []
    for one in found:
        last = next((other for other in reversed(judged) if other.end <= one.start), None)
        between = [word.text for word in words[last.end : one.start]] if last else []
        # « Une secrétaire plus un stagiaire » counts both, « une secrétaire, plus de stagiaire » does not.
        adds = between[:1] == ["plus"] and not {"de", "d"} & set(between)
        denied = (not adds and _denied_before(words, one)) or _denied_after(words, one) or _of_old(words, one)
        if last and last.denied and last.key != one.key:
            # « pas de secrétaire, d'assistante ou de stagiaire » denies all three.
            denied |= bool(between) and set(between) <= {"de", "d", "ou", "ni"}
        judged.append(Mention(one.key, one.start, one.end, one.weight, denied))
    return judged


def _denied_before(words: list[Word], one: Mention[K]) -> bool:
    clause = words[one.start].clause
    before = joined(word for word in words[: one.start] if word.clause == clause)
    # « plus de 10 ans » is a number.
    denial = denials(plus=not words[one.start].text.isdigit())
    return bool(denial.search(before))


def _denied_after(words: list[Word], one: Mention[K]) -> bool:
    if {word.text for word in words[one.start : one.end]} & {*wordings("negations")}:
        # « Je ne jette jamais rien » throws nothing away.
        return False
    clause = words[one.end - 1].clause
    after = words[one.end :]
    rest = joined(word for word in after if word.clause == clause)
    rest = rest or joined(word for word in after if word.clause == clause + 1)
    # « La secrétaire elle est partie ».
    bare = rest.removeprefix(opening(rest, wordings("reprise_du_sujet"))).strip()
    return bool(_NOT_IT.match(rest)) or any(
        said == phrase or (" " in phrase and said.startswith(f"{phrase} "))
        for phrase in wordings("nie_apres")
        for said in (rest, bare)
    )


def _of_old(words: list[Word], one: Mention[K]) -> bool:
    """« Avant le papier, maintenant l'ordinateur », unless that is there now too."""
    clause = words[one.start].clause
    said = joined(word for word in words if word.clause == clause)
    rest = joined(word for word in words[one.end :] if word.clause == clause)
    then = joined(word for word in words if word.clause > clause)
    return (
        bool(opening(said, wordings("autrefois")) or rest in wordings("autrefois"))
        and contains_any(then, wordings("maintenant"))
        and not contains_any(then, wordings("aussi"))
    )


@cache
def denials(plus: bool = True) -> re.Pattern[str]:
    """Finds what ends with a denial of what comes next; « plus » is one unless a number follows."""
    # « en plus de la secrétaire » and « de plus » add; « plus de 20 stagiaires » stops at the number.
    denying = [rf"\b(?:{'|'.join(wordings('nie_devant'))})", r"(?<!\ben )(?<!\bde )(?<!\bnon )\bplus"]
    using, between = ("|".join(wordings(name)) for name in ("employe", "liaisons"))
    return re.compile(rf"(?:{'|'.join(denying[: 1 + plus])})(?: (?:{using}))?(?: (?:{between}))*$")


@lru_cache(maxsize=_WORDINGS_KEPT)
def _stems(phrase: str, small: bool = True) -> tuple[str, ...]:
    """The stems of a wording's words, with or without its small words."""
    left_out = () if small else wordings("liaisons", "et", "copules")
    return tuple(_stem(word) for word in phrase.split() if word not in left_out)


def _stem(word: str) -> str:
    if len(word) > 3 and word[-1] in "sx" and word not in wordings("invariables"):
        word = word[:-1]
    bare = word.rstrip("e")
    return bare if len(bare) >= 4 else word
