"""What must hold in `knowledge/breach/`: conditions, placeholders, sources, and the table of risk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from bot.knowledge.breach import (
    INCIDENT,
    LEVELS,
    NOW,
    RISKS,
    Breach,
    ExceptionRule,
    Factor,
    Precedent,
    VerdictName,
)
from bot.knowledge.checking import Check, practice_questions
from bot.knowledge.model import Knowledge, Question
from bot.knowledge.validation import (
    Problem,
    check_condition,
    check_question,
    check_rising,
    check_sources,
)

#: The questions that the code reads by name.
_READ_BY_NAME = (
    INCIDENT, "atteinte", "responsabilite", "decouvert_par", "decouverte", "connaissance", "debut",
    "fin", "prestataire_connaissance", "nombre_personnes", "nombre_enregistrements", "prevenus", "joignables",
    "information",
)  # fmt: skip


def breach_problems(knowledge: Knowledge) -> Iterator[Problem]:
    """Every mistake in `knowledge/breach/`: the file without its ending, and a sentence on the field."""
    breach = knowledge.breach
    asked = practice_questions(knowledge)
    for theme in (breach.findings, breach.followup, breach.questionnaire):
        for question in theme.questions:
            key = f"{theme.id}.{question.id}"
            yield from check_question(question, asked, key)
            yield from check_sources(knowledge, question.sources, key, "sources")
            asked[key] = question
    yield from _moment_problems(breach)
    for name in _READ_BY_NAME:
        if breach.key(name) not in asked:
            yield "questions", f"questions: la question « {name} » manque"
            return
    yield from _Check(knowledge, asked).all()


def _moment_problems(breach: Breach) -> Iterator[Problem]:
    """The options of a moment name « now », or another moment that was told."""
    moments = {question.id for question in breach.questionnaire.questions if question.kind == "moment"}
    for question in breach.questionnaire.questions:
        if question.kind == "moment":
            for option in set(question.options) - moments - {NOW}:
                yield breach.key(question.id), f"options: aucun moment ne s'appelle « {option} »"


class _Check(Check):
    def __init__(self, knowledge: Knowledge, asked: dict[str, Question]) -> None:
        super().__init__(knowledge, knowledge.breach, asked)
        self._breach = knowledge.breach

    def all(self) -> Iterator[Problem]:
        yield from self._incidents()
        yield from self._risk()
        yield from self._table()
        yield from self._wordings()
        yield from self._papers()
        yield from self._reports()

    def _incidents(self) -> Iterator[Problem]:
        measures = {measure.id for measure in self._knowledge.measures}
        for name, incident in self._breach.incidents.items():
            if not incident.first:
                yield "incidents", f"{name}.first: aucun geste"
            yield from self._sourced_lines(incident.first, "incidents", f"{name}.first")
            yield from self._cited(incident.sources, "incidents", f"{name}.sources")
            yield from self._given(incident.implies, "incidents", f"{name}.implies")
            for measure in incident.avoided_by:
                if measure not in measures:
                    yield "incidents", f"{name}.avoided_by: mesure inconnue « {measure} »"

    def _risk(self) -> Iterator[Problem]:
        risk = self._breach.risk
        yield from self._cited(risk.sources, "risk", "sources")
        cited: dict[str, tuple[Factor | ExceptionRule | Precedent, ...]] = {
            "factors": risk.factors,
            "exceptions": risk.exceptions,
            "precedents": risk.precedents,
        }
        for field, items in cited.items():
            yield from self._once((item.id for item in items), "risk", field)
            for place, item in enumerate(items):
                path = f"{field}[{place}]"
                yield from self._when(item.when, "risk", path)
                yield from self._cited(item.sources, "risk", f"{path}.sources")
        for field, lines in (("not_a_breach", risk.not_a_breach), ("notes", risk.notes)):
            yield from self._sourced_lines(lines, "risk", field)
        for place, pivot in enumerate(risk.pivots):
            yield from check_condition(pivot.when, self._asked, "risk", f"pivots[{place}].when")
            yield from self._given(pivot.supposes, "risk", f"pivots[{place}].supposes")

    def _table(self) -> Iterator[Problem]:
        risk = self._breach.risk
        yield from check_rising(risk.table, "risk")
        if set(risk.levels) != set(LEVELS):
            yield "risk", f"levels: un libellé pour chacun des niveaux ({', '.join(LEVELS)})"

    def _wordings(self) -> Iterator[Problem]:
        wordings = self._breach.wordings
        for name in get_args(VerdictName):
            if name not in wordings.verdicts:
                yield "verdicts", f"verdicts: « {name} » manque"
        for name, verdict in wordings.verdicts.items():
            yield from self._cited(verdict.sources, "verdicts", f"verdicts.{name}.sources")
        for outcome in (*RISKS, "pas_une_violation"):
            if outcome not in wordings.outcomes:
                yield "verdicts", f"outcomes: « {outcome} » manque"
        for certainty in ("read", "known", "reasoning"):
            if certainty not in wordings.certainty:
                yield "verdicts", f"certainty: « {certainty} » manque"
        for clock in ("notification", "complement"):
            if clock not in wordings.clocks:
                yield "verdicts", f"clocks: « {clock} » manque"
        for name, period in wordings.clocks.items():
            yield from self._cited(period.sources, "verdicts", f"clocks.{name}.sources")
        yield from self._cited(wordings.doubt_sources, "verdicts", "doubt_sources")
        yield from self._cited(wordings.late_sources, "verdicts", "late_sources")
        entries = {entry.id for activity in self._knowledge.activities for entry in activity.register}
        for place, link in enumerate(wordings.links):
            yield from self._when(link.when, "verdicts", f"links[{place}]")
            if link.entry not in entries:
                yield "verdicts", f"links[{place}].entry: fiche inconnue « {link.entry} »"

    def _papers(self) -> Iterator[Problem]:
        breach = self._breach
        yield from self._cited(breach.form.sources, "form", "sources")
        yield from self._once((section.id for section in breach.form.sections), "form", "sections")
        for place, section in enumerate(breach.form.sections):
            path = f"sections[{place}].fields"
            yield from self._once((field.id for field in section.fields), "form", path)
            for number, field in enumerate(section.fields):
                yield from self._lines(field.lines, "form", f"{path}[{number}].lines")
        yield from self._cited(breach.log.sources, "log", "sources")
        yield from self._once((field.id for field in breach.log.fields), "log", "fields")
        for number, field in enumerate(breach.log.fields):
            yield from self._lines(field.lines, "log", f"fields[{number}].lines")
        yield from self._cited(breach.letters.sources, "letters", "sources")
        yield from self._once((letter.id for letter in breach.letters.letters), "letters", "letters")
        for place, letter in enumerate(breach.letters.letters):
            for number, part in enumerate(letter.parts):
                yield from self._lines(part.lines, "letters", f"letters[{place}].parts[{number}].lines")

    def _reports(self) -> Iterator[Problem]:
        told = self._asked[self._breach.key("prevenus")].options
        yield from self._once((report.id for report in self._breach.reports), "reports", "$")
        for report in self._breach.reports:
            yield from check_condition(report.when, self._asked, report.id)
            yield from self._cited(report.sources, report.id, "sources")
            moment = self._asked.get(self._breach.key(report.starts))
            if bool(report.hours) != bool(report.starts) or (
                report.starts and (moment is None or moment.kind != "moment")
            ):
                yield report.id, f"starts: un délai en heures part d'un moment, pas de « {report.starts} »"
            if report.informed and report.informed not in told:
                yield report.id, f"informed: « {report.informed} » n'est pas une option de « prevenus »"
