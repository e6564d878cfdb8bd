"""What is checked alike in every part of the knowledge: ids, conditions, lines, sources, supposed answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.knowledge.case import Part
from bot.knowledge.model import Condition, Knowledge, Line, Question
from bot.knowledge.validation import Problem, check_condition, check_line, check_sources, check_value


def practice_questions(knowledge: Knowledge) -> dict[str, Question]:
    """The questions of the interview, by qualified id."""
    return {
        f"{activity.id}.{question.id}": question
        for activity in knowledge.activities
        for question in activity.questions
    }


class Check:
    """Checks one part; `asked` are the questions that its conditions and texts may name.

    Each check gives its problems with their `owner` and the `path` of the field.
    """

    def __init__(self, knowledge: Knowledge, part: Part, asked: dict[str, Question]) -> None:
        self._knowledge, self._part, self._asked = knowledge, part, asked

    def _cited(self, sources: tuple[str, ...], owner: str, path: str) -> Iterator[Problem]:
        return check_sources(self._knowledge, sources, owner, path)

    def _once(self, identifiers: Iterable[str], owner: str, path: str) -> Iterator[Problem]:
        for identifier, times in Counter(identifiers).items():
            if times > 1:
                yield owner, f"{path}: « {identifier} » déclaré {times} fois"

    def _lines(self, lines: tuple[Line, ...], owner: str, path: str) -> Iterator[Problem]:
        if not lines:
            yield owner, f"{path}: aucune ligne"
        for place, line in enumerate(lines):
            yield from check_line(line, self._asked, owner, f"{path}[{place}]")

    def _sourced_lines(self, lines: tuple[Line, ...], owner: str, path: str) -> Iterator[Problem]:
        for place, line in enumerate(lines):
            yield from check_line(line, self._asked, owner, f"{path}[{place}]")
            yield from self._cited(line.sources, owner, f"{path}[{place}].sources")

    def _when(self, condition: Condition, owner: str, path: str, empty: bool = False) -> Iterator[Problem]:
        path = f"{path}.when" if path else "when"
        if not condition and not empty:
            yield owner, f"{path}: condition vide"
        yield from check_condition(condition, self._asked, owner, path)

    def _given(self, values: Mapping[str, Any], owner: str, path: str) -> Iterator[Problem]:
        """Answers that a file gives: of questions that the part asks, with values that they can have."""
        for key, value in values.items():
            question, listed = self._asked.get(key), isinstance(value, (list, tuple))
            if question is None or not key.startswith(f"{self._part.id}."):
                yield owner, f"{path}: question inconnue « {key} »"
            elif question.kind == "number":
                if type(value) is not int:
                    yield owner, f"{path}: « {value} » n'est pas un nombre"
            elif (question.kind == "many") != listed:
                wanted = "une réponse" if listed else "une liste"
                yield owner, f"{path}: « {key} » demande {wanted}"
            else:
                for one in value if listed else (value,):
                    yield from ((owner, f"{path}: {what}") for what in check_value(one, key, question))
