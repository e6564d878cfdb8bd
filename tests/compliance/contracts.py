"""Reviews of suppliers for the tests: answers as short values."""

from __future__ import annotations

from collections.abc import Mapping

from bot.compliance.answers import UNKNOWN, Answer
from bot.compliance.processors import Finding, Passage, Review
from bot.knowledge import load

KNOWLEDGE = load()
PROCESSORS = KNOWLEDGE.processors
CLAUSES = PROCESSORS.clauses.clauses
REQUIRED = tuple(clause.id for clause in CLAUSES if clause.required)
QUOTE = Passage("Le prestataire s'engage.", 12, 3, "Article 4")


def told(**values: object) -> dict[str, Answer]:
    """Answers on a supplier; « ? » is « je ne sais pas », `theme__question` another theme's."""
    return {
        key.replace("__", ".") if "__" in key else PROCESSORS.key(key): UNKNOWN
        if value == "?"
        else Answer.given(tuple(value) if isinstance(value, list) else value)  # type: ignore[arg-type]
        for key, value in values.items()
    }


def review(findings: Mapping[str, Finding] | None = None, /, **values: object) -> Review:
    """A review of these answers and findings."""
    return Review(KNOWLEDGE, told(**values), findings or {})


def all_clauses(state: str, **other: str) -> dict[str, str]:
    """Every clause in one state, but for the others."""
    return {clause.id: state for clause in CLAUSES} | other
