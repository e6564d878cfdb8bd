"""The impact assessment of one entry of the register (RGPD art. 35(7)), in the order of the CNIL's method."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TypedDict

from bot.compliance.dpia.assessment import Assessment, EventRisk
from bot.compliance.dpia.assessment import Section as FilledSection
from bot.compliance.dpia.risk import Rated
from bot.compliance.lines import FilledField, RegisterLine, Status
from bot.compliance.measures import Recommendation
from bot.documents import wording
from bot.documents.content import Cited, Cover, Fact, Statement, cited, cover, facts, statement
from bot.documents.sources import Citations, Source
from bot.documents.typeset import typeset
from bot.documents.word import Row, WordDocument
from bot.documents.wording import counted

KEYWORDS = ("RGPD", "analyse d'impact", "AIPD")


class Field(TypedDict):
    """A field of the assessment."""

    label: str
    lines: list[Statement]
    status: Status
    status_label: str


class Part(TypedDict):
    """A part of a section."""

    title: str
    fields: list[Field]


class Section(TypedDict):
    """A section of the assessment."""

    title: str
    parts: list[Part]


class Level(TypedDict):
    """A level on an axis: its name, what it means, why it was proposed."""

    label: str
    value: str
    meaning: str
    status: Status
    status_label: str
    because: list[Cited]


class Event(TypedDict):
    """A feared event."""

    title: str
    fields: list[Field]
    safeguards: list[str]
    planned: list[str]
    levels: list[Level]
    risk: str
    residual: str


class Content(Cover):
    """All that the document shows, whatever its format."""

    summary: list[Fact]
    about: Cited
    missing: list[str]
    context: list[Section]
    validation: list[Section]
    method: Cited
    doubt: str
    measures_title: str
    existing: list[Statement]
    plan: list[Fact]
    events: list[Event]
    conclusion: Cited
    sources: list[Source]


def assessment_pdf(assessment: Assessment, now: datetime) -> bytes:
    """The assessment as a tagged A4 PDF, as it stands at `now`, which bears its time zone."""
    return typeset("assessment.typ", content(assessment, now), now)


def assessment_docx(assessment: Assessment, now: datetime) -> bytes:
    """The same as a DOCX, to be completed by hand."""
    told = content(assessment, now)
    document = WordDocument(told, now)
    document.facts(told["summary"])
    document.paragraph(told["about"])
    document.heading("Ce qui manque", 1)
    document.bullets(told["missing"], none="Rien ne manque : chaque champ a sa réponse.")
    document.legend(told["legend"])
    _word_sections(document, told["context"])
    document.heading("Risques", 1)
    document.paragraph(told["method"])
    if told["doubt"]:
        document.text(told["doubt"])
    document.heading(told["measures_title"], 2)
    document.bullets([line["text"] for line in told["existing"]], none="Aucune mesure connue pour le moment.")
    document.heading("Plan d'action", 2)
    document.facts(told["plan"], none="Aucune mesure à prendre.")
    for event in told["events"]:
        _word_event(document, event)
    _word_sections(document, told["validation"])
    document.heading("Consultation de la CNIL", 2)
    document.paragraph(told["conclusion"])
    document.sources(told["sources"])
    return document.content()


def content(assessment: Assessment, now: datetime) -> Content:
    """What the document says, in its order."""
    return _Document(assessment, now).content()


class _Document:
    """Gathers what the documents show of one assessment."""

    def __init__(self, assessment: Assessment, now: datetime) -> None:
        self._assessment, self._now = assessment, now
        self._dpia = assessment.knowledge.dpia
        self._citations = Citations(assessment.knowledge)

    def content(self) -> Content:
        assessment, dpia, citations = self._assessment, self._dpia, self._citations
        subject = f"Analyse d'impact : {assessment.entry.title}"
        sections = [self._section(section) for section in assessment.sections]
        return {
            **cover(dpia.form.title, assessment.knowledge, assessment.answers, self._now, subject, KEYWORDS),
            "summary": self._summary(),
            "about": cited(dpia.form.note, dpia.form.sources, citations),
            "missing": [field.label for field in assessment.missing],
            # The risks stand before the last section, the validation.
            "context": sections[:-1],
            "validation": sections[-1:],
            "method": cited(dpia.risks.method, dpia.risks.sources, citations),
            "doubt": dpia.risks.doubt if assessment.in_doubt else "",
            "measures_title": dpia.form.measures_title,
            "existing": [statement(line, citations) for line in assessment.existing],
            "plan": facts((item.measure.title, self._plan(item)) for item in assessment.plan),
            "events": [self._event(event) for event in assessment.events],
            "conclusion": cited(assessment.conclusion.text, assessment.conclusion.sources, citations),
            "sources": citations.listed(),
        }

    def _summary(self) -> list[Fact]:
        assessment = self._assessment
        rows = [
            ("Activité étudiée", assessment.entry.title),
            ("À préciser", counted(len(assessment.missing), "champ")),
            *((event.event.title, self._outcome(event)) for event in assessment.events),
        ]
        return facts(rows)

    def _outcome(self, event: EventRisk) -> str:
        risks = self._dpia.risks.risks
        return f"{risks[event.risk]} ; après le plan : {risks[event.residual]}"

    def _section(self, section: FilledSection) -> Section:
        parts: list[Part] = [
            {"title": part.title, "fields": [self._field(field) for field in part.fields]}
            for part in section.parts
        ]
        return {"title": section.title, "parts": parts}

    def _field(self, field: FilledField) -> Field:
        return {
            "label": field.label,
            "lines": [statement(line, self._citations) for line in field.lines],
            "status": field.status,
            "status_label": wording.STATUSES[field.status],
        }

    def _plan(self, item: Recommendation) -> str:
        _, state = wording.measure_state(item, self._now.date())
        return "\n".join([f"{state}.", *item.measure.steps])

    def _event(self, event: EventRisk) -> Event:
        risks = self._dpia.risks
        rated = {
            "Gravité": (event.severity, True),
            "Vraisemblance": (event.likelihood, False),
            "Gravité après le plan": (event.severity_after, True),
            "Vraisemblance après le plan": (event.likelihood_after, False),
        }
        return {
            "title": event.event.title,
            "fields": [self._field(field) for field in event.lists],
            "safeguards": _texts(event.safeguards),
            "planned": [item.measure.title for item in event.planned],
            "levels": [self._level(label, *one) for label, one in rated.items()],
            "risk": risks.risks[event.risk],
            "residual": risks.risks[event.residual],
        }

    def _level(self, label: str, rated: Rated, severity: bool) -> Level:
        told = self._dpia.risks.levels[rated.counted]
        return {
            "label": label,
            "value": told.title,
            "meaning": told.severity if severity else told.likelihood,
            "status": rated.status,
            "status_label": wording.STATUSES[rated.status],
            "because": [cited(one.text, one.sources, self._citations) for one in rated.grounds],
        }


def _texts(lines: Iterable[RegisterLine]) -> list[str]:
    return [line.text for line in lines]


def _word_sections(document: WordDocument, sections: Iterable[Section]) -> None:
    for section in sections:
        document.heading(section["title"], 1)
        for part in section["parts"]:
            document.heading(part["title"], 2)
            document.table(("Champ", "Contenu", "Statut"), [_row(field) for field in part["fields"]])


def _word_event(document: WordDocument, event: Event) -> None:
    document.heading(event["title"], 2)
    levels = [_level_row(level) for level in event["levels"]]
    document.table(("Champ", "Contenu", "Statut"), [*(_row(field) for field in event["fields"]), *levels])
    rows = [
        ("Mesures en place", "\n".join(event["safeguards"])),
        ("Mesures du plan", "\n".join(event["planned"])),
        ("Risque", event["risk"]),
        ("Risque après le plan", event["residual"]),
    ]
    document.facts(facts(rows))


def _row(field: Field) -> Row:
    said = [(_in_full(line), line["status"] == "unknown") for line in field["lines"]]
    return Row(field["label"], said, field["status_label"])


def _in_full(line: Statement) -> str:
    return " – ".join([line["text"], *(f"{one['label']} : {one['text']}" for one in line["details"])])


def _level_row(level: Level) -> Row:
    said = [
        (f"{level['value']}. {level['meaning']}", level["status"] == "unknown"),
        *((one["text"], False) for one in level["because"]),
    ]
    return Row(level["label"], said, level["status_label"])
