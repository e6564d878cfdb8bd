"""The note on thresholds: is an impact assessment needed for each entry of the register, and an officer.

It is the half page to keep for each (RGPD art. 5(2), 24, 35(1), 37).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TypedDict

from bot.compliance.answers import Answers
from bot.compliance.breach.risk import Ground
from bot.compliance.dpia.officer import OfficerVerdict, officer
from bot.compliance.dpia.screening import EntryScreening, Screening, screen
from bot.documents.content import Cited, Cover, Fact, cited, cover, facts
from bot.documents.sources import Citations, Source
from bot.documents.typeset import typeset
from bot.documents.word import WordDocument
from bot.documents.wording import counted
from bot.knowledge.dpia import VerdictName
from bot.knowledge.model import Knowledge

TITLE = "Note de seuil : analyses d'impact et délégué"
SUBJECT = "Justification prévue par les articles 5(2), 35 et 37 du RGPD"
KEYWORDS = ("RGPD", "analyse d'impact", "AIPD", "délégué à la protection des données")

_COUNTED: dict[VerdictName, str] = {
    "requise": "Analyses attendues",
    "a_examiner": "À examiner",
    "non_requise": "Sans analyse, en principe",
}


class Verdict(TypedDict):
    """A verdict with what is to be kept, what would settle it and what would change it."""

    title: str
    heading: str
    text: Cited
    justification: list[Cited]
    settles: list[str]
    changes: list[str]


class Officer(Verdict):
    """The verdict on the officer, with who cannot be one and what to know besides."""

    conflicts: list[Cited]
    notes: list[Cited]


class Content(Cover):
    """All that the note says, whatever its format."""

    summary: list[Fact]
    caution: str
    verdicts: list[Fact]
    entries: list[Verdict]
    notes: list[Cited]
    officer: Officer
    sources: list[Source]


def screening_pdf(knowledge: Knowledge, answers: Answers, now: datetime) -> bytes:
    """The note as a tagged A4 PDF; `answers` are the practice's, `now` bears its time zone."""
    return typeset("screening.typ", content(knowledge, answers, now), now)


def screening_docx(knowledge: Knowledge, answers: Answers, now: datetime) -> bytes:
    """The same as a DOCX, to be completed by hand."""
    told = content(knowledge, answers, now)
    document = WordDocument(told, now)
    document.facts(told["summary"])
    document.note(told["caution"])
    document.heading("Les verdicts", 1)
    document.facts(told["verdicts"], none="Aucune fiche au registre pour le moment.")
    _word_cited(document, told["notes"])
    document.heading("Délégué à la protection des données (DPO)", 1)
    _word_verdict(document, told["officer"])
    _word_cited(document, [*told["officer"]["conflicts"], *told["officer"]["notes"]])
    document.heading("Activité par activité", 1)
    for entry in told["entries"]:
        document.heading(entry["title"], 2)
        _word_verdict(document, entry)
    document.sources(told["sources"])
    return document.content()


def content(knowledge: Knowledge, answers: Answers, now: datetime) -> Content:
    """What the note says, in its order."""
    screening, verdict = screen(knowledge, answers), officer(knowledge, answers)
    citations = Citations(knowledge)
    return {
        **cover(TITLE, knowledge, answers, now, SUBJECT, KEYWORDS),
        "summary": _summary(screening, verdict),
        "caution": screening.caution,
        "verdicts": facts((one.entry.title, one.title) for one in screening.entries),
        "notes": _cited(screening.notes, citations),
        "officer": _officer(verdict, citations),
        "entries": [_entry(one, citations) for one in screening.entries],
        "sources": citations.listed(),
    }


def _summary(screening: Screening, verdict: OfficerVerdict) -> list[Fact]:
    found = [one.verdict for one in screening.entries]
    rows = [
        ("Activités examinées", counted(len(found), "fiche")),
        *((label, counted(found.count(name), "fiche")) for name, label in _COUNTED.items()),
        ("Délégué (DPO)", verdict.title),
    ]
    return facts(rows)


def _entry(one: EntryScreening, citations: Citations) -> Verdict:
    return {
        "title": one.entry.title,
        "heading": one.title,
        "text": cited(one.text, one.sources, citations),
        "justification": _cited(one.justification, citations),
        "settles": [settling.text for settling in one.settles],
        "changes": [change.text for change in one.changes],
    }


def _officer(verdict: OfficerVerdict, citations: Citations) -> Officer:
    return {
        "title": "",
        "heading": verdict.title,
        "text": cited(verdict.text, verdict.sources, citations),
        "justification": _cited([verdict.justification], citations),
        "settles": [settling.text for settling in verdict.settles],
        "changes": [],
        "conflicts": _cited(verdict.conflicts, citations),
        "notes": _cited(verdict.notes, citations),
    }


def _cited(grounds: Iterable[Ground], citations: Citations) -> list[Cited]:
    return [cited(ground.text, ground.sources, citations) for ground in grounds]


def _word_verdict(document: WordDocument, verdict: Verdict) -> None:
    document.heading(verdict["heading"], 3)
    document.paragraph(verdict["text"])
    _word_cited(document, verdict["justification"])
    lists = {"Ce qui reste à savoir": verdict["settles"], "Ce qui changerait le verdict": verdict["changes"]}
    for title, texts in lists.items():
        if texts:
            document.heading(title, 3)
            document.bullets(texts, none="")


def _word_cited(document: WordDocument, texts: Iterable[Cited]) -> None:
    for text in texts:
        document.paragraph(text)
