"""Which measures are recommended, why, and in which order."""

from __future__ import annotations

from datetime import date

import pytest

from bot.compliance.measures import Decision, of_theme, recommend
from tests.compliance.small import KNOWLEDGE, complete, given

PROFIL, AGENDA = KNOWLEDGE.activities


def found(**changed: object) -> list[str]:
    return [item.measure.id for item in recommend(KNOWLEDGE, complete(**changed))]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        pytest.param({}, ["motif"], id="one answer calls for one"),
        pytest.param({"agenda__motif": "aucun"}, ["ranger"], id="another answer for another"),
        pytest.param({"agenda__motif": "?"}, [], id="not knowing an option is not having it"),
        pytest.param({"agenda__contrat": False}, ["motif", "contrat"], id="urgent: the quickest first"),
        pytest.param({"agenda__contrat": "?"}, ["motif", "contrat"], id="not knowing is not having read"),
        pytest.param({"agenda__contrat": "-"}, ["motif"], id="what was skipped calls for nothing"),
        pytest.param({"agenda__contrat": None}, ["motif"], id="what was not asked calls for nothing"),
        pytest.param(
            {"agenda__contrat": False, "profil__equipe": ("secretaire",), "agenda__motif": "aucun"},
            ["contrat", "former", "ranger"],
            id="urgent, important, useful",
        ),
    ],
)
def test_answers_call_for_measures_urgent_first_then_the_quickest(
    changed: dict[str, object], expected: list[str]
) -> None:
    assert found(**changed) == expected


def test_a_measure_that_two_answers_call_for_comes_once_with_both_reasons_and_themes() -> None:
    (item,) = [
        item
        for item in recommend(KNOWLEDGE, complete(agenda__contrat=False, profil__delegue=True))
        if item.measure.id == "contrat"
    ]
    assert item.reasons == ("Contrat non lu.", "Un délégué le demande.")
    assert item.themes == ("agenda", "profil")


def test_the_same_reason_is_given_once() -> None:
    answers = complete(profil__equipe=("secretaire",), agenda__rappels=True)
    (item,) = [item for item in recommend(KNOWLEDGE, answers) if item.measure.id == "former"]
    assert item.reasons == ("Vous avez une équipe.",)
    assert item.themes == ("profil", "agenda")


@pytest.mark.parametrize(
    ("decision", "still_open"),
    [
        (None, True),
        (Decision("planned", due=date(2026, 12, 1)), True),
        (Decision("done"), False),
        (Decision("not_applicable", reason="Vendu"), False),
    ],
    ids=["undecided", "planned", "done", "set aside"],
)
def test_a_measure_stays_open_until_it_is_done_or_set_aside(
    decision: Decision | None, still_open: bool
) -> None:
    decisions = {"motif": decision} if decision else {}
    (item,) = recommend(KNOWLEDGE, complete(), decisions)
    assert item.decision == decision
    assert item.open is still_open


def test_a_decision_on_a_measure_that_is_not_recommended_changes_nothing() -> None:
    assert recommend(KNOWLEDGE, complete(), {"ranger": Decision("done")}) == recommend(KNOWLEDGE, complete())


def test_the_measures_of_a_theme_are_those_its_answers_led_to() -> None:
    items = recommend(
        KNOWLEDGE, complete(profil__equipe=("secretaire",), profil__delegue=True, agenda__contrat=True)
    )
    assert [item.measure.id for item in of_theme(items, PROFIL)] == ["contrat", "former"]
    assert [item.measure.id for item in of_theme(items, AGENDA)] == ["motif"]


def test_no_answers_call_for_no_measures() -> None:
    assert recommend(KNOWLEDGE, given({})) == []
