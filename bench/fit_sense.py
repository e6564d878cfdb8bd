"""Learns the spaces of `bot/language/sense.py` from entries of a FAQ.

Each wording is drawn to the question and answer of its entry and away from those of all others. No test set
takes part in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.decomposition import PCA
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.language import french
from bot.language.analysis import Vocabulary
from bot.language.likeness import TITLE_TIMES, Entry, told
from bot.language.sense import Matrix, Sense, Sentences, Words
from bot.language.sentences import meanings

_BATCH = 256
#: More epochs learn the wordings by heart, and serve other questions less.
_WORD_EPOCHS, _WORD_RATE = 4, 0.005
_WORD_DIMENSIONS, _WORD_SCALE = 128, 8.0
_SENTENCE_EPOCHS, _SENTENCE_RATE = 6, 0.003
_SENTENCE_DIMENSIONS, _SENTENCE_SCALE = 192, 14.0
#: How much of a sentence is hidden in learning, and how closely it keeps to the encoder.
_HIDDEN, _FAITHFUL = 0.2, 1e-4
#: What the wordings of a question differ in is never taken for less than this.
_LEAST_SPREAD = 3e-4

Owners = NDArray[np.int64]


def fit(entries: Sequence[Entry]) -> Sense:
    """The spaces in which the entries' wordings lie nearest to their own entries."""
    owner = np.repeat(np.arange(len(entries)), [1 + len(entry.wordings) for entry in entries])
    return Sense(_fit_words(entries, owner), _fit_sentences(entries, owner))


def _fit_words(entries: Sequence[Entry], owner: Owners) -> Words:
    vocabulary = Vocabulary(
        [text for entry in entries for text in (entry.question, entry.answer)],
        [text for entry in entries for text in entry.wordings],
    )
    asked = [vocabulary.words(text) for entry in entries for text in (entry.question, *entry.wordings)]
    answers = [
        vocabulary.words(entry.question) * TITLE_TIMES + vocabulary.words(entry.answer) for entry in entries
    ]
    terms = TfidfVectorizer(analyzer=_lemmas, sublinear_tf=True).fit(asked + answers)
    lemmas = [str(lemma) for lemma in terms.get_feature_names_out()]
    vectors = np.array([french.direction(lemma) for lemma in lemmas], np.float32)
    rows, projection = _learn_words(terms.transform(asked), owner, terms.transform(answers), vectors)
    return Words(
        {lemma: at for at, lemma in enumerate(lemmas)},
        rows * terms.idf_[:, None].astype(np.float32),
        projection * np.float32(terms.idf_.max()),
    )


def _lemmas(words: Sequence[str]) -> list[str]:
    return [french.lemma(word) for word in words]


def _learn_words(
    asked: csr_matrix, owner: Owners, answers: csr_matrix, vectors: Matrix
) -> tuple[Matrix, Matrix]:
    """Where each term points, and how vectors are projected there."""
    tf.keras.utils.set_random_seed(1)
    known = vectors[np.abs(vectors).sum(axis=1) > 0]
    projection = tf.Variable(2 * PCA(_WORD_DIMENSIONS, random_state=1).fit(known).components_.T)
    own = tf.Variable(tf.zeros((len(vectors), _WORD_DIMENSIONS)))
    base, entries = tf.constant(vectors), tf.constant(answers.toarray(), tf.float32)

    def loss(chosen: Owners) -> tf.Tensor:
        rows = base @ projection + own
        texts = tf.constant(asked[chosen].toarray(), tf.float32)
        return _apart(texts @ rows, entries @ rows, owner[chosen], _WORD_SCALE)

    _descend(loss, [projection, own], len(owner), _WORD_EPOCHS, _WORD_RATE)
    return (base @ projection + own).numpy(), projection.numpy()


def _fit_sentences(entries: Sequence[Entry], owner: Owners) -> Sentences:
    asked = meanings([text for entry in entries for text in (entry.question, *entry.wordings)], keep=True)
    answers = meanings([told(entry) for entry in entries], "answer", keep=True)
    questions = asked[np.flatnonzero(np.diff(owner, prepend=-1))]
    means = asked.mean(axis=0), answers.mean(axis=0)
    scale = asked.std(axis=0) * np.sqrt(asked.shape[1])
    projections = _learn_sentences(
        (asked - means[0]) / scale, owner, (questions - means[0]) / scale, (answers - means[1]) / scale
    )
    asked_projection, answer_projection = (one / scale[:, None] for one in projections)
    return Sentences(asked_projection, answer_projection, _spread(asked, owner), *means)


def _learn_sentences(
    asked: Matrix, owner: Owners, questions: Matrix, answers: Matrix
) -> tuple[Matrix, Matrix]:
    """How questions and answers are projected."""
    tf.keras.utils.set_random_seed(1)
    first = PCA(_SENTENCE_DIMENSIONS, random_state=1).fit(asked).components_.T.astype(np.float32)
    projections = [tf.Variable(first), tf.Variable(first)]

    def loss(chosen: Owners) -> tf.Tensor:
        texts = tf.nn.dropout(tf.constant(asked[chosen]), _HIDDEN)
        entries = questions @ projections[0] + answers @ projections[1]
        far = sum(tf.reduce_sum((one - first) ** 2) for one in projections)
        return _apart(texts @ projections[0], entries, owner[chosen], _SENTENCE_SCALE) + _FAITHFUL * far

    _descend(loss, projections, len(owner), _SENTENCE_EPOCHS, _SENTENCE_RATE)
    return projections[0].numpy(), projections[1].numpy()


def _spread(asked: Matrix, owner: Owners) -> Matrix:
    """What makes the wordings of one question differ alike in every direction (Fisher's discriminant)."""
    centres = np.array([asked[owner == entry].mean(axis=0) for entry in range(owner.max() + 1)])
    differences = asked - centres[owner]
    within = differences.T @ differences / len(asked) + _LEAST_SPREAD * np.eye(asked.shape[1])
    lengths, directions = np.linalg.eigh(within)
    spread: Matrix = (directions / np.sqrt(lengths)).astype(np.float32)
    return spread


def _apart(texts: tf.Tensor, entries: tf.Tensor, owner: Owners, scale: float) -> tf.Tensor:
    """How far each text is from being nearest to its own entry (contrastive loss over all entries)."""
    near = tf.nn.l2_normalize(texts, 1) @ tf.transpose(tf.nn.l2_normalize(entries, 1))
    return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(owner, scale * near))


def _descend(
    loss: Callable[[Owners], tf.Tensor], variables: list[tf.Variable], number: int, epochs: int, rate: float
) -> None:
    adam = tf.keras.optimizers.legacy.Adam(rate)
    chance = np.random.default_rng(1)
    for _ in range(epochs):
        order = chance.permutation(number)
        for begin in range(0, number, _BATCH):
            with tf.GradientTape() as tape:
                lost = loss(order[begin : begin + _BATCH])
            adam.apply_gradients(zip(tape.gradient(lost, variables), variables, strict=True))
