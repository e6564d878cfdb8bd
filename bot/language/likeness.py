"""How like a question is to each entry of a FAQ, seen in several ways.

`wording_*` compare it with the entry's question and other wordings: the best of them counts, for
`wording_sentence` their mean. `entry_*` compare it with the question and the answer together, to which the
other wordings add their words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.language.analysis import Vocabulary, is_synonym
from bot.language.sense import Sense, sense
from bot.language.sentences import meaning, meanings

Floats = NDArray[np.float64]

FEATURES = (
    "wording_letters",  # cosine of TF-IDF over pieces of words
    "entry_words",  # BM25 over lemmas and synonyms
    "wording_sense",  # cosine in the space of words that was learnt from the FAQ
    "entry_sense",
    "wording_sentence",  # the same in the spaces of sentences
    "entry_sentence",
)
#: A synonym counts for less than the word itself.
_SYNONYM_WEIGHT = 0.55
#: BM25: how soon a repeated word stops counting, and how much long texts are held back.
_K1, _B = 1.2, 0.6
#: The question tells more of what its entry is about than the answer.
TITLE_TIMES = 2
#: Fewer words are taken for so many.
_FEW = 4
_PIECES = {"analyzer": "char_wb", "ngram_range": (3, 5), "sublinear_tf": True}


@dataclass(frozen=True)
class Entry:
    """A question with its other wordings and its answer."""

    id: str
    question: str
    wordings: tuple[str, ...] = ()
    answer: str = ""


def told(entry: Entry) -> str:
    """What an entry says as a whole."""
    return f"{entry.question} {entry.answer}"


@dataclass(frozen=True)
class Compared:
    """For each entry its likenesses to a text, in the order of FEATURES, and how many words of the text tell.

    `same` is the number of the entry of which the text is a wording, small words and spelling aside.
    """

    likeness: Floats
    words: int
    same: int | None

    @property
    def told(self) -> float:
        """How much the text tells, by its number of words; a bare keyword may well be a question."""
        return float(np.log(max(self.words, _FEW)))


class Likeness:
    """Everything that is known of the entries before a question is asked."""

    def __init__(self, entries: Sequence[Entry], learnt: Sense | None = None) -> None:
        """`entries`: at least one; `learnt`: other spaces than those that are kept."""
        self._sense = learnt or sense()
        self._owner = np.repeat(np.arange(len(entries)), [1 + len(entry.wordings) for entry in entries])
        clean = [text for entry in entries for text in (entry.question, entry.answer)]
        self._vocabulary = Vocabulary(clean, [text for entry in entries for text in entry.wordings])
        words = self._vocabulary.words
        wordings = [words(text) for entry in entries for text in (entry.question, *entry.wordings)]
        self._senses = np.vstack([self._sense.words.of(wording) for wording in wordings])
        whole = [words(entry.question) * TITLE_TIMES + words(entry.answer) for entry in entries]
        self._whole_senses = np.vstack([self._sense.words.of(text) for text in whole])
        for owner, wording in zip(self._owner, wordings, strict=True):
            whole[owner] += wording
        # Of two entries with one wording, the first given has it; a word alone may be said of much.
        self._verbatim = {
            " ".join(wording): int(owner)
            for owner, wording in reversed(list(zip(self._owner, wordings, strict=True)))
            if len(wording) > 1
        }
        self._weigh(whole)
        # A row for each piece or term, so that the few of a question are picked at once.
        self._bodies = self._bm25([self._vocabulary.terms(words) for words in whole]).T.tocsr()
        self._letters = TfidfVectorizer(**_PIECES)
        self._spelled = self._letters.fit_transform(map(" ".join, wordings)).T.tocsr()
        self._place(entries)

    def of(self, text: str) -> Compared | None:
        """How like the text is to each entry; None when the text says nothing."""
        words = self._vocabulary.words(text)
        if not words:
            return None
        terms = self._vocabulary.terms(words)
        row = self._row(terms)
        # Words that the corpus lacks weigh like the rarest: a question full of them is about something else.
        unknown = self._rarest * sum(not is_synonym(term) for term in set(terms) - self._columns.keys())
        total = float(row.sum()) + unknown or 1.0
        said, sense = [" ".join(words)], self._sense.words.of(words)
        sentence = meaning(text)
        likeness: Floats = np.stack(
            [
                self._best(_dense(self._letters.transform(said) @ self._spelled)),
                _dense((row > 0).astype(np.float64) @ self._bodies) / total / (_K1 + 1),
                self._best(np.clip(self._senses @ sense, 0, 1)),
                np.clip(self._whole_senses @ sense, 0, 1),
                np.clip(self._centres @ self._sense.sentences.even(sentence), 0, 1),
                np.clip(self._places @ self._sense.sentences.of_question(sentence), 0, 1),
            ],
            axis=1,
        )
        return Compared(likeness, len(words), self._verbatim.get(said[0]))

    def _place(self, entries: Sequence[Entry]) -> None:
        """Where the entries lie in the spaces of sentences."""
        asked = meanings([text for entry in entries for text in (entry.question, *entry.wordings)])
        questions = asked[np.flatnonzero(np.diff(self._owner, prepend=-1))]
        answers = meanings([told(entry) for entry in entries], "answer")
        self._places = self._sense.sentences.of_entry(questions, answers)
        centres = np.zeros_like(questions)
        np.add.at(centres, self._owner, asked)
        wordings = np.bincount(self._owner)[:, None]
        self._centres = self._sense.sentences.even(centres / wordings)

    def _best(self, scores: Floats) -> Floats:
        """For each entry the best score among its wordings."""
        best = np.zeros(int(self._owner[-1]) + 1)
        np.maximum.at(best, self._owner, scores)
        return best

    def _weigh(self, whole: list[list[str]]) -> None:
        """How telling each term is, by the number of entries that have it."""
        having = Counter(term for words in whole for term in set(self._vocabulary.terms(words)))
        self._columns = {term: at for at, term in enumerate(having)}
        total = len(whole)
        self._rarest = float(np.log(1 + (total + 0.5) / 1.5))
        self._idf = np.array(
            [
                np.log(1 + (total - times + 0.5) / (times + 0.5))
                * (_SYNONYM_WEIGHT if is_synonym(term) else 1)
                for term, times in having.items()
            ]
        )

    def _row(self, terms: Iterable[str]) -> csr_matrix:
        at = [self._columns[term] for term in dict.fromkeys(terms) if term in self._columns]
        return csr_matrix((self._idf[at], ([0] * len(at), at)), shape=(1, len(self._columns)))

    def _bm25(self, texts: list[list[str]]) -> csr_matrix:
        mean = np.mean([len(terms) for terms in texts]) or 1.0
        values: list[float] = []
        rows: list[int] = []
        columns: list[int] = []
        for number, terms in enumerate(texts):
            norm = _K1 * (1 - _B + _B * len(terms) / mean)
            for term, times in Counter(terms).items():
                at = self._columns[term]
                values.append(self._idf[at] * times * (_K1 + 1) / (times + norm))
                rows.append(number)
                columns.append(at)
        return csr_matrix((values, (rows, columns)), shape=(len(texts), len(self._columns)))


def _dense(row: csr_matrix) -> Floats:
    dense: Floats = row.toarray().ravel()
    return dense
