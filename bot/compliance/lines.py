"""Lines of the knowledge as those of one practice: their placeholders filled, what is missing asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from bot.compliance.answers import Answers, in_words, to_whom
from bot.compliance.conditions import holds, named
from bot.compliance.interview import waits_for
from bot.knowledge.model import Condition, Knowledge, Line, Purpose, Retention, Safeguard

Status = Literal["proposed", "confirmed", "changed", "unknown"]
Item = Line | Purpose | Retention

_PLACEHOLDER = re.compile(r"\{([a-z0-9_.]+)\}")


@dataclass(frozen=True)
class Told:
    """How a statement is told to the persons concerned (RGPD art. 13); `text` is empty when it is not.

    `interest` is the legitimate interest pursued, `to_fix` marks a period that the practice has yet to set.
    """

    text: str = ""
    interest: str = ""
    to_fix: bool = False


@dataclass(frozen=True)
class RegisterLine:
    """One statement of a field, its status and its sources (ids).

    `details` refine it, each with a name; `shared` marks what the whole practice does alike; `asks` is the
    question whose missing answer it stands for, by its qualified id.
    """

    text: str
    status: Status
    sources: tuple[str, ...] = ()
    sensitive: bool = False
    details: tuple[tuple[str, str], ...] = ()
    shared: bool = False
    told: Told = Told()
    asks: str = ""

    @property
    def in_full(self) -> str:
        """The statement and its details on one line of text, as it is confirmed or rewritten."""
        parts = [self.text, *(f"{name} : {text}" for name, text in self.details if text)]
        return " ".join(" – ".join(parts).split())


#: From the least sure to the surest.
_ORDER: tuple[Status, ...] = ("unknown", "proposed", "changed", "confirmed")


def least_sure(lines: Iterable[RegisterLine]) -> Status:
    """The status of a field: that of the least sure of its lines."""
    return min((line.status for line in lines), key=_ORDER.index)


@dataclass(frozen=True)
class FilledField:
    """A field ready to copy: never empty, and as sure as its least sure line.

    `confirmed` is what was answered, `proposed` what Vigie concludes or supposes, `unknown` what is missing.
    """

    id: str
    label: str
    lines: tuple[RegisterLine, ...]
    status: Status
    guide: bool = False

    @property
    def text(self) -> str:
        """Its lines, one under the other."""
        return "\n".join(line.text for line in self.lines)


def questions(item: Item | Safeguard) -> Iterator[str]:
    """The qualified ids of the questions that a line depends on, by its condition or its placeholders."""
    yield from named(item.when)
    for text in _texts(item):
        yield from _PLACEHOLDER.findall(text)


def _texts(item: Item | Safeguard) -> tuple[str, ...]:
    if isinstance(item, Purpose):
        return item.text, item.note
    if isinstance(item, Retention):
        return item.data, item.active, item.archive, item.starts, item.then
    return (item.text,)


class Lines:
    """Writes lines of the knowledge for a practice's effective answers."""

    def __init__(self, knowledge: Knowledge, answers: Answers) -> None:
        self._knowledge, self._answers = knowledge, answers

    def of(self, items: Iterable[Item], sources: tuple[str, ...]) -> list[RegisterLine]:
        """The lines that hold, and for those that cannot be decided the question to answer.

        `sources` are those of lines that name none of their own.
        """
        lines: list[RegisterLine] = []
        for item in items:
            if holds(item.when, self._answers):
                lines.append(self._written(item, item.sources or sources))
            elif question := self._open(item.when):
                lines.append(self._missing(question))
        return lines

    def every(self, items: Iterable[Item], sources: tuple[str, ...]) -> list[RegisterLine]:
        """The lines as they would be written if all held."""
        return [self._written(item, item.sources or sources) for item in items]

    def safeguards(self) -> list[RegisterLine]:
        """The security measures in place in the whole practice, then what is needed to know the others.

        Questions left open are asked for one by one; themes not reached yet are named together.
        """
        lines: list[RegisterLine] = []
        left: dict[str, None] = {}
        for safeguard in self._knowledge.safeguards:
            if holds(safeguard.when, self._answers):
                lines.append(self._in_place(safeguard))
            elif question := self._open(safeguard.when):
                if question in self._answers:
                    lines.append(self._missing(question, shared=True))
                else:
                    left[self._knowledge.activity(question.partition(".")[0]).title] = None
        lines.sort(key=lambda line: line.status == "unknown")
        if left:
            names = ", ".join(f"« {title} »" for title in left)
            lines.append(RegisterLine(f"À compléter avec : {names}", "unknown", shared=True))
        return lines

    def _written(self, item: Item, sources: tuple[str, ...]) -> RegisterLine:
        if question := self._gap(_texts(item)[0]):
            return self._missing(question)
        if isinstance(item, Purpose):
            return self._purpose(item, sources)
        if isinstance(item, Retention):
            return self._retention(item, sources)
        text = self._filled(item.text)
        # What holds only because the practitioner does not know was not told.
        known = {key: answer for key, answer in self._answers.items() if answer.known}
        told = text != item.text or bool(item.when and holds(item.when, known))
        status: Status = "unknown" if item.to_check else "confirmed" if told else "proposed"
        public = Told() if item.to_check else self._told(item.public, item.text)
        return RegisterLine(text, status, sources, item.sensitive, told=public)

    def _purpose(self, purpose: Purpose, sources: tuple[str, ...]) -> RegisterLine:
        basis = self._knowledge.lawful_bases[purpose.basis]
        details = [("Base légale", f"{basis.label} ({basis.article})")]
        if purpose.article_9:
            condition = self._knowledge.article_9[purpose.article_9]
            details.append(("Données sensibles", f"{condition.label} ({condition.article})"))
        if purpose.note:
            details.append(("À savoir", purpose.note))
        told = replace(self._told(purpose.public, purpose.text), interest=self._filled(purpose.interest))
        return self._detailed(purpose.text, details, sources, told)

    def _retention(self, retention: Retention, sources: tuple[str, ...]) -> RegisterLine:
        details = [
            ("En usage courant", retention.active),
            ("Archivage intermédiaire", retention.archive),
            ("À partir de", retention.starts),
            ("Ensuite", retention.then),
        ]
        told = self._told(retention.public, f"{retention.data} : {retention.active}")
        return self._detailed(retention.data, details, sources, replace(told, to_fix=retention.to_fix))

    def _detailed(
        self, text: str, details: list[tuple[str, str]], sources: tuple[str, ...], told: Told
    ) -> RegisterLine:
        """A line that Vigie proposes even where it quotes an answer, as the law behind it was not told."""
        status: Status = "unknown" if any(self._gap(detail) for _, detail in details) else "proposed"
        filled = tuple((name, self._detail(detail)) for name, detail in details)
        return RegisterLine(self._filled(text), status, sources, details=filled, told=told)

    def _told(self, public: str | bool, text: str) -> Told:
        """How a line is told to the persons concerned: nothing of what still lacks an answer."""
        if isinstance(public, str):
            text = public
        return Told(self._filled(text)) if public and not self._gap(text) else Told()

    def _detail(self, text: str) -> str:
        question = self._gap(text)
        return self._missing(question).text if question else self._filled(text)

    def _in_place(self, safeguard: Safeguard) -> RegisterLine:
        if question := self._gap(safeguard.text):
            return self._missing(question, shared=True)
        return RegisterLine(self._filled(safeguard.text), "confirmed", safeguard.sources, shared=True)

    def _missing(self, question_id: str, shared: bool = False) -> RegisterLine:
        question = self._knowledge.question(question_id)
        whom = f" (à demander {to_whom(question.ask_whom)})" if question.ask_whom else ""
        text = f"À préciser : {question.ask}{whom}"
        return RegisterLine(text, "unknown", question.sources, shared=shared, asks=question_id)

    def _open(self, condition: Condition) -> str | None:
        """The question to ask next to decide a condition; None when the answers rule it out."""
        return waits_for(self._knowledge, condition, self._answers)

    def _gap(self, text: str) -> str | None:
        """The first question whose answer a text quotes and nobody gave."""
        return next((key for key in _PLACEHOLDER.findall(text) if not self._known(key)), None)

    def _known(self, question_id: str) -> bool:
        answer = self._answers.get(question_id)
        return answer is not None and answer.known

    def _filled(self, text: str) -> str:
        return _PLACEHOLDER.sub(lambda match: self._answer(match[1]), text)

    def _answer(self, question_id: str) -> str:
        return in_words(self._knowledge.question(question_id), self._answers.get(question_id))
