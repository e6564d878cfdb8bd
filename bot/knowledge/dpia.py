"""The typed structures of `knowledge/dpia/`: is an assessment, or an officer, needed; the assessment."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from bot.knowledge.breach import Aspect, Axis, Level, RiskLevel
from bot.knowledge.case import Part, VerdictText
from bot.knowledge.model import Activity, Condition, Data, Line

#: Whether an entry of the register calls for an impact assessment (RGPD art. 35), from the least to the most.
VerdictName = Literal["non_requise", "a_examiner", "requise"]
#: Whether a data protection officer is needed (RGPD art. 37), from the least to the most.
OfficerVerdictName = Literal["non_obligatoire", "recommande", "a_examiner", "attendu", "obligatoire"]
#: The fields of a register entry that a field of the assessment can take.
Taken = Literal[
    "controller", "joint_controllers", "dpo", "purposes", "software", "media", "data", "data_subjects",
    "internal_recipients", "external_recipients", "processors", "transfers", "retention", "security",
]  # fmt: skip

VERDICTS: tuple[VerdictName, ...] = ("non_requise", "a_examiner", "requise")
OFFICER_VERDICTS: tuple[OfficerVerdictName, ...] = (
    "non_obligatoire", "recommande", "a_examiner", "attendu", "obligatoire",
)  # fmt: skip

#: The question whose options are the entries of the register.
ENTRY = "traitement"
#: The question whose options are the other entries that the assessment covers as well (RGPD art. 35(1)).
COVERED = "couvre"
#: The question that says whether the entry holds sensitive data.
SENSITIVE = "sensibles"


class Reason(Data, frozen=True):
    """A case in which a criterion is met, and why."""

    when: Condition
    because: str
    sources: tuple[str, ...]


class Criterion(Data, frozen=True):
    """One of the nine criteria of the CEPD (WP248), met when one of its cases is."""

    id: str
    title: str
    sources: tuple[str, ...]
    cases: tuple[Reason, ...]


class Rule(Data, frozen=True):
    """What calls for an assessment, or reopens the question.

    `added` and `removed` complete « Si … » when it does not hold, and when it does; empty when nothing can.
    The last line of `when` is the fact that `removed` undoes.
    """

    id: str
    verdict: Literal["a_examiner", "requise"]
    when: Condition
    because: str
    added: str
    sources: tuple[str, ...]
    removed: str = ""


class Exemption(Data, frozen=True):
    """What spares the assessment while no rule holds; `lost` completes « Si … », empty when nothing can."""

    id: str
    title: str
    when: Condition
    because: str
    lost: str
    sources: tuple[str, ...]


class Justification(Data, frozen=True):
    """The half page to keep: how it opens by verdict, what it says of the criteria, how it closes."""

    opening: dict[VerdictName, str]
    criteria: str
    exempted: str
    one_criterion: str
    no_criterion: str
    open: str
    closing: str
    closing_sources: tuple[str, ...]


class Screening(Data, frozen=True):
    """How an entry is screened; `needed` criteria call for an assessment in principle."""

    sources: tuple[str, ...]
    verdicts: dict[VerdictName, VerdictText]
    lean: str
    lean_sources: tuple[str, ...]
    settle: str
    change: str
    caution: str
    justification: Justification
    needed: int
    criteria: tuple[Criterion, ...]
    rules: tuple[Rule, ...]
    exemptions: tuple[Exemption, ...]
    notes: tuple[Line, ...]


class OfficerRule(Data, frozen=True):
    """What calls for an officer, or spares one."""

    id: str
    verdict: OfficerVerdictName
    when: Condition
    because: str
    sources: tuple[str, ...]


class OfficerJustification(Data, frozen=True):
    """The paragraph to keep: how it opens by verdict, what is left to know, how it closes."""

    opening: dict[OfficerVerdictName, str]
    open: str
    closing: str


class Officer(Data, frozen=True):
    """Whether an officer is needed, and who cannot be one (RGPD art. 37 and 38)."""

    sources: tuple[str, ...]
    verdicts: dict[OfficerVerdictName, VerdictText]
    rules: tuple[OfficerRule, ...]
    conflicts: tuple[Line, ...]
    notes: tuple[Line, ...]
    settle: str
    justification: OfficerJustification


class FormField(Data, frozen=True):
    """A field of the assessment: the question that it answers and what it proposes.

    `pia` is the number of the question in the CNIL's software, 0 when it has none; `details` keeps those of
    the register's lines, such as lawful bases.
    """

    question: str
    pia: int = 0
    takes: tuple[Taken, ...] = ()
    details: bool = False
    lines: tuple[Line, ...] = ()


class FormPart(Data, frozen=True):
    """A part of a section."""

    id: str
    title: str
    fields: tuple[FormField, ...]


class FormSection(Data, frozen=True):
    """A section of the assessment; the risks stand between the second and the last."""

    id: str
    title: str
    parts: tuple[FormPart, ...]


class ReviewText(Data, frozen=True):
    """What is said of an assessment whose register changed after it was decided (RGPD art. 35(11))."""

    label: str
    text: str
    sources: tuple[str, ...]


class AssessmentForm(Data, frozen=True):
    """The assessment in the CNIL's order, as it was on `checked`."""

    title: str
    checked: date
    note: str
    sources: tuple[str, ...]
    measures_title: str
    review: ReviewText
    sections: tuple[FormSection, ...]


class Choice(Data, frozen=True):
    """An option that is proposed when its condition holds."""

    option: str
    when: Condition = msgspec.field(default_factory=dict)


class Event(Data, frozen=True):
    """A feared event: what it does to data, what is proposed for it, the safeguards that act on it."""

    id: str
    of: Aspect
    title: str
    pia: int
    impacts: tuple[Choice, ...]
    threats: tuple[Choice, ...]
    origins: tuple[Choice, ...]
    safeguards: tuple[str, ...]


class RiskFactor(Data, frozen=True):
    """What raises an axis of some events to a level, and why; the measures that would remove it."""

    id: str
    axis: Axis
    level: Level
    of: tuple[Aspect, ...]
    because: str
    sources: tuple[str, ...]
    when: Condition = msgspec.field(default_factory=dict)
    cap: bool = False
    doubt: bool = False
    cured_by: tuple[str, ...] = ()


class LevelText(Data, frozen=True):
    """A level, and what it means on each axis."""

    title: str
    severity: str
    likelihood: str


class Consultation(Data, frozen=True):
    """The prior consultation of the CNIL (RGPD art. 36)."""

    title: str
    text: str
    sources: tuple[str, ...]


class Risks(Data, frozen=True):
    """The feared events, and the method that proposes their levels.

    The measures of the `shared_themes` concern every activity.
    """

    method: str
    sources: tuple[str, ...]
    levels: dict[Level, LevelText]
    risks: dict[RiskLevel, str]
    table: dict[Level, tuple[RiskLevel, ...]]
    doubt: str
    undecided: str
    consultation: Consultation
    no_consultation: str
    incomplete: str
    shared_themes: tuple[str, ...]
    events: tuple[Event, ...]
    factors: tuple[RiskFactor, ...]


class Dpia(Part, frozen=True):
    """All that `knowledge/dpia/` says.

    `questionnaire` completes the interview, `entry` is what is read in the entry that is screened, as if
    it were an answer, and `analysis` the questions of the guided assessment.
    """

    entry: Activity
    analysis: Activity
    screening: Screening
    officer: Officer
    form: AssessmentForm
    risks: Risks

    @property
    def themes(self) -> tuple[Activity, ...]:
        """See Part."""
        return self.questionnaire, self.entry, self.analysis

    def event_question(self, event: Event, name: str) -> str:
        """The qualified id of a question on a feared event: `gravite`, `menaces`…"""
        return f"{self.analysis.id}.{event.id}_{name}"


def with_entries(activity: Activity, titles: dict[str, str]) -> Activity:
    """The questions, those on entries with the register's as options before their own."""
    questions = tuple(
        msgspec.structs.replace(question, options={**titles, **question.options})
        if question.id in (ENTRY, COVERED)
        else question
        for question in activity.questions
    )
    return msgspec.structs.replace(activity, questions=questions)
