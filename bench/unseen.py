"""A FAQ that the retriever has never seen, with titles and answers only: `tests/language/unseen.yml`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml
from sklearn.feature_extraction.text import TfidfVectorizer

from bench.cases import FOLDER
from bench.measure import Outcome, accuracy, by_style, halves
from bot.language.retriever import Entry, Retriever

_NEAREST = 3
Search = Callable[[str], Sequence[str]]


@dataclass(frozen=True)
class Unseen:
    """What two systems found: Vigie's retriever, and scikit-learn's TF-IDF over pieces of words."""

    ours: Sequence[Outcome]
    peer: Sequence[Outcome]


def measure() -> Unseen:
    """Ask both of them everything that the file asks."""
    content: dict[str, Any] = yaml.safe_load((FOLDER / "unseen.yml").read_text("utf-8"))
    entries = [Entry(one["id"], one["question"], answer=one["answer"]) for one in content["entries"]]
    return Unseen(*(_asked(content["asked"], search(entries)) for search in (_vigie, _tfidf)))


def table(unseen: Unseen) -> Iterator[str]:
    """Right at first and in three for each, then Vigie's by style and by halves."""
    columns = {"Vigie": unseen.ours, "TF-IDF": unseen.peer}
    even, odd = halves(unseen.ours)
    columns |= {"even": even, "odd": odd}
    yield f"{'another FAQ, never seen':<32}" + "".join(f"{name:>13}" for name in columns)
    for title, among in (("right at first", 1), ("right in three", _NEAREST)):
        shares = [accuracy(outcomes, among) for outcomes in columns.values()]
        yield f"{title:<32}" + "".join(f"{share:>13.1%}" for share in shares)
    styles = by_style(unseen.ours, accuracy)
    yield "right at first, by style: " + ", ".join(f"{name} {share:.1%}" for name, share in styles.items())


def _asked(questions: Sequence[dict[str, Any]], search: Search) -> list[Outcome]:
    return [
        Outcome(
            number,
            one["text"],
            one["style"],
            (one["entry"], *one.get("also", ())),
            tuple(search(one["text"])) or ("",),
        )
        for number, one in enumerate(questions)
    ]


def _vigie(entries: Sequence[Entry]) -> Search:
    retriever = Retriever(entries)
    return lambda text: [entry for entry, _ in retriever.search(text, _NEAREST)]


def _tfidf(entries: Sequence[Entry]) -> Search:
    pieces = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(3, 5), strip_accents="unicode", sublinear_tf=True
    )
    known = pieces.fit_transform([f"{entry.question} {entry.answer}" for entry in entries])

    def search(text: str) -> list[str]:
        near = (known @ pieces.transform([text]).T).toarray().ravel()
        return [entries[at].id for at in near.argsort()[::-1][:_NEAREST]]

    return search
