"""What the chat shows of a session at this moment: its messages, the answers awaited, its progress."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bot.compliance import interview
from bot.compliance.answers import Answer, in_words
from bot.compliance.interview import Sheet
from bot.knowledge.model import Activity, Knowledge, Question
from bot.records import PracticeFile, Unit
from bot.records.practice_file import CaseFile
from bot.records.repositories import Conversation, Message, WebSession

_ANSWER = "/repondre"
#: The buttons that set a question aside instead of answering it.
_ASIDE = ("/ne_sait_pas", "/passer", "/pourquoi")


@dataclass(frozen=True)
class Choice:
    """A quick reply of a message: the browser knows its place, never its payload."""

    index: int
    title: str
    payload: str

    @property
    def value(self) -> Any:
        """The answer that it gives; None when it is no answer."""
        if not self.payload.startswith(f"{_ANSWER}{{"):
            return None
        return json.loads(self.payload[len(_ANSWER) :]).get("valeur")

    @property
    def aside(self) -> bool:
        """Whether it sets the question aside."""
        return self.payload in _ASIDE


@dataclass(frozen=True)
class Choices:
    """The quick replies of one message, and the question that it asks, if any."""

    message: int
    choices: tuple[Choice, ...]
    question: Question | None
    answer: Answer | None

    @property
    def many(self) -> bool:
        """Whether several answers can be chosen together."""
        return self.question is not None and self.question.kind == "many" and bool(self.answers)

    @property
    def answers(self) -> tuple[Choice, ...]:
        """The replies that answer the question, or all when none does."""
        return tuple(choice for choice in self.choices if not choice.aside)

    @property
    def asides(self) -> tuple[Choice, ...]:
        """The replies that set the question aside."""
        return tuple(choice for choice in self.choices if choice.aside)

    def current(self, choice: Choice) -> bool:
        """Whether the choice is, or is part of, what was answered before."""
        if self.answer is None or not self.answer.known or choice.value is None:
            return False
        value = self.answer.value
        if isinstance(value, bool):
            value = "oui" if value else "non"
        return choice.value in (value if isinstance(value, tuple) else (value,))

    def exclusive(self, choice: Choice) -> bool:
        """Whether the choice excludes all others."""
        return self.question is not None and bool(self.question.none) and choice.value == self.question.none


@dataclass(frozen=True)
class Step:
    """Where the interview stands, by theme. Totals are given only once they can be relied on.

    `case` is the one that is asked about instead of a theme; its place among them is 0.
    """

    theme: Activity
    place: int
    places: int | None
    question: int | None
    questions: int
    following: Activity | None
    case: CaseFile | None = None


@dataclass(frozen=True)
class RecapLine:
    """One line of a theme's recap; `question_id` is empty when there is nothing to change yet."""

    label: str
    answer: str
    question_id: str


@dataclass(frozen=True)
class Screen:
    """A reading of one session's conversation, and of the practice's file beside it."""

    knowledge: Knowledge
    session: WebSession
    conversation: Conversation
    messages: list[Message]
    file: PracticeFile

    @classmethod
    def read(cls, unit: Unit, knowledge: Knowledge, session: WebSession) -> Screen:
        """The session's screen as it is recorded now."""
        conversation = unit.conversations.find(session.sender)
        if conversation is None:
            raise LookupError("a session's sender is a foreign key")
        file = PracticeFile.read(unit, knowledge, session.practice_id)
        return cls(knowledge, session, conversation, unit.sessions.transcript(session.digest), file)

    @property
    def last(self) -> int:
        """The number of the last message, 0 when there is none."""
        return self.messages[-1].id if self.messages else 0

    @cached_property
    def turn(self) -> list[Message]:
        """What Vigie said since the practitioner's last message: the only messages that await an answer."""
        own = (place for place, said in enumerate(self.messages, 1) if said.author == "practice")
        return self.messages[max(own, default=0) :]

    @cached_property
    def question_id(self) -> str:
        """The qualified id of the question that is pending, empty when none is."""
        return next((found for said in reversed(self.turn) if (found := self._asks(said))), "")

    @property
    def question(self) -> Question | None:
        """The question that is pending."""
        return self.knowledge.question(self.question_id) if self.question_id else None

    @cached_property
    def case(self) -> CaseFile | None:
        """The case that the conversation is about, if it is about one."""
        return self.file.case(self.conversation.theme_id, self.conversation.case)

    @cached_property
    def recorded(self) -> dict[str, Answer]:
        """What was answered, with what was about the case in hand."""
        return {**self.file.recorded, **(self.case.recorded if self.case else {})}

    def sheet(self, theme_id: str) -> Sheet | None:
        """What is asked in a theme, or about the case in hand; None in a theme that does not apply."""
        if self.case and theme_id == self.case.sheet.activity.id:
            return self.case.sheet
        applies = theme_id in self.theme_ids
        return interview.sheet(self.knowledge.activity(theme_id), self.file.answers) if applies else None

    @cached_property
    def choices(self) -> list[Choices]:
        """The quick replies that can be chosen now, by message."""
        return [self._choices(said) for said in self.turn if said.body.get("buttons")]

    @property
    def current_answer(self) -> str:
        """What the pending question was answered before, in words."""
        question = self.question
        return in_words(question, self.recorded.get(self.question_id)) if question else ""

    @property
    def marks_current_answer(self) -> bool:
        """Whether a quick reply already shows what was answered before."""
        return any(group.current(choice) for group in self.choices for choice in group.choices)

    @cached_property
    def recap(self) -> list[RecapLine]:
        """The recap that awaits a yes, line by line; empty when none does."""
        theme_id = next((said.body["extra"]["recap"] for said in self.turn if _extra(said, "recap")), "")
        sheet = self.sheet(theme_id)
        return recap(sheet) if sheet else []

    @property
    def theme_ids(self) -> list[str]:
        """The themes that apply, in order."""
        return [theme.activity.id for theme in self.file.themes]

    @cached_property
    def step(self) -> Step | None:
        """Where the interview stands; None between two themes."""
        theme_id = self.question_id.partition(".")[0] or self.conversation.theme_id
        sheet = self.sheet(theme_id)
        if sheet is None or (not self.question_id and self.conversation.phase == "idle"):
            return None
        theme, asked = sheet.activity, [sheet.key(question) for question in sheet.asked]
        question = asked.index(self.question_id) + 1 if self.question_id in asked else None
        if theme_id not in self.theme_ids:
            return Step(theme, 0, None, question, len(asked), None, self.case)
        place = self.theme_ids.index(theme_id)
        # The first theme decides which others apply: until then their number would only be a guess.
        counted = self.file.themes[0].state in ("to_confirm", "confirmed")
        after = self.file.themes[place + 1 :]
        return Step(
            theme,
            place + 1,
            len(self.theme_ids) if counted else None,
            question,
            len(asked),
            after[0].activity if after and counted else None,
        )

    def _choices(self, said: Message) -> Choices:
        question_id = self._asks(said)
        return Choices(
            said.id,
            tuple(
                Choice(place, button["title"], button["payload"])
                for place, button in enumerate(said.body["buttons"])
            ),
            self.knowledge.question(question_id) if question_id else None,
            self.recorded.get(question_id),
        )

    def _asks(self, said: Message) -> str:
        """The question that a message asks; one that the knowledge no longer has is none."""
        question_id = str(_extra(said, "question"))
        try:
            self.knowledge.question(question_id)
        except KeyError:
            return ""
        return question_id


def recap(sheet: Sheet) -> list[RecapLine]:
    """What was answered in a theme, or about a case, question by question."""
    lines = []
    for question in sheet.asked:
        answer = sheet.answers.get(sheet.key(question))
        changeable = sheet.key(question) if answer else ""
        lines.append(RecapLine(question.label, in_words(question, answer), changeable))
    return lines


def _extra(said: Message, name: str) -> Any:
    return (said.body.get("extra") or {}).get(name, "")
