"""A contract as it was read, and what was found in it: shared by reader, finder and verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: How sure it is that a passage settles a clause; the practitioner decides.
Confidence = Literal["forte", "moyenne", "faible"]
#: What the practitioner made of a passage: not read yet, it settles the clause, only in part, or not at all.
Decision = Literal["pending", "confirmed", "unclear", "rejected"]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a contract: its number from 1, its page (0 when there are none), its heading."""

    text: str
    number: int
    page: int = 0
    heading: str = ""


@dataclass(frozen=True)
class Contract:
    """The text of a contract. `pages` is 0 for a text without pages; `silent` are pages without any text."""

    paragraphs: tuple[Paragraph, ...]
    pages: int = 0
    silent: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True)
class Passage:
    """A quotation: its words as they stand in the contract, and where."""

    text: str
    paragraph: int
    page: int = 0
    heading: str = ""

    @property
    def place(self) -> str:
        """« page 3, Article 8 – Incidents, paragraphe 42 »."""
        parts = [f"page {self.page}" if self.page else "", self.heading, f"paragraphe {self.paragraph}"]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class Finding:
    """What was found of a clause: a passage with its confidence (and score from 0 to 1), or none."""

    clause: str
    passage: Passage | None = None
    confidence: Confidence = "faible"
    score: float = 0.0
    decision: Decision = "pending"
