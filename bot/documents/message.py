"""The message to the persons that a breach concerns, by each channel (RGPD art. 34(2)).

It says nothing of anyone's health: its texts are those of `knowledge/breach/letters.yml`.
"""

from __future__ import annotations

from typing import TypedDict

from bot.compliance.breach import Dossier
from bot.compliance.papers import Message, MessagePart
from bot.documents import wording
from bot.documents.content import Cited, Cover, Fact, cited, cover, facts
from bot.documents.sources import Citations, Source
from bot.documents.typeset import typeset
from bot.documents.word import WordDocument

TITLE = "Message aux personnes concernées"
KEYWORDS = ("RGPD", "violation de données", "information des personnes")

_RECIPIENT = "Nom et adresse de la personne"
_PLACE = "Lieu et date"


class Span(TypedDict):
    """A text, and whether the practitioner has to complete it."""

    text: str
    to_complete: bool


class Part(TypedDict):
    """One of the contents of RGPD art. 34(2)."""

    title: str
    lines: list[Span]


class Channel(TypedDict):
    """The message by one channel, from its head to its signature."""

    title: str
    note: str
    head: list[Span]
    subject: str
    opening: str
    parts: list[Part]
    closing: str
    signature: Span | None


class Content(Cover):
    """All that the document shows, whatever its format."""

    summary: list[Fact]
    verdict_title: str
    verdict: list[Cited]
    missing: list[str]
    channels: list[Channel]
    sources: list[Source]


def message_pdf(dossier: Dossier) -> bytes:
    """The message by each channel as a tagged A4 PDF, whether or not it is due."""
    return typeset("message.typ", content(dossier), dossier.now)


def message_docx(dossier: Dossier) -> bytes:
    """The same as a DOCX, to complete and to send."""
    told = content(dossier)
    document = WordDocument(told, dossier.now)
    document.facts(told["summary"])
    document.heading(told["verdict_title"], 1)
    for text in told["verdict"]:
        document.paragraph(text)
    document.heading("Avant l'envoi", 1)
    document.bullets(told["missing"], none="Rien ne manque dans le texte.")
    for channel in told["channels"]:
        document.page_break()
        _write(document, channel)
    document.page_break()
    document.sources(told["sources"])
    return document.content()


def content(dossier: Dossier) -> Content:
    """What the document says, in its order."""
    knowledge, verdict, citations = dossier.knowledge, dossier.verdict, Citations(dossier.knowledge)
    subject = f"{TITLE} {dossier.followup.number}".strip()
    told = dossier.messages
    rows = [
        ("Violation", dossier.followup.number or "à numéroter"),
        ("Établi le", wording.moment(dossier.now)),
        ("Informer les personnes", "oui, d'après vos réponses" if verdict.tell else "non obligatoire"),
    ]
    cautions = [cited(text, (), citations) for text in verdict.cautions]
    return {
        **cover(TITLE, knowledge, dossier.answers, dossier.now, subject, KEYWORDS),
        "summary": facts(rows),
        "verdict_title": verdict.title,
        "verdict": [cited(verdict.text, verdict.sources, citations), *cautions],
        "missing": _missing(told),
        "channels": [_channel(message, dossier) for message in told],
        # The message itself bears no reference: those who receive it get a letter, not a file.
        "sources": _listed(dossier, citations),
    }


def _listed(dossier: Dossier, citations: Citations) -> list[Source]:
    citations.refs(dossier.knowledge.breach.letters.sources)
    return citations.listed()


def _missing(messages: tuple[Message, ...]) -> list[str]:
    """What has to be completed before anything is sent, each once."""
    lines = (line for message in messages for part in message.parts for line in part.lines)
    return list(dict.fromkeys(line.text for line in lines if line.status == "unknown"))


def _channel(message: Message, dossier: Dossier) -> Channel:
    return {
        "title": message.title,
        "note": message.note,
        "head": _head(message, dossier),
        "subject": message.subject,
        "opening": message.opening,
        "parts": [_part(part) for part in message.parts],
        "closing": message.closing,
        "signature": None if message.id == "sms" else _signature(dossier),
    }


def _head(message: Message, dossier: Dossier) -> list[Span]:
    """Who writes, to whom, where and when; only a letter needs it."""
    if message.id != "lettre":
        return []
    return [_signature(dossier), _to_complete(_RECIPIENT), _to_complete(_PLACE)]


def _signature(dossier: Dossier) -> Span:
    name = wording.practice_name(dossier.knowledge, dossier.answers)
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
