"""What must hold in `knowledge/processors/`: kinds, roles, conditions, sources, and what finds a clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from bot.knowledge.checking import Check, practice_questions
from bot.knowledge.model import Knowledge, Question
from bot.knowledge.processors import (
    DATE,
    EXISTS,
    HOSTING_SEEN,
    KIND,
    NAME,
    ClauseState,
    Hosting,
    HostingRule,
    OverallName,
    RoleCase,
    RoleName,
)
from bot.knowledge.validation import Problem, check_condition, check_question

_READ_BY_NAME = (KIND, NAME, EXISTS, DATE, HOSTING_SEEN)
#: How a word that finds a clause is written: in the form of `bot.language.normal`, `*` for any ending.
_WORD = re.compile(r"[A-Za-z0-9]+\*?(?: [A-Za-z0-9]+\*?)*")
_FIELDS_OF_AMENDMENT = frozenset({"service", "donnees", "personnes", "nom", "cabinet", "says", "points"})
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def processors_problems(knowledge: Knowledge) -> Iterator[Problem]:
    """Every mistake in `knowledge/processors/`: the file without its ending, and a sentence on the field."""
    processors = knowledge.processors
    asked = practice_questions(knowledge)
    practice = dict(asked)
    for theme in (processors.findings, processors.questionnaire):
        for question in theme.questions:
            key = f"{theme.id}.{question.id}"
            yield from check_question(question, asked, key)
            asked[key] = question
    missing = [name for name in _READ_BY_NAME if processors.key(name) not in asked]
    for name in missing:
        yield processors.id, f"questions: la question « {name} » manque"
    if not missing:
        yield from _Check(knowledge, asked, practice).all()


class _Check(Check):
    def __init__(
        self, knowledge: Knowledge, asked: dict[str, Question], practice: dict[str, Question]
    ) -> None:
        super().__init__(knowledge, knowledge.processors, asked)
        self._processors, self._practice = knowledge.processors, practice

    def all(self) -> Iterator[Problem]:
        clauses = {clause.id for clause in self._processors.clauses.clauses}
        for theme in self._processors.themes:
            for question in theme.questions:
                if question.id in clauses:
                    continue
                yield from self._cited(question.sources, f"{theme.id}.{question.id}", "sources")
        yield from self._kinds()
        yield from self._tables()
        yield from self._suppliers()
        yield from self._clauses()
        yield from self._wordings()

    def _kinds(self) -> Iterator[Problem]:
        for name, kind in self._processors.kinds.items():
            if not kind.why:
                yield "kinds", f"{name}.why: aucune raison"
            for field, lines in (("why", kind.why), ("besides", kind.besides)):
                yield from self._sourced_lines(lines, "kinds", f"{name}.{field}")
            ruled: dict[str, tuple[HostingRule | RoleCase, ...]] = {
                "hosting": kind.hosting,
                "cases": kind.cases,
            }
            for field, rules in ruled.items():
                for place, rule in enumerate(rules):
                    path = f"{name}.{field}[{place}]"
                    yield from self._when(rule.when, "kinds", path, empty=field == "hosting")
                    yield from self._cited(rule.sources, "kinds", f"{path}.sources")
            if not kind.hosting or kind.hosting[-1].when:
                yield "kinds", f"{name}.hosting: la dernière règle vaut toujours, sans condition"
            for place, presumed in enumerate(kind.presumes):
                path = f"{name}.presumes[{place}]"
                yield from check_condition(presumed.when, self._practice, "kinds", f"{path}.when")
                yield from self._given(presumed.implies, "kinds", f"{path}.implies")

    def _tables(self) -> Iterator[Problem]:
        processors = self._processors
        tables: tuple[tuple[str, Any, Mapping[Any, Any], str], ...] = (
            ("roles", RoleName, processors.roles, "role"),
            ("hosting", Hosting, processors.hosting, "hebergement"),
        )
        for file, names, told, finding in tables:
            for name in get_args(names):
                if name not in told:
                    yield file, f"{name}: manque"
            for name, text in told.items():
                yield from self._cited(text.sources, file, f"{name}.sources")
            options = self._asked[f"{processors.findings.id}.{finding}"].options
            if set(options) != set(get_args(names)):
                yield f"{processors.findings.id}.{finding}", f"options: celles de {file}.yml"
        yield from self._once((rule.id for rule in processors.transfers), "transfers", "$")
        for rule in processors.transfers:
            yield from self._when(rule.when, rule.id, "")
            yield from self._cited(rule.sources, rule.id, "sources")

    def _suppliers(self) -> Iterator[Problem]:
        kinds = self._processors.kinds
        for place, feed in enumerate(self._processors.feeds):
            yield from check_condition(feed.when, self._practice, "suppliers", f"[{place}].when")
            if feed.supplier not in kinds:
                yield "suppliers", f"[{place}].supplier: genre inconnu « {feed.supplier} »"
        for activity in self._knowledge.activities:
            for entry in activity.register:
                for field in ("external", "processors"):
                    for number, line in enumerate(getattr(entry.recipients, field)):
                        if line.supplier and line.supplier not in kinds:
                            yield (
                                f"{activity.id}.{entry.id}",
                                f"recipients.{field}[{number}].supplier: genre inconnu « {line.supplier} »",
                            )

    def _clauses(self) -> Iterator[Problem]:
        clauses = self._processors.clauses
        yield from self._cited(clauses.sources, "clauses", "sources")
        yield from self._when(clauses.when, "clauses", "")
        yield from self._once((clause.id for clause in clauses.clauses), "clauses", "clauses")
        for place, clause in enumerate(clauses.clauses):
            path = f"clauses[{place}]"
            if not 0 <= clause.guide <= len(clauses.guide):
                yield "clauses", f"{path}.guide: le guide n'a pas de mention {clause.guide}"
            yield from self._cited(clause.sources, "clauses", f"{path}.sources")
            if not clause.samples or not clause.amendment:
                yield "clauses", f"{path}: samples et amendment ne peuvent être vides"
            if len(clause.groups) < 2:
                yield "clauses", f"{path}.groups: au moins deux groupes de mots"
            for word in (*(word for group in clause.groups for word in group), *clause.never):
                if not _WORD.fullmatch(word):
                    yield "clauses", f"{path}.groups: « {word} » à écrire sans accent ni signe"
            for text in clause.amendment:
                yield from self._fields(text, "clauses", f"{path}.amendment")
        for number in range(1, len(clauses.guide) + 1):
            if not any(clause.guide == number for clause in clauses.clauses):
                yield "clauses", f"guide: aucune clause pour la mention {number}"

    def _wordings(self) -> Iterator[Problem]:
        wordings = self._processors.wordings
        measures = {measure.id for measure in self._knowledge.measures}
        for name in get_args(ClauseState):
            if name not in wordings.states:
                yield "wordings", f"states: « {name} » manque"
        for name in get_args(OverallName):
            if name not in wordings.overall:
                yield "wordings", f"overall: « {name} » manque"
        for name, text in wordings.overall.items():
            yield from self._cited(text.sources, "wordings", f"overall.{name}.sources")
            if text.measure and text.measure not in measures:
                yield "wordings", f"overall.{name}.measure: mesure inconnue « {text.measure} »"
            yield from self._fields(text.because, "wordings", f"overall.{name}.because")
        for place, side in enumerate(wordings.measures):
            yield from self._when(side.when, "wordings", f"measures[{place}]")
            if side.measure not in measures:
                yield "wordings", f"measures[{place}].measure: mesure inconnue « {side.measure} »"
            yield from self._fields(side.because, "wordings", f"measures[{place}].because")
        for question in wordings.pivots:
            asked = self._asked.get(self._processors.key(question))
            if asked is None or asked.kind not in ("bool", "one"):
                yield "wordings", f"pivots: « {question} » n'est pas une question à choix"
        for field, cited in (
            ("letter", wordings.letter.sources),
            ("amendment", wordings.amendment.sources),
            ("list", wordings.list.sources),
            ("old", wordings.old.sources),
        ):
            yield from self._cited(cited, "wordings", f"{field}.sources")

    def _fields(self, text: str, owner: str, path: str) -> Iterator[Problem]:
        for name in _PLACEHOLDER.findall(text):
            if name not in _FIELDS_OF_AMENDMENT:
                yield owner, f"{path}: « {{{name}}} » ne se remplit pas"
