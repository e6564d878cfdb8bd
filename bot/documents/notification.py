"""The notification of a breach in the order of the CNIL's form, ready to copy (RGPD art. 33(3), 33(4))."""

from __future__ import annotations

from typing import TypedDict

from bot.clock import french_date, french_time
from bot.compliance.breach import Dossier, Notification
from bot.compliance.breach.papers import FilledSection
from bot.compliance.deadlines import Deadline
from bot.compliance.lines import FilledField, Status
from bot.documents import wording
from bot.documents.content import Cited, Cover, Fact, Statement, cited, cover, facts, statement
from bot.documents.sources import Citations, Source
from bot.documents.typeset import typeset
from bot.documents.word import Row, WordDocument
from bot.documents.wording import counted

KEYWORDS = ("RGPD", "violation de données", "notification à la CNIL")


class Field(TypedDict):
    """A field of the form; `changed` says since which version that was sent, empty when it is the same."""

    label: str
    lines: list[Statement]
    status: Status
    status_label: str
    changed: str


class Section(TypedDict):
    """A part of the form."""

    title: str
    fields: list[Field]


class Version(TypedDict):
    """A version that was sent, with what it said."""

    title: str
    facts: list[Fact]
    fields: list[Fact]


class Content(Cover):
    """All that the document shows, whatever its format."""

    summary: list[Fact]
    sending: Cited
    address: str
    about_form: Cited
    deadline: list[Cited]
    verdict_title: str
    verdict: list[Cited]
    missing: list[Fact]
    sections: list[Section]
    versions: list[Version]
    sources: list[Source]


def notification_pdf(dossier: Dossier) -> bytes:
    """The notification as a tagged A4 PDF, as it stands at the dossier's time."""
    return typeset("notification.typ", content(dossier), dossier.now)


def notification_docx(dossier: Dossier) -> bytes:
    """The same as a DOCX, to copy from or to complete by hand."""
    told = content(dossier)
    document = WordDocument(told, dossier.now)
    document.facts(told["summary"])
    document.paragraph(told["sending"])
    document.address(told["address"])
    for text in told["deadline"]:
        document.paragraph(text)
    document.heading(told["verdict_title"], 1)
    for text in told["verdict"]:
        document.paragraph(text)
    document.heading("Ce qui manque", 1)
    document.facts(told["missing"], none="Rien ne manque : chaque champ a sa réponse.")
    document.heading("Champs du formulaire", 1)
    document.paragraph(told["about_form"])
    document.legend(told["legend"])
    for section in told["sections"]:
        document.heading(section["title"], 2)
        document.table(("Champ", "À reporter", "Statut"), [_row(field) for field in section["fields"]])
    _word_versions(document, told["versions"])
    document.sources(told["sources"])
    return document.content()


def content(dossier: Dossier) -> Content:
    """What the notification says, in its order."""
    return _Notification(dossier).content()


class _Notification:
    """Gathers what the documents show of one dossier."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier, self._form = dossier, dossier.form
        self._sent = dossier.followup.notifications
        self._citations = Citations(dossier.knowledge)

    def content(self) -> Content:
        dossier, form = self._dossier, self._form
        wordings = dossier.knowledge.breach.wordings
        subject = f"{self._kind} {dossier.followup.number}".strip()
        return {
            **cover(form.title, dossier.knowledge, dossier.answers, dossier.now, subject, KEYWORDS),
            "summary": self._summary(),
            "sending": cited(wordings.responsibility, form.sources, self._citations),
            "address": form.address,
            "about_form": self._about_form(),
            "deadline": self._deadline(),
            "verdict_title": dossier.verdict.title,
            "verdict": self._verdict(),
            "missing": self._missing(),
            "sections": [self._section(section) for section in form.sections],
            "versions": [self._version(number, sent) for number, sent in enumerate(self._sent, start=1)],
            "sources": self._citations.listed(),
        }

    @property
    def _kind(self) -> str:
        """Whether this is the first notification, or completes it (RGPD art. 33(4))."""
        return wording.NOTIFICATIONS["complementary" if self._sent else "initial"]

    @property
    def _due(self) -> Deadline | None:
        """The deadline of this notification, the first or its complement."""
        wanted = "complement" if self._sent else "notification"
        return next((one for one in self._dossier.deadlines if one.id == wanted), None)

    def _summary(self) -> list[Fact]:
        dossier, missing = self._dossier, len(self._form.missing)
        due, first = self._due, dossier.followup.first_notification
        until = "À compléter, si possible, avant le" if first else "À envoyer au plus tard le"
        rows = [
            ("Violation", dossier.followup.number or "à numéroter"),
            ("Nature", self._kind),
            ("Version", f"{len(self._sent) + 1}, non envoyée"),
            ("Établie le", french_time(dossier.now)),
            (until, french_time(due.due) if due else ""),
            ("Première notification", french_time(first.sent_at) if first else ""),
            ("À préciser", f"{counted(missing, 'champ')} sur {len(self._form.fields)}"),
        ]
        return facts(rows)

    def _about_form(self) -> Cited:
        form = self._form
        checked = f"Formulaire tel qu'il était le {french_date(form.checked)}."
        return cited(f"{checked} {form.note}".strip(), form.sources, self._citations)

    def _deadline(self) -> list[Cited]:
        """When it is due and how that was counted (RGPD art. 33(1))."""
        wordings, due = self._dossier.knowledge.breach.wordings, self._due
        if due is None:
            return []
        late = [(wordings.late, wordings.late_sources)] if self._dossier.late and not self._sent else []
        texts = [*late, (due.text, due.sources), (due.presumed, ()), (due.note, due.sources)]
        return [cited(text, sources, self._citations) for text, sources in texts if text]

    def _verdict(self) -> list[Cited]:
        verdict = self._dossier.verdict
        cautions = [cited(text, (), self._citations) for text in verdict.cautions]
        return [cited(verdict.text, verdict.sources, self._citations), *cautions]

    def _missing(self) -> list[Fact]:
        return facts(
            (field.label, "\n".join(line.text for line in field.lines if line.status == "unknown"))
            for field in self._form.missing
        )

    def _section(self, section: FilledSection) -> Section:
        return {
            "title": section.title,
            "fields": [self._field(section, field) for field in section.fields],
        }

    def _field(self, section: FilledSection, field: FilledField) -> Field:
        return {
            "label": field.label,
            "lines": [statement(line, self._citations) for line in field.lines],
            "status": field.status,
            "status_label": wording.STATUSES[field.status],
            "changed": self._changed(section, field),
        }

    def _changed(self, section: FilledSection, field: FilledField) -> str:
        """That a field says something else than the last version sent."""
        said = dict(self._sent[-1].content) if self._sent else {}
        if not said or said.get(f"{section.title} – {field.label}") == field.text:
            return ""
        return f"Modifié depuis la version {len(self._sent)}."

    def _version(self, number: int, sent: Notification) -> Version:
        rows = [
            ("Nature", wording.NOTIFICATIONS[sent.kind]),
            ("Envoyée le", french_time(sent.sent_at)),
            ("Récépissé de la CNIL", sent.receipt or "numéro à noter"),
            ("Récépissé reçu le", french_time(sent.receipt_on) if sent.receipt_on else ""),
        ]
        return {
            "title": f"Version {number}, envoyée le {french_time(sent.sent_at)}",
            "facts": facts(rows),
            "fields": facts(sent.content),
        }


def _row(field: Field) -> Row:
    marks = [field["status_label"], *([field["changed"]] if field["changed"] else [])]
    said = [(line["text"], line["status"] == "unknown") for line in field["lines"]]
    return Row(field["label"], said, "\n".join(marks))


def _word_versions(document: WordDocument, versions: list[Version]) -> None:
    if versions:
        document.heading("Versions envoyées", 1)
    for version in versions:
        document.heading(version["title"], 2)
        document.facts(version["facts"])
        rows = [Row(field["label"], [(field["value"], False)]) for field in version["fields"]]
        document.table(("Champ", "Texte envoyé"), rows)
