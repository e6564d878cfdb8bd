"""How well clauses of contracts are found, beside scikit-learn's TF-IDF cosine: precision and recall.

The contracts are those of tests/language/contracts, written before any wording that looks for clauses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.compliance.processors.contract import Contract
from bot.compliance.processors.reading import paragraphs
from bot.knowledge.processors import Clause
from bot.language.clauses import ClauseFinder
from bot.settings import ROOT

FOLDER = ROOT / "tests" / "language" / "contracts"
#: What each contract settles, and whether what finds clauses was set with a look at it.
FILES = {"expected.yml": "looked at", "unseen.yml": "not looked at"}
#: For each clause the passage that a system quotes, or nothing.
Quoted = dict[str, str]
System = Callable[[Contract], Quoted]


@dataclass(frozen=True)
class Sample:
    """A contract and what it settles: for each clause that it holds, pieces of which the passage has one."""

    name: str
    contract: Contract
    holds: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Score:
    """What was quoted rightly, wrongly, and what was missed."""

    right: int = 0
    wrong: tuple[tuple[str, str], ...] = ()
    missed: tuple[tuple[str, str], ...] = ()

    @property
    def precision(self) -> float:
        """Of the passages that were quoted, how many settle their clause."""
        return self.right / ((self.right + len(self.wrong)) or 1)

    @property
    def recall(self) -> float:
        """Of the clauses that the contracts hold, how many were quoted."""
        return self.right / ((self.right + len(self.missed)) or 1)


def samples(folder: Path = FOLDER, file: str = "expected.yml") -> list[Sample]:
    """The contracts, with what they settle."""
    expected: dict[str, dict[str, Any]] = yaml.safe_load((folder / file).read_text("utf-8"))
    return [
        Sample(
            name,
            paragraphs([(folder / f"{name}.txt").read_text("utf-8")], paged=False),
            {clause: tuple(pieces) for clause, pieces in held.items() if clause != "vague"},
        )
        for name, held in expected.items()
    ]


def measure(system: System, cases: Sequence[Sample]) -> Score:
    """A system's score over all contracts; a passage that settles something else is wrong, and a miss."""
    right, wrong, missed = 0, [], []
    for case in cases:
        quoted = system(case.contract)
        for clause, passage in quoted.items():
            if any(piece in passage for piece in case.holds.get(clause, ())):
                right += 1
            else:
                wrong.append((case.name, clause))
        missed += [
            (case.name, clause)
            for clause, pieces in case.holds.items()
            if not any(piece in quoted.get(clause, "") for piece in pieces)
        ]
    return Score(right, tuple(wrong), tuple(missed))


def ours(clauses: Sequence[Clause]) -> System:
    """Vigie's finder."""
    finder = ClauseFinder(clauses)

    def quote(contract: Contract) -> Quoted:
        return {name: found.passage.text for name, found in finder.find(contract).items() if found.passage}

    return quote


def tfidf(clauses: Sequence[Clause], least: float) -> System:
    """The peer: the paragraph nearest to a clause's phrasings by TF-IDF, when it is at least so near."""
    phrasings = [sample for clause in clauses for sample in clause.samples]
    owners = [clause.id for clause in clauses for _ in clause.samples]

    def quote(contract: Contract) -> Quoted:
        texts = [paragraph.text for paragraph in contract.paragraphs]
        vectors = TfidfVectorizer(strip_accents="unicode", sublinear_tf=True).fit([*texts, *phrasings])
        likeness = (vectors.transform(texts) @ vectors.transform(phrasings).T).toarray()
        found: dict[str, tuple[float, str]] = {}
        for column, owner in enumerate(owners):
            at = int(likeness[:, column].argmax())
            found[owner] = max(found.get(owner, (0.0, "")), (float(likeness[at, column]), texts[at]))
        return {owner: text for owner, (score, text) in found.items() if score >= least}

    return quote


def best_tfidf(clauses: Sequence[Clause], cases: Sequence[Sample]) -> tuple[float, Score]:
    """The peer at the threshold that suits it best on these very contracts, which favours it."""
    tried = {least / 100: measure(tfidf(clauses, least / 100), cases) for least in range(5, 60, 2)}
    best = max(tried, key=lambda least: _f1(tried[least]))
    return best, tried[best]


def table(clauses: Sequence[Clause]) -> Iterator[str]:
    """The figures as lines to print: on the contracts that were looked at, and on those that were not."""
    mine = ours(clauses)
    for file, seen in FILES.items():
        cases = samples(file=file)
        score, (least, peer) = measure(mine, cases), best_tfidf(clauses, cases)
        yield from (
            f"Clauses of {len(cases)} contracts, {seen}",
            f"{'':30}{'precision':>10}{'recall':>10}",
            f"{'Vigie':30}{score.precision:10.1%}{score.recall:10.1%}",
            f"{f'TF-IDF cosine (from {least:.2f})':30}{peer.precision:10.1%}{peer.recall:10.1%}",
            f"{'ratio':30}{_ratio(score.precision, peer.precision):>10}"
            f"{_ratio(score.recall, peer.recall):>10}",
        )
        yield from (f"  wrong: {name}, {clause}" for name, clause in score.wrong)
        yield from (f"  missed: {name}, {clause}" for name, clause in score.missed)


def _ratio(one: float, other: float) -> str:
    return f"{one / other:.2f}" if other else "-"


def _f1(score: Score) -> float:
    total = score.precision + score.recall
    return 2 * score.precision * score.recall / total if total else 0.0
