"""What documents of one practice have in common, ready for a template: who, when, statuses, sources."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TypedDict

from bot.clock import french_date
from bot.compliance.answers import Answers
from bot.compliance.lines import RegisterLine, Status
from bot.documents import wording
from bot.documents.sources import Citations
from bot.knowledge.model import Knowledge


class Cover(TypedDict):
    """What a document is, whose, of which day, and what its statuses mean."""

    title: str
    subject: str
    keywords: tuple[str, ...]
    practice: str
    date: str
    legend: list[dict[str, str]]


class Fact(TypedDict):
    """A row of a document's summary."""

    label: str
    value: str


class Statement(TypedDict):
    """A line of a field: its text, its status, and the numbers of its sources."""

    text: str
    status: Status
    label: str
    sensitive: bool
    details: list[dict[str, str]]
    refs: list[int]


class Cited(TypedDict):
    """A text of the law or of its authorities, and the numbers of its sources."""

    text: str
    refs: list[int]


def cover(
    title: str,
    knowledge: Knowledge,
    answers: Answers,
    now: datetime,
    subject: str = "",
    keywords: tuple[str, ...] = (),
) -> Cover:
    """What every document begins with, and what its file says of itself."""
    return {
        "title": title,
        "subject": subject,
        "keywords": keywords,
        "practice": wording.practice_name(knowledge, answers),
        "date": french_date(now),
        "legend": wording.legend(),
    }


def facts(rows: Iterable[tuple[str, str]]) -> list[Fact]:
    """The rows of a summary that have something to say."""
    return [{"label": label, "value": value} for label, value in rows if value]


def statement(line: RegisterLine, citations: Citations) -> Statement:
    """A line as documents show it."""
    return {
        "text": line.text,
        "status": line.status,
        "label": wording.STATUSES[line.status],
        "sensitive": line.sensitive,
        "details": [{"label": label, "text": text} for label, text in line.details],
        "refs": citations.refs(line.sources),
    }


def cited(text: str, sources: Iterable[str], citations: Citations) -> Cited:
    """A text with its sources."""
    return {"text": text, "refs": citations.refs(sources)}
