"""The typed structures of `knowledge/requests/`: what to ask, judge, count and write on a request."""

from __future__ import annotations

from typing import Literal

import msgspec

from bot.knowledge.case import Letter, Letters, Log, Part, Pivot, VerdictText
from bot.knowledge.model import Activity, Condition, Data, Line

#: Whether the right applies: fully, in part, no; « pas un droit du RGPD, mais… »; not yet known.
VerdictName = Literal["accorder", "accorder_en_partie", "refuser", "hors_rgpd", "examiner"]
#: How a rule is backed: its text, an authority's reading, or Vigie's reasoning.
Certainty = Literal["text", "authority", "reasoning"]
LetterId = Literal[
    "accuse", "identite", "precision", "prolongation", "accord", "accord_partiel", "refus", "secret"
]
#: What the practice does about a request, in the order in which it is usually done.
StepKind = Literal[
    "accuse", "identite_demandee", "identite_recue", "precision_demandee", "precision_recue", "prolongee",
    "accordee", "accordee_en_partie", "refusee", "close",
]  # fmt: skip
State = Literal["recue", "attente_identite", "en_cours", "repondue", "refusee", "close"]


class Processing(Data, frozen=True):
    """A kind of processing that a request can be about, as an option of the question on it.

    `entry` is its entry of the register; `basis` its usual lawful basis, empty when it has to be asked for;
    `from_entry` reads the basis of the first purpose that holds for the practice instead. `care` marks
    the record that CSP art. L.1111-7 opens.
    """

    title: str
    words: tuple[str, ...]
    sources: tuple[str, ...]
    basis: str = ""
    entry: str = ""
    from_entry: bool = False
    care: bool = False


class Rule(Data, frozen=True):
    """What follows when the condition holds, the first that does: the verdict, why, and the letter to send.

    `because` is for the practice, `told` for the person who asks; `letter` is empty when none is to be sent.
    """

    id: str
    when: Condition
    verdict: VerdictName
    because: str
    sources: tuple[str, ...]
    certainty: Certainty
    told: str = ""
    letter: LetterId | Literal[""] = ""


class IdentityCheck(Data, frozen=True):
    """What check of the identity is proportionate, the first that holds; `ask` when it asks for something."""

    id: str
    when: Condition
    text: str
    sources: tuple[str, ...]
    ask: bool = False


class Clock(Data, frozen=True):
    """A period from the reception of the request: hours, days or months, one of the three.

    `earliest` marks one that must have passed before anything is handed over. `european` ones follow
    Regulation 1182/71, art. 3(4): a period in days or months that would end on a Saturday, a Sunday or a
    holiday ends with the next working day. `extension` is how many months may be added when the person was
    told in time, `suspends` says that asking for the identity suspends it, `guide` that no text sets it.
    """

    id: str
    label: str
    when: Condition
    text: str
    sources: tuple[str, ...]
    note: str = ""
    hours: int = 0
    days: int = 0
    months: int = 0
    earliest: bool = False
    european: bool = False
    extension: int = 0
    suspends: bool = False
    guide: bool = False


class ClockWords(Data, frozen=True):
    """What is said of a deadline besides its own text; `{due}` and `{day}` are days in words."""

    postponed: str
    month_end: str
    extended: str
    extended_late: str
    suspended: str
    running: str
    presumed: str
    late: str
    sources: tuple[str, ...]


class Clocks(Data, frozen=True):
    """The periods, and how what bears on them is told."""

    periods: tuple[Clock, ...]
    words: ClockWords


class Action(Data, frozen=True):
    """Something to do; done once one of the steps `done` was taken. `letter` is the one that does it.

    `waits` marks the one that the time of reflection calls for: it is over with that time.
    """

    id: str
    text: str
    sources: tuple[str, ...]
    when: Condition = msgspec.field(default_factory=dict)
    done: tuple[StepKind, ...] = ()
    letter: LetterId | Literal[""] = ""
    waits: bool = False


class Rights(Data, frozen=True):
    """How each right is named, the rules, what to mind besides, and what would change the verdict.

    `health` and `not_health` are the professions that CSP art. L.1111-7 names, and does not.
    """

    titles: dict[str, str]
    health: Condition
    not_health: Condition
    rules: tuple[Rule, ...]
    reserves: tuple[Line, ...]
    pivots: tuple[Pivot, ...]


class Wordings(Data, frozen=True):
    """How verdicts, their certainty and the states read."""

    verdicts: dict[VerdictName, VerdictText]
    certainty: dict[Certainty, str]
    states: dict[State, str]
    steps: dict[StepKind, str]
    change: str
    responsibility: str
    overdue: str


class RequestLetter(Letter, frozen=True):
    """A letter to the person who asks, offered when its condition holds.

    One that is an `answer` is not offered while it is not known to whom, or to someone who may have none.
    """

    id: LetterId
    when: Condition = msgspec.field(default_factory=dict)
    answer: bool = False


class RequestLetters(Letters, frozen=True):
    """The letters to the person who asks."""

    letters: tuple[RequestLetter, ...]


class Checks(Data, frozen=True):
    """What is said of an answer that cannot be right; `{a}` and `{b}` are two moments."""

    future: str
    far_past: str
    before_reception: str
    identity_order: str


class Requests(Part, frozen=True):
    """All that `knowledge/requests/` says.

    `questionnaire` is what is asked, `findings` what Vigie concludes and `followup` what was done, the last
    two as if they were answers, so that conditions and texts can name them.
    """

    findings: Activity
    followup: Activity
    processings: dict[str, Processing]
    rights: Rights
    identity: tuple[IdentityCheck, ...]
    clocks: Clocks
    actions: tuple[Action, ...]
    wordings: Wordings
    letters: RequestLetters
    log: Log
    checks: Checks

    @property
    def themes(self) -> tuple[Activity, ...]:
        """See Part."""
        return self.questionnaire, self.findings, self.followup

    def letter(self, letter_id: str) -> RequestLetter:
        """The letter of that id; raises KeyError when there is none."""
        for letter in self.letters.letters:
            if letter.id == letter_id:
                return letter
        raise KeyError(letter_id)


#: The question whose options are the kinds of processing.
PROCESSING = "traitement"
