"""The decision on a request: the table of the law, and how the verdict explains itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compliance.answers import Answer
from bot.compliance.requests import Dossier
from tests.compliance.requests import (
    KNOWLEDGE,
    NOW,
    PRACTICE,
    REQUESTS,
    TABLE,
    Case,
    case_dossier,
    dossier,
    row,
    told,
)

CASES = [pytest.param(case, id=case.id) for case in TABLE]
VERDICTS = {
    "yes": "accorder",
    "part": "accorder_en_partie",
    "no": "refuser",
    "other": "hors_rgpd",
    "examine": "examiner",
}
#: When each period ends, counted by hand from Monday 2 November 2026 at 10:00.
ENDS = {
    "48": "2026-11-04T10:00",
    "8": "2026-11-10T23:59",
    "M": "2026-12-02T23:59",
    "2M": "2027-01-02T23:59",
    "R": "2026-12-02T23:59",
}
NAMES = {"reflexion": "48", "huit_jours": "8", "mois": "M", "mois_droit_inconnu": "M", "deux_mois": "2M"}
THIRD_PARTIES = ("assureur", "employeur", "police", "proche", "autre_tiers")


def clocks(found: Dossier) -> dict[str, str]:
    every = [*found.deadlines, *([found.not_before] if found.not_before else [])]
    named = {"R" if one.guide else NAMES[one.id]: f"{one.due:%Y-%m-%dT%H:%M}" for one in every}
    assert len(named) == len(every)
    return named


def test_the_table_is_large_and_says_each_row_once() -> None:
    assert len(TABLE) >= 120
    assert len({case.id for case in TABLE}) == len(TABLE)


def test_the_table_has_every_right_every_basis_and_everyone_who_asks() -> None:
    for question in (
        "droit",
        "qui",
        "base",
        "traitement",
        "mandat",
        "lien",
        "secret_mineur",
        "motif_ayant_droit",
    ):
        seen = {case.told.get(question) for case in TABLE}
        assert set(REQUESTS.questionnaire.question(question).options) <= seen, question


@pytest.mark.parametrize("case", CASES)
def test_a_row_tells_only_what_is_asked(case: Case) -> None:
    found = case_dossier(case)
    assert {REQUESTS.key(name) for name in case.told} <= found.facts.answers.keys() | {
        REQUESTS.key(name) for name, value in case.told.items() if value == "-"
    }


@pytest.mark.parametrize("case", CASES)
def test_the_verdict_is_that_of_the_table(case: Case) -> None:
    assert case_dossier(case).verdict.name == VERDICTS[case.verdict]


@pytest.mark.parametrize("case", CASES)
def test_the_clocks_are_those_of_the_table(case: Case) -> None:
    assert clocks(case_dossier(case)) == {name: ENDS[name] for name in case.clocks.split()}


@pytest.mark.parametrize("case", CASES)
def test_the_letter_is_that_of_the_table(case: Case) -> None:
    found = case_dossier(case)
    assert found.letter == case.letter
    assert case.letter is None or case.letter in [letter.id for letter in found.letters]


@pytest.mark.parametrize("case", CASES)
def test_a_verdict_says_why_with_sources_and_how_sure_it_is(case: Case) -> None:
    verdict = case_dossier(case).verdict
    assert (
        verdict.because.endswith(".") and verdict.sources and set(verdict.sources) <= set(KNOWLEDGE.sources)
    )
    assert REQUESTS.wordings.certainty[verdict.certainty] in verdict.cautions
    for line in verdict.reserves:
        assert line.sources and set(line.sources) <= set(KNOWLEDGE.sources)


@pytest.mark.parametrize("case", CASES)
def test_what_would_change_the_verdict_really_does(case: Case) -> None:
    found = case_dossier(case)
    for change in found.changes:
        assert change.verdict.name != found.verdict.name
        assert change.verdict.title in change.text


@pytest.mark.parametrize("case", CASES)
def test_there_is_always_something_to_do_and_a_check_of_the_identity(case: Case) -> None:
    found = case_dossier(case)
    assert found.to_do and found.identity.text
    assert all("{" not in one.text for one in found.to_do)


@pytest.mark.parametrize("case", CASES)
def test_a_refusal_has_reasons_the_supervisory_authority_and_the_judge(case: Case) -> None:
    found = case_dossier(case)
    for letter in found.letters:
        if letter.id in ("refus", "accord_partiel"):
            said = " ".join(line.text for part in letter.parts for line in part.lines)
            assert "CNIL" in said and "juge" in said
            assert "indiquer" in said or found.verdict.told in said


@pytest.mark.parametrize("case", [one for one in CASES if one.values[0].told["qui"] in THIRD_PARTIES])
def test_nothing_sent_to_a_third_party_says_that_someone_is_a_patient(case: Case) -> None:
    letters = case_dossier(case).letters
    assert [letter.id for letter in letters] == ["secret"]
    said = " ".join(
        [letters[0].subject, *(line.text for part in letters[0].parts for line in part.lines)]
    ).lower()
    assert "dire si je connais ou non" in said
    for word in ("patient", "mon dossier", "son dossier", "consultation", "soigne", "suivi"):
        assert word not in said


@pytest.mark.parametrize("name", ["A19", "A20", "D03", "D05", "D06", "E09", "E10"])
def test_no_answer_is_offered_to_someone_who_may_have_none(name: str) -> None:
    offered = {letter.id for letter in case_dossier(row(name)).letters}
    assert not offered & {"accord", "accord_partiel", "refus"}


def test_no_letter_to_a_parent_lets_the_secret_of_a_minor_be_guessed() -> None:
    kept, plain = case_dossier(row("C02")), case_dossier(row("C01"))
    assert [letter.id for letter in kept.letters] == [
        "accuse",
        "identite",
        "precision",
        "prolongation",
        "accord",
    ]
    for letter in kept.letters:
        said = " ".join(line.text for part in letter.parts for line in part.lines).lower()
        assert not any(word in said for word in ("secret", "en partie", "mineur", "retir", "oppos"))
    assert {letter.id for letter in kept.letters} <= {letter.id for letter in plain.letters}


def test_what_is_not_known_yet_is_never_refused() -> None:
    for right in REQUESTS.questionnaire.question("droit").options:
        for who in REQUESTS.questionnaire.question("qui").options:
            found = Dossier(KNOWLEDGE, told({"droit": right, "qui": who}), NOW)
            if who != "ayant_droit":
                assert found.verdict.name != "refuser", (right, who)


def test_of_nothing_at_all_there_is_a_first_question_and_something_to_examine() -> None:
    found = Dossier(KNOWLEDGE, {}, NOW)
    assert found.next_question is not None and found.next_question.id == "droit"
    assert found.verdict.name == "examiner" and found.deadlines == ()


def test_a_patients_request_is_told_in_about_ten_questions() -> None:
    asked = [question.id for question in case_dossier(row("B01")).asked]
    assert asked == [
        "droit", "qui", "recue", "moyen", "traitement", "anciennete", "identite", "precise", "deja_obtenu", "fait",
        "reference",
    ]  # fmt: skip
    for case in TABLE:
        if case.told["qui"] == "patient":
            assert len(case_dossier(case).asked) <= 12, case.id


def test_a_third_partys_request_is_told_in_six_questions_at_most() -> None:
    for case in TABLE:
        if case.told["qui"] in THIRD_PARTIES:
            assert len(case_dossier(case).asked) <= 6, case.id


def test_the_basis_is_read_in_the_register_of_the_practice() -> None:
    for profession, basis in (
        ("medecin_generaliste", "obligation_legale"),
        ("infirmier", "obligation_legale"),
        ("dentiste", "interet_legitime"),
        ("psychologue", "interet_legitime"),
    ):
        found = dossier(
            profil__profession=profession, droit="opposition", qui="patient", traitement="dossier"
        )
        assert found.facts.answers["avis.base"] == Answer.given(basis)


def test_the_entry_of_the_register_is_named_once_the_practice_has_it() -> None:
    asked = {"droit": "copie", "qui": "patient", "traitement": "dossier"}
    assert dossier(**asked).entry is None and dossier(**asked).bases == ()
    has = dossier(**asked, dossiers_patients__support="informatique")
    assert has.entry is not None and has.entry.id == "dossiers_patients"
    assert has.bases[0] == "obligation_legale"


def test_a_reasonable_doubt_alone_asks_for_a_proof() -> None:
    asks = {
        identity: dossier(droit="copie", qui="patient", traitement="dossier", identite=identity).identity.ask
        for identity in ("connue", "verifiee", "doute", "?")
    }
    assert asks == {"connue": False, "verifiee": False, "doute": True, "?": False}


@given(st.data())
def test_any_answers_have_a_verdict_letters_and_a_line_in_the_log(data: st.DataObject) -> None:
    values: dict[str, object] = {}
    for question in REQUESTS.questionnaire.questions:
        if question.kind == "one":
            values[question.id] = data.draw(st.sampled_from([*question.options, "?", "-"]), question.id)
        elif question.kind == "bool":
            values[question.id] = data.draw(st.sampled_from([True, False, "?", "-"]), question.id)
    found = Dossier(KNOWLEDGE, told({**PRACTICE, **values, "recue": "2026-11-02"}), NOW)
    assert found.verdict.title and found.to_do
    assert found.letter is None or found.letter in [letter.id for letter in found.letters]
    assert all(field.text for field in found.log)
    for letter in found.letters:
        assert letter.parts and all(part.lines for part in letter.parts)
        assert "{" not in " ".join(line.text for part in letter.parts for line in part.lines)


def test_every_rule_decides_a_row_of_the_table() -> None:
    decided = {case_dossier(case).verdict.rule for case in TABLE}
    assert {rule.id for rule in REQUESTS.rights.rules} == decided


def test_an_answer_that_a_correction_made_irrelevant_has_no_effect() -> None:
    asked = {"droit": "copie", "qui": "patient", "traitement": "dossier", "anciennete": "recentes"}
    assert dossier(**asked, abusive=True).verdict.name == "accorder"
    assert dossier(**{**asked, "deja_obtenu": True}, abusive=True).verdict.name == "refuser"


def test_every_action_is_of_use_in_some_row() -> None:
    used = {one.action.id for case in TABLE for one in case_dossier(case).to_do}
    waiting = {"attendre_identite"}
    assert {action.id for action in REQUESTS.actions} - waiting == used
