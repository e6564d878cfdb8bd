"""What was done about a request, step by step, and the state that follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.compliance import moments
from bot.compliance.answers import UNKNOWN, Answer, Answers, moment
from bot.compliance.moments import Moment
from bot.knowledge.requests import Requests, State, StepKind

#: The steps that end the practice's duty to answer, and the state that each leads to.
ANSWERS: dict[StepKind, State] = {
    "accordee": "repondue",
    "accordee_en_partie": "repondue",
    "refusee": "refusee",
}
#: The questions on what was done before the request was opened here, and the step that each tells.
_TOLD: dict[str, StepKind] = {
    "accuse_le": "accuse",
    "identite_demandee_le": "identite_demandee",
    "identite_recue_le": "identite_recue",
    "prolongee_le": "prolongee",
}
_NUMBER = "numero"


@dataclass(frozen=True)
class Step:
    """Something done, when, and a note of the practice (never a name)."""

    kind: StepKind
    moment: Moment
    note: str = ""

    @classmethod
    def at(cls, kind: StepKind, at: datetime, note: str = "") -> Step:
        """A step done at that aware time."""
        return cls(kind, moments.instant(at), note)

    @property
    def when(self) -> datetime:
        """The first instant that it can have been done."""
        return self.moment.earliest


@dataclass(frozen=True)
class FollowUp:
    """What the record of a request holds besides its answers: its number and the steps that were noted."""

    number: str = ""
    steps: tuple[Step, ...] = ()

    def first(self, kind: StepKind) -> Step | None:
        """The first step of that kind."""
        return min((step for step in self.steps if step.kind == kind), key=_when, default=None)

    @property
    def answered(self) -> Step | None:
        """The last answer that was given."""
        return max((step for step in self.steps if step.kind in ANSWERS), key=_when, default=None)

    @property
    def first_answered(self) -> Step | None:
        """The first answer that was given: it is the one that meets the period."""
        return min((step for step in self.steps if step.kind in ANSWERS), key=_when, default=None)

    @property
    def awaits_identity(self) -> bool:
        """Whether a proof of identity was asked for and has not come, and no answer was given."""
        asked = self.first("identite_demandee")
        return asked is not None and self.first("identite_recue") is None and self.answered is None

    @property
    def state(self) -> State:
        """Where the request stands."""
        if self.first("close"):
            return "close"
        if self.answered:
            return ANSWERS[self.answered.kind]
        if self.awaits_identity:
            return "attente_identite"
        return "en_cours" if self.steps else "recue"

    def with_told(self, requests: Requests, answers: Answers) -> FollowUp:
        """The same with the steps that the answers on the request tell, oldest first."""
        steps = sorted((*self.steps, *_told(requests, answers)), key=_when)
        return FollowUp(self.number, tuple(dict.fromkeys(steps)))

    def answers(self, requests: Requests) -> dict[str, Answer]:
        """As answers, that conditions and texts can name; what has not been done is unknown."""
        found: dict[str, Answer] = {}
        for question in requests.followup.questions:
            step = next((self.first(kind) for kind in _KINDS if kind == question.id), None)
            text = self.number if question.id == _NUMBER else step.moment.text() if step else ""
            found[f"{requests.followup.id}.{question.id}"] = Answer.given(text) if text else UNKNOWN
        return found


_KINDS: tuple[StepKind, ...] = (
    "accuse", "identite_demandee", "identite_recue", "precision_demandee", "precision_recue", "prolongee",
    "accordee", "accordee_en_partie", "refusee", "close",
)  # fmt: skip


def _told(requests: Requests, answers: Answers) -> Iterator[Step]:
    for question_id, kind in _TOLD.items():
        if at := moment(answers.get(requests.key(question_id))):
            yield Step(kind, at)
    answer, at = answers.get(requests.key("reponse")), moment(answers.get(requests.key("repondu_le")))
    kind_of = next((one for one in ANSWERS if answer and answer.value == one), None)
    if at and kind_of:
        yield Step(kind_of, at)


def _when(step: Step) -> datetime:
    return step.when
