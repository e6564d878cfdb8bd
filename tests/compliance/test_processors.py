"""Who is what (table of the references, legal-1 §6.2 to 6.4), how clauses and contracts stand, and what follows."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compliance import interview, measures
from bot.compliance.answers import Answer
from bot.compliance.processors import Finding, Review, suppliers
from bot.compliance.processors.contract import Decision
from bot.compliance.processors.papers import amendment, letter, wanted
from bot.compliance.processors.verdict import ClauseVerdict
from bot.knowledge.processors import ClauseState
from tests.compliance.contracts import (
    CLAUSES,
    KNOWLEDGE,
    PROCESSORS,
    QUOTE,
    REQUIRED,
    all_clauses,
    review,
    told,
)
from tests.compliance.general_practitioner import practice

# The kind, answers, and what the references say: the role, and what hosting takes.
ROLES: list[tuple[str, dict[str, object], str, str]] = [
    ("rendez_vous", {}, "sous_traitant", "a_verifier"),
    ("telesecretariat", {}, "sous_traitant", "a_verifier"),
    ("logiciel_en_ligne", {}, "sous_traitant", "hds"),
    ("logiciel_local", {"acces": False}, "tiers", "non"),
    ("logiciel_local", {"acces": True}, "sous_traitant", "non"),
    ("logiciel_local", {"acces": "?"}, "sous_traitant", "non"),
    ("logiciel_local", {}, "sous_traitant", "non"),
    ("hebergement", {}, "sous_traitant", "hds"),
    ("sauvegarde", {}, "sous_traitant", "hds"),
    ("archives", {}, "sous_traitant", "culture"),
    ("destruction", {"acces": True}, "sous_traitant", "non"),
    ("destruction", {"acces": False}, "tiers", "non"),
    ("maintenance", {"acces": True}, "sous_traitant", "non"),
    ("maintenance", {"acces": False}, "tiers", "non"),
    ("salarie", {}, "tiers", "non"),
    ("comptable", {}, "debattu", "non"),
    ("comptable", {"instructions_detaillees": "les_deux"}, "debattu", "non"),
    ("comptable", {"instructions_detaillees": "instructions"}, "sous_traitant", "non"),
    ("comptable", {"instructions_detaillees": "ses_regles"}, "responsable", "non"),
    ("laboratoire", {}, "destinataire", "non"),
    ("confrere", {}, "destinataire", "non"),
    ("prothesiste", {}, "debattu", "a_verifier"),
    ("assurance_maladie", {}, "destinataire", "non"),
    ("complementaire", {}, "destinataire", "non"),
    ("remplacant", {}, "debattu", "non"),
    ("remplacant", {"decision": "pour_nous"}, "tiers", "non"),
    ("remplacant", {"decision": "chacun"}, "responsable", "non"),
    ("structure", {}, "debattu", "a_verifier"),
    ("structure", {"decision": "ensemble"}, "conjoint", "a_verifier"),
    ("structure", {"decision": "pour_nous"}, "sous_traitant", "a_verifier"),
    ("structure", {"decision": "chacun"}, "responsable", "a_verifier"),
    ("telemedecine", {}, "sous_traitant", "hds"),
    ("poste_telecom", {}, "tiers", "non"),
    ("transcription", {}, "sous_traitant", "non"),
    ("messagerie_sante", {}, "sous_traitant", "a_verifier"),
    ("courriel", {}, "sous_traitant", "a_verifier"),
    ("paiement", {}, "responsable", "non"),
    ("autre", {}, "debattu", "a_verifier"),
    ("autre", {"acces": False}, "tiers", "a_verifier"),
    ("autre", {"acces": True, "decision": "pour_nous"}, "sous_traitant", "a_verifier"),
]
SIGNED: dict[str, object] = {"genre": "hebergement", "nom": "Nuage SA", "existe": "signe"}


@pytest.mark.parametrize(("kind", "answers", "role", "hosting"), ROLES)
def test_the_role_and_the_hosting_are_those_of_the_references(
    kind: str, answers: dict[str, object], role: str, hosting: str
) -> None:
    read = review(genre=kind, **answers)
    assert read.role and read.hosting
    assert (read.role.name, read.hosting.name) == (role, hosting)
    assert read.role.why and all(line.text and line.sources for line in read.role.why)
    assert read.hosting.because and read.hosting.sources


@pytest.mark.parametrize("kind", PROCESSORS.kinds)
def test_what_is_to_be_written_follows_from_the_role(kind: str) -> None:
    read = review(genre=kind)
    assert read.role and read.overall
    duties = {"sous_traitant": "contrat", "conjoint": "accord", "debattu": "a_decider"}
    assert read.role.duty == duties.get(read.role.name, "rien")
    assert bool(read.clauses) == (read.role.duty in ("contrat", "a_decider"))
    outcomes = {
        "contrat": "contrat_inconnu",
        "accord": "accord",
        "a_decider": "a_decider",
        "rien": "rien_a_signer",
    }
    assert read.overall.name == outcomes[read.role.duty]


def test_access_that_nobody_knows_counts_as_access_and_says_so() -> None:
    assert (role := review(genre="maintenance", acces="?").role) and role.presumed
    assert (role := review(genre="maintenance", acces=True).role) and not role.presumed
    assert (role := review(genre="hebergement").role) and not role.presumed


def test_what_would_change_the_role_is_told() -> None:
    changes = review(genre="maintenance", acces=True).changes
    assert [change.role for change in changes] == ["tiers"] and "Non" in changes[0].text
    assert {change.role for change in review(genre="comptable").changes} == {"sous_traitant", "responsable"}
    assert review(genre="hebergement").changes == ()


def test_a_reuse_of_data_is_told_whatever_the_role() -> None:
    def said(reuse: object) -> str:
        role = review(genre="logiciel_en_ligne", buts_propres=reuse).role
        return " ".join(line.text for line in role.besides) if role else ""

    assert "devient responsable" in said(True) and "Demandez-lui" in said("?")
    assert "devient responsable" not in said(False)


def test_nothing_is_concluded_before_the_kind_is_told() -> None:
    read = review(nom="Nuage")
    assert (read.role, read.overall, read.hosting, read.clauses, read.measures) == (None, None, None, (), ())
    assert read.sheet.next_question and read.sheet.next_question.id == "genre"


ANSWERED = {"presente": "presente", "floue": "floue", "absente": "absente"}


@pytest.mark.parametrize("answer", ANSWERED)
def test_an_answer_decides_on_a_clause_whatever_was_found(answer: str) -> None:
    for finding in ({}, {"securite": Finding("securite", QUOTE)}, {"securite": Finding("securite")}):
        one = clause_of(review(finding, **SIGNED, securite=answer), "securite")
        assert (one.state, one.origin) == (answer, "answer")


FOUND: list[tuple[Finding | None, ClauseState]] = [
    (None, "inconnue"),
    (Finding("securite"), "non_trouvee"),
    (Finding("securite", QUOTE), "a_confirmer"),
    (Finding("securite", QUOTE, decision="confirmed"), "presente"),
    (Finding("securite", QUOTE, decision="unclear"), "floue"),
    (Finding("securite", QUOTE, decision="rejected"), "non_trouvee"),
]


@pytest.mark.parametrize(("finding", "state"), FOUND)
@pytest.mark.parametrize("answer", [{}, {"securite": "?"}])
def test_without_an_answer_the_passage_decides_once_it_is_confirmed(
    finding: Finding | None, state: ClauseState, answer: dict[str, object]
) -> None:
    one = clause_of(review({"securite": finding} if finding else {}, **SIGNED, **answer), "securite")
    assert one.state == state and one.because and one.label


def clause_of(read: Review, clause: str) -> ClauseVerdict:
    return next(one for one in read.clauses if one.clause.id == clause)


OVERALL = [
    ({"genre": "confrere"}, "rien_a_signer"),
    ({"genre": "structure", "decision": "ensemble"}, "accord"),
    ({"genre": "comptable"}, "a_decider"),
    ({"genre": "comptable", "existe": "non"}, "a_decider"),
    ({"genre": "comptable", "existe": "signe"}, "a_verifier"),
    ({"genre": "hebergement"}, "contrat_inconnu"),
    ({"genre": "hebergement", "existe": "?"}, "contrat_inconnu"),
    ({"genre": "hebergement", "existe": "non"}, "pas_de_contrat"),
    ({**SIGNED}, "a_verifier"),
    ({**SIGNED, **all_clauses("presente")}, "mentions_reperees"),
    ({**SIGNED, **all_clauses("presente", fin="absente")}, "a_completer"),
    ({**SIGNED, **all_clauses("presente", fin="floue")}, "a_completer"),
    ({**SIGNED, **all_clauses("presente", fin="?")}, "a_verifier"),
    ({**SIGNED, **all_clauses("?", fin="absente")}, "a_completer"),
    # What art. 28 does not ask for does not decide.
    ({**SIGNED, **all_clauses("presente", statuts="absente", localisation="absente")}, "mentions_reperees"),
]  # fmt: skip


@pytest.mark.parametrize(("answers", "expected"), OVERALL)
def test_the_verdict_on_a_contract(answers: dict[str, object], expected: str) -> None:
    overall = review(**answers).overall
    assert overall and overall.name == expected and overall.sources
    assert "jamais" in overall.caution


@pytest.mark.parametrize("state", REQUIRED)
def test_each_point_of_article_28_can_be_the_one_that_lacks(state: str) -> None:
    overall = review(**SIGNED, **all_clauses("presente", **{state: "absente"})).overall
    assert overall and overall.name == "a_completer"
    assert overall.points == (PROCESSORS.clause(state).title,)


def test_passages_that_nobody_confirmed_never_make_a_contract_complete() -> None:
    found = {clause.id: Finding(clause.id, QUOTE, "forte", 1.0) for clause in CLAUSES}
    overall = review(found, **SIGNED).overall
    assert overall and overall.name == "a_verifier"
    confirmed = {name: replace(finding, decision="confirmed") for name, finding in found.items()}
    assert (overall := review(confirmed, **SIGNED).overall) and overall.name == "mentions_reperees"


@given(
    st.dictionaries(st.sampled_from([clause.id for clause in CLAUSES]), st.sampled_from([*ANSWERED, "?"])),
    st.dictionaries(
        st.sampled_from([clause.id for clause in CLAUSES]),
        st.tuples(st.booleans(), st.sampled_from(get_args(Decision))),
    ),
)
def test_no_verdict_goes_beyond_what_was_seen(
    answers: dict[str, str], found: dict[str, tuple[bool, Decision]]
) -> None:
    findings = {
        name: Finding(name, QUOTE if has else None, decision=decision)
        for name, (has, decision) in found.items()
    }
    read = review(findings, **SIGNED, **answers)
    assert read.overall
    seen = {
        clause
        for clause in REQUIRED
        if answers.get(clause) == "presente"
        or (answers.get(clause, "?") == "?" and found.get(clause) == (True, "confirmed"))
    }
    assert (read.overall.name == "mentions_reperees") == (seen == set(REQUIRED))
    assert "conforme" not in f"{read.overall.title} {read.overall.text}".lower()


TRANSFERS = [
    ({"lieu": ["france"], "acces_exterieur": False}, {"aucun"}),
    ({"lieu": ["france", "eee"], "acces_exterieur": False}, {"aucun"}),
    ({"lieu": ["adequat"], "acces_exterieur": False}, {"encadre", "a_verifier"}),
    ({"lieu": ["etats_unis"], "acces_exterieur": False, "garantie": "dpf"}, {"encadre", "a_verifier"}),
    ({"lieu": ["etats_unis"], "acces_exterieur": False, "garantie": "aucune"}, {"manque", "a_verifier"}),
    ({"lieu": ["autre_pays"], "acces_exterieur": False, "garantie": "dpf"}, {"manque", "a_verifier"}),
    ({"lieu": ["autre_pays"], "acces_exterieur": False, "garantie": "clauses_types"}, {"a_verifier"}),
    ({"lieu": ["france"], "acces_exterieur": True, "garantie": "?"}, {"a_verifier"}),
    ({"lieu": ["france"], "acces_exterieur": "?"}, {"a_verifier"}),
    ({"lieu": "?", "acces_exterieur": False}, {"a_verifier"}),
    ({}, {"a_verifier"}),
]  # fmt: skip


@pytest.mark.parametrize(("answers", "levels"), TRANSFERS)
def test_transfers_and_their_safeguards(answers: dict[str, object], levels: set[str]) -> None:
    read = review(**SIGNED, **answers)
    assert {rule.level for rule in read.transfers} == levels


_PLACES = ["france", "eee", "adequat", "etats_unis", "autre_pays"]


@pytest.mark.parametrize(
    ("place", "access", "safeguard"),
    product(_PLACES, (True, False, "?"), ("dpf", "clauses_types", "regles_entreprise", "aucune", "?")),
)
def test_every_place_and_safeguard_is_spoken_of(place: str, access: object, safeguard: str) -> None:
    read = review(**SIGNED, lieu=[place], acces_exterieur=access, garantie=safeguard)
    levels = {rule.level for rule in read.transfers}
    assert levels
    outside = place in ("etats_unis", "autre_pays") or access is True
    assert ("manque" in levels) == (
        outside and (safeguard == "aucune" or (safeguard, place) == ("dpf", "autre_pays"))
    )


@pytest.mark.parametrize("dated, old", [("2016-09-12", True), ("2018-05-24", True), ("2018-05-25", False)])
def test_a_contract_older_than_the_rgpd_is_told(dated: str, old: bool) -> None:
    assert bool(review(**SIGNED, date_contrat=dated).old) == old


MEASURES = [
    ({"genre": "hebergement", "existe": "non", "hds_vu": "a_jour"}, {"sst-contrats"}),
    ({**SIGNED, **all_clauses("presente", fin="absente"), "hds_vu": "a_jour"}, {"sst-clauses"}),
    ({**SIGNED, **all_clauses("presente"), "hds_vu": "pas_vu"}, {"sst-hds"}),
    ({**SIGNED, **all_clauses("presente"), "hds_vu": "perime"}, {"sst-hds"}),
    ({**SIGNED, **all_clauses("presente"), "hds_vu": "a_jour"}, set()),
    ({"genre": "archives", "existe": "signe", **all_clauses("presente"), "hds_vu": "pas_vu"}, {"dp-archiveur"}),
    ({"genre": "confrere"}, set()),
]  # fmt: skip


@pytest.mark.parametrize(("answers", "expected"), MEASURES)
def test_the_measures_that_a_contract_calls_for(answers: dict[str, object], expected: set[str]) -> None:
    read = review(**{"nom": "Nuage SA", **answers})
    assert {measure.id for measure, _ in read.measures} == expected
    assert all("Nuage SA" in because for _, because in read.measures)


def test_they_join_the_action_plan_once_with_every_reason() -> None:
    one = review(genre="hebergement", nom="Nuage SA", existe="non")
    other = review(genre="sauvegarde", nom="Copie SARL", existe="non")
    plan = measures.recommend(KNOWLEDGE, {}, contracts=[one, other])
    found = {item.measure.id: item for item in plan}
    assert [because.partition(" avec ")[2] for because in found["sst-contrats"].reasons] == [
        "Nuage SA.", "Copie SARL.",
    ]  # fmt: skip
    assert found["sst-contrats"].themes == (PROCESSORS.id,)


def test_suppliers_come_from_the_interview_each_once() -> None:
    answers = interview.effective(KNOWLEDGE, practice(KNOWLEDGE))
    found = suppliers(KNOWLEDGE, answers)
    keys = [(one.kind_id, one.name) for one in found]
    assert len(set(keys)) == len(keys)
    agenda = next(one for one in found if one.kind_id == "rendez_vous")
    assert agenda.name == answers["rendez_vous.prestataire"].value
    assert agenda.entries == ("rendez_vous",) and agenda.presumed[PROCESSORS.key("nom")].value == agenda.name
    software = next(
        one
        for one in found
        if one.kind_id.startswith("logiciel") and one.name == answers["profil.logiciel"].value
    )
    assert {"dossiers_patients", "correspondants"} <= set(software.entries)


def test_a_supplier_that_no_register_line_names_is_listed_too() -> None:
    answers = interview.effective(
        KNOWLEDGE, practice(KNOWLEDGE, relations__prestataires=("destruction", "frappe", "menage"))
    )
    assert {"destruction", "transcription", "menage"} <= {
        one.kind_id for one in suppliers(KNOWLEDGE, answers)
    }


def test_what_the_interview_told_of_a_contract_is_proposed() -> None:
    answers = interview.effective(
        KNOWLEDGE,
        practice(
            KNOWLEDGE, rendez_vous__canaux=("en_ligne",), rendez_vous__contrat=True, rendez_vous__hds=False
        ),
    )
    agenda = next(one for one in suppliers(KNOWLEDGE, answers) if one.kind_id == "rendez_vous")
    assert agenda.presumed[PROCESSORS.key("hds_vu")].value == "pas_vu"
    assert agenda.presumed[PROCESSORS.key("existe")].known


def test_a_practice_without_answers_has_no_supplier() -> None:
    assert suppliers(KNOWLEDGE, {}) == ()


def test_questions_are_asked_in_order_and_only_where_they_matter() -> None:
    read = review(genre="confrere", nom="Labo")
    assert [question.id for question in read.sheet.asked] == ["genre", "nom"] and not read.sheet.next_question
    asked = {question.id for question in review(genre="archives", existe="non").sheet.asked}
    assert "hds_vu" in asked and "date_contrat" not in asked and "securite" not in asked
    asked = {question.id for question in review(**SIGNED).sheet.asked}
    assert set(REQUIRED) | {"lieu", "acces_exterieur", "date_contrat"} <= asked and "garantie" not in asked


def test_what_is_unknown_becomes_a_task() -> None:
    read = review(**SIGNED, securite="?", fin="presente")
    tasks = {question.id for question in read.tasks}
    assert "securite" in tasks and "fin" not in tasks


def test_a_correction_takes_what_followed_out_of_the_verdict() -> None:
    answers = told(**SIGNED, **all_clauses("absente"))
    corrected = {**answers, PROCESSORS.key("genre"): Answer.given("confrere")}
    overall = Review(KNOWLEDGE, corrected).overall
    assert overall and overall.name == "rien_a_signer"


def test_the_letter_asks_for_what_is_absent_unclear_or_not_found_and_nothing_else() -> None:
    waiting = {"droits": Finding("droits", QUOTE), "audits": Finding("audits")}
    read = review(
        waiting, **SIGNED, **all_clauses("presente", fin="absente", duree="floue", droits="?", audits="?")
    )
    assert {one.clause.id for one in wanted(read)} == {"fin", "duree", "audits"}
    written, model = letter(read), amendment(read, "Dr Untel")
    assert written and model
    assert len(written.points) == 3 and {article.clause for article in model.articles} == {
        "fin",
        "duree",
        "audits",
    }


def test_without_a_contract_all_is_asked_for() -> None:
    read = review(genre="hebergement", nom="Nuage SA", existe="non")
    model = amendment(read, "Dr Untel")
    assert model and {article.clause for article in model.articles} >= set(REQUIRED)
    assert "modèle" in model.warning and "avocat" in model.warning


def test_there_is_no_letter_to_who_needs_no_contract() -> None:
    for answers in ({"genre": "confrere"}, {"genre": "structure", "decision": "ensemble"}, {}):
        read = review(**answers)
        assert letter(read) is None and amendment(read, "Dr Untel") is None


def test_a_complete_contract_needs_no_letter() -> None:
    read = review(
        **SIGNED, **all_clauses("presente"), hds_vu="a_jour", lieu=["france"], acces_exterieur=False
    )
    assert letter(read) is None and amendment(read, "Dr Untel") is None


def test_no_placeholder_is_left_in_any_paper() -> None:
    for kind in PROCESSORS.kinds:
        read = review(genre=kind, existe="non")
        written, model = letter(read), amendment(read, "Dr Untel")
        texts = [written.request, *written.points, *written.also] if written else []
        texts += [text.text for article in model.articles for text in article.texts] if model else []
        assert not any("{" in text for text in texts), kind
