"""The register of processing activities (RGPD art. 30, the CNIL's model, the guide's nine items)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot.compliance import interview
from bot.compliance.answers import Answers, in_words, to_whom
from bot.compliance.conditions import holds, undecided
from bot.knowledge.model import Condition, Entry, Knowledge, Line, Purpose, Retention

Status = Literal["proposed", "confirmed", "changed", "unknown"]
FieldName = Literal[
    "controller", "joint_controllers", "dpo", "purposes", "software", "media", "data", "data_subjects",
    "internal_recipients", "external_recipients", "processors", "transfers", "retention", "security",
]  # fmt: skip

FIELD_LABELS: dict[FieldName, str] = {
    "controller": "Responsable de traitement",
    "joint_controllers": "Responsables conjoints",
    "dpo": "Délégué à la protection des données",
    "purposes": "Finalités et bases légales",
    "software": "Logiciels et applications",
    "media": "Supports, papier compris",
    "data": "Données traitées",
    "data_subjects": "Personnes concernées",
    "internal_recipients": "Destinataires internes",
    "external_recipients": "Destinataires externes",
    "processors": "Sous-traitants",
    "transfers": "Transferts hors de l'Union européenne",
    "retention": "Durées de conservation",
    "security": "Mesures de sécurité en place",
}

Item = Line | Purpose | Retention

_PLACEHOLDER = re.compile(r"\{([a-z0-9_.]+)\}")
#: The least sure status of its lines is the status of a field.
_ORDER: tuple[Status, ...] = ("unknown", "proposed", "changed", "confirmed")


@dataclass(frozen=True)
class RegisterLine:
    """One statement of a field, its status and its sources (ids).

    `details` refine it, each with a name; `shared` marks what the whole practice does alike.
    """

    text: str
    status: Status
    sources: tuple[str, ...] = ()
    sensitive: bool = False
    details: tuple[tuple[str, str], ...] = ()
    shared: bool = False


@dataclass(frozen=True)
class RegisterField:
    """A field of an entry, never empty: what is missing stands there as an unknown line."""

    name: FieldName
    label: str
    lines: tuple[RegisterLine, ...]
    status: Status


@dataclass(frozen=True)
class RegisterEntry:
    """A processing activity of the practice. `created` and `updated` bear the clock's time zone."""

    id: str
    title: str
    theme: str
    fields: tuple[RegisterField, ...]
    created: datetime | None
    updated: datetime | None

    def field(self, name: FieldName) -> RegisterField:
        """The field of that name."""
        return next(field for field in self.fields if field.name == name)

    @property
    def unknown(self) -> tuple[RegisterField, ...]:
        """The fields that still hold something unknown."""
        return tuple(field for field in self.fields if field.status == "unknown")


@dataclass(frozen=True)
class FieldDecision:
    """What the practitioner did with a field: took it as proposed, or replaced its text."""

    status: Literal["confirmed", "changed"]
    text: str = ""


#: (entry id, field name) → decision.
FieldDecisions = Mapping[tuple[str, str], FieldDecision]


def build(
    knowledge: Knowledge,
    answers: Answers,
    decisions: FieldDecisions | None = None,
    answered_at: Mapping[str, datetime] | None = None,
) -> list[RegisterEntry]:
    """The entries of the processing activities that effective answers show to exist.

    `decisions` are the practitioner's own on single fields, `answered_at` when each question was
    answered; both may be left out. A theme has entries from its first answer on.
    Source: RGPD art. 30(1); the CNIL's model of register; the guide, « Documentation ».
    """
    entries = []
    for activity in interview.applicable(knowledge, answers):
        times = [time for key, time in (answered_at or {}).items() if key.startswith(f"{activity.id}.")]
        if not any(key.startswith(f"{activity.id}.") for key in answers):
            continue
        for entry in activity.register:
            if holds(entry.when, answers):
                fields = _Builder(knowledge, answers, entry).fields()
                entries.append(
                    RegisterEntry(
                        entry.id,
                        entry.title,
                        activity.id,
                        tuple(_decided(entry.id, field, decisions or {}) for field in fields),
                        min(times, default=None),
                        max(times, default=None),
                    )
                )
    return entries


def head(knowledge: Knowledge, answers: Answers) -> tuple[RegisterField, ...]:
    """The head of the register: controller, joint controllers and DPO, as every entry has them."""
    return tuple(_Common(knowledge, answers).head())


def _decided(entry_id: str, field: RegisterField, decisions: FieldDecisions) -> RegisterField:
    decision = decisions.get((entry_id, field.name))
    texts = [text.strip() for text in decision.text.splitlines() if text.strip()] if decision else []
    if decision is None or (decision.status == "changed" and not texts):
        return field
    if decision.status == "changed":
        return replace(field, lines=tuple(RegisterLine(text, "changed") for text in texts), status="changed")
    lines = tuple(
        replace(line, status="confirmed") if line.status == "proposed" else line for line in field.lines
    )
    return replace(field, lines=lines, status=_least_sure(lines))


def _least_sure(lines: Iterable[RegisterLine]) -> Status:
    return min((line.status for line in lines), key=_ORDER.index)


class _Common:
    """Turns lines of the knowledge into those of one practice."""

    def __init__(self, knowledge: Knowledge, answers: Answers, sources: tuple[str, ...] = ()) -> None:
        self.knowledge, self.answers, self._sources = knowledge, answers, sources

    def head(self) -> list[RegisterField]:
        common = self.knowledge.register
        return [
            self._field("controller", self._lines(common.controller, common.sources)),
            self._field("joint_controllers", self._lines(common.joint_controllers, common.sources)),
            self._field("dpo", self._lines(common.dpo, common.sources)),
        ]

    def _field(self, name: FieldName, lines: list[RegisterLine]) -> RegisterField:
        kept = tuple(dict.fromkeys(lines)) or (RegisterLine("À compléter", "unknown"),)
        return RegisterField(name, FIELD_LABELS[name], kept, _least_sure(kept))

    def _lines(self, items: Iterable[Item], sources: tuple[str, ...] = ()) -> list[RegisterLine]:
        lines: list[RegisterLine] = []
        for item in items:
            if holds(item.when, self.answers):
                lines.append(self._line(item, item.sources or sources or self._sources))
            elif question := self._open(item.when):
                lines.append(self._missing(question))
        return lines

    def _line(self, item: Item, sources: tuple[str, ...]) -> RegisterLine:
        if isinstance(item, Purpose):
            return self._purpose(item, sources)
        if isinstance(item, Retention):
            details = (
                ("En usage courant", item.active),
                ("Archivage intermédiaire", item.archive),
                ("À partir de", item.starts),
                ("Ensuite", item.then),
            )
            return RegisterLine(item.data, "proposed", sources, details=details)
        for question in _PLACEHOLDER.findall(item.text):
            if not self._known(question):
                return self._missing(question)
        text = _PLACEHOLDER.sub(lambda match: self._answer(match[1]), item.text)
        # What holds only because the practitioner does not know was not told.
        known = {key: answer for key, answer in self.answers.items() if answer.known}
        told = text != item.text or bool(item.when and holds(item.when, known))
        status: Status = "unknown" if item.to_check else "confirmed" if told else "proposed"
        return RegisterLine(text, status, sources, item.sensitive)

    def _purpose(self, purpose: Purpose, sources: tuple[str, ...]) -> RegisterLine:
        basis = self.knowledge.lawful_bases[purpose.basis]
        details = [("Base légale", f"{basis.label} ({basis.article})")]
        if purpose.article_9:
            condition = self.knowledge.article_9[purpose.article_9]
            details.append(("Données sensibles", f"{condition.label} ({condition.article})"))
        if purpose.note:
            details.append(("À savoir", purpose.note))
        return RegisterLine(purpose.text, "proposed", sources, details=tuple(details))

    def _missing(self, question_id: str) -> RegisterLine:
        question = self.knowledge.question(question_id)
        whom = f" (à demander {to_whom(question.ask_whom)})" if question.ask_whom else ""
        return RegisterLine(f"À préciser : {question.ask}{whom}", "unknown", question.sources)

    def _open(self, condition: Condition) -> str | None:
        """The question to ask next to decide a condition; None when the answers rule it out."""
        for question_id in undecided(condition, self.answers)[:1]:
            if question_id in self.answers:
                return question_id
            activity = self.knowledge.activity(question_id.partition(".")[0])
            for needed in (activity.asks_when, activity.question(question_id).when):
                if not holds(needed, self.answers):
                    return self._open(needed)
            return question_id
        return None

    def _known(self, question_id: str) -> bool:
        answer = self.answers.get(question_id)
        return answer is not None and answer.known

    def _answer(self, question_id: str) -> str:
        return in_words(self.knowledge.question(question_id), self.answers.get(question_id))


class _Builder(_Common):
    """Turns one entry of the knowledge into the fields of one practice."""

    def __init__(self, knowledge: Knowledge, answers: Answers, entry: Entry) -> None:
        super().__init__(knowledge, answers, entry.sources)
        self.entry = entry

    def fields(self) -> list[RegisterField]:
        entry, recipients = self.entry, self.entry.recipients
        controller, joint_controllers, dpo = self.head()
        if entry.joint_controllers:
            joint_controllers = self._field("joint_controllers", self._lines(entry.joint_controllers))
        return [
            controller,
            joint_controllers,
            dpo,
            self._field("purposes", self._lines(entry.purposes)),
            self._field("software", self._lines(entry.software)),
            self._field("media", self._lines(entry.media)),
            self._field("data", self._lines(entry.data)),
            self._field("data_subjects", self._lines(entry.data_subjects)),
            self._field("internal_recipients", self._lines(recipients.internal)),
            self._field("external_recipients", self._lines(recipients.external)),
            self._field("processors", self._lines(recipients.processors)),
            self._field("transfers", self._lines(entry.transfers)),
            self._field("retention", self._lines(entry.retention)),
            self._field("security", self._security()),
        ]

    def _security(self) -> list[RegisterLine]:
        lines = self._lines(self.entry.security)
        open_themes: dict[str, None] = {}
        for safeguard in self.knowledge.safeguards:
            if holds(safeguard.when, self.answers):
                lines.append(RegisterLine(safeguard.text, "confirmed", safeguard.sources, shared=True))
            elif (question := self._open(safeguard.when)) and question not in self.answers:
                open_themes[self.knowledge.activity(question.partition(".")[0]).title] = None
        if open_themes:
            names = ", ".join(f"« {title} »" for title in open_themes)
            lines.append(RegisterLine(f"À compléter avec : {names}", "unknown"))
        return lines
