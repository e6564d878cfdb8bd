"""Finds in a contract the passages that settle what RGPD art. 28(3) asks for.

Two kinds of evidence: words that stand together (`groups` of knowledge/processors/clauses.yml), and how near
a sentence is to usual phrasings, as the sentence encoder sees it. It proposes; the practitioner decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bot.compliance.processors.contract import Confidence, Contract, Finding, Paragraph, Passage
from bot.knowledge.processors import Clause
from bot.language.likeness import Floats
from bot.language.normal import normal
from bot.language.sentences import Vectors, meanings

_END_OF_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[\"«(]?[A-ZÀ-Ý0-9])")
#: How many sentences a passage may have, and how long it may be.
_SENTENCES, _LONGEST = 3, 700
#: Only so many windows are compared in sense: those whose words tell the most.
_MOST_READ = 400
#: How much words tell beside the sense, and what a word of another subject takes away.
_OF_WORDS, _OF_SENSE, _ASIDE = 0.6, 0.4, 0.35
#: What speaks of personal data, and how often a contract does that is about them as a whole.
_DATA = (
    "donnees", "data", "rgpd", "gdpr", "caractere personnel", "vie privee", "patient*", "dossier*", "medica*",
)  # fmt: skip
_ABOUT = 0.012
#: What is taken from a passage of a section that speaks of no data, in a contract about something else.
_OUTSIDE = 0.25
#: The sense of a clause is told by how much nearer a sentence is to its phrasings than to the others'.
_LEAST, _MOST = 0.0, 0.06
#: Above this, a passage is proposed, and how surely.
_FOUND, _FAIR, _SURE = 0.56, 0.7, 0.85
#: A longer passage has to be better than a shorter one by so much.
_PER_SENTENCE = 0.015
#: Small words of English, and how often they stand in English texts.
_ENGLISH = frozenset(["the", "of", "and", "to", "shall", "is", "with", "for", "by", "any", "which"])
_OFTEN = 0.12


@dataclass(frozen=True)
class _Window:
    """Consecutive sentences of a paragraph."""

    text: str
    sentences: int
    paragraph: Paragraph
    #: Whether its section, or the contract as a whole, speaks of personal data.
    about: bool

    @cached_property
    def words(self) -> str:
        return f" {normal(self.text)} "

    @cached_property
    def head(self) -> str:
        return f" {normal(self.paragraph.heading)} "

    @property
    def in_context(self) -> str:
        heading = self.paragraph.heading
        return f"{heading} : {self.text}" if heading else self.text

    @property
    def passage(self) -> Passage:
        told = self.paragraph
        return Passage(self.text, told.number, told.page, told.heading)


def is_english(text: str) -> bool:
    """Whether a text seems to be written in English."""
    words = normal(text).split()
    return bool(words) and sum(word in _ENGLISH for word in words) / len(words) > _OFTEN


class ClauseFinder:
    """All clauses with the words and phrasings that tell them, ready to be looked for."""

    def __init__(
        self, clauses: Sequence[Clause], encode: Callable[[Sequence[str]], Vectors] = meanings
    ) -> None:
        self._clauses, self._encode = tuple(clauses), encode
        self._groups = [[_pattern(group) for group in clause.groups] for clause in clauses]
        self._of_data = [
            ["donnees" in group or "data" in group for group in clause.groups] for clause in clauses
        ]
        self._never = [_pattern(clause.never) if clause.never else None for clause in clauses]
        self._owner = np.repeat(np.arange(len(clauses)), [len(clause.samples) for clause in clauses])

    @cached_property
    def _samples(self) -> Vectors:
        return self._encode([sample for clause in self._clauses for sample in clause.samples])

    def find(self, contract: Contract) -> dict[str, Finding]:
        """For each clause, by id, the passage that tells it best, or none."""
        windows = list(_windows(contract))
        if not windows:
            return {clause.id: Finding(clause.id) for clause in self._clauses}
        words = np.array([self._worded(window) for window in windows])
        scores = self._scores(windows, words)
        length = np.array([window.sentences - 1 for window in windows]) * _PER_SENTENCE
        found = {}
        for number, clause in enumerate(self._clauses):
            best = int(np.argmax(scores[:, number] - length))
            found[clause.id] = _finding(clause, windows[best], float(scores[best, number]))
        return found

    def _worded(self, window: _Window) -> list[float]:
        """For each clause how many of its groups of words the window has."""
        found = []
        for groups, of_data, never in zip(self._groups, self._of_data, self._never, strict=True):
            had = [
                (window.about and data) or bool(group.search(window.words))
                for group, data in zip(groups, of_data, strict=True)
            ]
            # A heading tells at most one of them: « Incidents », « Confidentialité ».
            if not all(had) and any(
                group.search(window.head) for group, has in zip(groups, had, strict=True) if not has
            ):
                had[had.index(False)] = True
            aside = _ASIDE if never and never.search(window.words) else 0.0
            aside += 0.0 if window.about else _OUTSIDE
            found.append(max(0.0, sum(had) / len(groups) - aside))
        return found

    def _scores(self, windows: Sequence[_Window], words: Floats) -> Floats:
        told = np.argsort(-words.max(axis=1), kind="stable")[:_MOST_READ]
        likeness = self._encode([windows[at].in_context for at in told]) @ self._samples.T
        nearest = np.full((len(told), len(self._clauses)), -1.0)
        for number in range(len(self._clauses)):
            nearest[:, number] = likeness[:, self._owner == number].max(axis=1)
        ahead = nearest - nearest.mean(axis=1, keepdims=True)
        sense = np.clip((ahead - _LEAST) / (_MOST - _LEAST), 0, 1)
        scores: Floats = np.zeros_like(words)
        scores[told] = _OF_WORDS * words[told] + _OF_SENSE * sense
        return scores


def _finding(clause: Clause, window: _Window, score: float) -> Finding:
    if score < _FOUND:
        return Finding(clause.id, score=score)
    confidence: Confidence = "forte" if score >= _SURE else "moyenne" if score >= _FAIR else "faible"
    return Finding(clause.id, window.passage, confidence, score)


def _windows(contract: Contract) -> Iterator[_Window]:
    about = _about(contract)
    for paragraph in contract.paragraphs:
        # A heading announces a clause and settles nothing.
        if paragraph.text.rstrip(" .:") == paragraph.heading:
            continue
        sentences = _END_OF_SENTENCE.split(paragraph.text.strip())
        for first in range(len(sentences)):
            for last in range(first + 1, min(first + _SENTENCES, len(sentences)) + 1):
                text = " ".join(sentences[first:last])
                if last - first > 1 and len(text) > _LONGEST:
                    break
                if len(text.split()) > 2:
                    yield _Window(text[:_LONGEST], last - first, paragraph, about[paragraph.number])


def _about(contract: Contract) -> dict[int, bool]:
    """For each paragraph, by number, whether its section, or the whole contract, is about personal data."""
    found = {one.number: len(_SPEAKS.findall(f" {normal(one.text)} ")) for one in contract.paragraphs}
    words = len(normal(contract.text).split())
    if sum(found.values()) >= _ABOUT * words:
        return dict.fromkeys(found, True)
    sections = {one.heading for one in contract.paragraphs if found[one.number]}
    return {one.number: one.heading in sections for one in contract.paragraphs}


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    """One of the words, whole, in a normal text; `*` stands for any ending."""
    said = (
        " ".join(
            re.escape(normal(part)) + ("[a-z0-9]*" if part.endswith("*") else "") for part in word.split()
        )
        for word in words
    )
    return re.compile(rf" (?:{'|'.join(said)}) ")


_SPEAKS = _pattern(_DATA)
