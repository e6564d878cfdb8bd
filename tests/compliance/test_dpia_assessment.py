"""The guided assessment: what is proposed from the register, what is retained, the risks, and what follows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compliance import measures, register
from bot.compliance.answers import UNKNOWN, Answer
from bot.compliance.dpia.assessment import Assessment, EventRisk
from bot.compliance.lines import FilledField
from bot.compliance.measures import Decision
from bot.knowledge.breach import LEVELS, RISKS
from tests.compliance.dpia_practices import KNOWLEDGE, RESEARCH, practice

DPIA = KNOWLEDGE.dpia
#: A practice whose security leaves nothing unknown.
SAFE: dict[str, object] = {
    "securite.verrouillage": True,
    "securite.mots_de_passe": "gestionnaire",
    "securite.acces": ("cps",),
    "securite.chiffrement": True,
    "securite.mises_a_jour": True,
    "securite.sauvegardes": "chaque_jour",
    "securite.copies": ("debranchee",),
    "securite.restauration": "recent",
    "securite.anciennete": "3 mois",
    "securite.wifi": "separe",
    "securite.acces_distance": ("personne",),
    "dossiers_patients.comptes": "nominatif",
}
EXPOSED = {**SAFE, "securite.chiffrement": False, "securite.sauvegardes": "jamais"}
#: The order of the CNIL's method (context, principles, validation; the risks stand apart).
FIELDS = (
    "apercu", "couvre", "responsabilites", "referentiels", "donnees", "cycle", "supports",
    "finalites", "bases", "minimisation", "exactitude", "durees",
    "information", "consentement", "acces", "rectification", "opposition", "sous_traitance", "transferts",
)  # fmt: skip


def assessment(
    changed: Mapping[str, object] = {},
    entry: str = "dossiers_patients",
    decisions: Mapping[str, Decision] = {},
    **told: Answer,
) -> Assessment:
    """The assessment of an entry; `told` are answers to its own questions."""
    answers = practice({**SAFE, **changed})
    found = next(one for one in register.build(KNOWLEDGE, answers) if one.id == entry)
    own = {f"{DPIA.analysis.id}.{name}": answer for name, answer in told.items()}
    return Assessment(KNOWLEDGE, found, {**answers, **own}, measures.recommend(KNOWLEDGE, answers, decisions))


def field(found: Assessment, name: str) -> FilledField:
    return next(
        one for section in found.sections for part in section.parts for one in part.fields if one.id == name
    )


def event(found: Assessment, name: str) -> EventRisk:
    return next(one for one in found.events if one.event.id == name)


def retained(**levels: str) -> dict[str, Answer]:
    """The same two levels after the plan, for each event."""
    return {
        f"{one.id}_{axis}_apres": Answer.given(levels[axis])
        for one in DPIA.risks.events
        for axis in ("gravite", "vraisemblance")
    }


def test_the_parts_are_those_of_the_method_in_its_order() -> None:
    found = assessment()
    assert [section.id for section in found.sections] == ["contexte", "principes", "validation"]
    ids = [one.id for section in found.sections[:2] for part in section.parts for one in part.fields]
    assert tuple(ids) == FIELDS
    assert [one.event.of for one in found.events] == ["confidentialite", "integrite", "disponibilite"]


@pytest.mark.parametrize("name", FIELDS)
def test_no_field_is_empty_and_nothing_is_confirmed_that_the_practitioner_did_not_confirm(name: str) -> None:
    found = field(assessment(), name)
    assert found.lines and found.text.strip()
    assert {line.status for line in found.lines} <= {"proposed", "unknown"}
    assert all(line.sources for line in found.lines)


def test_what_is_proposed_comes_from_the_register() -> None:
    found = assessment()
    entry = found.entry
    for name, fields in {
        "finalites": ("purposes",),
        "donnees": ("data", "data_subjects", "internal_recipients", "external_recipients"),
        "supports": ("software", "media"),
        "durees": ("retention",),
        "transferts": ("transfers",),
    }.items():
        first, *others = (entry.field(one) for one in fields)  # type: ignore[arg-type]
        texts = [line.text for line in first.lines]
        # Below the lines of another field, « Aucun » alone would not say of what.
        texts += [
            line.text if line.status == "unknown" else f"{other.label} : {line.text}"
            for other in others
            for line in other.lines
        ]
        assert [line.text for line in field(found, name).lines] == list(dict.fromkeys(texts))


def test_lawful_bases_and_periods_keep_their_details_and_the_overview_does_not() -> None:
    found = assessment()
    assert all(line.details for line in field(found, "bases").lines if line.status == "proposed")
    assert any(line.details for line in field(found, "durees").lines)
    assert not any(line.details for line in field(found, "apercu").lines)


def test_what_the_practice_answered_is_proposed_for_the_rights() -> None:
    assert "Affiche en salle d'attente" in field(assessment(), "information").text
    nothing = field(assessment({"relations.information": ("aucune",)}), "information")
    assert nothing.status == "unknown"
    open_ = field(assessment({"relations.information": None}), "information")
    assert open_.status == "unknown" and len(open_.lines) == 1


def test_care_does_not_rest_on_consent_and_the_file_is_given_within_eight_days() -> None:
    found = assessment()
    assert "Sans objet" in field(found, "consentement").text
    assert "huit jours après la demande" in field(found, "acces").text
    other = assessment(entry="personnel")
    assert "Réponse dans le mois" in field(other, "acces").text
    assert "huit jours" not in field(other, "acces").text
    # CSP art. L. 1111-7 names health professionals; a psychologist has the month of RGPD art. 12(3).
    third = field(assessment({"profil.profession": "psychologue"}), "acces").text
    assert "dans le mois" in third and "huit jours après la demande" not in third


def test_confirming_the_proposal_makes_it_confirmed() -> None:
    first = assessment()
    for name in ("finalites", "rectification", "opposition"):
        proposal = first.proposal(name)
        assert proposal is not None
        confirmed = field(assessment(**{name: proposal}), name)
        assert confirmed.status == "confirmed"
        assert confirmed.text == field(first, name).text


def test_confirming_does_not_hide_what_is_still_to_be_found_out() -> None:
    first = assessment()
    proposal = first.proposal("cycle")
    assert proposal is not None
    confirmed = field(assessment(cycle=proposal), "cycle")
    assert [line.status for line in confirmed.lines] == ["confirmed", "unknown"]


def test_a_text_of_ones_own_replaces_the_proposal() -> None:
    changed = field(assessment(cycle=Answer.given("Une étape.\n\nUne autre.")), "cycle")
    assert [(line.text, line.status) for line in changed.lines] == [
        ("Une étape.", "changed"),
        ("Une autre.", "changed"),
    ]


def test_not_knowing_is_an_answer_that_becomes_something_to_find_out() -> None:
    found = assessment(finalites=UNKNOWN, acces_menaces=UNKNOWN, acces_gravite=UNKNOWN)
    assert field(found, "finalites").status == "unknown"
    assert {"finalites", "acces_menaces"} <= {one.id for one in found.missing}
    rated = event(found, "acces").severity
    assert (rated.level, rated.status, rated.counted) == (None, "unknown", rated.proposed)


def test_every_proposal_is_an_answer_that_its_question_can_have() -> None:
    for entry in ("dossiers_patients", "personnel", "videosurveillance", "telemedecine"):
        found = assessment(entry=entry)
        for question in DPIA.analysis.questions:
            proposal = found.proposal(question.id)
            if proposal is None:
                continue
            values = proposal.value if isinstance(proposal.value, tuple) else (proposal.value,)
            if question.options:
                assert set(values) <= set(question.options), question.id
            else:
                assert isinstance(proposal.value, str) and proposal.value.strip()


def test_one_may_answer_question_by_question_until_nothing_is_left() -> None:
    told: dict[str, Answer] = {}
    for _ in DPIA.analysis.questions:
        found = assessment(**told)
        question = found.sheet.next_question
        if question is None:
            break
        options = next(iter(question.options), "")
        plain = {"bool": True, "one": options, "many": (options,), "text": "Un texte."}[question.kind]
        told[question.id] = found.proposal(question.id) or Answer.given(plain)
    assert assessment(**told).sheet.next_question is None
    # No officer is designated, and the persons were asked.
    assert {"avis_dpo", "sans_avis"}.isdisjoint(told) and "avis_personnes" in told


def test_the_officer_s_opinion_is_asked_when_there_is_one() -> None:
    assert "avis_dpo" in [one.id for one in assessment({"profil.dpo": True}).sheet.asked]
    assert "avis_dpo" not in [one.id for one in assessment().sheet.asked]


def test_sensitive_data_make_the_access_graver() -> None:
    assert event(assessment(), "acces").severity.proposed == "importante"
    assert event(assessment(entry="correspondants"), "acces").severity.proposed == "limitee"
    genetic = assessment({"aipd_seuil.particuliers": ("genetique",)})
    assert event(genetic, "acces").severity.proposed == "maximale"


@pytest.mark.parametrize(
    ("changed", "name", "level"),
    [
        ({}, "acces", "limitee"),
        ({}, "disparition", "limitee"),
        ({"securite.chiffrement": False}, "acces", "importante"),
        ({"securite.chiffrement": "?"}, "acces", "importante"),
        ({"securite.chiffrement": None}, "acces", "importante"),
        ({"securite.chiffrement": False}, "disparition", "limitee"),
        ({"securite.mots_de_passe": "partages"}, "modification", "importante"),
        ({"securite.sauvegardes": "jamais"}, "disparition", "maximale"),
        ({"securite.sauvegardes": "plus_rarement"}, "disparition", "importante"),
        ({"securite.sauvegardes": None}, "disparition", "importante"),
        ({"securite.copies": ("branchee",)}, "disparition", "importante"),
        ({"securite.restauration": "jamais"}, "disparition", "importante"),
        ({"dossiers_patients.ia": "generaliste"}, "acces", "maximale"),
    ],
)
def test_the_likelihood_follows_the_protections(changed: dict[str, object], name: str, level: str) -> None:
    rated = event(assessment(changed), name).likelihood
    assert rated.proposed == level
    assert rated.grounds and all(ground.sources for ground in rated.grounds)


def test_what_is_not_known_is_counted_on_the_cautious_side_and_told() -> None:
    assert not assessment().in_doubt
    assert assessment({"securite.chiffrement": "?"}).in_doubt
    assert assessment({"securite.sauvegardes": None}).in_doubt


def test_the_risk_is_that_of_the_table() -> None:
    for severity in LEVELS:
        for place, likelihood in enumerate(LEVELS):
            levels = {
                "acces_gravite": Answer.given(severity),
                "acces_vraisemblance": Answer.given(likelihood),
            }
            assert event(assessment(**levels), "acces").risk == DPIA.risks.table[severity][place]


def test_a_level_that_the_practitioner_retains_takes_the_place_of_the_proposal() -> None:
    same = event(assessment(acces_gravite=Answer.given("importante")), "acces").severity
    assert (same.level, same.status) == ("importante", "confirmed")
    other = event(assessment(acces_gravite=Answer.given("negligeable")), "acces").severity
    assert (other.level, other.status, other.proposed) == ("negligeable", "changed", "importante")


def test_measures_that_are_planned_lower_what_is_left() -> None:
    planned = {
        "sec-chiffrement": Decision("planned", date(2026, 12, 31)),
        "sec-sauvegarde": Decision("planned", date(2026, 12, 31)),
    }
    before, after = assessment(EXPOSED), assessment(EXPOSED, decisions=planned)
    assert event(before, "acces").likelihood_after.proposed == "importante"
    assert event(after, "acces").likelihood_after.proposed == "limitee"
    assert event(after, "acces").likelihood.proposed == "importante"
    assert event(after, "disparition").likelihood_after.proposed == "limitee"
    assert "sec-chiffrement" in [one.measure.id for one in event(after, "acces").planned]
    refused = {"sec-chiffrement": Decision("not_applicable", reason="Non")}
    assert event(assessment(EXPOSED, decisions=refused), "acces").likelihood_after.proposed == "importante"


def test_the_plan_holds_what_is_still_to_be_done_for_this_activity() -> None:
    plan = {one.measure.id for one in assessment(EXPOSED).plan}
    assert {"sec-chiffrement", "sec-sauvegarde"} <= plan
    done = {"sec-chiffrement": Decision("done")}
    assert "sec-chiffrement" not in {one.measure.id for one in assessment(EXPOSED, decisions=done).plan}
    study = {**RESEARCH, "recherches.fichier": "nominatif"}
    assert "rch-pseudonymiser" in {one.measure.id for one in assessment(study, "recherches").plan}
    assert "rch-pseudonymiser" not in {one.measure.id for one in assessment(study).plan}


def test_the_measures_in_place_are_those_of_the_register() -> None:
    found = assessment()
    texts = [line.text for line in found.existing]
    assert "Chiffrement du disque de chaque ordinateur du cabinet" in texts
    assert "Chiffrement du disque de chaque ordinateur du cabinet" in [
        line.text for line in event(found, "acces").safeguards
    ]
    assert all(line.status != "unknown" for line in found.existing)


def test_the_cnil_is_consulted_when_a_risk_stays_high() -> None:
    assert assessment().consult is None
    assert assessment(**retained(gravite="limitee", vraisemblance="limitee")).consult is False
    high = assessment(**retained(gravite="importante", vraisemblance="importante"))
    assert high.consult is True and "huit semaines" in high.conclusion.text
    assert high.conclusion.sources == ("rgpd-36",)
    one = {**retained(gravite="limitee", vraisemblance="limitee"), "acces_gravite_apres": Answer.given("maximale"),
           "acces_vraisemblance_apres": Answer.given("importante")}  # fmt: skip
    assert assessment(**one).consult is True
    left = {**retained(gravite="limitee", vraisemblance="limitee"), "acces_gravite_apres": UNKNOWN}
    assert assessment(**left).consult is None


#: Answers that expose data, the question and what it is without them.
EXPOSING: dict[str, tuple[object, object]] = {
    "securite.mots_de_passe": ("gestionnaire", "partages"),
    "securite.acces": (("cps",), ("mot_de_passe_seul",)),
    "securite.chiffrement": (True, False),
    "securite.mises_a_jour": (True, False),
    "securite.sauvegardes": ("chaque_jour", "jamais"),
    "securite.wifi": ("separe", "commun"),
    "securite.acces_distance": (("personne",), ("depannage_permanent",)),
    "dossiers_patients.ia": ("aucun", "generaliste"),
    "dossiers_patients.comptes": ("nominatif", "partage"),
}


def levels(found: Assessment) -> list[int]:
    return [
        LEVELS.index(rated.proposed)
        for one in found.events
        for rated in (one.severity, one.likelihood, one.severity_after, one.likelihood_after)
    ]


@given(
    exposed=st.sets(st.sampled_from([*EXPOSING])),
    more=st.sampled_from([*EXPOSING]),
    unknown=st.booleans(),
)
def test_exposing_more_never_lowers_a_level(exposed: set[str], more: str, unknown: bool) -> None:
    setting = {key: values[key in exposed] for key, values in EXPOSING.items()}
    before = assessment({**setting, more: "?" if unknown and more not in exposed else setting[more]})
    after = assessment({**setting, more: EXPOSING[more][1]})
    if not unknown:
        assert all(one <= other for one, other in zip(levels(before), levels(after), strict=True))
    # What is left is never more than what is.
    for one in after.events:
        assert RISKS.index(one.residual) <= RISKS.index(one.risk)


@given(
    exposed=st.sets(st.sampled_from([*EXPOSING])),
    planned=st.sets(
        st.sampled_from(["sec-chiffrement", "sec-sauvegarde", "sec-mots-de-passe", "sec-reseau"])
    ),
    severity=st.sampled_from(LEVELS),
    likelihood=st.sampled_from(LEVELS),
)
def test_a_plan_never_makes_it_worse(
    exposed: set[str], planned: set[str], severity: str, likelihood: str
) -> None:
    setting = {key: values[key in exposed] for key, values in EXPOSING.items()}
    decisions = {name: Decision("planned", date(2027, 1, 1)) for name in planned}
    told = {"acces_gravite": Answer.given(severity), "acces_vraisemblance": Answer.given(likelihood)}
    bare, done = assessment(setting, **told), assessment(setting, decisions=decisions, **told)
    assert all(one >= other for one, other in zip(levels(bare), levels(done), strict=True))
    for one in done.events:
        assert RISKS.index(one.residual) <= RISKS.index(one.risk)
