"""What must hold in `knowledge/requests/`: conditions, placeholders, sources, and a rule for every case."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from bot.knowledge.breach import NOW
from bot.knowledge.checking import Check, practice_questions
from bot.knowledge.model import Condition, Knowledge, Question
from bot.knowledge.requests import (
    PROCESSING,
    Certainty,
    LetterId,
    State,
    StepKind,
    VerdictName,
)
from bot.knowledge.validation import (
    Problem,
    check_condition,
    check_line,
    check_question,
    check_sources,
    check_text,
)

#: The questions that the code reads by name.
_READ_BY_NAME = (
    "droit", PROCESSING, "base", "recue", "accuse_le", "identite_demandee_le", "identite_recue_le",
    "prolongee_le", "reponse", "repondu_le",
)  # fmt: skip
_FINDINGS = (
    "base", "soin", "sante", "droit_dit", "verdict", "motifs", "motifs_dits", "echeance", "repere",
    "au_plus_tot", "prolongation", "etat", "retard",
)  # fmt: skip


def requests_problems(knowledge: Knowledge) -> Iterator[Problem]:
    """Every mistake in `knowledge/requests/`: the file without its ending, and a sentence on the field."""
    requests = knowledge.requests
    asked = practice_questions(knowledge)
    for theme in (requests.findings, requests.followup, requests.questionnaire):
        for question in theme.questions:
            key = f"{theme.id}.{question.id}"
            yield from check_question(question, asked, key)
            yield from check_sources(knowledge, question.sources, key, "sources")
            asked[key] = question
    missing = [
        *((requests.key(name), "questions", name) for name in _READ_BY_NAME),
        *((f"{requests.findings.id}.{name}", "findings", name) for name in _FINDINGS),
        *((f"{requests.followup.id}.{name}", "followup", name) for name in get_args(StepKind)),
    ]
    for key, file, name in missing:
        if key not in asked:
            yield file, f"questions: la question « {name} » manque"
            return
    yield from _Check(knowledge, asked).all()


class _Check(Check):
    def __init__(self, knowledge: Knowledge, asked: dict[str, Question]) -> None:
        super().__init__(knowledge, knowledge.requests, asked)
        self._requests = knowledge.requests

    def all(self) -> Iterator[Problem]:
        yield from self._moments()
        yield from self._processings()
        yield from self._rights()
        yield from self._identity()
        yield from self._clocks()
        yield from self._actions()
        yield from self._wordings()
        yield from self._letters()
        yield from self._log()

    def _moments(self) -> Iterator[Problem]:
        for question in self._requests.questionnaire.questions:
            if question.kind == "moment":
                for option in set(question.options) - {NOW}:
                    yield self._requests.key(question.id), f"options: « {option} » n'est pas « {NOW} »"

    def _processings(self) -> Iterator[Problem]:
        entries = {entry.id for activity in self._knowledge.activities for entry in activity.register}
        bases = self._asked[self._requests.key("base")].options
        for name, kind in self._requests.processings.items():
            yield from self._cited(kind.sources, "processings", f"{name}.sources")
            if kind.entry and kind.entry not in entries:
                yield "processings", f"{name}.entry: fiche inconnue « {kind.entry} »"
            if kind.basis and kind.basis not in bases:
                yield "processings", f"{name}.basis: base légale inconnue « {kind.basis} »"
            if kind.from_entry and not (kind.entry and kind.basis):
                yield "processings", f"{name}.from_entry: demande une fiche (entry) et une base (basis)"

    def _rights(self) -> Iterator[Problem]:
        rights = self._requests.rights
        for option in self._asked[self._requests.key("droit")].options:
            if option not in rights.titles:
                yield "rights", f"titles: « {option} » manque"
            elif not any(_names(rule.when, self._requests.key("droit"), option) for rule in rights.rules):
                yield "rights", f"rules: aucune règle pour « {option} »"
        for field in ("health", "not_health"):
            yield from check_condition(getattr(rights, field), self._asked, "rights", field)
        yield from self._once((rule.id for rule in rights.rules), "rights", "rules")
        for place, rule in enumerate(rights.rules):
            path = f"rules[{place}]"
            yield from self._when(rule.when, "rights", path)
            yield from self._cited(rule.sources, "rights", f"{path}.sources")
            if rule.letter and not (rule.told or rule.letter in ("identite", "precision")):
                yield "rights", f"{path}.told: une réponse se motive"
        for place, line in enumerate(rights.reserves):
            yield from check_line(line, self._asked, "rights", f"reserves[{place}]")
            yield from self._cited(line.sources, "rights", f"reserves[{place}].sources")
        for place, pivot in enumerate(rights.pivots):
            yield from check_condition(pivot.when, self._asked, "rights", f"pivots[{place}].when")
            yield from self._given(pivot.supposes, "rights", f"pivots[{place}].supposes")

    def _identity(self) -> Iterator[Problem]:
        yield from self._once((check.id for check in self._requests.identity), "identity", "$")
        for check in self._requests.identity:
            yield from check_condition(check.when, self._asked, check.id)
            yield from self._cited(check.sources, check.id, "sources")
        if not self._requests.identity or self._requests.identity[-1].when:
            yield "identity", "la dernière vérification vaut pour tous les cas : sans condition"

    def _clocks(self) -> Iterator[Problem]:
        clocks = self._requests.clocks
        yield from self._once((clock.id for clock in clocks.periods), "clocks", "periods")
        yield from self._cited(clocks.words.sources, "clocks", "words.sources")
        for place, clock in enumerate(clocks.periods):
            path = f"periods[{place}]"
            yield from self._when(clock.when, "clocks", path)
            yield from self._cited(clock.sources, "clocks", f"{path}.sources")
            if [bool(clock.hours), bool(clock.days), bool(clock.months)].count(True) != 1:
                yield "clocks", f"{path}: des heures (hours), des jours (days) ou des mois (months)"
            if clock.extension and not clock.months:
                yield "clocks", f"{path}.extension: seul un délai en mois se prolonge"

    def _actions(self) -> Iterator[Problem]:
        yield from self._once((action.id for action in self._requests.actions), "actions", "$")
        for action in self._requests.actions:
            yield from check_condition(action.when, self._asked, action.id)
            yield from check_text(action.text, self._asked, action.id, "text")
            yield from self._cited(action.sources, action.id, "sources")
        waiting = sum(action.waits for action in self._requests.actions)
        if waiting != any(clock.earliest for clock in self._requests.clocks.periods):
            yield "actions", f"waits: {waiting} action(s) ; une seule, si un délai dit d'attendre (earliest)"

    def _wordings(self) -> Iterator[Problem]:
        wordings = self._requests.wordings
        for field, names in (
            ("verdicts", get_args(VerdictName)),
            ("certainty", get_args(Certainty)),
            ("states", get_args(State)),
            ("steps", get_args(StepKind)),
        ):
            for name in names:
                if name not in getattr(wordings, field):
                    yield "wordings", f"{field}: « {name} » manque"
        for name, verdict in wordings.verdicts.items():
            yield from self._cited(verdict.sources, "wordings", f"verdicts.{name}.sources")

    def _letters(self) -> Iterator[Problem]:
        letters = self._requests.letters
        yield from self._cited(letters.sources, "letters", "sources")
        yield from self._once((letter.id for letter in letters.letters), "letters", "letters")
        for name in get_args(LetterId):
            if name not in {letter.id for letter in letters.letters}:
                yield "letters", f"letters: « {name} » manque"
        for place, letter in enumerate(letters.letters):
            yield from check_condition(letter.when, self._asked, "letters", f"letters[{place}].when")
            for number, part in enumerate(letter.parts):
                yield from self._lines(part.lines, "letters", f"letters[{place}].parts[{number}].lines")

    def _log(self) -> Iterator[Problem]:
        log = self._requests.log
        yield from self._cited(log.sources, "log", "sources")
        yield from self._once((field.id for field in log.fields), "log", "fields")
        for number, field in enumerate(log.fields):
            yield from self._lines(field.lines, "log", f"fields[{number}].lines")


def _names(condition: Condition, key: str, option: str) -> bool:
    """Whether a condition is about that option of a question."""
    test = condition.get(key)
    return test == option or (isinstance(test, dict) and option in test.get("any", ()))
