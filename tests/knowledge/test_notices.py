"""`knowledge/notices/`: every mistake is told with its file, line and field; what must hold for all of it."""

from __future__ import annotations

import re

import pytest

from bot.knowledge import KnowledgeError, Question, load
from bot.knowledge.notices import Notice
from bot.knowledge.notices_validation import notices_problems
from tests.knowledge.conftest import FILES, Spoil
from tests.knowledge.test_content import texts

KNOWLEDGE = load()
NOTICES = KNOWLEDGE.notices
KINDS = [pytest.param(notice, id=notice.id) for notice in NOTICES.kinds]
ASKED = [pytest.param(question, id=question.id) for question in NOTICES.questionnaire.questions]

# The file, what stands there, what takes its place, the field that is named, and a part of the sentence.
MISTAKES = [
    (
        "items",
        "supplied_by: [accueil.nom]",
        "supplied_by: [accueil.rue]",
        "qui.supplied_by",
        "« accueil.rue »",
    ),
    ("items", "  needs: basis\n", "  needs: base\n", "buts.needs", "« base »"),
    ("items", "when: {accueil.porte: true}", "when: {accueil.toit: true}", "porte.when", "« accueil.toit »"),
    ("items", "  without: Il n'y a pas de porte.\n", "", "porte.without", "pourquoi"),
    ("items", "fields: [purposes]", "fields: [security]", "buts.fields", "security"),
    ("shared", '"{accueil.nom}"', '"{accueil.rue}"', "qui[0].text", "accueil.rue"),
    ("kinds/affiche", "shared: qui,", "shared: personne,", "blocks[0].shared", "« personne »"),
    ("kinds/affiche", "holds: [buts]}", "holds: [but]}", "blocks[1].holds", "« but »"),
    ("kinds/affiche", "{mentions.logique}", "{mentions.but}", "blocks[2].lines[0].text", "mentions.but"),
    ("kinds/affiche", "head: true", "head: false", "blocks", "qui informe"),
    ("kinds/affiche", "otherwise: Vous ne recevez pas.\n", "", "otherwise", "pourquoi"),
    ("kinds/affiche", "measures: [lire-contrat]", "measures: [lire]", "measures", "mesure inconnue"),
    ("kinds/affiche", "entries: {}", "entries: {toit: Le toit}", "entries", "fiche inconnue"),
    ("kinds/affiche", "formats: [pdf]\nsources: [loi]", "formats: [pdf]\nsources: [lo]", "sources", "« lo »"),
    ("kinds/affiche", "{id: buts, title: Buts", "{id: qui, title: Buts", "blocks", "2 fois"),
    ("kinds/affiche", "layout: poster", "layout: mur", "layout", "« mur »"),
    ("questions", "when: {accueil.porte: true}", "when: {accueil.porte: 3}", "when", "3"),
    ("findings", "{id: bases,", "{id: base,", "questions", "« bases »"),
]


@pytest.mark.parametrize(("file", "old", "new", "field", "says"), MISTAKES)
def test_a_mistake_is_told_with_its_file_its_line_and_its_field(
    write: Spoil, file: str, old: str, new: str, field: str, says: str
) -> None:
    name = f"notices/{file}.yml"
    with pytest.raises(KnowledgeError) as caught:
        load(write(name, old, new))
    told = str(caught.value)
    place = re.search(rf"knowledge/{name}:(\d+): {re.escape(field)}", told)
    assert place and re.search(says, told), told
    assert 1 <= int(place[1]) <= FILES[name].count("\n") + 1


def test_the_findings_offer_the_lawful_bases(write: Spoil) -> None:
    assert load(write()).question("releve.bases").options == {"interet_legitime": "Intérêt légitime"}


def test_the_knowledge_of_notices_is_valid() -> None:
    assert list(notices_problems(KNOWLEDGE)) == []


@pytest.mark.parametrize("question", ASKED)
def test_a_question_asks_one_thing_and_says_why(question: Question) -> None:
    assert question.ask.rstrip().endswith("?") and question.ask.count("?") == 1 and len(question.ask) <= 160
    assert question.why.endswith(".") and not question.label.endswith((".", "?"))


@pytest.mark.parametrize("notice", KINDS)
def test_a_notice_is_told_in_plain_words_and_bears_no_sign_of_the_machine(notice: Notice) -> None:
    shared = [line for block in notice.blocks for line in NOTICES.lines(block)]
    for line in shared:
        assert len(line.text) <= 260, line.text
        assert not re.search(r"\b(votre patient|vos patients)\b", line.text), line.text
    assert all("Vigie" not in text for text in texts(notice.blocks))
    assert notice.because.endswith(".") and notice.where.endswith(".")


@pytest.mark.parametrize("notice", KINDS)
def test_every_item_that_the_register_fills_is_held_where_the_activities_are_told(notice: Notice) -> None:
    held = {item for block in notice.blocks for item in block.holds}
    assert {name for name, item in NOTICES.items.items() if item.fields} <= held


def test_every_activity_of_the_register_is_told_to_those_whom_it_concerns() -> None:
    """What a practice does with the data of patients, staff and visitors; the rest is listed, and why."""
    told = {entry for notice in NOTICES.kinds for entry in notice.entries}
    entries = {entry.id for activity in KNOWLEDGE.activities for entry in activity.register}
    # Colleagues and suppliers are not those whom these notices address; a mobile is a means, not a purpose;
    # a breach has its own message to the persons (art. 34).
    assert entries - told == {"correspondants", "fournisseurs", "mobiles", "violations"}


def test_nothing_that_is_told_asks_the_practitioner_for_something() -> None:
    """The persons concerned are not told to check, complete or stop anything."""
    asks = re.compile(
        r"à (vérifier|faire cesser|compléter|retirer|réduire|encadrer|fixer|restreindre|remplacer)"
        r"|complétez|recopiez",
        re.I,
    )
    told = {entry for notice in NOTICES.kinds for entry in notice.entries}
    for activity in KNOWLEDGE.activities:
        for entry in (entry for entry in activity.register if entry.id in told):
            recipients = entry.recipients
            for line in (
                *entry.data,
                *recipients.internal,
                *recipients.external,
                *recipients.processors,
                *entry.transfers,
            ):
                if line.public and not line.to_check:
                    said = line.public if isinstance(line.public, str) else line.text
                    assert not asks.search(said), (entry.id, said)
            for purpose in entry.purposes:
                said = purpose.public if isinstance(purpose.public, str) else purpose.text
                assert not asks.search(said), (entry.id, said)
            for kept in entry.retention:
                assert isinstance(kept.public, str), (entry.id, kept.data)
                assert not asks.search(kept.public), (entry.id, kept.public)


def test_a_measure_that_a_notice_carries_out_has_no_other_page(write: Spoil) -> None:
    with pytest.raises(KnowledgeError, match=r"lire-contrat.*page"):
        load(write("measures/agenda.yml", "effort: faible\n", "effort: faible\n  page: prestataires\n"))
