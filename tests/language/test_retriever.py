"""The FAQ's entries are found by what practitioners type, and any other corpus by its titles and answers."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz, process

from bot import knowledge
from bot.language.faq import index
from bot.language.normal import normal
from bot.language.retriever import Entry, Retriever, thresholds

HERE = Path(__file__).parent
SETS = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted(HERE.glob("*.yml"))}
UTTERANCES = {name: content["asked"] if name == "unseen" else content for name, content in SETS.items()}

#: A corpus that has nothing to do with the FAQ's wordings: titles and answers alone.
CORPUS = [
    Entry(
        "bees", "Combien de ruches puis-je déclarer ?", answer="Toutes vos ruches, chaque automne, en ligne."
    ),
    Entry("honey", "Comment étiqueter un pot de miel ?", answer="Le poids, l'origine et votre adresse."),
    Entry(
        "queen", "Quand remplacer une reine ?", answer="Tous les deux ou trois ans, quand la ponte faiblit."
    ),
    Entry(
        "wasps", "Que faire contre le frelon asiatique ?", answer="Réduisez l'entrée, posez des muselières."
    ),
]


@pytest.fixture(scope="module")
def faq() -> Retriever:
    return index()


@pytest.fixture(scope="module")
def beekeeper() -> Retriever:
    return Retriever(CORPUS)


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("cmb de ruches je declare", "bees"),
        ("etiquettes des pots", "honey"),
        ("changer la reine", "queen"),
        ("les frelons attaquent", "wasps"),
        ("il faut poser des museliere ?", "wasps"),
        ("ponte qui baisse", "queen"),
    ],
)
def test_a_corpus_never_seen_is_searched_by_titles_and_answers(
    beekeeper: Retriever, asked: str, wanted: str
) -> None:
    assert beekeeper.search(asked)[0][0] == wanted


@pytest.mark.slow
def test_every_question_and_wording_of_the_faq_finds_its_entry_for_sure(faq: Retriever) -> None:
    sure, _ = thresholds()
    entries = knowledge.load().faq
    found = {
        text: faq.search(text, 1)[0] for entry in entries for text in (entry.question, *entry.wordings[:2])
    }
    owners = {text: entry.id for entry in entries for text in (entry.question, *entry.wordings[:2])}
    wrong = [
        text for text, (entry, confidence) in found.items() if entry != owners[text] or confidence < sure
    ]
    # Two entries may share a wording once the small words are gone: one of them has to come second.
    assert len(wrong) <= len(found) / 100, wrong


@pytest.mark.parametrize("text", ["", "   ", "?!", "🙂", "de la", "\n"])
def test_what_says_nothing_finds_nothing(beekeeper: Retriever, text: str) -> None:
    assert beekeeper.search(text) == []


def test_no_entry_no_answer() -> None:
    assert Retriever([]).search("une question") == []


@given(st.text(max_size=300), st.integers(0, 7))
@settings(max_examples=60)
def test_any_text_gives_each_entry_once_best_first(beekeeper: Retriever, text: str, k: int) -> None:
    found = beekeeper.search(text, k)
    assert len(found) in (0, min(k, len(CORPUS)))
    assert len({entry for entry, _ in found}) == len(found)
    confidences = [confidence for _, confidence in found]
    assert confidences == sorted(confidences, reverse=True)
    assert all(0 <= confidence <= 1 for confidence in confidences)


def test_searching_is_repeatable(beekeeper: Retriever) -> None:
    assert beekeeper.search("reine des ruches") == beekeeper.search("reine des ruches")


def test_test_sets_are_large_and_of_every_style() -> None:
    every = [utterance for utterances in UTTERANCES.values() for utterance in utterances]
    styles = {utterance["style"] for utterance in every}
    assert styles == {"clean", "oral", "typos", "sms", "long"}
    assert len(every) >= 600


@pytest.mark.slow
def test_no_test_utterance_leaks_into_training_data() -> None:
    """Nothing that is learnt or fitted on is a near duplicate of what the model is measured on."""
    taught = {normal(text) for text in _taught()}
    tested = [
        normal(utterance["text"])
        for name in ("faq", "commands", "dossiers", "out_of_scope", "unseen")
        for utterance in UTTERANCES[name]
    ]
    # A greeting of a word or two has few spellings: both sides have it.
    long = [text for text in tested if len(text.split()) >= 4]
    leaked = [
        (text, near[0])
        for text in long
        if (near := process.extractOne(text, taught, scorer=fuzz.ratio, score_cutoff=90))
    ]
    assert leaked == []


def _taught() -> list[str]:
    root = HERE.parents[1]
    nlu = [
        yaml.safe_load(path.read_text("utf-8"))["nlu"] for path in sorted((root / "data/nlu").glob("*.yml"))
    ]
    examples = [line for parts in nlu for part in parts for line in part["examples"].splitlines()]
    entries = knowledge.load().faq
    wordings = [text for entry in entries for text in (entry.question, *entry.wordings)]
    outside = (root / "bench/out_of_scope.txt").read_text("utf-8").splitlines()
    asked = [one["text"] for one in yaml.safe_load((root / "bench/asked.yml").read_text("utf-8"))]
    general = [
        text
        for path in sorted((root / "bench/general").glob("*.yml"))
        for one in yaml.safe_load(path.read_text("utf-8"))
        for text in (one["question"], *one["wordings"])
    ]
    return [*examples, *wordings, *outside, *asked, *general]
