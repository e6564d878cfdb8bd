"""Names of themes and questions in Rasa, normal forms, and looking things up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge import load
from bot.language import names
from bot.language.lookup import Lookup
from bot.language.normal import contains, normal

KNOWLEDGE = load()


def test_every_question_and_theme_comes_back_from_its_name() -> None:
    slots = set()
    for activity in KNOWLEDGE.activities:
        assert names.theme_id(names.form_name(activity)) == activity.id
        for question in activity.questions:
            slot = names.slot_name(activity, question)
            slots.add(slot)
            assert names.question_id(slot) == f"{activity.id}.{question.id}"
            assert KNOWLEDGE.question(names.question_id(slot)) == question
    assert len(slots) == sum(len(activity.questions) for activity in KNOWLEDGE.activities)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L'Été à Œuvrer", "l ete a oeuvrer"),
        ("  Ça   va ?!  ", "ca va"),
        ("C’est « Non »", "c est non"),
        ("MSSanté-2", "mssante 2"),
        ("ex æquo", "ex aequo"),
        ("e\u0301", "e"),
        ("İstanbul", "istanbul"),
        ("👍 …", ""),
        ("", ""),
    ],
)
def test_the_normal_form_has_no_capitals_accents_nor_punctuation(text: str, expected: str) -> None:
    assert normal(text) == expected


@given(st.text())
def test_the_normal_form_of_a_normal_form_is_itself(text: str) -> None:
    assert normal(normal(text)) == normal(text)
    assert normal(text.upper()) == normal(normal(text.upper()).upper())


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("oui bien sur", "bien sur", True),
        ("oui", "oui", True),
        ("inoui", "oui", False),
        ("sur", "bien sur", False),
        ("bien sure", "bien sur", False),
        ("oui", "", False),
        ("", "oui", False),
    ],
)
def test_a_phrase_stands_in_a_text_as_whole_words(text: str, phrase: str, expected: bool) -> None:
    assert contains(text, phrase) is expected


LOOKUP = Lookup(
    {
        "chiffrement": ("Chiffrer le disque des ordinateurs", "chiffrement", "BitLocker"),
        "sauvegarde": ("Sauvegarder chaque jour", "sauvegarde", "copie"),
        "contrat": ("Archiver le contrat du service de rendez-vous", "contrat doctolib", "DPA"),
    }
)


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("chiffrement", "chiffrement"),
        ("le chiffrement du disque", "chiffrement"),
        ("chifrement", "chiffrement"),
        ("CHIFFRER", "chiffrement"),
        ("bitlocker", "chiffrement"),
        ("les sauvegardes", "sauvegarde"),
        ("sovegarde", "sauvegarde"),
        ("le contrat de doctolib", "contrat"),
        ("dpa", "contrat"),
    ],
)
def test_a_thing_is_found_by_any_of_its_wordings_typos_included(text: str, thing: str) -> None:
    assert LOOKUP.search(text)[0][0] == thing


def test_its_own_wording_is_a_full_likeness() -> None:
    ((key, likeness),) = LOOKUP.search("Sauvegarder chaque jour", k=1)
    assert key == "sauvegarde" and likeness == pytest.approx(1)


@given(st.text(max_size=80), st.integers(1, 5))
def test_at_most_k_things_come_once_each_the_nearest_first(text: str, k: int) -> None:
    found = LOOKUP.search(text, k)
    likenesses = [likeness for _, likeness in found]
    assert len(found) <= k and len({key for key, _ in found}) == len(found)
    assert likenesses == sorted(likenesses, reverse=True)
    assert all(0 < likeness <= 1 + 1e-9 for likeness in likenesses)


@pytest.mark.parametrize("text", ["", " ", "?!", "👍", "wwww"])
def test_nothing_alike_is_nothing_found(text: str) -> None:
    assert LOOKUP.search(text) == []


def test_nothing_is_found_among_nothing() -> None:
    assert Lookup({}).search("chiffrement") == []
