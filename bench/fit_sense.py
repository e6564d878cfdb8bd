"""Learns the space of `bot/language/sense.py` from entries of a FAQ.

Each wording is drawn to the question and answer of its entry and away from those of all others. No test set
takes part in it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.decomposition import PCA
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.language import french
from bot.language.analysis import Vocabulary
from bot.language.likeness import TITLE_TIMES, Entry
from bot.language.sense import Space

#: More epochs learn the wordings by heart, and serve other questions less.
_EPOCHS, _BATCH, _RATE = 4, 256, 0.005
_DIMENSIONS, _SCALE = 128, 8.0


def fit(entries: Sequence[Entry]) -> Space:
    """The space in which the entries' wordings lie nearest to their own entries."""
    vocabulary = Vocabulary(
        [text for entry in entries for text in (entry.question, entry.answer)],
        [text for entry in entries for text in entry.wordings],
    )
    asked = [vocabulary.words(text) for entry in entries for text in (entry.question, *entry.wordings)]
    owner = np.repeat(np.arange(len(entries)), [1 + len(entry.wordings) for entry in entries])
    answers = [
        vocabulary.words(entry.question) * TITLE_TIMES + vocabulary.words(entry.answer) for entry in entries
    ]
    terms = TfidfVectorizer(analyzer=_lemmas, sublinear_tf=True).fit(asked + answers)
    lemmas = [str(lemma) for lemma in terms.get_feature_names_out()]
    vectors = np.array([french.direction(lemma) for lemma in lemmas], np.float32)
    rows, projection = _learn(terms.transform(asked), owner, terms.transform(answers), vectors)
    return Space(
        {lemma: at for at, lemma in enumerate(lemmas)},
        rows * terms.idf_[:, None].astype(np.float32),
        projection * np.float32(terms.idf_.max()),
    )


def _lemmas(words: Sequence[str]) -> list[str]:
    return [french.lemma(word) for word in words]


def _learn(
    asked: csr_matrix,
    owner: NDArray[np.int64],
    answers: csr_matrix,
    vectors: NDArray[np.float32],
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Where each term points, and how vectors are projected there (contrastive loss over all entries)."""
    tf.keras.utils.set_random_seed(1)
    known = vectors[np.abs(vectors).sum(axis=1) > 0]
    projection = tf.Variable(2 * PCA(_DIMENSIONS, random_state=1).fit(known).components_.T)
    own = tf.Variable(tf.zeros((len(vectors), _DIMENSIONS)))
    base, entries = tf.constant(vectors), tf.constant(answers.toarray(), tf.float32)
    adam = tf.keras.optimizers.legacy.Adam(_RATE)
    chance = np.random.default_rng(1)
    for _ in range(_EPOCHS):
        order = chance.permutation(len(owner))
        for begin in range(0, len(order), _BATCH):
            chosen = order[begin : begin + _BATCH]
            texts = tf.constant(asked[chosen].toarray(), tf.float32)
            with tf.GradientTape() as tape:
                rows = base @ projection + own
                near = tf.nn.l2_normalize(texts @ rows, 1) @ tf.transpose(
                    tf.nn.l2_normalize(entries @ rows, 1)
                )
                loss = tf.nn.sparse_softmax_cross_entropy_with_logits(owner[chosen], _SCALE * near)
            steps = tape.gradient(loss, [projection, own])
            adam.apply_gradients(zip(steps, [projection, own], strict=True))
    return (base @ projection + own).numpy(), projection.numpy()
