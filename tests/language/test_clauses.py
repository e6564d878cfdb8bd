"""Clauses are found in contracts, quoted as they stand and with their place; precision and recall have a floor."""

from __future__ import annotations

from functools import cache

import pytest

from bench import contracts
from bot.compliance.processors import Contract, Finding, Paragraph
from bot.compliance.processors.reading import is_heading, paragraphs
from bot.knowledge import load
from bot.language.clauses import ClauseFinder, is_english
from bot.language.normal import normal

pytestmark = pytest.mark.slow

CLAUSES = load().processors.clauses.clauses
SAMPLES = {case.name: case for case in contracts.samples()}
UNSEEN = {case.name: case for case in contracts.samples(file="unseen.yml")}
#: Today's figures, rounded down, so that they cannot fall unseen: precision, then recall.
FLOORS = {"expected.yml": (0.92, 0.87), "unseen.yml": (0.90, 0.80)}


@cache
def finder() -> ClauseFinder:
    return ClauseFinder(CLAUSES)


@cache
def find(contract: Contract) -> dict[str, Finding]:
    return finder().find(contract)


def found(name: str) -> dict[str, Finding]:
    return find({**SAMPLES, **UNSEEN}[name].contract)


def quoted(contract: Contract) -> dict[str, str]:
    return {name: one.passage.text for name, one in find(contract).items() if one.passage}


@pytest.mark.parametrize("file", FLOORS)
def test_precision_and_recall_do_not_fall(file: str) -> None:
    score = contracts.measure(quoted, contracts.samples(file=file))
    precision, recall = FLOORS[file]
    assert score.precision >= precision, score.wrong
    assert score.recall >= recall, score.missed


def test_vigie_is_better_than_tf_idf_at_its_best() -> None:
    cases = list(SAMPLES.values())
    mine, (_, peer) = contracts.measure(quoted, cases), contracts.best_tfidf(CLAUSES, cases)
    assert mine.precision > peer.precision and mine.recall > peer.recall


@pytest.mark.parametrize("name", [*SAMPLES, *UNSEEN])
def test_a_quotation_stands_in_its_paragraph_word_for_word(name: str) -> None:
    contract = {**SAMPLES, **UNSEEN}[name].contract
    assert set(found(name)) == {clause.id for clause in CLAUSES}
    for one in found(name).values():
        if one.passage:
            paragraph = contract.paragraphs[one.passage.paragraph - 1]
            assert one.passage.text in paragraph.text and one.passage.heading == paragraph.heading
            assert 0 < one.score <= 1 and one.decision == "pending"


def test_words_of_other_subjects_are_no_clauses() -> None:
    """« Sécurité » of an alarm, « confidentialité » of prices, « audit » of machines, « instructions » of a room."""
    told = found("maintenance_pieges")
    for clause, trap in (
        ("securite", "alarme"), ("confidentialite", "prix"), ("instructions", "salles de soins"),
        ("sous_traitants", "électriques"), ("violations", "intrusion"), ("droits", "garantie"),
        ("audits", "parc informatique"), ("preuves", "sociales"), ("fin", "matériel prêté"),
    ):  # fmt: skip
        passage = told[clause].passage
        assert passage is None or trap not in passage.text, clause


def test_an_old_contract_without_any_has_next_to_nothing_found() -> None:
    surely = [
        name for name, one in found("hebergement_2016").items() if one.passage and one.confidence == "forte"
    ]
    assert surely == []


def test_a_lease_that_is_about_no_data_has_next_to_nothing_found() -> None:
    """It speaks of instructions, of consent, of the same obligations and of a return, all of a copier."""
    assert set(quoted(SAMPLES["bail_photocopieur"].contract)) <= {"droits", "statuts"}


def test_english_is_told() -> None:
    assert is_english(SAMPLES["dpa_english"].contract.text)
    assert not any(is_english(case.contract.text) for name, case in SAMPLES.items() if name != "dpa_english")


def test_an_empty_contract_has_nothing() -> None:
    assert all(one.passage is None for one in finder().find(Contract(())).values())


def test_the_place_of_a_passage_is_said() -> None:
    contract = paragraphs(
        [
            "Article 1 – Objet\nTexte.",
            "Article 8 – Incidents\nToute violation de données est notifiée au client sous 24 heures.",
        ],
        paged=True,
    )
    passage = finder().find(contract)["violations"].passage
    assert passage and passage.place == "page 2, Article 8 – Incidents, paragraphe 4"


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("Article 3 – Instructions", True), ("3.1 Sécurité", True), ("CONFIDENTIALITÉ", True), ("12. PRIX", True),
        ("Et s'il y a une fuite ?", True),
        ("3.1 Le prestataire agit.", False), ("Le prestataire agit", False), ("", False), ("3.1 " + "mot " * 40, False),
    ],
)  # fmt: skip
def test_headings_are_told_from_sentences(line: str, heading: bool) -> None:
    assert is_heading(line) == heading


def test_no_phrasing_that_finds_clauses_was_copied_from_the_contracts() -> None:
    # Those not looked at came later, and one follows the model that many contracts copy.
    texts = normal(" ".join(case.contract.text for case in SAMPLES.values()))
    for clause in CLAUSES:
        for sample in clause.samples:
            words = normal(sample).split()
            pieces = [" ".join(words[at : at + 9]) for at in range(len(words) - 8)]
            assert not any(piece in texts for piece in pieces), sample


def test_a_very_long_contract_is_read() -> None:
    padding = [Paragraph(f"Le prix numéro {n} est payable à trente jours.", n + 1) for n in range(1500)]
    last = Paragraph("Toute violation de données est notifiée au client sous 24 heures.", 1501)
    passage = finder().find(Contract((*padding, last)))["violations"].passage
    assert passage and passage.paragraph == 1501
