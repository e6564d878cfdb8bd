"""The classifier and the spelling it relies on, on a small corpus of its own."""

from __future__ import annotations

import pytest

from bot.language.classifier import Classifier
from bot.language.spelling import sounds, spelled, words_of

FRUIT = ["quelle pomme est mûre", "les poires sont mûres", "une pomme ou une poire", "la pomme est verte"]
ROADS = ["la voiture est en panne", "quelle voiture prendre", "le camion est en panne", "le camion roule"]


@pytest.fixture(scope="module")
def trained() -> Classifier:
    return Classifier.learn({"fruit": FRUIT, "road": ROADS}, strength=20.0, most=10, most_meant=10)


def likeliest(classifier: Classifier, said: str) -> str:
    return next(iter(classifier.chances(said)))


@pytest.mark.parametrize("said", ["pomme", "en panne", ""])
def test_chances_come_best_first_and_add_up(trained: Classifier, said: str) -> None:
    chances = list(trained.chances(said).values())
    assert chances == sorted(chances, reverse=True)
    assert sum(chances) == pytest.approx(1, abs=1e-4)


def test_an_intent_with_many_examples_does_not_drown_another() -> None:
    many = [f"la voiture {number} est en panne" for number in range(60)]
    classifier = Classifier.learn({"fruit": FRUIT, "road": many}, strength=20.0, most=5, most_meant=5)
    assert likeliest(classifier, "des poires") == "fruit"


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("des pommes", "fruit"),
        ("kel pome", "fruit"),
        ("mon camion roule", "road"),
        ("voitur an pane", "road"),
    ],
)
def test_an_intent_is_found_whatever_the_spelling(trained: Classifier, said: str, intent: str) -> None:
    assert likeliest(trained, said) == intent


def test_a_word_that_no_example_has_is_told_by_its_meaning(trained: Classifier) -> None:
    assert likeliest(trained, "cerise") == "fruit"
    assert likeliest(trained, "un avion") == "road"


@pytest.mark.parametrize("said", ["", "???", "xqzt"])
def test_what_says_nothing_is_no_error(trained: Classifier, said: str) -> None:
    assert likeliest(trained, said) in ("fruit", "road")


@pytest.mark.parametrize(("one", "other"), [("koi", "quoi"), ("telefone", "téléphone"), ("jamé", "jamais")])
def test_what_sounds_the_same_is_spelled_the_same(one: str, other: str) -> None:
    assert sounds(one) == sounds(other)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("jverifie jamé", "j verifie jamais"),
        ("lagenda, tt seul", "agenda, tout seul"),
        ("10% des fiches", "10% des fiches"),
    ],
)
def test_words_are_spelled_as_those_that_are_expected(said: str, meant: str) -> None:
    assert spelled(said, words_of(["vérifie", "jamais", "agenda", "fiches"])) == meant
