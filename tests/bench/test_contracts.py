from __future__ import annotations

from bench.contracts import FILES, Sample, Score, measure, samples, tfidf
from bot.compliance.processors.reading import paragraphs
from bot.knowledge import load

CASE = Sample(
    "bail", paragraphs(["Le secret est gardé.\n\nLe prix est fixe."], paged=False), {"secret": ("secret",)}
)


def test_a_passage_counts_only_when_it_settles_its_clause() -> None:
    assert measure(lambda _: {"secret": "Le secret est gardé."}, [CASE]) == Score(1)
    assert measure(lambda _: {}, [CASE]) == Score(0, (), (("bail", "secret"),))
    # One that settles something else is wrong, and the clause is missed.
    missed = (("bail", "secret"),)
    assert measure(lambda _: {"secret": "Le prix est fixe."}, [CASE]) == Score(0, missed, missed)
    assert measure(lambda _: {"fin": "Le prix est fixe."}, [CASE]).wrong == (("bail", "fin"),)


def test_precision_and_recall() -> None:
    score = Score(3, (("a", "b"),), (("a", "b"), ("a", "c"), ("a", "d")))
    assert (score.precision, score.recall) == (0.75, 0.5)
    assert (Score().precision, Score().recall) == (0.0, 0.0)


def test_what_the_contracts_are_expected_to_hold_stands_in_them() -> None:
    known = {clause.id for clause in load().processors.clauses.clauses}
    for file in FILES:
        for case in samples(file=file):
            assert set(case.holds) <= known, case.name
            for clause, pieces in case.holds.items():
                for piece in pieces:
                    assert piece in case.contract.text, (case.name, clause, piece)


def test_the_peer_quotes_a_paragraph_that_is_near_enough() -> None:
    clauses = load().processors.clauses.clauses
    phrasing = clauses[0].samples[0]
    contract = paragraphs([f"Un texte.\n\n{phrasing}"], paged=False)
    assert tfidf(clauses, 0.9)(contract)[clauses[0].id] == phrasing
    assert tfidf(clauses, 1.1)(contract) == {}
