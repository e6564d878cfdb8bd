"""Messages and letters as documents lay them out: first a page for the practice, then each on its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TypedDict

from bot.compliance.answers import Answers
from bot.compliance.papers import Message, MessagePart
from bot.documents import wording
from bot.documents.content import Cited, Cover, Fact
from bot.documents.sources import Source
from bot.documents.typeset import typeset
from bot.documents.word import WordDocument
from bot.knowledge.model import Knowledge

_RECIPIENT = "Nom et adresse de la personne"
_PLACE = "Lieu et date"


class Span(TypedDict):
    """A text, and whether the practitioner has to complete it."""

    text: str
    to_complete: bool


class Part(TypedDict):
    """A part of the message."""

    title: str
    lines: list[Span]


class Channel(TypedDict):
    """The message by one channel."""

    title: str
    note: str
    head: list[Span]
    subject: str
    opening: str
    parts: list[Part]
    closing: str
    signature: Span | None


class Content(Cover):
    """All that such a document shows, whatever its format."""

    summary: list[Fact]
    verdict_title: str
    verdict: list[Cited]
    missing: list[str]
    channels: list[Channel]
    sources: list[Source]


def pdf(content: Content, now: datetime) -> bytes:
    """The document as a tagged A4 PDF."""
    return typeset("message.typ", content, now)


def docx(content: Content, now: datetime) -> bytes:
    """The document as a DOCX, to complete and to send."""
    document = WordDocument(content, now)
    document.facts(content["summary"])
    document.heading(content["verdict_title"], 1)
    for text in content["verdict"]:
        document.paragraph(text)
    document.heading("Avant l'envoi", 1)
    document.bullets(content["missing"], none="Rien ne manque dans le texte.")
    for shown in content["channels"]:
        document.page_break()
        _write(document, shown)
    document.page_break()
    document.sources(content["sources"])
    return document.content()


def channel(
    message: Message, knowledge: Knowledge, answers: Answers, *, letter: bool, signed: bool = True
) -> Channel:
    """The message of a practice; only a letter says who writes, to whom, where and when."""
    signature = _signature(knowledge, answers)
    head = [signature, _to_complete(_RECIPIENT), _to_complete(_PLACE)] if letter else []
    return {
        "title": message.title,
        "note": message.note,
        "head": head,
        "subject": message.subject,
        "opening": message.opening,
        "parts": [_part(part) for part in message.parts],
        "closing": message.closing,
        "signature": signature if signed else None,
    }


def missing(messages: Iterable[Message]) -> list[str]:
    """What has to be completed before anything is sent, each once."""
    lines = (line for message in messages for part in message.parts for line in part.lines)
    return list(dict.fromkeys(line.text for line in lines if line.status == "unknown"))


def _write(document: WordDocument, channel: Channel) -> None:
    document.heading(channel["title"], 1)
    if channel["note"]:
        document.note(channel["note"])
    for line in channel["head"]:
        document.text(line["text"], line["to_complete"])
    if channel["subject"]:
        document.text(f"Objet : {channel['subject']}")
    if channel["opening"]:
        document.text(channel["opening"])
    for part in channel["parts"]:
        if part["title"]:
            document.heading(part["title"], 2)
        for line in part["lines"]:
            document.text(line["text"], line["to_complete"])
    document.text(channel["closing"])
    if channel["signature"]:
        document.text(channel["signature"]["text"], channel["signature"]["to_complete"])


def _signature(knowledge: Knowledge, answers: Answers) -> Span:
    name = wording.practice_name(knowledge, answers)
    return _to_complete(name) if name == wording.NO_NAME else {"text": name, "to_complete": False}


def _part(part: MessagePart) -> Part:
    lines: list[Span] = [
        _to_complete(line.text) if line.status == "unknown" else {"text": line.text, "to_complete": False}
        for line in part.lines
    ]
    return {"title": part.title, "lines": lines}


def _to_complete(text: str) -> Span:
    """A text to complete stands in brackets, so that it is seen without its colour too."""
    return {"text": f"[{text}]", "to_complete": True}
