"""Whether an impact assessment, or an officer, is needed: the tables, and what must hold whatever is answered."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compliance.dpia.officer import officer
from bot.compliance.dpia.screening import EntryScreening, screen
from bot.knowledge.dpia import OFFICER_VERDICTS, VERDICTS
from tests.compliance.dpia_practices import (
    GROUP,
    HOUSE,
    KNOWLEDGE,
    OFFICER_ROWS,
    PLAIN,
    RESEARCH,
    ROWS,
    OfficerRow,
    Row,
    answer,
    practice,
)

METHOD = KNOWLEDGE.dpia.screening
ROW_IDS = [pytest.param(row, id=row.id) for row in ROWS]
OFFICER_IDS = [pytest.param(row, id=row.id) for row in OFFICER_ROWS]
OPEN = "aipd_seuil.usages"


BY_ID = {row.id: row for row in ROWS}


@cache
def _screened(row_id: str) -> EntryScreening:
    row = BY_ID[row_id]
    return screen(KNOWLEDGE, practice(row.changed)).of(row.entry)


def screened(row: Row) -> EntryScreening:
    return _screened(row.id)


def verdicts(answers: Mapping[str, object]) -> dict[str, str]:
    told = {key: answer(value) for key, value in answers.items() if value is not None}
    return {one.entry.id: one.verdict for one in screen(KNOWLEDGE, told).entries}


def test_the_tables_are_as_long_as_they_are_meant_to_be() -> None:
    assert len({row.id for row in ROWS}) == len(ROWS) >= 60
    assert len({row.id for row in OFFICER_ROWS}) == len(OFFICER_ROWS) >= 25


@pytest.mark.parametrize("row", ROW_IDS)
def test_the_verdict_is_that_of_the_table(row: Row) -> None:
    assert screened(row).verdict == row.verdict


@pytest.mark.parametrize("row", ROW_IDS)
def test_every_verdict_says_why_with_sources_and_keeps_a_justification(row: Row) -> None:
    found = screened(row)
    assert found.grounds and all(ground.text and ground.sources for ground in found.grounds)
    assert found.entry.title in found.justification[0].text
    assert found.justification[-1].text == METHOD.justification.closing
    assert set(found.grounds) <= set(found.justification)
    assert all(set(ground.sources) <= set(KNOWLEDGE.sources) for ground in found.justification)


@pytest.mark.parametrize("row", ROW_IDS)
def test_a_question_that_would_settle_it_is_one_that_is_open(row: Row) -> None:
    answers = practice(row.changed)
    for settling in screened(row).settles:
        assert settling.id not in answers or not answers[settling.id].known
        assert settling.question.ask in settling.text


def test_every_entry_of_the_register_is_in_the_table() -> None:
    entries = {entry.id for activity in KNOWLEDGE.activities for entry in activity.register}
    assert {row.entry for row in ROWS} == entries


def test_every_rule_and_exemption_decides_a_row() -> None:
    found = [screened(row) for row in ROWS]
    decided = {ground.text for one in found for ground in one.grounds}
    for item in (*METHOD.rules, *METHOD.exemptions):
        assert item.because in decided, item.id


def test_every_criterion_is_met_in_a_row() -> None:
    met = {one.criterion.id for row in ROWS for one in screened(row).met}
    assert met == {criterion.id for criterion in METHOD.criteria}
    assert len(METHOD.criteria) == 9


def test_what_is_left_open_is_to_be_examined_and_the_question_is_named() -> None:
    found = screen(KNOWLEDGE, practice({OPEN: None})).of("dossiers_patients")
    assert found.verdict == "a_examiner"
    assert [one.id for one in found.settles] == [OPEN]
    assert screen(KNOWLEDGE, practice({OPEN: "?"})).of("dossiers_patients").settles == found.settles
    assert screen(KNOWLEDGE, practice({OPEN: "-"})).of("dossiers_patients").settles == found.settles


def test_what_is_left_open_in_several_entries_is_asked_once() -> None:
    found = screen(KNOWLEDGE, practice({OPEN: "?"}))
    concerned = [one.entry.id for one in found.entries if OPEN in [settling.id for settling in one.settles]]
    assert {"dossiers_patients", "rendez_vous", "impayes"} <= set(concerned)
    assert [one.id for one in found.settles].count(OPEN) == 1


def test_whom_to_ask_is_said_where_it_is_known() -> None:
    found = screen(KNOWLEDGE, practice({**GROUP, "profil.plus_de_10000_patients": "?"}))
    text = next(one.text for one in found.settles if one.id == "profil.plus_de_10000_patients")
    assert text.endswith("À demander au gérant de la structure.")


def test_one_that_two_criteria_call_for_leans_and_says_so() -> None:
    found = screen(KNOWLEDGE, practice({"site_internet.formulaire": "libre"})).of("site_internet")
    said = " ".join(ground.text for ground in found.grounds)
    assert found.leans and "données sensibles, personnes vulnérables" in said
    reopened = screen(KNOWLEDGE, practice({"dossiers_patients.ia": "sante"})).of("dossiers_patients")
    assert reopened.leans and "usage innovant" in " ".join(ground.text for ground in reopened.grounds)
    spared = screen(KNOWLEDGE, practice({OPEN: "?"})).of("dossiers_patients")
    assert spared.verdict == "a_examiner" and not spared.leans


def test_an_answer_that_a_correction_made_irrelevant_has_no_effect() -> None:
    large = {**GROUP, "profil.plus_de_10000_patients": True}
    assert screen(KNOWLEDGE, practice(large)).of("dossiers_patients").verdict == "requise"
    corrected = practice({**large, "profil.mode_exercice": "seul"})
    assert screen(KNOWLEDGE, corrected).of("dossiers_patients").verdict == "non_requise"
    stale = practice({"aipd_seuil.suivi_constant": True})
    assert screen(KNOWLEDGE, stale).of("personnel").verdict == "non_requise"


def test_a_practice_has_the_entries_of_its_register_and_no_others() -> None:
    found = screen(KNOWLEDGE, practice({"profil.outils": ("aucun",)}))
    assert {"videosurveillance", "recherches", "telemedecine"}.isdisjoint(
        one.entry.id for one in found.entries
    )
    with pytest.raises(KeyError):
        found.of("videosurveillance")
    assert screen(KNOWLEDGE, {}).entries == ()


@pytest.mark.parametrize("row", ROW_IDS)
def test_what_would_change_the_verdict_changes_it(row: Row) -> None:
    found = screened(row)
    for change in found.changes:
        assert change.verdict != found.verdict
        assert METHOD.verdicts[change.verdict].title in change.text


def test_stopping_what_reopened_the_question_is_told() -> None:
    found = screen(KNOWLEDGE, practice({"dossiers_patients.ia": "sante"})).of("dossiers_patients")
    assert any("cessez d'employer" in one.text and one.verdict == "non_requise" for one in found.changes)


@pytest.mark.parametrize(
    ("changed", "entry", "what", "then"),
    [
        ({**GROUP, "profil.plus_de_10000_patients": True}, "dossiers_patients", "repasse sous", "non_requise"),
        ({"videosurveillance.lieux": ("salle_attente", "reserve")}, "videosurveillance", "ne filment plus", "non_requise"),
        ({"aipd_seuil.usages": ("entrepot",)}, "dossiers_patients", "futures études", "non_requise"),
        ({"aipd_seuil.usages": ("entrepot", "croisement")}, "dossiers_patients", "futures études", "a_examiner"),
        ({"telemedecine.actes": ("telesurveillance",), "aipd_seuil.telesurveillance_large": False}, "telemedecine", "cessez", "non_requise"),
    ],
)  # fmt: skip
def test_undoing_a_fact_is_tried_on_the_other_answers(
    changed: dict[str, object], entry: str, what: str, then: str
) -> None:
    found = screen(KNOWLEDGE, practice(changed)).of(entry)
    assert [one.verdict for one in found.changes if what in one.text] == [then]


def test_a_study_already_assessed_and_a_clinic_are_noted() -> None:
    study = {
        **RESEARCH,
        "recherches.conditions": ("suivi",),
        "recherches.cadre": "mr",
        "recherches.aipd": True,
    }
    texts = [note.text for note in screen(KNOWLEDGE, practice(study)).notes]
    assert any("déjà été faite" in text for text in texts)
    clinic = screen(KNOWLEDGE, practice({"profil.locaux": ("etablissement",)})).notes
    assert any("établissement" in note.text for note in clinic)


#: A fact that adds risk: the question, what is harmless, what is a risk.
KNOBS: dict[str, tuple[object, object]] = {
    "dossiers_patients.ia": ("aucun", "generaliste"),
    "dossiers_patients.statistiques": (False, True),
    "dossiers_patients.reutilisation": (("rien",), ("hors_soin", "enseignement")),
    "aipd_seuil.particuliers": (("aucune",), ("social", "biometrie_equipe", "genetique")),
    "aipd_seuil.usages": (("aucun",), ("entrepot", "exclusion", "decision", "score", "croisement")),
    "aipd_seuil.innovations": (("aucun",), ("ia_decision", "robot", "objets")),
    "aipd_seuil.profilage_salaries": (False, True),
    "personnel.controle": (False, True),
    "telemedecine.actes": (("teleconsultation",), ("teleconsultation", "telesurveillance")),
    "videosurveillance.lieux": (("reserve",), ("reserve", "salle_attente", "salle_soins")),
    "communication.cas": ("aucun", "reconnaissables"),
    "site_internet.formulaire": ("simple", "libre"),
    "comptabilite.commandes_patients": (False, True),
    "rendez_vous.motif": ("aucun", "libre"),
}
#: What a whole practice can be.
KINDS: tuple[dict[str, object], ...] = (
    {},
    {"profil.mode_exercice": "locaux_partages"},
    {**GROUP, "profil.plus_de_10000_patients": False},
    {**GROUP, "profil.plus_de_10000_patients": "?"},
    {**GROUP, "profil.plus_de_10000_patients": True},
    {**HOUSE, "profil.plus_de_10000_patients": False},
    {"profil.profession": "psychologue"},
    {"profil.profession": "autre"},
    {"profil.mode_exercice": "?"},
)
HARMLESS, RISK, NOT_KNOWN, NOT_ASKED = range(4)
settings = st.fixed_dictionaries(
    {key: st.sampled_from((HARMLESS, RISK, NOT_KNOWN, NOT_ASKED)) for key in KNOBS}
)


def turned(setting: Mapping[str, int]) -> dict[str, object]:
    return {key: (*KNOBS[key], "?", None)[position] for key, position in setting.items()}


@given(kind=st.sampled_from(KINDS), setting=settings, key=st.sampled_from([*KNOBS]))
def test_a_fact_that_adds_risk_never_moves_a_verdict_towards_not_required(
    kind: dict[str, object], setting: dict[str, int], key: str
) -> None:
    before = verdicts({**PLAIN, **kind, **turned(setting)})
    after = verdicts({**PLAIN, **kind, **turned({**setting, key: RISK})})
    for entry, verdict in before.items():
        if entry in after:
            assert VERDICTS.index(after[entry]) >= VERDICTS.index(verdict), entry  # type: ignore[arg-type]


@given(
    kind=st.sampled_from(KINDS),
    setting=settings,
    key=st.sampled_from([*KNOBS]),
    unknown=st.sampled_from((NOT_KNOWN, NOT_ASKED)),
)
def test_what_is_unknown_never_spares_what_a_yes_would_call_for(
    kind: dict[str, object], setting: dict[str, int], key: str, unknown: int
) -> None:
    asked = verdicts({**PLAIN, **kind, **turned({**setting, key: RISK})})
    unsure = verdicts({**PLAIN, **kind, **turned({**setting, key: unknown})})
    for entry, verdict in unsure.items():
        if asked.get(entry) in ("requise", "a_examiner"):
            assert verdict != "non_requise", entry


@given(setting=settings, size=st.sampled_from((False, "?", None)))
def test_more_patients_never_spare(setting: dict[str, int], size: object) -> None:
    smaller = verdicts({**PLAIN, **turned(setting), **GROUP, "profil.plus_de_10000_patients": size})
    larger = verdicts({**PLAIN, **turned(setting), **GROUP, "profil.plus_de_10000_patients": True})
    for entry, verdict in smaller.items():
        assert VERDICTS.index(larger[entry]) >= VERDICTS.index(verdict), entry  # type: ignore[arg-type]


@pytest.mark.parametrize("row", OFFICER_IDS)
def test_the_officer_is_as_the_table_says(row: OfficerRow) -> None:
    found = officer(KNOWLEDGE, practice(row.changed))
    assert found.verdict == row.verdict
    assert found.grounds and all(ground.sources for ground in found.grounds)
    told = KNOWLEDGE.dpia.officer.justification
    assert found.justification.text.startswith(told.opening[found.verdict])
    assert found.justification.text.endswith(told.closing)
    assert all(ground.text in found.justification.text for ground in found.grounds)


def test_without_any_answer_the_officer_is_to_be_examined() -> None:
    found = officer(KNOWLEDGE, {})
    assert found.verdict == "a_examiner" and "profil.mode_exercice" in [one.id for one in found.settles]


def test_every_rule_on_the_officer_decides_a_row() -> None:
    because = {
        ground.text for row in OFFICER_ROWS for ground in officer(KNOWLEDGE, practice(row.changed)).grounds
    }
    assert {rule.because for rule in KNOWLEDGE.dpia.officer.rules} <= because


def test_an_officer_is_missing_when_one_is_awaited_and_none_is_known() -> None:
    large = {**GROUP, "profil.plus_de_10000_patients": True}
    assert officer(KNOWLEDGE, practice(large)).missing
    assert officer(KNOWLEDGE, practice({**large, "profil.dpo": "?"})).missing
    assert not officer(KNOWLEDGE, practice({**large, "profil.dpo": True})).missing
    assert not officer(KNOWLEDGE, practice()).missing


@pytest.mark.parametrize(
    ("who", "conflict"),
    [
        ("praticien", True),
        ("informatique", True),
        ("externe", False),
        ("mutualise", False),
        ("salarie", False),
    ],
)
def test_who_decides_cannot_be_the_officer(who: str, conflict: bool) -> None:
    found = officer(KNOWLEDGE, practice({"profil.dpo": True, "aipd_seuil.delegue": who}))
    assert bool(found.conflicts) is conflict
    assert any("gardez-le" in note.text for note in found.notes) is not conflict
    # An answer on the officer counts only when there is one.
    assert not officer(KNOWLEDGE, practice({"aipd_seuil.delegue": "praticien"})).conflicts


@given(
    setting=settings,
    size=st.sampled_from((True, False, "?", None)),
    public=st.sampled_from((True, False, "?", None)),
    graver=st.sampled_from(("profil.plus_de_10000_patients", "aipd_seuil.public")),
)
def test_a_graver_fact_never_spares_the_officer(
    setting: dict[str, int], size: object, public: object, graver: str
) -> None:
    told = {
        **PLAIN,
        **turned(setting),
        **HOUSE,
        "profil.plus_de_10000_patients": size,
        "aipd_seuil.public": public,
    }

    def rank(answers: Mapping[str, object]) -> int:
        given_ = {key: answer(value) for key, value in answers.items() if value is not None}
        return OFFICER_VERDICTS.index(officer(KNOWLEDGE, given_).verdict)

    assert rank({**told, graver: True}) >= rank(told)
