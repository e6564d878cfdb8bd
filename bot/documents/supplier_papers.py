"""The letter that asks a supplier for what its contract lacks, and the model amendment (RGPD art. 28(3))."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict

from bot.compliance.processors import Review
from bot.compliance.processors.papers import Amendment, Letter, Text, amendment, letter
from bot.documents import wording
from bot.documents.content import Cover, cover
from bot.documents.sources import Citations, Source
from bot.documents.typeset import typeset
from bot.documents.word import WordDocument

KEYWORDS = ("RGPD", "sous-traitance", "article 28")

_PLACE = Text("[Lieu et date]", True)
_NO_NAME = Text(f"[{wording.NO_NAME}]", True)


class NothingToAsk(ValueError):
    """There is nothing to ask of this supplier: no such paper."""


class Span(TypedDict):
    """A text, and whether the practitioner has to complete it."""

    text: str
    to_complete: bool


class Part(TypedDict):
    """Paragraphs, then points, under a title that may be empty."""

    title: str
    lines: list[Span]
    points: list[str]


class Content(Cover):
    """All that the document shows, whatever its format; `warning` stands above all."""

    warning: str
    text_title: str
    head: list[Span]
    object: str
    parts: list[Part]
    signature: Span
    sources: list[Source]


def letter_pdf(review: Review, now: datetime) -> bytes:
    """The letter as a tagged A4 PDF. Raises NothingToAsk when there is nothing to ask."""
    return typeset("supplier_paper.typ", letter_content(review, now), now)


def letter_docx(review: Review, now: datetime) -> bytes:
    """The same as a DOCX, to complete and to send. Raises NothingToAsk when there is nothing to ask."""
    return _docx(letter_content(review, now), now)


def amendment_pdf(review: Review, now: datetime) -> bytes:
    """The model amendment as a tagged A4 PDF. Raises NothingToAsk when no clause is missing."""
    return typeset("supplier_paper.typ", amendment_content(review, now), now)


def amendment_docx(review: Review, now: datetime) -> bytes:
    """The same as a DOCX, for a lawyer to read first. Raises NothingToAsk when no clause is missing."""
    return _docx(amendment_content(review, now), now)


def letter_content(review: Review, now: datetime) -> Content:
    """What the letter says, in its order. Raises NothingToAsk when there is nothing to ask."""
    told = letter(review)
    if told is None:
        raise NothingToAsk("rien à demander à ce prestataire")
    own = _signature(review)
    return {
        **cover(told.title, review.knowledge, review.answers, now, told.subject, KEYWORDS),
        "warning": told.note,
        "text_title": "Texte de la lettre",
        "head": _spans((own, told.recipient, _PLACE)),
        "object": told.subject,
        "parts": _letter_parts(told),
        "signature": _span(own),
        "sources": _sources(review, told.sources),
    }


def amendment_content(review: Review, now: datetime) -> Content:
    """What the model amendment says, in its order. Raises NothingToAsk when no clause is missing."""
    name = _signature(review).text
    told = amendment(review, name)
    if told is None:
        raise NothingToAsk("aucune clause ne manque à ce contrat")
    subject = f"{told.title} – {review.called}"
    return {
        **cover(told.title, review.knowledge, review.answers, now, subject, KEYWORDS),
        "warning": told.warning,
        "text_title": "Texte de l'avenant",
        "head": _spans(told.parties),
        "object": "",
        "parts": _amendment_parts(told),
        "signature": _span(told.signature),
        "sources": _sources(review, told.sources),
    }


def _letter_parts(told: Letter) -> list[Part]:
    parts: list[Part] = [{"title": "", "lines": [_span(Text(told.opening))], "points": []}]
    if told.request:
        parts.append({"title": "", "lines": [_span(Text(told.request))], "points": list(told.points)})
    rest = (*told.also, *told.closing)
    parts.append({"title": "", "lines": [_span(Text(text)) for text in rest], "points": []})
    return parts


def _amendment_parts(told: Amendment) -> list[Part]:
    parts: list[Part] = [{"title": "", "lines": [_span(Text(told.preamble))], "points": []}]
    parts += [
        {
            "title": f"Article {number} – {article.title} ({article.article})",
            "lines": _spans(article.texts),
            "points": [],
        }
        for number, article in enumerate(told.articles, start=1)
    ]
    parts.append({"title": "Prise d'effet", "lines": [_span(Text(told.closing))], "points": []})
    return parts


def _signature(review: Review) -> Text:
    name = wording.practice_name(review.knowledge, review.answers)
    return _NO_NAME if name == wording.NO_NAME else Text(name)


def _sources(review: Review, sources: Sequence[str]) -> list[Source]:
    citations = Citations(review.knowledge)
    citations.refs(sources)
    return citations.listed()


def _spans(texts: Sequence[Text]) -> list[Span]:
    return [_span(text) for text in texts]


def _span(text: Text) -> Span:
    return {"text": text.text, "to_complete": text.to_complete}


def _docx(told: Content, now: datetime) -> bytes:
    document = WordDocument(told, now)
    document.note(told["warning"])
    document.heading(told["text_title"], 1)
    for line in told["head"]:
        document.text(line["text"], line["to_complete"])
    if told["object"]:
        document.text(f"Objet : {told['object']}")
    for part in told["parts"]:
        if part["title"]:
            document.heading(part["title"], 2)
        for line in part["lines"]:
            document.text(line["text"], line["to_complete"])
        if part["points"]:
            document.bullets(part["points"], none="")
    document.text(told["signature"]["text"], told["signature"]["to_complete"])
    document.page_break()
    document.sources(told["sources"])
    return document.content()
