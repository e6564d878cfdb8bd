"""What a sentence names, said on Tuesday 24 November 2026 at half past ten."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import PARIS
from bot.knowledge import load
from bot.language.entities import Entity, extract

NOW = datetime(2026, 11, 24, 10, 30, tzinfo=PARIS)
VENDORS = load().vendors


def named(text: str) -> list[tuple[str, str, str | int]]:
    return [(one.kind, one.text, one.value) for one in extract(text, VENDORS, NOW)]


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("je télétransmets avec Pyxvital", [("vendor", "Pyxvital", "Pyxvital")]),
        ("chez Free ou chez SFR", [("vendor", "Free", "Free"), ("vendor", "SFR", "SFR")]),
        ("mon logiciel c'est Julie", [("vendor", "Julie", "Julie")]),
        ("nextclood sur un serveur à moi", [("vendor", "nextclood", "Nextcloud")]),
        ("Livi et Qare", [("vendor", "Livi", "Livi"), ("vendor", "Qare", "Qare")]),
        ("notre outil s'appelle Zorbamed", [("vendor", "Zorbamed", "Zorbamed")]),
    ],
)
def test_products_are_named(text: str, entities: list[tuple[str, str, str]]) -> None:
    assert named(text) == entities


@pytest.mark.parametrize(
    "text",
    [
        "la chemise orange", "Julie a pris ses congés", "le chorus des infirmières", "une alma mater",
        "on attend le signal", "ma fille s'appelle Rose", "le dossier est dans le placard", "",
    ],
)  # fmt: skip
def test_common_words_and_first_names_are_no_products(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "said", "value"),
    [
        ("gardés quarante jours", "quarante jours", "40 jours"),
        ("on purge au bout de 18 mois", "18 mois", "18 mois"),
        ("effacé sous 3j", "3j", "3 jours"),
        ("un contrat de 2a", "2a", "2 ans"),
        ("une quinzaine de jours", "une quinzaine de jours", "15 jours"),
        ("deux ans et demi en gros", "deux ans et demi", "30 mois"),
        ("environ deux heures", "deux heures", "2 heures"),
        ("coupure de vingt minutes", "vingt minutes", "20 minutes"),
        ("deux heures et demie", "deux heures et demie", "150 minutes"),
        ("gardés entre cinq et dix ans", "entre cinq et dix ans", "10 ans"),
    ],
)
def test_durations_are_named(text: str, said: str, value: str) -> None:
    assert named(text) == [("duration", said, value)]


@pytest.mark.parametrize(
    ("text", "said", "value"),
    [
        ("quarante-deux postes", "quarante-deux", 42),
        ("on doit être dix-sept", "dix-sept", 17),
        ("3 500 fiches", "3 500", 3500),
        ("une trentaine d'élèves", "une trentaine", 30),
        ("un millier de fiches", "un millier", 1000),
        ("trois mille deux cents visites", "trois mille deux cents", 3200),
    ],
)
def test_numbers_are_named(text: str, said: str, value: int) -> None:
    assert named(text) == [("number", said, value)]


@pytest.mark.parametrize(
    "text",
    [
        "une infirmière", "tous les deux", "le 06 12 34 56 78", "20 % des patients", "depuis 2019", "article 9",
        "deux fois", "à 14 h", "vers 8h30", "h24", "le 16 à 9h", "fermé à Noël",
    ],
)  # fmt: skip
def test_what_counts_nothing_is_no_number(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "said", "day"),
    [
        ("reçu avant-hier", "avant-hier", "2026-11-22"),
        ("facture du 30/09/2026", "30/09/2026", "2026-09-30"),
        ("le bail court jusqu'au 1er mai 2031", "1er mai 2031", "2031-05-01"),
        ("installé le six novanbre 2020", "six novanbre 2020", "2020-11-06"),
    ],
)
def test_dates_are_named(text: str, said: str, day: str) -> None:
    assert named(text) == [("date", said, day)]


def test_what_belongs_to_one_is_not_part_of_another() -> None:
    assert named("Kiné 4000 depuis le 2 mai 2022, 300 patients, trois ans de contrat") == [
        ("vendor", "Kiné 4000", "Kiné+4000"),
        ("date", "2 mai 2022", "2022-05-02"),
        ("number", "300", 300),
        ("duration", "trois ans", "3 ans"),
    ]


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(2, 99), st.integers(100, 899))
def test_what_is_put_in_a_sentence_comes_out(day: date, months: int, count: int) -> None:
    text = f"signé le {day:%d/%m/%Y} pour {months} mois et {count} postes chez Ionos"
    assert extract(text, VENDORS, NOW) == [
        Entity("date", f"{day:%d/%m/%Y}", day.isoformat()),
        Entity("duration", f"{months} mois", f"{months} mois"),
        Entity("number", str(count), count),
        Entity("vendor", "Ionos", "Ionos"),
    ]


@given(st.text())
def test_any_text_is_read_and_what_is_named_stands_in_it(text: str) -> None:
    for one in extract(text, (), NOW):
        assert one.text
        assert one.kind in {"number", "duration", "date"}
