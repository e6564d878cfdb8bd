"""Questions asked as fields of a page's form: what each shows, and what is answered in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from multidict import MultiDict

from bot.compliance.answers import UNKNOWN, UNKNOWN_TEXT, Answer
from bot.knowledge.model import Question
from bot.language.incoming import Empty, TooLong, receive
from bot.web import texts
from bot.web.decisions import Wrong
from bot.web.typography import plain

#: What is chosen for « je ne sais pas ».
UNKNOWN_VALUE = "?"
#: Several lines, each within what is read of one message.
LONGEST_TEXT = 6_000
_YES_NO = {"oui": True, "non": False}
_YES_NO_LABELS = {"oui": "Oui", "non": "Non"}


@dataclass(frozen=True)
class Field:
    """A question in a form, with its answer, or what is proposed as long as it has none.

    `posted` is what a form held that could not be taken, and `mistake` the reason in French.
    """

    question: Question
    answer: Answer | None = None
    proposal: Answer | None = None
    posted: MultiDict[str] | None = None
    mistake: str = ""

    @property
    def options(self) -> dict[str, str]:
        """The choices, without « je ne sais pas »."""
        return _YES_NO_LABELS if self.question.kind == "bool" else self.question.options

    @property
    def unknown_name(self) -> str:
        """The name of the box « je ne sais pas » beside a text."""
        return f"{self.question.id}.inconnu"

    @property
    def unknown(self) -> bool:
        """Whether « je ne sais pas » is chosen."""
        if self.posted is not None:
            return self.unknown_name in self.posted or UNKNOWN_VALUE in self._values(self.posted)
        return self.answer is not None and self.answer.state == "unknown"

    @property
    def chosen(self) -> tuple[str, ...]:
        """The options chosen."""
        return tuple(self._values(self.posted)) if self.posted is not None else self._standing

    @property
    def text(self) -> str:
        """The text of the field."""
        if self.posted is not None:
            return self.posted.get(self.question.id, "")
        return self._standing_text

    @cached_property
    def _standing(self) -> tuple[str, ...]:
        """The options that the page shows as chosen on its own."""
        found = self.proposal if self.answer is None else self.answer
        if found is None or not found.known:
            return ()
        if isinstance(found.value, bool):
            return ("oui" if found.value else "non",)
        return found.value if isinstance(found.value, tuple) else (str(found.value),)

    @property
    def _standing_text(self) -> str:
        found = self.answer if self.answer and self.answer.known else self.proposal
        return str(found.value) if found and found.known else ""

    def _values(self, form: MultiDict[str]) -> list[str]:
        return form.getall(self.question.id, [])

    def read(self, form: MultiDict[str]) -> tuple[Answer | None, tuple[str, ...]]:
        """What a form answers, None when it leaves the question open, and what was masked in it.

        Raises Wrong when it cannot be taken. A text that stands as the page showed it is taken as it is.
        """
        if self.question.kind == "text":
            return self._read_text(form)
        return self._read_choice(form), ()

    def _read_text(self, form: MultiDict[str]) -> tuple[Answer | None, tuple[str, ...]]:
        typed, standing = _bare(form.get(self.question.id, "")), self._standing_text
        same = typed == _bare(standing)
        if self.unknown_name in form:
            if typed and not same:
                raise Wrong(texts.TEXT_AND_UNKNOWN)
            return UNKNOWN, ()
        if self.question.id not in form:
            # From a page that did not ask it yet.
            return self.answer, ()
        if not typed:
            return None, ()
        if same:
            return (self.answer if self.answer and self.answer.known else self.proposal), ()
        text, masked = _received(typed, self.question.personal)
        return Answer.given(text), masked

    def _read_choice(self, form: MultiDict[str]) -> Answer | None:
        chosen = list(dict.fromkeys(self._values(form)))
        if not set(chosen) <= {*self.options, UNKNOWN_VALUE}:
            raise Wrong(texts.WRONG_CHOICE)
        if UNKNOWN_VALUE in chosen:
            if len(chosen) > 1:
                raise Wrong(texts.exclusive(UNKNOWN_TEXT))
            return UNKNOWN
        if self.question.kind == "many":
            return self._read_many(chosen)
        if len(chosen) > 1:
            raise Wrong(texts.ONE_CHOICE)
        if not chosen:
            return self.answer
        return Answer.given(_YES_NO[chosen[0]] if self.question.kind == "bool" else chosen[0])

    def _read_many(self, chosen: list[str]) -> Answer | None:
        none = self.question.none
        if none in chosen and len(chosen) > 1:
            raise Wrong(texts.exclusive(self.options[none]))
        if chosen:
            return Answer.given(tuple(option for option in self.options if option in chosen))
        # What stood there was taken away, and nothing put in its place.
        if self._standing or self.answer:
            raise Wrong(texts.NO_CHOICE)
        return None


@dataclass(frozen=True)
class Taken:
    """What a form answers: by local id the answers, None to leave a question open, and the mistakes."""

    answers: Mapping[str, Answer | None]
    mistakes: Mapping[str, str]
    masked: bool


def take(fields: Iterable[Field], form: MultiDict[str]) -> Taken:
    """What a form answers to several questions; what cannot be taken does not keep the rest from it."""
    answers: dict[str, Answer | None] = {}
    mistakes: dict[str, str] = {}
    masked = False
    for field in fields:
        try:
            answers[field.question.id], found = field.read(form)
        except Wrong as wrong:
            mistakes[field.question.id] = str(wrong)
        else:
            masked = masked or bool(found)
    return Taken(answers, mistakes, masked)


def refused(field: Field, form: MultiDict[str], mistakes: Mapping[str, str]) -> Field:
    """The field as it was posted, with what was wrong in it; one without a mistake as it stands."""
    mistake = mistakes.get(field.question.id)
    return replace(field, posted=form, mistake=mistake) if mistake else field


def _bare(text: str) -> str:
    """A text to compare: line by line, without what the page or the browser adds."""
    return "\n".join(line.rstrip() for line in plain(text).replace("\r\n", "\n").strip().split("\n"))


def _received(text: str, personal: bool) -> tuple[str, tuple[str, ...]]:
    """The text without patients' data, and what was masked in it."""
    if len(text) > LONGEST_TEXT:
        raise Wrong(texts.long_text(len(text), LONGEST_TEXT))
    lines: list[str] = []
    masked: list[str] = []
    for line in text.split("\n"):
        try:
            received = receive(line, personal)
        except Empty:
            continue
        except TooLong as error:
            raise Wrong(texts.LONG_LINE) from error
        lines.append(received.text)
        masked += received.masked
    if not lines:
        raise Wrong(texts.NOTHING_READABLE)
    return "\n".join(lines), tuple(masked)
