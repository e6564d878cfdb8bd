"""The typed structures that the files of `knowledge/` are read into.

They hold data only: what follows from a practice's answers is computed in `bot.compliance`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import msgspec

if TYPE_CHECKING:
    from bot.knowledge.breach import Breach
    from bot.knowledge.dpia import Dpia
    from bot.knowledge.notices import Notices
    from bot.knowledge.processors import Processors
    from bot.knowledge.requests import Requests

#: A `moment` is a day, with its hour or the part of it when known.
Kind = Literal["bool", "one", "many", "text", "vendor", "number", "duration", "date", "moment"]
Grade = Literal["V1", "V1t", "V2", "C+", "C?", "guide"]
Priority = Literal["urgent", "important", "utile"]
Effort = Literal["faible", "moyen", "fort"]
#: The pages where measures are carried out, by their address.
MeasurePage = Literal["registre", "prestataires", "analyse-impact", "demandes", "violations"]
#: question id → what its answer must be; see `bot.compliance.conditions` for the meaning.
Condition = dict[str, Any]


class Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of all knowledge: immutable, and a misspelt field is an error."""


class Source(Data, frozen=True):
    """Where a statement comes from. `grade` is how sure the statement is, `checked` when it was read."""

    title: str
    checked: date
    grade: Grade
    url: str = ""
    note: str = ""


class LawfulBasis(Data, frozen=True):
    """A basis of RGPD art. 6(1), or a condition of art. 9(2)."""

    label: str
    article: str
    sources: tuple[str, ...]


class Vendor(Data, frozen=True):
    """A product or supplier that French practices use, for recognising its name and nothing more."""

    name: str
    also: tuple[str, ...] = ()


class Question(Data, frozen=True):
    """One question of the interview.

    `label` names the answer in recaps, `ask_whom` says who can tell when the practitioner cannot,
    `none` is the option that excludes all others, `words` are other wordings of an option, or the facts that
    say `oui` or `non` to a `bool`, `called` is what the answer is called when it is corrected, `unit` what a
    number counts, `unit_one` its singular, `personal` marks the practitioner's own contact details, which are
    not masked.
    """

    id: str
    ask: str
    label: str
    kind: Kind
    why: str
    sources: tuple[str, ...]
    help: str = ""
    options: dict[str, str] = {}
    none: str = ""
    words: dict[str, tuple[str, ...]] = {}
    called: tuple[str, ...] = ()
    when: Condition = {}
    ask_whom: str = ""
    unit: str = ""
    unit_one: str = ""
    personal: bool = False


class Line(Data, frozen=True):
    """One statement of a register field; `{theme.question}` in `text` stands for the answer.

    `to_check` marks what the practitioner must still find out, and write in its place. `public` is how the
    line is told to the persons concerned: as it stands, in other words, or not at all.
    """

    text: str
    when: Condition = {}
    sources: tuple[str, ...] = ()
    sensitive: bool = False
    to_check: bool = False
    public: str | bool = True


class Purpose(Data, frozen=True):
    """A purpose with its lawful basis (art. 6) and, for sensitive data, its art. 9(2) condition.

    `public` is how it is told to the persons concerned, `interest` the legitimate interest pursued, which
    they are told too (art. 13(1)(d)); `note` is for the practitioner alone.
    """

    text: str
    basis: str
    article_9: str = ""
    note: str = ""
    interest: str = ""
    when: Condition = {}
    sources: tuple[str, ...] = ()
    public: str | bool = True


class Retention(Data, frozen=True):
    """How long a kind of data is kept: in active use, then archived, from when, and what follows.

    `public` is how it is told to the persons concerned; `to_fix` marks a period that the practice has to set.
    """

    data: str
    active: str
    archive: str
    starts: str
    then: str
    when: Condition = {}
    sources: tuple[str, ...] = ()
    public: str | bool = True
    to_fix: bool = False


class Recipient(Line, frozen=True):
    """Who receives data; `supplier` is its kind in `knowledge/processors/kinds.yml`, empty for none."""

    supplier: str = ""


class Recipients(Data, frozen=True):
    """The three families of recipients of the CNIL's model."""

    internal: tuple[Line, ...] = ()
    external: tuple[Recipient, ...] = ()
    processors: tuple[Recipient, ...] = ()


class Entry(Data, frozen=True):
    """The model of a processing activity in the register (RGPD art. 30)."""

    id: str
    title: str
    sources: tuple[str, ...]
    purposes: tuple[Purpose, ...]
    data: tuple[Line, ...]
    data_subjects: tuple[Line, ...]
    recipients: Recipients
    transfers: tuple[Line, ...]
    retention: tuple[Retention, ...]
    software: tuple[Line, ...]
    media: tuple[Line, ...]
    joint_controllers: tuple[Line, ...] = ()
    security: tuple[Line, ...] = ()
    when: Condition = {}


class CommonFields(Data, frozen=True):
    """The fields that every register entry fills in the same way."""

    sources: tuple[str, ...]
    controller: tuple[Line, ...]
    joint_controllers: tuple[Line, ...]
    dpo: tuple[Line, ...]


class Activity(Data, frozen=True):
    """A theme of the interview, and the register entries that follow from it."""

    id: str
    title: str
    guide: str
    intro: str
    position: int
    questions: tuple[Question, ...]
    asks_when: Condition = {}
    register: tuple[Entry, ...] = ()
    words: tuple[str, ...] = ()

    def question(self, question_id: str) -> Question:
        """The question of that local or qualified id; raises KeyError when there is none."""
        local = question_id.removeprefix(f"{self.id}.")
        for question in self.questions:
            if question.id == local:
                return question
        raise KeyError(question_id)

    def with_options(
        self, question_id: str, options: dict[str, str], words: dict[str, tuple[str, ...]] | None = None
    ) -> Activity:
        """The same theme whose question `question_id`, a local id, has these options, and words for them."""
        questions = tuple(
            msgspec.structs.replace(question, options=options, words=words or question.words)
            if question.id == question_id
            else question
            for question in self.questions
        )
        return msgspec.structs.replace(self, questions=questions)


class Safeguard(Data, frozen=True):
    """A security measure that is in place when its condition holds; listed in every register entry."""

    id: str
    text: str
    when: Condition
    sources: tuple[str, ...]


class Trigger(Data, frozen=True):
    """An answer that calls for a measure, and the reason in words."""

    when: Condition
    because: str


class Measure(Data, frozen=True):
    """A recommended measure: what to do in at most three lines, why, how urgent, how long it takes.

    `page` is the page of Vigie where it is carried out, for those that no notice carries out.
    """

    id: str
    title: str
    priority: Priority
    effort: Effort
    steps: tuple[str, ...]
    triggers: tuple[Trigger, ...]
    sources: tuple[str, ...]
    words: tuple[str, ...] = ()
    page: MeasurePage | Literal[""] = ""


class Case(Data, frozen=True):
    """The answer that replaces the general one for a practice whose answers meet the condition."""

    when: Condition
    answer: str


class FaqEntry(Data, frozen=True):
    """A question on the RGPD with its short, sourced answer.

    `detail` and `todo` are given on request, `related` are ids of entries to read next; the first of
    `cases` that holds for the practice takes the place of `answer`.
    """

    id: str
    question: str
    wordings: tuple[str, ...]
    answer: str
    detail: str
    todo: str
    sources: tuple[str, ...]
    checked: date
    related: tuple[str, ...] = ()
    cases: tuple[Case, ...] = ()


class Knowledge(Data, frozen=True):
    """All that `knowledge/` says, with the conditions' question ids qualified as `theme.question`."""

    activities: tuple[Activity, ...]
    measures: tuple[Measure, ...]
    safeguards: tuple[Safeguard, ...]
    register: CommonFields
    faq: tuple[FaqEntry, ...]
    sources: dict[str, Source]
    lawful_bases: dict[str, LawfulBasis]
    article_9: dict[str, LawfulBasis]
    vendors: tuple[Vendor, ...]
    grades: dict[Grade, str]
    breach: Breach
    requests: Requests
    processors: Processors
    dpia: Dpia
    notices: Notices

    @property
    def asked(self) -> tuple[Activity, ...]:
        """All that is asked in a conversation: the themes, and the questionnaires on cases."""
        return *self.activities, *self.cases

    @property
    def cases(self) -> tuple[Activity, ...]:
        """The questionnaires on cases, such as a breach."""
        return self.breach.questionnaire, self.requests.questionnaire, self.processors.questionnaire

    def activity(self, activity_id: str) -> Activity:
        """The theme of that id, those of its other parts included; raises KeyError when there is none."""
        others = (self.breach, self.requests, self.processors, self.dpia, self.notices)
        themes = (theme for part in others for theme in part.themes)
        for activity in (*self.activities, *themes):
            if activity.id == activity_id:
                return activity
        raise KeyError(activity_id)

    def question(self, qualified_id: str) -> Question:
        """The question `theme.question`; raises KeyError when there is none."""
        return self.activity(qualified_id.partition(".")[0]).question(qualified_id)
