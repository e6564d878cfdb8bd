"""A practice's file as a whole: what it answered, and all that follows from it at this moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from bot.compliance import interview, measures, register, requests
from bot.compliance.answers import Answer, AnswerTimes
from bot.compliance.breach import Dossier
from bot.compliance.breach import checks as breach_checks
from bot.compliance.checks import Mistake
from bot.compliance.deadlines import Deadline
from bot.compliance.dpia.assessment import Assessment
from bot.compliance.dpia.decided import Decided, grounds
from bot.compliance.dpia.officer import OfficerVerdict, officer
from bot.compliance.dpia.screening import EntryScreening, Screening, screen
from bot.compliance.notices import PracticeNotices, Version
from bot.compliance.notices import effective as with_notices
from bot.compliance.processors import Review
from bot.compliance.requests import checks as request_checks
from bot.compliance.versions import Change, changes
from bot.knowledge.dpia import COVERED, ENTRY
from bot.knowledge.model import Activity, Knowledge
from bot.records.cases import CaseRecord
from bot.records.contracts import Reading
from bot.records.store import Unit
from bot.records.suppliers import SupplierFile, listed


@dataclass(frozen=True)
class CaseFile:
    """One case, such as a breach: its record, and what was answered about it."""

    record: CaseRecord
    recorded: dict[str, Answer]
    dossier: Dossier | requests.Dossier | Review | Assessment
    #: Where all of its kind are listed; each has a page below it.
    page: ClassVar[str] = ""

    @property
    def number(self) -> int:
        """Its number among the practice's cases of its kind."""
        return self.record.number

    @property
    def open(self) -> bool:
        """Whether it was not closed yet."""
        return self.record.status == "open"

    @property
    def kind(self) -> str:
        """What it is about, in a few words."""
        raise NotImplementedError

    @property
    def title(self) -> str:
        """« V-2026-003 – Appareil perdu ou volé »."""
        return f"{self.record.reference} – {self.kind}"

    @property
    def address(self) -> str:
        """The address of its page."""
        return f"{self.page}/{self.number}"

    @property
    def deadline(self) -> Deadline | None:
        """Until when something is due about it, if anything is."""
        return None

    @property
    def sheet(self) -> interview.Sheet:
        """What is asked about it and what was answered; the practice's own answers count too."""
        raise NotImplementedError

    def mistake(self, key: str, answer: Answer) -> Mistake | None:
        """What is wrong with an answer about to be kept, given the others; None when nothing is."""
        return None

    @property
    def complete(self) -> bool:
        """Whether all that applies was asked."""
        return self.sheet.next_question is None


@dataclass(frozen=True)
class BreachFile(CaseFile):
    """One breach, and the dossier that follows."""

    dossier: Dossier
    page = "/violations"

    @property
    def deadline(self) -> Deadline | None:
        """See CaseFile."""
        return self.dossier.deadline

    def mistake(self, key: str, answer: Answer) -> Mistake | None:
        """See CaseFile: moments out of order or to come, nobody concerned."""
        return breach_checks.mistake(self.dossier.knowledge, key, answer, self.recorded, self.dossier.now)

    @property
    def kind(self) -> str:
        """What happened: the kind of incident without its examples."""
        incident = self.dossier.incident
        return incident.title.partition(" (")[0] if incident else "Incident à préciser"

    @cached_property
    def sheet(self) -> interview.Sheet:
        """See CaseFile."""
        dossier = self.dossier
        return interview.Sheet(dossier.knowledge.breach.questionnaire, dossier.asked, dossier.answers)


@dataclass(frozen=True)
class RequestFile(CaseFile):
    """One request of a data subject, and the dossier that follows."""

    dossier: requests.Dossier
    page = "/demandes"

    @property
    def deadline(self) -> Deadline | None:
        """See CaseFile."""
        return self.dossier.deadline

    def mistake(self, key: str, answer: Answer) -> Mistake | None:
        """See CaseFile: moments out of order or to come."""
        return request_checks.mistake(self.dossier.knowledge, key, answer, self.recorded, self.dossier.now)

    @property
    def kind(self) -> str:
        """The right that is exercised, without its article."""
        knowledge = self.dossier.knowledge.requests
        titles, right = knowledge.rights.titles, self.recorded.get(knowledge.key("droit"))
        title = titles[str(right.value)].partition(" (")[0] if right and right.known else "demande à préciser"
        return title[:1].upper() + title[1:]

    @cached_property
    def sheet(self) -> interview.Sheet:
        """See CaseFile."""
        dossier = self.dossier
        return interview.Sheet(dossier.knowledge.requests.questionnaire, dossier.asked, dossier.answers)


@dataclass(frozen=True)
class AssessmentFile(CaseFile):
    """One impact assessment of an entry of the register; `screened` is None when it is no longer there.

    `decided` are the versions that were kept when it was closed, oldest first.
    """

    dossier: Assessment
    screened: EntryScreening | None = None
    decided: tuple[Decided, ...] = ()

    @property
    def kind(self) -> str:
        """The entry that is assessed."""
        return self.dossier.entry.title

    @property
    def sheet(self) -> interview.Sheet:
        """See CaseFile."""
        return self.dossier.sheet

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What changed of what a closed assessment was decided on; nothing when no version was kept."""
        if self.open or not self.decided:
            return ()
        return changes(self.decided[-1].content, grounds(self.dossier))

    def covers(self, entry_id: str) -> bool:
        """Whether the practitioner said that it is about that other entry as well (RGPD art. 35(1))."""
        also = self.recorded.get(f"{self.dossier.knowledge.dpia.analysis.id}.{COVERED}")
        return also is not None and isinstance(also.value, tuple) and entry_id in also.value


@dataclass(frozen=True)
class ContractFile(CaseFile):
    """One supplier and its contract: the review that follows, and the contract that was read last."""

    dossier: Review
    reading: Reading | None = None
    page = "/prestataires"

    @property
    def kind(self) -> str:
        """The supplier's name, or what it does as long as it has none."""
        return self.dossier.called or "Prestataire à préciser"

    @property
    def title(self) -> str:
        """See CaseFile: a supplier is known by its name, and needs no reference."""
        return self.kind

    @property
    def sheet(self) -> interview.Sheet:
        """See CaseFile."""
        return self.dossier.sheet


@dataclass(frozen=True)
class PracticeFile:
    """A reading of one practice's records over the knowledge; what follows is computed when asked for."""

    knowledge: Knowledge
    recorded: dict[str, Answer]
    answered: dict[str, AnswerTimes]
    confirmed: set[str]
    measure_decisions: dict[str, measures.Decision]
    field_decisions: dict[tuple[str, str], register.FieldDecision]
    breaches: tuple[BreachFile, ...] = ()
    requests: tuple[RequestFile, ...] = ()
    contracts: tuple[ContractFile, ...] = ()
    notice_versions: Mapping[str, tuple[Version, ...]] = field(default_factory=dict)
    #: The records of the assessments, and what was answered in each.
    assessed: tuple[tuple[CaseRecord, dict[str, Answer]], ...] = ()
    #: By the assessment's id in the records.
    decided: Mapping[int, tuple[Decided, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, unit: Unit, knowledge: Knowledge, practice_id: int) -> PracticeFile:
        """The file of that practice as it is recorded now."""
        recorded, now, cases = unit.answers.all(practice_id), unit.clock.now(), unit.cases
        answers = interview.effective(knowledge, recorded)
        assessments = cases.all(practice_id, "assessment")
        return cls(
            knowledge,
            recorded,
            unit.answers.times(practice_id),
            unit.answers.confirmed(practice_id),
            unit.decisions.measures(practice_id),
            unit.decisions.fields(practice_id),
            tuple(
                BreachFile(record, told, Dossier(knowledge, {**answers, **told}, now, done))
                for record in cases.all(practice_id, "breach")
                for told, done in [(cases.answers(record.id), unit.breaches.followup(record))]
            ),
            tuple(
                RequestFile(record, told, requests.Dossier(knowledge, {**answers, **told}, now, done))
                for record in cases.all(practice_id, "request")
                for told, done in [(cases.answers(record.id), unit.requests.followup(record))]
            ),
            tuple(
                ContractFile(record, told, Review(knowledge, {**answers, **told}, found), read)
                for record in cases.all(practice_id, "contract")
                for told, read in [(cases.answers(record.id), unit.contracts.reading(record.id))]
                for found in [unit.contracts.findings(record.id) if read else {}]
            ),
            unit.notices.all(practice_id),
            tuple((record, cases.answers(record.id)) for record in assessments),
            {record.id: unit.assessments.all(record.id) for record in assessments},
        )

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """The answers that count."""
        return interview.effective(self.knowledge, self.recorded)

    @cached_property
    def themes(self) -> list[interview.Progress]:
        """The themes that apply, in order, and how far each has come."""
        return [
            interview.progress(activity, self.answers, activity.id in self.confirmed)
            for activity in interview.applicable(self.knowledge, self.recorded)
        ]

    @cached_property
    def register(self) -> list[register.RegisterEntry]:
        """The register of processing activities."""
        return register.build(self.knowledge, self.answers, self.field_decisions, self.answered)

    @cached_property
    def measures(self) -> list[measures.Recommendation]:
        """The recommended measures, urgent first."""
        return measures.recommend(
            self.knowledge,
            self.answers,
            self.measure_decisions,
            [one.dossier for one in self.breaches],
            [one.dossier for one in self.contracts],
        )

    @cached_property
    def tasks(self) -> list[interview.Task]:
        """What the practitioner has yet to find out, for the notices too."""
        return [*interview.tasks(self.knowledge, self.recorded), *self.notices.tasks]

    def request(self, number: int) -> RequestFile | None:
        """The request of that number, if there is one."""
        return next((one for one in self.requests if one.number == number), None)

    @cached_property
    def suppliers(self) -> tuple[SupplierFile, ...]:
        """Those that the interview tells of and those that were added, each with its case if it has one."""
        return listed(self.knowledge, self.answers, self.contracts)

    def contract(self, number: int) -> ContractFile | None:
        """The case on the contract of that number, if there is one."""
        return next((one for one in self.contracts if one.number == number), None)

    @cached_property
    def notices(self) -> PracticeNotices:
        """The notices by which the persons concerned are informed."""
        answers = with_notices(self.knowledge, self.answers, self.recorded)
        return PracticeNotices(self.knowledge, self.register, answers, self.notice_versions)

    @cached_property
    def screening(self) -> Screening:
        """Which entries of the register call for an impact assessment."""
        return screen(self.knowledge, self.recorded)

    @cached_property
    def officer(self) -> OfficerVerdict:
        """Whether a data protection officer is needed."""
        return officer(self.knowledge, self.recorded)

    @cached_property
    def assessments(self) -> tuple[AssessmentFile, ...]:
        """The impact assessments, the newest first; one of an entry unknown to the knowledge is left out."""
        return tuple(found for record, told in self.assessed if (found := self._assessment(record, told)))

    def assessment(self, number: int) -> AssessmentFile | None:
        """The assessment of that number, if there is one."""
        return next((one for one in self.assessments if one.number == number), None)

    def assessment_of(self, entry_id: str) -> AssessmentFile | None:
        """The newest assessment of an entry of the register, if there is one."""
        return next((one for one in self.assessments if one.dossier.entry.id == entry_id), None)

    def covering(self, entry_id: str) -> AssessmentFile | None:
        """The newest assessment that covers an entry as well as its own, if there is one."""
        return next((one for one in self.assessments if one.covers(entry_id)), None)

    def _assessment(self, record: CaseRecord, told: dict[str, Answer]) -> AssessmentFile | None:
        about = told.get(f"{self.knowledge.dpia.entry.id}.{ENTRY}")
        try:
            entry = register.written(
                self.knowledge,
                self.answers,
                str(about.value) if about else "",
                self.field_decisions,
                self.answered,
            )
        except KeyError:
            return None
        dossier = Assessment(self.knowledge, entry, {**self.recorded, **told}, self.measures)
        screened = next((one for one in self.screening.entries if one.entry.id == entry.id), None)
        return AssessmentFile(record, told, dossier, screened, self.decided.get(record.id, ()))

    def breach(self, number: int) -> BreachFile | None:
        """The breach of that number, if there is one."""
        return next((one for one in self.breaches if one.number == number), None)

    @property
    def cases(self) -> tuple[CaseFile, ...]:
        """Every case that the conversation asks about, the newest of each kind first."""
        return *self.breaches, *self.requests, *self.contracts

    def case(self, theme_id: str, number: int) -> CaseFile | None:
        """The case of that number whose questionnaire is `theme_id`, if there is one."""
        return next(
            (one for one in self.cases if one.number == number and one.sheet.activity.id == theme_id), None
        )

    def next_theme(self) -> Activity | None:
        """The theme to go on with: one begun before one not begun; None when all are answered."""
        open_themes = [theme for theme in self.themes if theme.state in ("in_progress", "not_started")]
        begun = [theme for theme in open_themes if theme.state == "in_progress"]
        return next((theme.activity for theme in begun or open_themes), None)
