"""Every mistake that an author can make in `knowledge/` is told with its file, its line and its field."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.knowledge import KnowledgeError, load
from tests.knowledge.conftest import FILES, Spoil

AGENDA, ACCUEIL = "activities/20_agenda.yml", "activities/10_accueil.yml"
MEASURES, SAFEGUARDS, FAQ = "measures/agenda.yml", "safeguards.yml", "faq/accueil.yml"


def line_of(name: str, at: str) -> int:
    """The line, from 1, of the unspoilt file that holds `at`; `a > b` is the first `b` from `a` on."""
    number, lines = 0, FILES[name].splitlines()
    for text in at.split(" > "):
        number = next(place for place in range(number, len(lines)) if text in lines[place])
    return number + 1


def mistakes(root: Path) -> list[str]:
    with pytest.raises(KnowledgeError) as caught:
        load(root)
    return str(caught.value).splitlines()


def test_a_folder_without_mistakes_is_read(write: Spoil) -> None:
    knowledge = load(write())
    assert [activity.id for activity in knowledge.activities] == ["accueil", "agenda"]
    assert knowledge.sources["loi"].checked == date(2026, 11, 1)
    assert knowledge.question("agenda.patients").unit == "patients"


def test_what_the_fast_reader_refuses_although_it_is_right_is_read(write: Spoil) -> None:
    old, new = "- {name: Agendix, also: [agendix.example]}", "- {name: Agendix ?, also: [agendix.example]}"
    assert [vendor.name for vendor in load(write("vendors.yml", old, new)).vendors] == ["Agendix ?"]


def test_themes_come_in_the_order_of_their_position_not_of_their_files(write: Spoil) -> None:
    root = write()
    (root / ACCUEIL).rename(root / "activities/99_accueil.yml")
    assert [activity.id for activity in load(root).activities] == ["accueil", "agenda"]


def test_the_questions_of_a_theme_are_qualified_in_its_conditions_and_texts(write: Spoil) -> None:
    agenda = load(write()).activity("agenda")
    (entry,) = agenda.register
    assert agenda.question("contrat").when == {"agenda.canaux": "en_ligne"}
    assert entry.transfers[0].when == {"agenda.canaux": {"none": ["en_ligne"]}}
    assert entry.data_subjects[0].text == "{agenda.patients} par an"
    assert entry.software[0].text == "Agenda de {accueil.nom}"


def test_the_questions_inside_any_of_are_qualified_too(write: Spoil) -> None:
    new = "when: {any_of: [{canaux: en_ligne}, {accueil.porte: true, canaux: telephone}]}"
    agenda = load(write(AGENDA, "when: {canaux: en_ligne}", new)).activity("agenda")
    assert agenda.question("contrat").when == {
        "any_of": [{"agenda.canaux": "en_ligne"}, {"accueil.porte": True, "agenda.canaux": "telephone"}]
    }


# In each case: the file, what is replaced, by what, the text at whose line it is told, and the field.
FIELD_MISTAKES = [
    pytest.param(AGENDA, "    kind: number\n", "", "- id: patients", "kind", id="missing field"),
    pytest.param(AGENDA, "unit: patients", "unité: patients", "- id: patients", "unité", id="unknown field"),
    pytest.param(AGENDA, "position: 20", "position: vingt", "position: 20", "position", id="wrong type"),
    pytest.param(AGENDA, "kind: number", "kind: nombre", "kind: number", "kind", id="wrong kind"),
    pytest.param(
        MEASURES, "priority: urgent", "priority: vital", "priority", "priority", id="wrong priority"
    ),
    pytest.param(MEASURES, "effort: faible", "effort: petit", "effort", "effort", id="wrong effort"),
    pytest.param("sources.yml", "grade: V1}", "grade: V9}", "loi:", "grade", id="wrong grade"),
    pytest.param("sources.yml", "title: La loi, ", "", "loi:", "title", id="source without title"),
    pytest.param(
        "sources.yml", "2026-11-01, grade: V1}", "hier, grade: V1}", "loi:", "checked", id="no date"
    ),
    pytest.param(
        "sources.yml",
        "2026-11-01, grade: guide",
        "hier, grade: guide",
        "guide-accueil:",
        "guide-accueil.checked",
        id="no date in the second source",
    ),
    pytest.param(
        "sources.yml",
        "2026-11-01, grade: guide",
        "2026-13-01, grade: guide",
        "guide-accueil:",
        "checked",
        id="a date that does not exist",
    ),
    pytest.param(
        AGENDA,
        "telephone: Par téléphone",
        "telephone: 12",
        "telephone: Par téléphone",
        "options.telephone",
        id="option that is no text",
    ),
    pytest.param(
        AGENDA,
        "when: {canaux: en_ligne}",
        "when: [canaux]",
        "when: {canaux: en",
        "when",
        id="list as condition",
    ),
    pytest.param(
        FAQ,
        "wordings: [affiche obligatoire, afficher quoi, une affiche suffit, panneau accueil]",
        "wordings: affiche",
        "wordings",
        "wordings",
        id="text for a list",
    ),
    pytest.param("register.yml", "dpo:\n", "délégué:\n", "sources:", "délégué", id="unknown common field"),
]


@pytest.mark.parametrize(("name", "old", "new", "at", "field"), FIELD_MISTAKES)
def test_a_field_that_does_not_fit_is_told_with_file_line_and_field(
    write: Spoil, name: str, old: str, new: str, at: str, field: str
) -> None:
    (told,) = mistakes(write(name, old, new))
    assert told.startswith(f"knowledge/{name}:")
    assert field in told
    # A missing or unknown field is told at the item that should hold it.
    assert int(told.split(":")[1]) == line_of(name, at)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("    kind: number\n", "", "il manque le champ « kind »"),
        ("kind: number", "kind: nombre", "kind: valeur inconnue « nombre »"),
        ("position: 20", "position: vingt", "position: un nombre entier est attendu"),
    ],
)
def test_a_field_that_does_not_fit_is_told_in_french(write: Spoil, old: str, new: str, told: str) -> None:
    assert mistakes(write(AGENDA, old, new))[0].endswith(told)


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        pytest.param("none: aucun", "none: [aucun", "none: aucun", id="unclosed bracket"),
        pytest.param("intro: Qui", "intro: Ici : Qui: oui", "intro", id="colon in a plain text"),
        pytest.param("unit: patients", "\tunit: patients", "unit", id="tab"),
        pytest.param("unit: patients", "unit: patients\n    unit: cas", "unit", id="field twice"),
        pytest.param("unit: patients", "  unit: patients", "unit", id="wrong indent"),
    ],
)
def test_a_yaml_mistake_is_told_near_its_line(write: Spoil, old: str, new: str, at: str) -> None:
    told = mistakes(write(AGENDA, old, new))[0]
    assert told.startswith(f"knowledge/{AGENDA}:")
    assert abs(int(told.split(":")[1]) - line_of(AGENDA, at)) <= 1


def test_an_absent_file_is_told(write: Spoil) -> None:
    root = write()
    (root / "sources.yml").unlink()
    assert mistakes(root)[0].startswith("knowledge/sources.yml:1:")


@pytest.mark.parametrize("content", ["", "- liste", "texte"], ids=["empty", "list", "text"])
def test_a_theme_that_is_no_mapping_is_told(write: Spoil, content: str) -> None:
    root = write()
    (root / AGENDA).write_text(content, "utf-8")
    assert mistakes(root)[0].startswith(f"knowledge/{AGENDA}:1:")


def test_a_file_that_is_not_utf8_is_told(write: Spoil) -> None:
    root = write()
    (root / FAQ).write_bytes(FILES[FAQ].replace("Oui", "Été").encode("latin-1"))
    assert mistakes(root)[0].startswith(f"knowledge/{FAQ}:")


# In each case: the file, what is replaced, by what, the line of the field, or of the id when
# no field is named, and words of the message.
CROSS_MISTAKES = [
    pytest.param(
        AGENDA,
        "when: {canaux: en_ligne}\n    sources: [loi]",
        "when: {canaux: en_ligne}\n    sources: [lois]",
        "- id: contrat > sources",
        "« lois »",
        id="unknown source of a question",
    ),
    pytest.param(
        MEASURES,
        "sources: [loi]",
        "sources: [lois]",
        "sources",
        "« lois »",
        id="unknown source of a measure",
    ),
    pytest.param(
        FAQ,
        "[loi, guide-accueil]",
        "[lois]",
        "sources",
        "« lois »",
        id="unknown source of an answer",
    ),
    pytest.param(
        SAFEGUARDS,
        "sources: [loi]",
        "sources: [lois]",
        "porte_fermee",
        "« lois »",
        id="unknown source of a safeguard",
    ),
    pytest.param(
        "lawful_bases.yml",
        "[loi]",
        "[lois]",
        "interet_legitime",
        "« lois »",
        id="unknown source of a lawful basis",
    ),
    pytest.param(
        AGENDA,
        "data:\n      - {text: Motif, ",
        "data:\n      - {text: Motif, sources: [lois], ",
        "text: Motif",
        "« lois »",
        id="unknown source of a line",
    ),
    pytest.param(FAQ, "[loi, guide-accueil]", "[]", "sources", "source", id="answer without source"),
    pytest.param(MEASURES, "sources: [loi]", "sources: []", "sources", "source", id="measure without source"),
    pytest.param(
        AGENDA,
        "title: Les rendez-vous\n    sources: [loi]",
        "title: Les rendez-vous\n    sources: []",
        "- id: rendez_vous > sources",
        "source",
        id="entry without source",
    ),
    pytest.param(AGENDA, "- id: patients", "- id: contrat", "- id: contrat", "2 fois", id="question twice"),
    pytest.param(
        AGENDA,
        "- id: patients",
        "- id: les__patients",
        "- id: patients",
        "minuscules",
        id="id with two underscores",
    ),
    pytest.param(
        AGENDA, "- id: patients", "- id: Patients", "- id: patients", "minuscules", id="id with a capital"
    ),
    pytest.param(
        AGENDA, "- id: patients", "- id: les.patients", "- id: patients", "minuscules", id="id with a dot"
    ),
    pytest.param(
        MEASURES,
        "- id: lire-contrat",
        "- id: lire_contrat",
        "- id: lire-contrat",
        "tirets",
        id="measure id with an underscore",
    ),
    pytest.param(
        AGENDA,
        "asks_when: {accueil.porte: true}",
        "asks_when: {canaux: en_ligne}",
        "asks_when",
        "plus tard",
        id="theme that depends on its own question",
    ),
    pytest.param(
        MEASURES,
        "{agenda.contrat: {not: true}}",
        "{contrat: {not: true}}",
        "when",
        "« contrat »",
        id="unqualified question in a measure",
    ),
    pytest.param(
        MEASURES,
        "{agenda.contrat: {not: true}}",
        "{agenda.patients: {at_least: beaucoup}}",
        "when",
        "at_least",
        id="number test without a number",
    ),
    pytest.param(
        MEASURES,
        "when: {agenda.contrat: {not: true}}",
        "when: {}",
        "when",
        "triggers",
        id="trigger without a condition",
    ),
    pytest.param(
        SAFEGUARDS,
        "accueil.porte: true",
        "accueil.portail: true",
        "porte_fermee",
        "« accueil.portail »",
        id="safeguard on an unknown question",
    ),
    pytest.param(
        AGENDA,
        '"{patients} par an"',
        '"{malades} par an"',
        "par an",
        "{malades}",
        id="unknown placeholder",
    ),
    pytest.param(AGENDA, "none: aucun", "none: rien", "none: aucun", "« rien »", id="none that is no option"),
    pytest.param(
        AGENDA,
        "    kind: many\n    none: aucun",
        "    kind: one\n    none: aucun",
        "none: aucun",
        "none",
        id="none for a single choice",
    ),
    pytest.param(
        AGENDA,
        "telephone: [appel]",
        "fax: [télécopie]",
        "words:",
        "« fax »",
        id="words of an unknown option",
    ),
    pytest.param(
        AGENDA, "ask: Comment vient-on ?", f"ask: {'C' * 159} ?", "ask: Comment", "161", id="ask too long"
    ),
    pytest.param(AGENDA, "why: Il vous engage.", "why: ''", "- id: contrat > why", "why", id="empty why"),
    pytest.param(
        MEASURES,
        "    - Lisez-le.",
        "    - Lisez-le.\n    - Signez-le.\n    - Rangez-le.",
        "steps",
        "steps",
        id="four steps",
    ),
    pytest.param(
        MEASURES,
        "steps:\n    - Ouvrez-le.\n    - Lisez-le.",
        "steps: []",
        "steps",
        "steps",
        id="no step",
    ),
    pytest.param(
        AGENDA, ", article_9: h", "", "purposes", "article 9", id="sensitive data without article 9"
    ),
    pytest.param(
        AGENDA,
        "basis: interet_legitime",
        "basis: interet",
        "basis:",
        "« interet »",
        id="unknown lawful basis",
    ),
    pytest.param(
        AGENDA, "article_9: h", "article_9: z", "article_9:", "« z »", id="unknown article 9 condition"
    ),
    pytest.param(
        FAQ,
        "  checked:",
        "  related: [accueil-cookies]\n  checked:",
        "checked",
        "« accueil-cookies »",
        id="unknown related answer",
    ),
    pytest.param(
        SAFEGUARDS,
        "text: Porte fermée à clé",
        'text: "{accueil.serrure}"',
        "porte_fermee",
        "{accueil.serrure}",
        id="unknown placeholder of a safeguard",
    ),
    pytest.param(
        AGENDA,
        "retention:\n      - {data: Agenda, active: Un an",
        'retention:\n      - {data: Agenda, active: "{duree}"',
        "data: Agenda",
        "{duree}",
        id="unknown placeholder of a retention",
    ),
    pytest.param(
        AGENDA,
        "internal:\n        - {text: Vous}",
        "internal:\n        - {text: Vous, when: {canal: true}}",
        "text: Vous",
        "recipients.internal[0].when",
        id="condition of a recipient",
    ),
    pytest.param(
        "register.yml",
        "dpo:\n  - {text: Aucun}",
        "dpo:\n  - {text: Aucun, when: {accueil.dpo: true}}",
        "dpo: > text",
        "« accueil.dpo »",
        id="condition of a common field",
    ),
    pytest.param(
        "register.yml",
        "joint_controllers:\n  - {text: Aucun}",
        "joint_controllers:\n  - {text: Aucun, sources: [lois]}",
        "joint_controllers: > text",
        "« lois »",
        id="unknown source of a common field",
    ),
    pytest.param(
        AGENDA,
        "      en_ligne: En ligne\n      aucun: Sans rendez-vous\n",
        "",
        "options",
        "au moins deux",
        id="a single option",
    ),
]


@pytest.mark.parametrize(("name", "old", "new", "at", "words"), CROSS_MISTAKES)
def test_a_mistake_across_files_is_told_at_the_line_of_its_field(
    write: Spoil, name: str, old: str, new: str, at: str, words: str
) -> None:
    told = mistakes(write(name, old, new))
    expected = f"knowledge/{name}:{line_of(name, at)}: "
    assert any(one.startswith(expected) and words in one for one in told), "\n".join([expected, *told])


def test_a_mistake_in_an_entry_named_as_its_theme_is_told_at_the_entry(write: Spoil) -> None:
    root = write(AGENDA, "- id: rendez_vous", "- id: agenda")
    text = (root / AGENDA).read_text("utf-8").replace("basis: interet_legitime", "basis: aucune")
    (root / AGENDA).write_text(text, "utf-8")
    (told,) = mistakes(root)
    assert told.startswith(f"knowledge/{AGENDA}:{line_of(AGENDA, 'basis:')}: purposes[0].basis: ")


def test_a_mistake_in_an_entry_named_as_a_question_is_told_at_the_entry(write: Spoil) -> None:
    root = write(AGENDA, "- id: rendez_vous", "- id: patients")
    text = (root / AGENDA).read_text("utf-8").replace("basis: interet_legitime", "basis: aucune")
    (root / AGENDA).write_text(text, "utf-8")
    (told,) = mistakes(root)
    assert told.startswith(f"knowledge/{AGENDA}:{line_of(AGENDA, 'basis:')}: ")


def test_a_lawful_basis_named_as_a_question_is_told_where_the_bases_are(write: Spoil) -> None:
    name = "lawful_bases.yml"
    root = write(name, "\n", "\ncontrat: {label: Contrat, article: b, sources: [lois]}\n")
    (told,) = mistakes(root)
    assert told.startswith(f"knowledge/{name}:2: sources: ")


def test_a_field_that_is_not_written_is_told_where_its_owner_is_declared(write: Spoil) -> None:
    told = mistakes(write(AGENDA, "kind: bool\n    when", "kind: one\n    when"))[0]
    assert told.startswith(f"knowledge/{AGENDA}:{line_of(AGENDA, '- id: contrat')}: options: ")


def test_an_option_that_bears_the_name_of_a_later_question_is_not_taken_for_it(write: Spoil) -> None:
    root = write(AGENDA, "      telephone: Par", "      patients: Eux-mêmes\n      telephone: Par")
    text = (root / AGENDA).read_text("utf-8").replace("why: Le nombre compte.", "why: ' '")
    (root / AGENDA).write_text(text, "utf-8")
    (told,) = mistakes(root)
    assert told.startswith(f"knowledge/{AGENDA}:{line_of(AGENDA, '- id: patients > why') + 1}: why: ")


CONDITION_MISTAKES = [
    pytest.param("{canal: en_ligne}", "« canal »", id="condition on an unknown question"),
    pytest.param("{patients: known}", "plus tard", id="condition on a later question"),
    pytest.param("{contrat: true}", "plus tard", id="condition on itself"),
    pytest.param("{canaux: courriel}", "« courriel »", id="condition on an unknown option"),
    pytest.param("{canaux: {any: [courriel]}}", "« courriel »", id="any of an unknown option"),
    pytest.param("{canaux: {not: courriel}}", "« courriel »", id="not an unknown option"),
    pytest.param("{any_of: [{canaux: courriel}]}", "« courriel »", id="unknown option inside any_of"),
    pytest.param("{canaux: true}", "« True »", id="yes to a choice"),
    pytest.param("{canaux: {some: [en_ligne]}}", "some", id="operator that does not exist"),
    pytest.param("{canaux: {at_least: 2}}", "at_least", id="number test on a choice"),
    pytest.param("{canaux: {any: en_ligne}}", "any", id="any without a list"),
    pytest.param("{canaux: [en_ligne]}", "canaux", id="list without operator"),
    pytest.param("{any_of: {canaux: en_ligne}}", "any_of", id="any_of without a list"),
    pytest.param("{accueil.nom: Durand}", "accueil.nom", id="value of a free text"),
]


@pytest.mark.parametrize(("condition", "words"), CONDITION_MISTAKES)
def test_a_condition_that_cannot_be_is_told_at_its_line(write: Spoil, condition: str, words: str) -> None:
    (told,) = mistakes(write(AGENDA, "when: {canaux: en_ligne}", f"when: {condition}"))
    assert told.startswith(f"knowledge/{AGENDA}:{line_of(AGENDA, '- id: contrat > when')}: when: ")
    assert words in told


def test_an_ask_of_exactly_160_characters_is_allowed(write: Spoil) -> None:
    assert load(write(AGENDA, "ask: Comment vient-on ?", f"ask: {'C' * 158} ?"))


def test_a_faq_entry_has_enough_wordings(write: Spoil) -> None:
    root = write(FAQ, ", panneau accueil", "")
    assert mistakes(root) == [
        f"knowledge/{FAQ}:{line_of(FAQ, 'wordings:')}: wordings: au moins 4 formulations"
    ]


def test_every_mistake_is_told_at_once(write: Spoil) -> None:
    root = write(AGENDA, "none: aucun", "none: rien")
    (root / FAQ).write_text(FILES[FAQ].replace("loi, guide-accueil", "inconnue"), "utf-8")
    (root / MEASURES).write_text(FILES[MEASURES].replace("[loi]", "[]"), "utf-8")
    files = {told.partition(":")[0] for told in mistakes(root)}
    assert files == {f"knowledge/{AGENDA}", f"knowledge/{FAQ}", f"knowledge/{MEASURES}"}


@pytest.mark.parametrize(
    ("folder", "copied", "identifier"),
    [
        ("measures", MEASURES, "lire-contrat"),
        ("faq", FAQ, "accueil-affiche"),
        ("activities", AGENDA, "agenda"),
    ],
)
def test_an_id_used_twice_in_a_folder_is_told(
    write: Spoil, folder: str, copied: str, identifier: str
) -> None:
    root = write()
    (root / folder / "zz_copie.yml").write_text(FILES[copied], "utf-8")
    told = "\n".join(mistakes(root))
    assert "2 fois" in told
    assert f":{line_of(copied, f'id: {identifier}')}: " in told


@pytest.mark.parametrize(
    ("identifier", "asked_in"), [("agenda.contrat", "agenda"), ("contrat", "agenda"), ("nom", "accueil")]
)
def test_a_question_is_found_by_its_id(write: Spoil, identifier: str, asked_in: str) -> None:
    activity = load(write()).activity(asked_in)
    assert activity.question(identifier).id == identifier.rpartition(".")[2]


@pytest.mark.parametrize("identifier", ["agenda.nom", "accueil.rien", "rien.nom", "rien", ""])
def test_a_question_that_does_not_exist_is_a_key_error(write: Spoil, identifier: str) -> None:
    with pytest.raises(KeyError):
        load(write()).question(identifier)
