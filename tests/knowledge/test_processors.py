"""`knowledge/processors/`: every mistake is told with its file, its line and its field; what must hold for all."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.compliance.conditions import named
from bot.knowledge import KnowledgeError, load
from bot.knowledge.processors_validation import processors_problems

Spoil = Callable[..., Path]
KNOWLEDGE = load()
PROCESSORS = KNOWLEDGE.processors

# The file, what stands there, what takes its place, the field that is named, and a part of the sentence.
MISTAKES = [
    ("kinds", "why: [{text: Il agit pour vous., sources: [loi]}]", "why: []", "agenda.why", "aucune raison"),
    ("kinds", "why: [{text: Il agit pour vous., sources: [loi]}]", "why: [{text: Il agit.}]", "agenda.why[0].sources", "aucune source"),
    ("kinds", "when: {acces: false}", "when: {porte: false}", "agenda.cases[0].when", "« porte »"),
    ("kinds", "when: {acces: false}", "when: {}", "agenda.cases[0].when", "vide"),
    ("kinds", "because: Aucun accès., sources: [loi]", "because: Aucun accès., sources: [x]", "agenda.cases[0].sources", "« x »"),
    ("kinds", "{need: hds, because", "{need: hds, when: {acces: true}, because", "agenda.hosting", "toujours"),
    ("kinds", "implies: {acces: true}", "implies: {acces: peut-être}", "agenda.presumes[0].implies", "« peut-être »"),
    ("kinds", "implies: {acces: true}", "implies: {porte: true}", "agenda.presumes[0].implies", "« porte »"),
    ("kinds", "when: {accueil.porte: true}", "when: {acces: true}", "agenda.presumes[0].when", "contrat.acces"),
    ("roles", "conjoint: {label: conjoint, meaning: Sens., follows: Suite., duty: accord, sources: [loi]}", "", "conjoint", "manque"),
    ("hosting", '"culture": {label: culture, text: Texte., sources: [loi]}', "", "culture", "manque"),
    ("transfers", "when: {acces: unknown}", "when: {lieu: unknown}", "when", "« lieu »"),
    ("suppliers", "supplier: agenda", "supplier: journal", "[0].supplier", "« journal »"),
    ("clauses", "guide: 1", "guide: 2", "clauses[0].guide", "mention 2"),
    ("clauses", "guide: 1", "guide: 0", "guide", "mention 1"),
    ("clauses", "groups: [[secret], [personne*]]", "groups: [[secret]]", "clauses[0].groups", "deux"),
    ("clauses", "groups: [[secret], [personne*]]", "groups: [[secret], [employé]]", "clauses[0].groups", "« employé »"),
    ("clauses", "Le secret est gardé pour {service}.", "Le secret est gardé par {chef}.", "clauses[0].amendment", "chef"),
    ("clauses", "says: le secret.\n    sources: [loi]", "says: le secret.\n    sources: [autre]", "clauses[0].sources", "« autre »"),
    ("wordings", "measure: lire-contrat", "measure: lire", "measures[0].measure", "« lire »"),
    ("wordings", "pivots: [acces]", "pivots: [nom]", "pivots", "« nom »"),
    ("wordings", "presente: presente, ", "", "states", "« presente »"),
    ("questions", "{id: existe, ", "{id: contrat, ", "questions", "« existe »"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "field", "says"), MISTAKES)
def test_a_mistake_is_told_with_its_file_its_line_and_its_field(
    write: Spoil, file: str, old: str, new: str, field: str, says: str
) -> None:
    name = f"processors/{file}.yml"
    with pytest.raises(KnowledgeError) as caught:
        load(write(name, old, new))
    told = str(caught.value)
    place = re.search(rf"knowledge/{name}:(\d+): .*{re.escape(field)}", told)
    assert place and says in told, told


def test_a_supplier_of_no_kind_in_the_register_is_told(write: Spoil) -> None:
    name, old = "activities/20_agenda.yml", "        - {text: Vous}"
    with pytest.raises(KnowledgeError, match=r"supplier: genre inconnu « fleuriste »"):
        load(write(name, old, old + "\n      processors: [{text: Fleuriste, supplier: fleuriste}]"))


def test_questions_on_clauses_follow_the_date(write: Spoil) -> None:
    asked = [question.id for question in load(write()).processors.questionnaire.questions]
    assert asked == ["genre", "nom", "acces", "existe", "date_contrat", "secret", "hds_vu"]


def test_the_knowledge_of_processors_is_valid() -> None:
    assert list(processors_problems(KNOWLEDGE)) == []


def test_every_point_of_article_28_has_its_clause() -> None:
    articles = " ".join(clause.article for clause in PROCESSORS.clauses.clauses if clause.required)
    for point in (
        "28(3), début",
        *(f"28(3)({letter})" for letter in "abcdefgh"),
        "28(2)",
        "28(4)",
        "28(3), fin",
    ):
        assert point in articles, point


def test_every_mention_of_the_guide_has_its_clause() -> None:
    assert {clause.guide for clause in PROCESSORS.clauses.clauses} == set(range(8))
    assert len(PROCESSORS.clauses.guide) == 7


def test_every_question_can_be_unknown_and_says_whom_to_ask() -> None:
    for question in PROCESSORS.questionnaire.questions[1:]:
        assert question.ask_whom, question.id


def test_nothing_says_that_a_contract_is_compliant() -> None:
    for text in (*PROCESSORS.wordings.overall.values(),):
        assert "conforme" not in f"{text.title} {text.text}".lower()
    assert "jamais" in PROCESSORS.wordings.never_compliant


def test_what_the_references_doubt_is_said_with_caution() -> None:
    cautious = (
        "à notre lecture",
        "à vérifier",
        "débattu",
        "diverg",
        "en principe",
        "question",
        "cela change",
        "selon",
    )
    for name, kind in PROCESSORS.kinds.items():
        for line in kind.why:
            if {KNOWLEDGE.sources[source].grade for source in line.sources} == {"C?"}:
                assert any(word in line.text.lower() for word in cautious) or kind.role == "debattu", name
        for rule in kind.hosting:
            if rule.need == "a_verifier":
                assert re.search(r"notre lecture|vérifier|[Dd]emandez|question|faut", rule.because), name


def test_conditions_of_kinds_name_questions_that_their_kind_is_asked() -> None:
    when = {PROCESSORS.key(question.id): question.when for question in PROCESSORS.questionnaire.questions}
    genre = PROCESSORS.key("genre")

    def asked_of(name: str, condition: dict[str, object]) -> bool:
        parts = [condition, *condition.get("any_of", ())]  # type: ignore[misc]
        kinds = [part.get(genre) for part in parts]
        return not any(kinds) or any(
            name == kind or (isinstance(kind, dict) and name in kind["any"]) for kind in kinds if kind
        )

    for name, kind in PROCESSORS.kinds.items():
        for case in kind.cases:
            for key in named(case.when):
                assert asked_of(name, when[key]), (name, key)


def test_the_measures_that_contracts_call_for_lead_to_the_page_of_suppliers() -> None:
    wordings = PROCESSORS.wordings
    called = {one.measure for one in (*wordings.measures, *wordings.overall.values()) if one.measure}
    pages = {measure.id: measure.page for measure in KNOWLEDGE.measures}
    assert called and {pages[name] for name in called} == {"prestataires"}
