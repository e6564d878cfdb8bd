"""`knowledge/breach/`: every mistake is told with its file, line and field; what must hold for all of it."""

from __future__ import annotations

import re

import pytest

from bot.compliance.conditions import named
from bot.knowledge import KnowledgeError, Question, load
from bot.knowledge.breach import LEVELS, RISKS
from bot.knowledge.breach_validation import breach_problems
from tests.knowledge.conftest import FILES, Spoil
from tests.knowledge.test_content import texts

KNOWLEDGE = load()
BREACH = KNOWLEDGE.breach
ASKED = [pytest.param(question, id=question.id) for question in BREACH.questionnaire.questions]
INCIDENTS = [pytest.param(name, id=name) for name in BREACH.incidents]

# The file, what stands there, what takes its place, the field that is named, and a part of the sentence.
MISTAKES = [
    ("incidents", "implies: {decouvert_par: vous}", "implies: {decouvert_par: nous}", "vol.implies", "« nous »"),
    ("incidents", "implies: {decouvert_par: vous}", "implies: {qui: vous}", "vol.implies", "« qui »"),
    ("incidents", "implies: {decouvert_par: vous}", "implies: {atteinte: aucune}", "vol.implies", "une liste"),
    ("incidents", "avoided_by: [lire-contrat]", "avoided_by: [lire]", "vol.avoided_by", "mesure inconnue"),
    ("incidents", "{text: Portez plainte., sources: [loi]}", "{text: Portez plainte.}", "vol.first[0].sources", "aucune"),
    ("incidents", "{text: Attendez., sources: [loi]}", "{text: Attendez., when: {heure: 1}, sources: [loi]}", "panne.first[0].when", "« heure »"),
    ("risk", "nombre_personnes: {at_least: 51}", "nombre: {at_least: 51}", "factors[0].when", "« nombre »"),
    ("risk", "because: Beaucoup., sources: [loi]", "because: Beaucoup., sources: [autre]", "factors[0].sources", "« autre »"),
    ("risk", "importante: [aucun, risque, eleve, eleve]", "importante: [aucun, risque, eleve, aucun]", "table", "moindre"),
    ("risk", "maximale: [aucun, risque, eleve, eleve]", "maximale: [aucun, risque, eleve]", "table", "quatre"),
    ("risk", "levels: {negligeable: N, ", "levels: {", "levels", "un libellé"),
    ("risk", "when: {atteinte: aucune}", "when: {atteinte: rien}", "not_a_breach[0].when", "« rien »"),
    ("risk", "when: {joignables: certaines}", "when: {}", "exceptions[0].when", "vide"),
    ("risk", "risk: risque, when: {incident: vol}", "risk: risque, when: {incident: feu}", "precedents[0].when", "« feu »"),
    ("risk", "supposes: {nombre_personnes: 51}", "supposes: {nombre_personnes: beaucoup}", "pivots[0].supposes", "nombre"),
    ("verdicts", "links: []", "links: [{entry: agenda, when: {incident: panne}}]", "links[0].entry", "fiche inconnue"),
    ("verdicts", "{read: Lu., known", "{known", "certainty", "« read »"),
    ("form", '{text: "{debut}"}', '{text: "{commencement}"}', "sections[0].fields[0].lines[0].text", "commencement"),
    ("log", '{text: "{suivi.numero}"}', '{text: "{suivi.rang}"}', "fields[0].lines[0].text", "suivi.rang"),
    ("letters", "sources: [loi]", "sources: [lettre]", "sources", "« lettre »"),
    ("letters", "Depuis le {debut}.", "Depuis le {jour}.", "letters[0].parts[0].lines[0].text", "jour"),
    ("reports", "informed: police", "informed: voisin", "informed", "« voisin »"),
    ("reports", "starts: decouverte", "starts: atteinte", "starts", "part d'un moment"),
    ("questions", "{id: debut, ", "{id: commencement, ", "questions", "« debut »"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "field", "says"), MISTAKES)
def test_a_mistake_is_told_with_its_file_its_line_and_its_field(
    write: Spoil, file: str, old: str, new: str, field: str, says: str
) -> None:
    name = f"breach/{file}.yml"
    with pytest.raises(KnowledgeError) as caught:
        load(write(name, old, new))
    told = str(caught.value)
    place = re.search(rf"knowledge/{name}:(\d+): {re.escape(field)}", told)
    assert place and re.search(says, told)
    # The line is that of the field, or of what holds it.
    spoilt = FILES[name].replace(old, new)
    assert 1 <= int(place[1]) <= spoilt[: spoilt.index(new) + len(new)].count("\n") + 1


def test_the_kinds_of_incident_are_the_options_of_the_question_on_it(write: Spoil) -> None:
    question = load(write()).question("violation.incident")
    assert question.options == {"vol": "Vol", "panne": "Panne"}
    assert question.words == {"vol": ("volé",), "panne": ("en panne",)}


def test_the_questions_are_qualified_in_conditions_texts_and_what_a_kind_implies(write: Spoil) -> None:
    breach = load(write()).breach
    assert breach.incidents["vol"].implies == {"violation.decouvert_par": "vous"}
    assert breach.risk.pivots[0].supposes == {"violation.nombre_personnes": 51}
    assert breach.form.sections[0].fields[0].lines[0].text == "{violation.debut}"
    assert list(named(breach.reports[0].when)) == ["violation.incident"]


def test_the_knowledge_of_breaches_is_valid() -> None:
    assert list(breach_problems(KNOWLEDGE)) == []


def test_what_matters_is_asked_and_not_more() -> None:
    assert 25 <= len(BREACH.questionnaire.questions) <= 35


@pytest.mark.parametrize("question", ASKED)
def test_a_question_is_short_asks_one_thing_and_says_why(question: Question) -> None:
    assert question.ask.rstrip().endswith("?") and question.ask.count("?") == 1
    assert question.label.strip() and not question.label.endswith((".", "?"))
    assert question.why.strip().endswith((".", "!", "»"))
    for option, label in question.options.items():
        assert option not in ("unknown", "skipped", "ne_sait_pas", "passer")
        assert not re.search(r"\bne sais? pas\b|\bpasser\b", label, re.IGNORECASE)


@pytest.mark.parametrize("question", ASKED)
def test_options_read_differently_and_no_wording_names_two(question: Question) -> None:
    labels = [label.lower() for label in question.options.values()]
    assert len(labels) == len(set(labels))
    wordings = [word.lower() for words in question.words.values() for word in set(map(str.lower, words))]
    assert {word for word in wordings if wordings.count(word) > 1} == set()


@pytest.mark.parametrize("name", INCIDENTS)
def test_a_kind_of_incident_has_words_and_first_actions(name: str) -> None:
    incident = BREACH.incidents[name]
    assert incident.words and incident.told.endswith(".")
    assert all(len(line.text) <= 200 and line.text.endswith(".") for line in incident.first)


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("rancongiciel", "Isolez", "Appelez"),
        ("rancongiciel", "N'éteignez pas", "Portez plainte"),
        ("rancongiciel", "Ne payez pas", "Portez plainte"),
        ("vol_appareil", "effacement à distance", "Portez plainte"),
        ("compte_pirate", "Changez le mot de passe", "Portez plainte"),
        ("prestataire", "Demandez-lui", "Préparez votre propre notification"),
    ],
)
def test_the_most_urgent_comes_first(name: str, before: str, after: str) -> None:
    told = "\n".join(line.text for line in BREACH.incidents[name].first)
    assert 0 <= told.index(before) < told.index(after)


def test_only_a_guess_may_rest_on_something_unknown() -> None:
    for factor in BREACH.risk.factors:
        assert factor.doubt == ("unknown" in factor.when.values()), factor.id


def test_the_table_rises_from_no_risk_to_a_high_one() -> None:
    rows = [BREACH.risk.table[level] for level in LEVELS]
    assert rows[0][0] == RISKS[0] and rows[-1][-1] == RISKS[-1]


def test_the_guides_six_items_are_in_the_log() -> None:
    assert [field.label for field in BREACH.log.fields if field.guide] == [
        "Nature de la violation",
        "Catégories et nombre approximatif de personnes",
        "Catégories et nombre approximatif d'enregistrements",
        "Conséquences probables",
        "Mesures prises et prévues",
        "Justification de l'absence de notification ou d'information",
    ]


def test_the_draft_of_a_common_form_and_the_date_of_this_one_are_told() -> None:
    assert BREACH.form.checked.year == 2026
    assert "juin 2026" in BREACH.form.note and "cepd-modele-2026" in BREACH.form.sources


def test_cert_sante_is_said_not_to_bind_an_ordinary_practice() -> None:
    (report,) = [one for one in BREACH.reports if one.id == "cert_sante"]
    assert "n'est pas tenu" in report.text


@pytest.mark.parametrize("letter", BREACH.letters.letters, ids=lambda letter: letter.id)
def test_a_message_to_the_persons_says_nothing_of_their_health(letter: object) -> None:
    said = " ".join(texts(letter)).lower()
    for word in (
        "psychiatr",
        "addiction",
        "vih",
        "grossesse",
        "diagnostic",
        "résultat",
        "ordonnance",
    ):
        assert word not in said


@pytest.mark.parametrize("name", [letter.id for letter in BREACH.letters.letters if letter.id != "sms"])
def test_a_message_has_the_contents_of_article_34(name: str) -> None:
    (letter,) = [one for one in BREACH.letters.letters if one.id == name]
    assert {part.id for part in letter.parts} == {"nature", "consequences", "mesures", "conseils", "contact"}


def test_nobody_is_asked_for_a_name_of_a_patient() -> None:
    for question in BREACH.questionnaire.questions:
        assert not question.personal
        assert not re.search(r"\bnom (?:du|de la|des) patient", question.ask.lower())
