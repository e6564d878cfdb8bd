"""What must hold in `knowledge/dpia/`: conditions, sources, options, and the table of risk."""

from __future__ import annotations

from collections.abc import Iterator

from bot.knowledge.breach import LEVELS, RISKS
from bot.knowledge.checking import Check, practice_questions
from bot.knowledge.dpia import (
    ENTRY,
    OFFICER_VERDICTS,
    SENSITIVE,
    VERDICTS,
    Choice,
    Event,
)
from bot.knowledge.model import Condition, Knowledge, Question
from bot.knowledge.validation import (
    Problem,
    check_condition,
    check_line,
    check_question,
    check_rising,
    check_sources,
)

#: The parts of the name of a question on a feared event, and whether its answer is a level.
_OF_EVENT = {
    "impacts": False,
    "menaces": False,
    "sources": False,
    "gravite": True,
    "vraisemblance": True,
    "gravite_apres": True,
    "vraisemblance_apres": True,
}


def dpia_problems(knowledge: Knowledge) -> Iterator[Problem]:
    """Every mistake in `knowledge/dpia/`: the file without its ending, and a sentence on the field."""
    asked = practice_questions(knowledge)
    dpia = knowledge.dpia
    for theme in dpia.themes:
        for question in theme.questions:
            key = f"{theme.id}.{question.id}"
            # The options of the question on the entry are the entries, were there only one.
            if theme != dpia.entry:
                yield from check_question(question, asked, key)
            yield from check_sources(knowledge, question.sources, key, "sources")
            asked[key] = question
    for name in (ENTRY, SENSITIVE):
        if f"{dpia.entry.id}.{name}" not in asked:
            yield "entry", f"questions: la question « {name} » manque"
            return
    yield from _Check(knowledge, asked).all()


class _Check(Check):
    def __init__(self, knowledge: Knowledge, asked: dict[str, Question]) -> None:
        super().__init__(knowledge, knowledge.dpia, asked)
        self._dpia = knowledge.dpia

    def all(self) -> Iterator[Problem]:
        yield from self._screening()
        yield from self._officer()
        yield from self._form()
        yield from self._risks()
        for event in self._dpia.risks.events:
            yield from self._event(event)

    def _screening(self) -> Iterator[Problem]:
        screening = self._dpia.screening
        yield from self._cited(screening.sources, "screening", "sources")
        yield from self._cited(screening.lean_sources, "screening", "lean_sources")
        yield from self._cited(
            screening.justification.closing_sources, "screening", "justification.closing_sources"
        )
        for name in VERDICTS:
            for field, texts in (
                ("verdicts", screening.verdicts),
                ("justification.opening", screening.justification.opening),
            ):
                if name not in texts:
                    yield "screening", f"{field}: « {name} » manque"
        for name, verdict in screening.verdicts.items():
            yield from self._cited(verdict.sources, "screening", f"verdicts.{name}.sources")
        yield from self._once((criterion.id for criterion in screening.criteria), "screening", "criteria")
        yield from self._once((rule.id for rule in screening.rules), "screening", "rules")
        yield from self._once((one.id for one in screening.exemptions), "screening", "exemptions")
        for place, criterion in enumerate(screening.criteria):
            yield from self._cited(criterion.sources, "screening", f"criteria[{place}].sources")
            if not criterion.cases:
                yield "screening", f"criteria[{place}].cases: aucun cas"
            for number, case in enumerate(criterion.cases):
                path = f"criteria[{place}].cases[{number}]"
                yield from self._when(case.when, "screening", path)
                yield from self._cited(case.sources, "screening", f"{path}.sources")
        for place, rule in enumerate(screening.rules):
            yield from self._when(rule.when, "screening", f"rules[{place}]")
            yield from self._cited(rule.sources, "screening", f"rules[{place}].sources")
            if rule.removed and not self._can_be_undone(rule.when):
                yield (
                    "screening",
                    f"rules[{place}].removed: la dernière ligne de when ne peut être défaite",
                )
        for place, exemption in enumerate(screening.exemptions):
            yield from self._when(exemption.when, "screening", f"exemptions[{place}]")
            yield from self._cited(exemption.sources, "screening", f"exemptions[{place}].sources")
        yield from self._sourced_lines(screening.notes, "screening", "notes")

    def _can_be_undone(self, condition: Condition) -> bool:
        """Whether another answer to the last question would fail its test: see `screening`."""
        key, test = [*condition.items()][-1]
        question = self._asked.get(key)
        if question is None or key.startswith(f"{self._dpia.entry.id}."):
            return False
        tested = test.get("any", ()) if isinstance(test, dict) else (test,)
        return bool(tested) and (question.kind != "one" or bool(set(question.options) - set(tested)))

    def _officer(self) -> Iterator[Problem]:
        officer = self._dpia.officer
        yield from self._cited(officer.sources, "officer", "sources")
        for name in OFFICER_VERDICTS:
            for field, told in (
                ("verdicts", officer.verdicts),
                ("justification.opening", officer.justification.opening),
            ):
                if name not in told:
                    yield "officer", f"{field}: « {name} » manque"
        for name, verdict in officer.verdicts.items():
            yield from self._cited(verdict.sources, "officer", f"verdicts.{name}.sources")
        yield from self._once((rule.id for rule in officer.rules), "officer", "rules")
        for place, rule in enumerate(officer.rules):
            yield from self._when(rule.when, "officer", f"rules[{place}]")
            yield from self._cited(rule.sources, "officer", f"rules[{place}].sources")
        yield from self._sourced_lines(officer.conflicts, "officer", "conflicts")
        yield from self._sourced_lines(officer.notes, "officer", "notes")

    def _form(self) -> Iterator[Problem]:
        form, questions = self._dpia.form, {question.id for question in self._dpia.analysis.questions}
        yield from self._cited(form.sources, "assessment", "sources")
        yield from self._cited(form.review.sources, "assessment", "review.sources")
        fields = [field for section in form.sections for part in section.parts for field in part.fields]
        yield from self._once((field.question for field in fields), "assessment", "sections")
        yield from self._once((str(field.pia) for field in fields if field.pia), "assessment", "sections")
        for one, section in enumerate(form.sections):
            for two, part in enumerate(section.parts):
                for three, field in enumerate(part.fields):
                    path = f"sections[{one}].parts[{two}].fields[{three}]"
                    if field.question not in questions:
                        yield "assessment", f"{path}.question: question inconnue « {field.question} »"
                    for place, line in enumerate(field.lines):
                        yield from check_line(line, self._asked, "assessment", f"{path}.lines[{place}]")
                        yield from self._known(line.sources, "assessment", f"{path}.lines[{place}].sources")

    def _risks(self) -> Iterator[Problem]:
        risks = self._dpia.risks
        yield from self._cited(risks.sources, "risks", "sources")
        yield from self._cited(risks.consultation.sources, "risks", "consultation.sources")
        yield from check_rising(risks.table, "risks")
        if set(risks.levels) != set(LEVELS):
            yield "risks", f"levels: un libellé pour chacun des niveaux ({', '.join(LEVELS)})"
        if set(risks.risks) != set(RISKS):
            yield "risks", f"risks: un libellé pour chacun des risques ({', '.join(RISKS)})"
        for theme in set(risks.shared_themes) - {activity.id for activity in self._knowledge.activities}:
            yield "risks", f"shared_themes: thème inconnu « {theme} »"
        yield from self._once((factor.id for factor in risks.factors), "risks", "factors")
        measures = {measure.id for measure in self._knowledge.measures}
        for place, factor in enumerate(risks.factors):
            path = f"factors[{place}]"
            yield from check_condition(factor.when, self._asked, "risks", f"{path}.when")
            yield from self._cited(factor.sources, "risks", f"{path}.sources")
            for measure in factor.cured_by:
                if measure not in measures:
                    yield "risks", f"{path}.cured_by: mesure inconnue « {measure} »"

    def _event(self, event: Event) -> Iterator[Problem]:
        place = self._dpia.risks.events.index(event)
        path = f"events[{place}]"
        for name, level in _OF_EVENT.items():
            key = self._dpia.event_question(event, name)
            question = self._asked.get(key)
            if question is None:
                yield "risks", f"{path}.id: la question « {key} » manque"
            elif level and set(question.options) != set(LEVELS):
                yield key, f"options: un libellé pour chacun des niveaux ({', '.join(LEVELS)})"
        for field, name, choices in (
            ("impacts", "impacts", event.impacts),
            ("threats", "menaces", event.threats),
            ("origins", "sources", event.origins),
        ):
            yield from self._choices(choices, self._dpia.event_question(event, name), f"{path}.{field}")
        known = {safeguard.id for safeguard in self._knowledge.safeguards}
        for safeguard in event.safeguards:
            if safeguard not in known:
                yield "risks", f"{path}.safeguards: mesure en place inconnue « {safeguard} »"

    def _choices(self, choices: tuple[Choice, ...], key: str, path: str) -> Iterator[Problem]:
        question = self._asked.get(key)
        for place, choice in enumerate(choices):
            yield from check_condition(choice.when, self._asked, "risks", f"{path}[{place}].when")
            if question is not None and choice.option not in question.options:
                yield (
                    "risks",
                    f"{path}[{place}].option: « {choice.option} » n'est pas une option de « {key} »",
                )

    def _known(self, sources: tuple[str, ...], owner: str, path: str) -> Iterator[Problem]:
        return self._cited(sources, owner, path) if sources else iter(())
