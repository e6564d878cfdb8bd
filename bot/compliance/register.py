"""The register of processing activities (RGPD art. 30, the CNIL's model, the guide's nine items)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from bot.compliance import interview
from bot.compliance.answers import Answers, AnswerTimes
from bot.compliance.conditions import holds, named
from bot.compliance.lines import Item, Lines, RegisterLine, Status, Told, least_sure, questions
from bot.knowledge.model import Activity, CommonFields, Entry, Knowledge

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


@dataclass(frozen=True)
class RegisterField:
    """A field of an entry, never empty: what is missing stands there as an unknown line.

    `outdated` marks a text of the practitioner's own that is older than the answers it rests on.
    """

    name: FieldName
    label: str
    lines: tuple[RegisterLine, ...]
    status: Status
    outdated: bool = False

    @property
    def confirmable(self) -> bool:
        """Whether it holds something that Vigie proposes and nobody confirmed."""
        return any(line.status == "proposed" for line in self.lines)


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
    """What the practitioner did with a field: took lines of it as proposed, or replaced its text.

    `text` holds the lines that were confirmed, in full, or those that were written instead.
    `decided_at` is set once it is recorded; two decisions of the same content are equal.
    """

    status: Literal["confirmed", "changed"]
    text: str = ""
    decided_at: datetime | None = field(default=None, compare=False)

    @property
    def lines(self) -> tuple[str, ...]:
        """Its lines, single-spaced as `RegisterLine.in_full` is; no blank one."""
        return tuple(" ".join(line.split()) for line in self.text.splitlines() if line.strip())


#: (entry id, field name) → decision.
FieldDecisions = Mapping[tuple[str, str], FieldDecision]


def confirmation(field: RegisterField, earlier: FieldDecision | None = None) -> FieldDecision:
    """The decision that takes all that is proposed in a field, and keeps what was confirmed `earlier`."""
    before = earlier.lines if earlier and earlier.status == "confirmed" else ()
    taken = [line.in_full for line in field.lines if line.status == "proposed" or line.in_full in before]
    return FieldDecision("confirmed", "\n".join(taken))


def build(
    knowledge: Knowledge,
    answers: Answers,
    decisions: FieldDecisions | None = None,
    answered: Mapping[str, AnswerTimes] | None = None,
) -> list[RegisterEntry]:
    """The entries of the processing activities that effective answers show to exist.

    `decisions` are the practitioner's own on single fields, `answered` when each question was
    answered; both may be left out. A theme has entries from its first answer on.
    Source: RGPD art. 30(1); the CNIL's model of register; the guide, « Documentation ».
    """
    practice = _Practice(knowledge, Lines(knowledge, answers), decisions or {}, answered or {})
    return [_Sheet(practice, activity, entry).read() for activity, entry in present(knowledge, answers)]


def written(
    knowledge: Knowledge,
    answers: Answers,
    entry_id: str,
    decisions: FieldDecisions | None = None,
    answered: Mapping[str, AnswerTimes] | None = None,
) -> RegisterEntry:
    """One entry as `build` writes it, even when the answers no longer show it to exist.

    Raises KeyError when the knowledge has no such entry.
    """
    practice = _Practice(knowledge, Lines(knowledge, answers), decisions or {}, answered or {})
    for activity in knowledge.activities:
        for entry in activity.register:
            if entry.id == entry_id:
                return _Sheet(practice, activity, entry).read()
    raise KeyError(entry_id)


def present(knowledge: Knowledge, answers: Answers) -> Iterator[tuple[Activity, Entry]]:
    """The models of the entries that effective answers show to exist, with their themes, in order."""
    for activity in interview.applicable(knowledge, answers):
        if any(key.startswith(f"{activity.id}.") for key in answers):
            yield from ((activity, entry) for entry in activity.register if holds(entry.when, answers))


def head(knowledge: Knowledge, answers: Answers) -> tuple[RegisterField, ...]:
    """The head of the register: controller, joint controllers and DPO, as every entry has them."""
    common, lines = knowledge.register, Lines(knowledge, answers)
    return tuple(_field(name, lines.of(items, common.sources)) for name, items in _common(common).items())


def _common(common: CommonFields) -> dict[FieldName, tuple[Item, ...]]:
    return {
        "controller": common.controller,
        "joint_controllers": common.joint_controllers,
        "dpo": common.dpo,
    }


def _own(entry: Entry) -> dict[FieldName, tuple[Item, ...]]:
    recipients = entry.recipients
    return {
        "purposes": entry.purposes,
        "software": entry.software,
        "media": entry.media,
        "data": entry.data,
        "data_subjects": entry.data_subjects,
        "internal_recipients": recipients.internal,
        "external_recipients": recipients.external,
        "processors": recipients.processors,
        "transfers": entry.transfers,
        "retention": entry.retention,
        "security": entry.security,
    }


def _field(name: FieldName, lines: Iterable[RegisterLine]) -> RegisterField:
    kept = tuple(dict.fromkeys(lines)) or (RegisterLine("À compléter", "unknown"),)
    return RegisterField(name, FIELD_LABELS[name], kept, least_sure(kept))


@dataclass(frozen=True)
class _Practice:
    """What the sheets of one practice are written from."""

    knowledge: Knowledge
    lines: Lines
    decisions: FieldDecisions
    answered: Mapping[str, AnswerTimes]


class _Sheet:
    """One entry of the knowledge as that of one practice."""

    def __init__(self, practice: _Practice, activity: Activity, entry: Entry) -> None:
        self._practice, self._activity, self._entry = practice, activity, entry
        common = practice.knowledge.register
        self._items = _common(common) | _own(entry)
        self._sources = dict.fromkeys(_common(common), common.sources)
        if entry.joint_controllers:
            self._items["joint_controllers"] = entry.joint_controllers
            del self._sources["joint_controllers"]
        self._told = {key for key in practice.answered if key.startswith(f"{activity.id}.")}

    def read(self) -> RegisterEntry:
        """The entry with its decisions and its dates."""
        entry, answered = self._entry, self._practice.answered
        decided = [at for name in self._items if (made := self._decision(name)) and (at := made.decided_at)]
        changed = [at for name in self._items if (at := self._changed(name))]
        return RegisterEntry(
            entry.id,
            entry.title,
            self._activity.id,
            tuple(self._decided(name) for name in self._items),
            min((answered[key].first for key in self._told), default=None),
            max(decided + changed, default=None),
        )

    def _decision(self, name: FieldName) -> FieldDecision | None:
        return self._practice.decisions.get((self._entry.id, name))

    def _changed(self, name: FieldName) -> datetime | None:
        """When an answer last changed that a field rests on: of its theme, or one that its lines name."""
        elsewhere = {key for item in self._items[name] for key in questions(item)}
        elsewhere.update(named(self._entry.when), named(self._activity.asks_when))
        if name == "security":
            elsewhere.update(key for item in self._practice.knowledge.safeguards for key in questions(item))
        answered = self._practice.answered
        return max((answered[key].last for key in self._told | elsewhere if key in answered), default=None)

    def _written(self, name: FieldName) -> RegisterField:
        lines = self._practice.lines.of(self._items[name], self._cited(name))
        if name == "security":
            lines += self._practice.lines.safeguards()
        return _field(name, lines)

    def _cited(self, name: FieldName) -> tuple[str, ...]:
        return self._sources.get(name, self._entry.sources)

    def _decided(self, name: FieldName) -> RegisterField:
        field, decision = self._written(name), self._decision(name)
        if decision is None or not decision.lines:
            return field
        if decision.status == "confirmed":
            return _confirmed(field, decision.lines)
        changed, decided = self._changed(name), decision.decided_at
        # A line that was kept is known again even when later answers took it from the proposal.
        known = self._practice.lines.every(self._items[name], self._cited(name))
        lines = tuple(_rewritten(field, known, decision.lines))
        return replace(
            field, lines=lines, status="changed", outdated=bool(changed and decided and changed > decided)
        )


def _confirmed(field: RegisterField, texts: tuple[str, ...]) -> RegisterField:
    """What was confirmed is so for as long as it reads the same."""
    lines = tuple(
        replace(line, status="confirmed") if line.status == "proposed" and line.in_full in texts else line
        for line in field.lines
    )
    return replace(field, lines=lines, status=least_sure(lines))


def _rewritten(
    field: RegisterField, known: Iterable[RegisterLine], texts: tuple[str, ...]
) -> Iterable[RegisterLine]:
    """The practitioner's lines: one that was kept bears its sources, a new one those that it replaces."""
    kept = {line.in_full: line for line in (*known, *field.lines)}
    replaced = [line for line in field.lines if line.in_full not in texts]
    sources = tuple(dict.fromkeys(source for line in replaced for source in line.sources))
    sensitive = any(line.sensitive for line in replaced)
    for text in texts:
        # What the practitioner wrote is told to the persons concerned as it was written.
        line = kept.get(text) or RegisterLine(text, "changed", sources, sensitive, told=Told(text))
        yield RegisterLine(text, "changed", line.sources, line.sensitive, told=line.told)
