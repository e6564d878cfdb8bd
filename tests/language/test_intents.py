"""The intent classifier and the spelling it relies on, on a small corpus of its own."""

from __future__ import annotations

import pytest
from sklearn.pipeline import Pipeline

from bot.language.intents import untrained
from bot.language.spelling import sounds, spelled, words_of

FRUIT = ["quelle pomme est mûre", "les poires sont mûres", "une pomme ou une poire", "la pomme est verte"]
ROADS = ["la voiture est en panne", "quelle voiture prendre", "le camion est en panne", "le camion roule"]


@pytest.fixture(scope="module")
def trained() -> Pipeline:
    return untrained(20.0).fit([*FRUIT, *ROADS], ["fruit"] * len(FRUIT) + ["road"] * len(ROADS))


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("des pommes", "fruit"),
        ("kel pome", "fruit"),
        ("mon camion roule", "road"),
        ("voitur an pane", "road"),
    ],
)
def test_an_intent_is_found_whatever_the_spelling(trained: Pipeline, said: str, intent: str) -> None:
    assert trained.predict([said]) == [intent]


def test_a_word_that_no_example_has_is_told_by_its_meaning(trained: Pipeline) -> None:
    assert trained.predict(["cerise"]) == ["fruit"]
    assert trained.predict(["moto"]) == ["road"]


@pytest.mark.parametrize("said", ["", "???", "xqzt"])
def test_what_says_nothing_is_no_error(trained: Pipeline, said: str) -> None:
    assert trained.predict([said])[0] in ("fruit", "road")


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
