"""`knowledge/dpia/`: what it says, and how a mistake in it is told."""

from __future__ import annotations

import pytest

from bot.knowledge import KnowledgeError, load
from tests.knowledge.conftest import Spoil

KNOWLEDGE = load()
DPIA = KNOWLEDGE.dpia
SCREENING, OFFICER, FORM = "dpia/screening.yml", "dpia/officer.yml", "dpia/assessment.yml"
RISKS, THRESHOLD, ANALYSIS, ENTRY = (
    "dpia/risks.yml",
    "dpia/threshold.yml",
    "dpia/analysis.yml",
    "dpia/entry.yml",
)

#: A file, what is spoilt in it, and what is said: the field, and the mistake.
MISTAKES = [
    (SCREENING, "{fiche.sensibles: true}, because", "{fiche.couleur: true}, because", "criteria[0].cases[0].when", "fiche.couleur"),
    (SCREENING, "because: Des données sensibles., sources: [loi]", "because: Des données sensibles., sources: [autre]", "criteria[0].cases[0].sources", "« autre »"),
    (SCREENING, "aipd_seuil.usages: score}", "aipd_seuil.usages: note}", "rules[0].when", "« note »"),
    (SCREENING, "added: un score, sources: [loi]", "added: un score, sources: []", "rules[0].sources", "aucune source"),
    (SCREENING, "{accueil.porte: true}", "{}", "exemptions[0].when", "condition vide"),
    (SCREENING, "{accueil.porte: true}", "{accueil.mur: true}", "exemptions[0].when", "accueil.mur"),
    (SCREENING, "  requise: {title: Attendue, text: Faites-la., sources: [loi]}\n", "", "verdicts", "« requise »"),
    (SCREENING, "verdict: a_examiner", "verdict: peut_etre", "rules[0].verdict", "peut_etre"),
    (SCREENING, "{text: Une note., sources: [loi]}", "{text: Une note.}", "notes[0].sources", "aucune source"),
    (SCREENING, "needed: 2", "needed: deux", "needed", "nombre entier"),
    (SCREENING, "aipd_seuil.usages: score}, because: Un score.,", "aipd_seuil.usages: {none: [score]}}, because: Un score., removed: plus de score,", "rules[0].removed", "défaite"),
    (OFFICER, "{accueil.porte: true}", "{accueil.mur: true}", "rules[0].when", "accueil.mur"),
    (OFFICER, "because: C'est petit., sources: [loi]", "because: C'est petit., sources: [autre]", "rules[0].sources", "« autre »"),
    (OFFICER, "recommande: Conseillé., ", "", "justification.opening", "« recommande »"),
    (FORM, "a changé.\n  sources: [loi]", "a changé.\n  sources: []", "review.sources", "aucune source"),
    (FORM, "question: apercu", "question: resume", "sections[0].parts[0].fields[0].question", "« resume »"),
    (FORM, "[purposes]", "[buts]", "sections[0].parts[0].fields[0].takes[0]", "buts"),
    (FORM, "{accueil.nom}", "{accueil.mur}", "sections[0].parts[0].fields[0].lines[0].text", "accueil.mur"),
    (FORM, "sources: [loi]}", "sources: [autre]}", "sections[0].parts[0].fields[0].lines[0].sources", "« autre »"),
    (RISKS, "option: un, when", "option: trois, when", "events[0].impacts[0].option", "« trois »"),
    (RISKS, "[porte_fermee]", "[alarme]", "events[0].safeguards", "« alarme »"),
    (RISKS, "[accueil]", "[grenier]", "shared_themes", "« grenier »"),
    (RISKS, "[lire-contrat]", "[dormir]", "factors[0].cured_by", "« dormir »"),
    (RISKS, "{accueil.porte: false}", "{accueil.mur: false}", "factors[0].when", "accueil.mur"),
    (RISKS, "importante: [aucun, risque, eleve, eleve]", "importante: [aucun, aucun, eleve, aucun]", "table", "moindre"),
    (RISKS, "maximale: [risque, risque, eleve, eleve]", "maximale: [risque, risque]", "table", "quatre"),
    (RISKS, "risks: {aucun: Faible, risque: Moyen", "risks: {aucun: Faible", "risks", "risque"),
    (RISKS, "id: acces", "id: fuite", "events[0].id", "aipd.fuite_impacts"),
    (ANALYSIS, "{id: acces_gravite, ", "{id: acces_poids, ", "events[0].id", "aipd.acces_gravite"),
    (ENTRY, "{id: sensibles,", "{id: intimes,", "questions", "« sensibles »"),
    (THRESHOLD, "none: aucun,", "none: rien,", "none", "« rien »"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "field", "what"), MISTAKES)
def test_a_mistake_is_told_with_its_file_line_and_field(
    write: Spoil, name: str, old: str, new: str, field: str, what: str
) -> None:
    root = write(name, old, new)
    with pytest.raises(KnowledgeError) as raised:
        load(root)
    lines = str(raised.value).splitlines()
    told = next((line for line in lines if f": {field}: " in line), "")
    assert what in told, lines
    file = "dpia/risks.yml" if name == ANALYSIS else name
    assert told.startswith(f"knowledge/{file}:") and told.split(":")[1].isdigit()


def test_the_options_of_the_question_on_the_entry_are_the_entries() -> None:
    entries = {entry.id: entry.title for activity in KNOWLEDGE.activities for entry in activity.register}
    assert DPIA.entry.question("traitement").options == entries


def test_the_nine_criteria_are_there() -> None:
    assert [criterion.id for criterion in DPIA.screening.criteria] == [
        "evaluation", "decision", "surveillance", "sensibles", "grande_echelle", "croisement", "vulnerables",
        "innovation", "exclusion",
    ]  # fmt: skip


def test_what_is_our_reading_says_so() -> None:
    """What no authority says is worded as a reading, and never as required."""
    for rule in DPIA.screening.rules:
        if rule.verdict == "requise":
            assert {"cnil-2018-327", "cnil-recherche-rappel-2023", "cnil-ref-cabinets"} & set(rule.sources), (
                rule.id
            )


def test_every_question_of_the_assessment_has_its_place() -> None:
    placed = {
        field.question for section in DPIA.form.sections for part in section.parts for field in part.fields
    }
    of_events = {question.id for question in DPIA.analysis.questions if question.id not in placed}
    prefixes = {event.id for event in DPIA.risks.events}
    assert {name.partition("_")[0] for name in of_events} == prefixes
    assert len(of_events) == 7 * len(prefixes)


def test_an_activity_of_an_assessment_is_found_by_its_id() -> None:
    assert KNOWLEDGE.activity("aipd") == DPIA.analysis
    assert KNOWLEDGE.question("aipd_seuil.usages") == DPIA.questionnaire.question("usages")


def test_the_measures_on_an_assessment_or_an_officer_lead_to_their_page() -> None:
    named = [one for one in KNOWLEDGE.measures if "AIPD" in one.title or "DPO" in one.title]
    assert named and {one.page for one in named} == {"analyse-impact"}
