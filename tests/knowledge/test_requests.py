"""`knowledge/requests/`: every mistake is told with its file, line and field; what must hold for all of it."""

from __future__ import annotations

import re

import pytest

from bot.compliance.conditions import named
from bot.knowledge import KnowledgeError, Question, load
from bot.knowledge.requests_validation import requests_problems
from tests.knowledge.conftest import FILES, Spoil
from tests.knowledge.test_content import texts

KNOWLEDGE = load()
REQUESTS = KNOWLEDGE.requests
ASKED = [pytest.param(question, id=question.id) for question in REQUESTS.questionnaire.questions]
LETTERS = [pytest.param(letter, id=letter.id) for letter in REQUESTS.letters.letters]

# The file, what stands there, what takes its place, the field that is named, and a part of the sentence.
MISTAKES = [
    ("questions", "{id: base, ", "{id: fondement, ", "questions", "« base »"),
    ("questions", "À l'instant}", "À l'instant, hier: Hier}", "options", "« hier »"),
    ("findings", "{id: retard, ", "{id: tard, ", "questions", "« retard »"),
    ("followup", "{id: close, ", "{id: fin, ", "questions", "« close »"),
    ("processings", "basis: interet_legitime", "entry: agendas\n  basis: interet_legitime", "dossier.entry", "fiche inconnue"),
    ("processings", "basis: interet_legitime", "basis: hasard", "dossier.basis", "« hasard »"),
    ("processings", "basis: interet_legitime", "from_entry: true\n  basis: interet_legitime", "dossier.from_entry", "une fiche"),
    ("processings", "words: [autre chose]\n  sources: [loi]", "words: [autre chose]\n  sources: [rumeur]", "autre.sources", "« rumeur »"),
    ("rights", "effacement: droit à l'effacement}", "oubli: droit}", "titles", "« effacement »"),
    ("rights", "when: {droit: effacement}", "when: {droit: unknown}", "rules", "aucune règle pour « effacement »"),
    ("rights", "when: {droit: effacement}", "when: {droit: oubli}", "rules[1].when", "« oubli »"),
    ("rights", "when: {droit: unknown}", "when: {}", "rules[2].when", "vide"),
    ("rights", "told: Non., certainty: text, sources: [loi]", "told: Non., certainty: text, sources: []", "rules[1].sources", "aucune"),
    ("rights", "told: Non., ", "", "rules[1].told", "se motive"),
    ("rights", "id: inconnu", "id: acces", "rules", "2 fois"),
    ("rights", "reserves:\n  - {text: Sans hâte., when: {droit: acces}, sources: [loi]}", "reserves:\n  - {text: Sans hâte.}", "reserves[0].sources", "aucune"),
    ("rights", "{supposes: {droit: acces}", "{supposes: {droit: copie}", "pivots[0].supposes", "« copie »"),
    ("rights", "{supposes: {droit: acces}", "{supposes: {accueil.porte: true}", "pivots[0].supposes", "« accueil.porte »"),
    ("rights", "health: {accueil.porte: true}\nnot_", "health: {accueil.fenetre: true}\nnot_", "health", "« accueil.fenetre »"),
    ("identity", "when: {}", "when: {droit: acces}", "", "sans condition"),
    ("identity", "sources: [loi]", "sources: [rumeur]", "sources", "« rumeur »"),
    ("clocks", "months: 1", "months: 1, days: 3", "periods[0]", "des heures"),
    ("clocks", "months: 1", "days: 30", "periods[0].extension", "en mois"),
    ("clocks", "when: {droit: acces}", "when: {droit: copie}", "periods[0].when", "« copie »"),
    ("clocks", "late: En retard.\n  sources: [loi]", "late: En retard.\n  sources: []", "words.sources", "aucune"),
    ("actions", "avant le délai.", "avant le {delai}.", "text", "« {delai} »"),
    ("actions", "done: [accordee]", "done: [accordee], waits: true", "waits", "une seule"),
    ("wordings", "{text: Écrit., ", "{", "certainty", "« text »"),
    ("wordings", "recue: recue, ", "", "states", "« recue »"),
    ("letters", "  - id: secret\n", "  - id: accord\n", "letters", "« accord »"),
    ("letters", "Reçue le {recue}, refus.", "Reçue le {jour}, refus.", "letters[6].parts[0].lines[0].text", "« {jour} »"),
    ("log", "{etapes.numero}", "{etapes.rang}", "fields[0].lines[0].text", "etapes.rang"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "field", "says"), MISTAKES)
def test_a_mistake_is_told_with_its_file_its_line_and_its_field(
    write: Spoil, file: str, old: str, new: str, field: str, says: str
) -> None:
    name = f"requests/{file}.yml"
    with pytest.raises(KnowledgeError) as caught:
        load(write(name, old, new))
    told = str(caught.value)
    place = re.search(rf"knowledge/{name}:(\d+): {re.escape(field)}", told)
    assert place and re.search(re.escape(says), told), told
    # The line is that of the field, or of what holds it.
    before = FILES[name][: FILES[name].index(old)]
    assert 1 <= int(place[1]) <= before.count("\n") + new.count("\n") + 1


@pytest.mark.parametrize("folder", ["breach", "requests"])
def test_a_mistake_is_told_in_its_own_folder_where_another_has_a_file_of_that_name(
    write: Spoil, folder: str
) -> None:
    name = f"{folder}/log.yml"
    with pytest.raises(KnowledgeError) as caught:
        load(write(name, "sources: [loi]", "sources: [rumeur]"))
    assert str(caught.value).startswith(f"knowledge/{name}:3: sources: ")


def test_the_kinds_of_processing_are_the_options_of_the_question_on_it(write: Spoil) -> None:
    question = load(write()).question("demande.traitement")
    assert question.options == {"dossier": "Le dossier", "autre": "Autre"}
    assert question.words == {"dossier": ("fiche",), "autre": ("autre chose",)}


def test_the_questions_are_qualified_in_conditions_and_texts(write: Spoil) -> None:
    requests = load(write()).requests
    assert list(named(requests.rights.rules[0].when)) == ["demande.droit"]
    assert requests.rights.pivots[0].supposes == {"demande.droit": "acces"}
    assert requests.letters.letters[0].parts[0].lines[0].text == "Reçue le {demande.recue}, accuse."


def test_the_knowledge_of_requests_is_valid() -> None:
    assert list(requests_problems(KNOWLEDGE)) == []


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


def test_nobody_is_asked_for_a_name() -> None:
    for question in REQUESTS.questionnaire.questions:
        assert not question.personal
        assert not re.search(r"\bnom (?:du|de la|des) (?:patient|personne)", question.ask.lower())


def test_a_rule_that_is_reasoned_is_worded_with_caution_or_says_what_to_ask() -> None:
    for rule in REQUESTS.rights.rules:
        if rule.certainty == "reasoning" and rule.verdict != "examiner":
            grades = {KNOWLEDGE.sources[source].grade for source in rule.sources}
            careful = re.search(r"notre lecture|à vérifier|semble|en principe", rule.because)
            assert careful, (rule.id, grades)


def test_what_rests_on_a_source_to_verify_alone_says_so() -> None:
    items = [*REQUESTS.rights.rules, *REQUESTS.identity, *REQUESTS.clocks.periods, *REQUESTS.actions]
    for item in items:
        if {KNOWLEDGE.sources[source].grade for source in item.sources} == {"C?"}:
            assert re.search(r"notre lecture|vérifier|principe", " ".join(texts(item))), item.id


def test_no_source_of_this_folder_is_unused() -> None:
    cited = {
        source
        for node in (
            *REQUESTS.questionnaire.questions, *REQUESTS.rights.rules, *REQUESTS.rights.reserves, *REQUESTS.identity,
            *REQUESTS.clocks.periods, *REQUESTS.actions, REQUESTS.clocks.words,
        )
        for source in node.sources
    }  # fmt: skip
    for source in ("cepd-01-2022", "decret-2019-536", "agilit-identite", "cada-20174658", "ce-ayant-droit",
                   "ordmed-31-requisition", "csp-r1111-6", "rgpd-cons-27"):  # fmt: skip
        assert source in cited, source


@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_says_nothing_of_anyones_health(letter: object) -> None:
    said = " ".join(texts(letter)).lower()
    for word in ("psychiatr", "addiction", "vih", "grossesse", "diagnostic", "ordonnance", "maladie"):
        assert word not in said


def test_the_letter_under_secrecy_confirms_nothing() -> None:
    said = " ".join(texts(REQUESTS.letter("secret").parts)).lower()
    assert "si je connais ou non" in said
    assert "patient" not in said and "droit_dit" not in said and "{demande" not in said


def test_the_reasons_and_remedies_are_in_every_refusal() -> None:
    for name in ("refus", "accord_partiel"):
        said = " ".join(texts(REQUESTS.letter(name).parts))
        assert "{avis.motifs_dits}" in said and "CNIL" in said and "juge" in said


def test_every_right_of_the_questionnaire_has_a_name_in_the_letters() -> None:
    assert set(REQUESTS.rights.titles) == set(REQUESTS.questionnaire.question("droit").options)
