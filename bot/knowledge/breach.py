"""The typed structures of `knowledge/breach/`: what to do, ask, judge and write after a data breach."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

import msgspec

from bot.knowledge.case import Field, Letter, Letters, Log, Part, Pivot, VerdictText
from bot.knowledge.model import Activity, Condition, Data, Line

#: What a breach can do to data (RGPD art. 4(12)).
Aspect = Literal["confidentialite", "integrite", "disponibilite"]
#: The CNIL's four levels, of severity and of likelihood, from the least to the most.
Level = Literal["negligeable", "limitee", "importante", "maximale"]
#: For the rights and freedoms of the persons (RGPD art. 33 and 34).
RiskLevel = Literal["aucun", "risque", "eleve"]
Axis = Literal["gravite", "vraisemblance"]
VerdictName = Literal[
    "pas_une_violation", "consigner", "notifier", "notifier_et_informer", "notifier_et_publier",
    "cnil_deja_saisie", "cnil_deja_saisie_et_informer", "prevenir_le_responsable",
]  # fmt: skip
#: How a verdict is backed: an authority's word, read again or not, on a close case, or Vigie's reasoning.
Certainty = Literal["read", "known", "reasoning"]

LEVELS: tuple[Level, ...] = ("negligeable", "limitee", "importante", "maximale")
RISKS: tuple[RiskLevel, ...] = ("aucun", "risque", "eleve")


class Incident(Data, frozen=True):
    """A kind of incident: the words for it, what to do first, and what the kind itself settles.

    `affects` is presumed while it is unknown what the data suffered; `implies` answers questions;
    `told` is how the persons are told the facts; `avoided_by` are ids of measures.
    """

    title: str
    words: tuple[str, ...]
    origin: str
    told: str
    first: tuple[Line, ...]
    sources: tuple[str, ...]
    affects: tuple[Aspect, ...] = ()
    implies: dict[str, Any] = msgspec.field(default_factory=dict)
    avoided_by: tuple[str, ...] = ()


class Factor(Data, frozen=True):
    """What raises an axis of the risk to a level, or caps it, and why; of some aspects, or of all."""

    id: str
    axis: Axis
    level: Level
    when: Condition
    because: str
    sources: tuple[str, ...]
    of: tuple[Aspect, ...] = ()
    cap: bool = False
    doubt: bool = False


class ExceptionRule(Data, frozen=True):
    """One of the exceptions of RGPD art. 34(3), and the aspects that it covers."""

    id: Literal["a", "b", "c"]
    text: str
    when: Condition
    of: tuple[Aspect, ...]
    sources: tuple[str, ...]


class Precedent(Data, frozen=True):
    """A case that an authority decided. `risk` is what it found, empty when it did not say."""

    id: str
    title: str
    grade: Literal["read", "known"]
    risk: Literal["aucun", "risque", "eleve", ""]
    when: Condition
    sources: tuple[str, ...]


class RiskMethod(Data, frozen=True):
    """The method: factors on two axes, and the table from severity and likelihood to the risk."""

    method: str
    sources: tuple[str, ...]
    levels: dict[Level, str]
    table: dict[Level, tuple[RiskLevel, ...]]
    factors: tuple[Factor, ...]
    not_a_breach: tuple[Line, ...]
    exceptions: tuple[ExceptionRule, ...]
    precedents: tuple[Precedent, ...]
    pivots: tuple[Pivot, ...]
    notes: tuple[Line, ...]


class ClockText(Data, frozen=True):
    """A period in hours, how it reads, and what is not sure about it."""

    label: str
    hours: int
    text: str
    sources: tuple[str, ...]
    note: str = ""


class Link(Data, frozen=True):
    """The entry of the register of processing activities that answers point to."""

    entry: str
    when: Condition


class Wordings(Data, frozen=True):
    """How the verdict, its certainty and the deadlines read."""

    verdicts: dict[VerdictName, VerdictText]
    certainty: dict[Certainty, str]
    doubt: str
    doubt_sources: tuple[str, ...]
    responsibility: str
    change: str
    outcomes: dict[str, VerdictName]
    clocks: dict[Literal["notification", "complement"], ClockText]
    late: str
    presumed: str
    presumed_discovery: str
    late_sources: tuple[str, ...]
    avoided: str
    links: tuple[Link, ...]


class Section(Data, frozen=True):
    """A part of the form, or of a message to the persons."""

    id: str
    title: str
    fields: tuple[Field, ...]


class Form(Data, frozen=True):
    """The CNIL's online form, in its order, as it was on a date."""

    title: str
    address: str
    checked: date
    note: str
    sources: tuple[str, ...]
    sections: tuple[Section, ...]


class Message(Letter, frozen=True):
    """The message to the persons by one channel; its parts are the contents of RGPD art. 34(2)."""

    id: Literal["lettre", "courriel", "sms", "avis"]


class Messages(Letters, frozen=True):
    """The messages to the persons."""

    letters: tuple[Message, ...]


class Report(Data, frozen=True):
    """Someone else to tell, when, and in which time: `hours` after the answer `starts`, 0 for no set time.

    `informed` is the option of « déjà prévenus » that says it is done.
    """

    id: str
    title: str
    text: str
    when: Condition
    clock: str
    sources: tuple[str, ...]
    hours: int = 0
    starts: str = ""
    informed: str = ""
    address: str = ""


class Checks(Data, frozen=True):
    """What is said of an answer that cannot be right; `{a}` and `{b}` are two moments."""

    future: str
    far_past: str
    end_before_start: str
    awareness_before_discovery: str
    discovery_before_start: str
    awareness_before_start: str
    processor_before_start: str
    nobody: str
    too_many: str


class Breach(Part, frozen=True):
    """All that `knowledge/breach/` says.

    `questionnaire` is what is asked, `findings` what Vigie concludes and `followup` what the record holds,
    both as if they were answers, so that conditions and texts can name them.
    """

    findings: Activity
    followup: Activity
    incidents: dict[str, Incident]
    risk: RiskMethod
    wordings: Wordings
    form: Form
    log: Log
    letters: Messages
    reports: tuple[Report, ...]
    checks: Checks

    @property
    def themes(self) -> tuple[Activity, ...]:
        """See Part."""
        return self.questionnaire, self.findings, self.followup


#: The option of a question on a moment that means the time at which it is chosen.
NOW = "maintenant"
#: The question whose options are the kinds of incident.
INCIDENT = "incident"
