"""The notices of one practice: which it needs, what each says, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.compliance.answers import Answer, Answers
from bot.compliance.conditions import holds
from bot.compliance.interview import Sheet, Task
from bot.compliance.notices.check import Checked, check
from bot.compliance.notices.content import FilledNotice, Gap, Writer
from bot.compliance.notices.deciding import decide
from bot.compliance.notices.versions import Standing, Version
from bot.compliance.register import RegisterEntry
from bot.knowledge.model import Knowledge, Line
from bot.knowledge.notices import Notice


@dataclass(frozen=True)
class PracticeNotice:
    """One notice as a practice has it. `waits_for` is the missing answer that says whether it is needed."""

    notice: Notice
    applies: bool
    waits_for: Gap | None
    filled: FilledNotice
    checked: tuple[Checked, ...]
    standing: Standing
    notes: tuple[Line, ...]

    @property
    def id(self) -> str:
        """The notice's id."""
        return self.notice.id

    @property
    def missing(self) -> tuple[Checked, ...]:
        """The items that are missing."""
        return tuple(item for item in self.checked if item.state == "missing")

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing

    @property
    def proposed(self) -> tuple[str, ...]:
        """The entries of the register, by id, of which it tells something that nobody confirmed."""
        return self.filled.proposed


@dataclass(frozen=True)
class PracticeNotices:
    """The notices of a practice, from its effective answers, its answers on notices, and its register."""

    knowledge: Knowledge
    register: Sequence[RegisterEntry]
    answers: Answers
    versions: Mapping[str, tuple[Version, ...]] = field(default_factory=dict)

    @cached_property
    def all(self) -> tuple[PracticeNotice, ...]:
        """Every notice, needed or not, in the order of the knowledge."""
        return tuple(self._notice(notice) for notice in self.knowledge.notices.kinds)

    @property
    def needed(self) -> tuple[PracticeNotice, ...]:
        """Those that the practice needs."""
        return tuple(one for one in self.all if one.applies)

    def find(self, notice_id: str) -> PracticeNotice | None:
        """The notice of that id; None when there is none."""
        return next((one for one in self.all if one.id == notice_id), None)

    @cached_property
    def sheet(self) -> Sheet:
        """What is asked for the notices alone, and what was answered."""
        asked = self.knowledge.notices.questionnaire
        questions = tuple(question for question in asked.questions if holds(question.when, self.answers))
        return Sheet(asked, questions, self.answers)

    @property
    def tasks(self) -> list[Task]:
        """What the practitioner has yet to find out for the notices alone."""
        sheet = self.sheet
        return [
            Task(sheet.activity, question, "unknown")
            for question in sheet.answered
            if not sheet.answers[sheet.key(question)].known
        ]

    def _notice(self, notice: Notice) -> PracticeNotice:
        found = decide(self.knowledge, notice.when, self.answers)
        writer = Writer(self.knowledge, self.register, self.answers, notice)
        filled = writer.write()
        return PracticeNotice(
            notice,
            found.holds,
            self._waits_for(found.question) if found.question else None,
            filled,
            check(self.knowledge, filled, writer.answers),
            Standing(self.versions.get(notice.id, ()), filled.content),
            tuple(line for line in notice.notes if holds(line.when, self.answers)),
        )

    def _waits_for(self, question: str) -> Gap:
        return Gap(self.knowledge.question(question).label, question=question)


def effective(knowledge: Knowledge, answers: Answers, recorded: Answers) -> dict[str, Answer]:
    """The effective answers with those on notices that count, from all that is recorded."""
    kept = dict(answers)
    questionnaire = knowledge.notices.questionnaire
    for question in questionnaire.questions:
        key = f"{questionnaire.id}.{question.id}"
        if key in recorded and holds(question.when, kept):
            kept[key] = recorded[key]
    return kept
