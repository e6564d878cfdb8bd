"""The decision on a breach: the table of the law and of the authorities' examples, and how it explains itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compliance.answers import UNKNOWN
from bot.compliance.breach import Dossier
from bot.knowledge.breach import LEVELS, RISKS
from tests.compliance.breaches import (
    CERTAINTY,
    DUE,
    KNOWLEDGE,
    NOW,
    TABLE,
    TYPES,
    C,
    Case,
    case_dossier,
    dossier,
    expected_verdict,
)

CASES = [pytest.param(case, id=case.id) for case in TABLE]
BREACH = KNOWLEDGE.breach


def test_every_row_of_the_table_of_decisions_is_there() -> None:
    rows = {case.id.partition(" ")[0] for case in TABLE}
    assert {f"V{number:02}" for number in range(1, 45)} <= rows


@pytest.mark.parametrize("case", CASES)
def test_the_verdict_is_that_of_the_table(case: Case) -> None:
    found = case_dossier(case)
    verdict = found.verdict
    types = {TYPES[letter] for letter in case.types} if verdict.breach else set()
    assert {aspect.aspect for aspect in verdict.risk.aspects} == types
    assert verdict.risk.level == case.risk
    assert (verdict.notify, verdict.tell) == (case.cnil, case.persons)
    assert verdict.name == expected_verdict(case)
    assert "".join(rule.id for rule in verdict.exceptions) == case.exceptions
    assert (found.deadline.due if found.deadline else None) == (DUE if case.cnil else None)


@pytest.mark.parametrize("case", CASES)
def test_how_sure_the_verdict_is_is_told_and_reasoning_is_guidance(case: Case) -> None:
    verdict = case_dossier(case).verdict
    assert verdict.certainty == CERTAINTY[case.sure]
    assert verdict.guidance is (case.sure == "R")
    assert BREACH.wordings.certainty[verdict.certainty] in verdict.cautions


@pytest.mark.parametrize("case", CASES)
def test_every_verdict_says_why_with_sources(case: Case) -> None:
    verdict = case_dossier(case).verdict
    decisive = [ground for ground in verdict.grounds if ground.decisive]
    assert decisive and verdict.why
    for ground in verdict.grounds:
        assert ground.text.endswith(".") and set(ground.sources) <= set(KNOWLEDGE.sources)


@pytest.mark.parametrize("case", CASES)
def test_what_would_change_the_verdict_really_does(case: Case) -> None:
    found = case_dossier(case)
    for change in found.changes:
        assert change.verdict.name != found.verdict.name
        assert change.verdict.title in change.text


@pytest.mark.parametrize("case", CASES)
def test_precedents_that_are_cited_decided_the_same(case: Case) -> None:
    verdict = case_dossier(case).verdict
    assert all(precedent.risk in ("", verdict.risk.level) for precedent in verdict.precedents)


def test_an_encrypted_device_whose_key_turns_out_exposed_is_another_matter() -> None:
    found = dossier(
        incident="vol_appareil", atteinte=(C,), donnees=("sante",), identification="oui", acces="possible",
        protections=("chiffrement",), cle="sure", cause="externe_malveillant",
    )  # fmt: skip
    assert found.verdict.name == "consigner"
    (change,) = [one for one in found.changes if "clé ou le mot de passe" in one.text]
    assert change.verdict.tell


def test_in_doubt_it_leans_to_notify_and_says_so() -> None:
    found = dossier(incident="vol_appareil", atteinte=(C,), donnees="?", acces="?")
    assert found.verdict.notify and found.verdict.risk.in_doubt
    assert BREACH.wordings.doubt in found.verdict.cautions
    assert any(ground.doubt for ground in found.verdict.grounds)


@pytest.mark.parametrize("case", CASES)
def test_known_facts_leave_no_doubt(case: Case) -> None:
    verdict = case_dossier(case).verdict
    assert not verdict.risk.in_doubt and BREACH.wordings.doubt not in verdict.cautions


def test_with_nothing_known_but_the_kind_it_already_leans_to_notify() -> None:
    for name, incident in BREACH.incidents.items():
        verdict = dossier(incident=name).verdict
        assert verdict.notify == bool(incident.affects), name


@pytest.mark.parametrize("kind", list(BREACH.incidents))
def test_one_who_knows_nothing_is_never_told_that_nothing_is_to_be_done(kind: str) -> None:
    answers = {BREACH.key(one.id): UNKNOWN for one in BREACH.questionnaire.questions}
    known = dossier(incident=kind).answers
    verdict = Dossier(KNOWLEDGE, {**answers, **known}, NOW).verdict
    assert verdict.notify == bool(BREACH.incidents[kind].affects)


@pytest.mark.parametrize(
    ("estimate", "name"),
    [
        ("negligeable", "notifier"),
        ("limitee", "notifier"),
        ("importante", "notifier_et_informer"),
        ("maximale", "notifier_et_informer"),
    ],
)
def test_the_practitioners_estimate_raises_the_verdict_and_never_lowers_it(estimate: str, name: str) -> None:
    (case,) = [case for case in TABLE if case.id == "V16"]
    assert case_dossier(case, gravite=estimate).verdict.name == name


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"personnes": ("salaries",)}, "c'est eux qu'il faut informer"),
        ({"incident": "prestataire"}, "c'est tout de même à vous de notifier"),
        ({"incident": "prestataire", "prestataire_connaissance": "2026-11-10"}, "S'il a tardé"),
        ({"responsabilite": "en_commun"}, "convenez tout de suite de qui notifie"),
        ({"responsabilite": "pour_un_autre"}, "c'est lui qui notifie"),
        ({"decouvert_par": "cnil"}, "selon le Conseil d'État"),
        ({"incident": "intrusion", "en_cours": True}, "l'arrêter passe avant"),
        ({"donnees": ("sante",), "acces": "possible"}, "n'attendez pas la 72e heure"),
    ],
)
def test_situations_of_their_own_are_told(facts: dict[str, object], says: str) -> None:
    base: dict[str, object] = {"incident": "vol_appareil", "atteinte": (C,), "protections": ("aucune",)}
    notes = " ".join(note.text for note in dossier(**{**base, **facts}).notes)
    assert says in notes


def test_other_situations_are_not_told() -> None:
    assert dossier(incident="vol_appareil", atteinte=("aucune",)).notes == ()


@pytest.mark.parametrize("case", CASES)
def test_measures_that_would_have_avoided_it_and_first_actions_are_given(case: Case) -> None:
    found = case_dossier(case)
    assert found.first_actions
    assert [measure.id for measure in found.measures] == list(found.incident.avoided_by)


_RANDOM = st.fixed_dictionaries(
    {
        question.id: st.one_of(
            st.just("?"),
            st.sampled_from(list(question.options))
            if question.kind == "one"
            else st.lists(
                st.sampled_from([one for one in question.options if one != question.none] or ["x"]),
                min_size=1, unique=True,
            ).map(tuple)
            if question.kind == "many"
            else st.booleans()
            if question.kind == "bool"
            else st.integers(1, 20_000),
        )
        for question in BREACH.questionnaire.questions
        if question.kind in ("one", "many", "bool", "number") and not question.id.startswith("information")
    }
)  # fmt: skip


@given(_RANDOM)
def test_any_answers_have_a_verdict_with_its_grounds_and_consistent_parts(facts: dict[str, object]) -> None:
    found = dossier(**facts)
    verdict = found.verdict
    assert verdict.grounds and verdict.risk.level in RISKS and verdict.risk.severity in LEVELS
    assert verdict.tell <= (verdict.risk.level == "eleve")
    assert verdict.publish <= verdict.tell
    for_other = facts["responsabilite"] == "pour_un_autre"
    known = facts["decouvert_par"] == "cnil"
    if verdict.breach and not for_other and not known:
        assert verdict.notify == (verdict.risk.level != "aucun")


@given(_RANDOM, st.sampled_from(["donnees", "acces", "retablissement", "soins", "atteinte"]))
def test_not_knowing_never_makes_the_risk_nothing_when_the_data_were_public_or_stolen(
    facts: dict[str, object], forgotten: str
) -> None:
    stolen = {**facts, "incident": "exposition", "atteinte": (C,), "acces": "avere", "destinataire": "public"}
    stolen |= {"protections": ("aucune",), "donnees": ("sante",), forgotten: "?"}
    assert dossier(**stolen).verdict.risk.level != "aucun"


@given(_RANDOM)
def test_health_data_never_lower_the_risk(facts: dict[str, object]) -> None:
    def level(*more: str) -> int:
        data = facts["donnees"]
        base = () if data == "?" else data
        told = {**facts, "donnees": (*base, "identite", *more)}
        return RISKS.index(dossier(**told).verdict.risk.level)

    assert level("sante") >= level()
