"""What a story tells of an incident, and answers that count from the present."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import PARIS
from bot.compliance.answers import UNKNOWN, Answer
from bot.knowledge import load
from bot.language import story
from bot.language.reading import Misunderstood
from bot.language.told import about, read

KNOWLEDGE = load()
BREACH = KNOWLEDGE.breach
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=PARIS)
NIGHT = "2026-11-23T22:00+01:00"


def told(text: str, kind: str = "vol_appareil") -> dict[str, object]:
    found = story.told(BREACH, text, kind, KNOWLEDGE.vendors, NOW)
    return {key.partition(".")[2]: answer.value for key, answer in found.items()}


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("on m'a volé mon ordinateur portable hier vers 22 h", "vol_appareil", {"debut": NIGHT, "supports": ("portable",), "cause": "externe_malveillant"}),
        ("jai paumé mon tel pro hier soir", "vol_appareil", {"debut": "2026-11-23 soir", "supports": ("mobile",), "cause": "interne_accidentel"}),
        ("j'ai envoyé les résultats à un autre patient", "mauvais_destinataire", {"destinataire": "tiers_connu"}),
        ("ce matin, une patiente m'a appelée : elle a reçu les bilans d'une vingtaine de patients", "mauvais_destinataire", {"decouverte": "2026-11-24 matin", "decouvert_par": "patient", "nombre_personnes": 20}),
        ("je me suis aperçue ce matin que mon téléphone avait disparu hier à 22h", "vol_appareil", {"decouverte": "2026-11-24 matin", "debut": NIGHT, "decouvert_par": "vous"}),
        ("mon éditeur m'a prévenu hier à 22h que ses serveurs avaient été piratés", "prestataire", {"decouverte": NIGHT, "decouvert_par": "prestataire"}),
        ("Doctolib a fuité", "prestataire", {"prestataire": "Doctolib"}),
        ("je viens de perdre une clé usb chiffrée avec 1 500 dossiers", "vol_appareil", {"debut": "2026-11-24T09:00+01:00", "nombre_enregistrements": 1500, "supports": ("cle_disque",), "protections": ("chiffrement",)}),
    ],
)  # fmt: skip
def test_the_facts_of_a_story_are_read(text: str, kind: str, expected: dict[str, object]) -> None:
    found = told(text, kind)
    assert {key: found.get(key) for key in expected} == expected
    assert found["incident"] == kind


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("j'ai envoyé les résultats à un autre patient", "nombre_personnes"),
        ("mon ordinateur volé n'était pas chiffré", "protections"),
        ("on m'a volé mon ordinateur", "debut"),
        ("on m'a volé mon ordinateur demain", "debut"),
        ("vol ordi", "circonstances"),
        ("que faire si je perds mon ordinateur portable dans un train un jour ?", "circonstances"),
    ],
)
def test_nothing_is_guessed(text: str, absent: str) -> None:
    assert absent not in told(text)


def test_of_an_unsure_kind_nothing_is_taken_for_granted() -> None:
    assert "incident" not in told("il est arrivé quelque chose hier", "")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("on m'a volé mon sac hier et aussi j'ai envoyé un mail au mauvais patient", 2),
        ("on m'a volé mon sac, par ailleurs mon site a été piraté. Et sinon j'ai perdu ma CPS", 3),
        ("on m'a volé mon sac et mon téléphone", 1),
        ("", 1),
    ],
)
def test_incidents_told_at_once_are_told_apart(text: str, parts: int) -> None:
    assert len(story.incidents_of(text)) == parts


@given(st.text())
def test_any_text_can_be_told(text: str) -> None:
    story.told(BREACH, text, "", KNOWLEDGE.vendors, NOW)
    assert story.incidents_of(text)


def moment(text: str | list[str], **others: Answer) -> Answer:
    return read(BREACH.questionnaire.question("connaissance"), text, (), NOW, others)


DISCOVERED = Answer.given("2026-11-23 soir", approximate=True)


@pytest.mark.parametrize(
    "said", ["dès la découverte", "au même moment", "tout de suite", "pareil", ["decouverte"]]
)
def test_a_moment_may_be_that_of_another_answer(said: str | list[str]) -> None:
    assert moment(said, decouverte=DISCOVERED) == DISCOVERED


def test_a_moment_that_was_not_told_cannot_be_repeated() -> None:
    with pytest.raises(Misunderstood, match="moment"):
        moment("dès la découverte")


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("hier à 22 h", NIGHT),
        (["maintenant"], "2026-11-24T09:00+01:00"),
        ("à l'instant", "2026-11-24T09:00+01:00"),
    ],
)
def test_a_moment_is_read(said: str | list[str], value: str) -> None:
    assert moment(said) == Answer.given(value)


def test_about_so_is_kept_and_not_knowing_too() -> None:
    assert moment("hier vers 22 h") == Answer.given(NIGHT, approximate=True)
    assert moment("je ne sais pas encore") == UNKNOWN
    persons = BREACH.questionnaire.question("nombre_personnes")
    assert read(persons, "une vingtaine", (), NOW, {}) == Answer.given(20, approximate=True)
    assert read(persons, "vingt", (), NOW, {}) == Answer.given(20)


@pytest.mark.parametrize(
    ("said", "reason"), [("demain", "future"), ("le 3 décembre 2026", "future"), ("bof", "moment")]
)
def test_what_is_no_past_moment_says_why(said: str, reason: str) -> None:
    with pytest.raises(Misunderstood, match=reason):
        moment(said)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("environ 300", True),
        ("dans les 200", True),
        ("une centaine", True),
        ("300", False),
        ("vers 22 h", True),
    ],
)
def test_about_so_is_heard(said: str, expected: bool) -> None:
    assert about(said) is expected
