"""How each clause of a contract stands, and the contract as a whole; « compliant » is never said.

Sources: RGPD art. 28(3); the guide, « Obligations : encadrement de la sous-traitance ».
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.compliance.answers import Answers
from bot.compliance.conditions import holds
from bot.compliance.processors.contract import Decision, Finding
from bot.knowledge.processors import (
    EXISTS,
    Clause,
    ClauseState,
    Duty,
    OverallName,
    Processors,
)

#: Why a clause stands as it does.
Origin = Literal["answer", "confirmed", "rejected", "found", "not_found", "nothing"]
#: Of a clause, where there is no text at all.
_NONE: tuple[ClauseState, Origin] = ("absente", "answer")
_DECIDED: dict[Decision, tuple[ClauseState, Origin]] = {
    "confirmed": ("presente", "confirmed"),
    "unclear": ("floue", "confirmed"),
    "rejected": ("non_trouvee", "rejected"),
    "pending": ("a_confirmer", "found"),
}


@dataclass(frozen=True)
class ClauseVerdict:
    """How one clause stands, and why; `finding` is the passage, when a text was read."""

    clause: Clause
    state: ClauseState
    label: str
    origin: Origin
    because: str
    finding: Finding | None = None

    @property
    def lacking(self) -> bool:
        """Whether the supplier has to complete it: absent, or not clear."""
        return self.state in ("absente", "floue")

    @property
    def unsettled(self) -> bool:
        """Whether nobody has settled yet how it stands."""
        return self.state in ("inconnue", "a_confirmer", "non_trouvee")


@dataclass(frozen=True)
class Overall:
    """The verdict on the contract; `points` are the titles of the clauses that led to it."""

    name: OverallName
    title: str
    text: str
    sources: tuple[str, ...]
    caution: str
    points: tuple[str, ...] = ()


def clause_verdicts(
    processors: Processors, answers: Answers, findings: Mapping[str, Finding]
) -> tuple[ClauseVerdict, ...]:
    """How each clause that applies stands, on facts as `facts.read` gives them."""
    wordings, found = processors.wordings, []
    exists = answers.get(processors.key(EXISTS))
    none = exists is not None and exists.known and exists.value == "non"
    for clause in processors.clauses.clauses:
        if not holds(clause.when, answers):
            continue
        finding = findings.get(clause.id)
        state, origin = _NONE if none else _state(processors, clause, answers, finding)
        found.append(
            ClauseVerdict(clause, state, wordings.states[state], origin, wordings.because[origin], finding)
        )
    return tuple(found)


def overall(
    processors: Processors, duty: Duty, answers: Answers, clauses: tuple[ClauseVerdict, ...]
) -> Overall:
    """The verdict on the contract as a whole. Only art. 28's own points count for it."""
    required = [one for one in clauses if one.clause.required]
    lacking = tuple(one.clause.title for one in required if one.lacking)
    unsettled = tuple(one.clause.title for one in required if one.unsettled)
    name = _name(processors, duty, answers, clauses, lacking, unsettled)
    points = {"a_completer": lacking, "a_verifier": unsettled}.get(name, ())
    told = processors.wordings.overall[name]
    return Overall(name, told.title, told.text, told.sources, processors.wordings.never_compliant, points)


def _state(
    processors: Processors, clause: Clause, answers: Answers, finding: Finding | None
) -> tuple[ClauseState, Origin]:
    answer = answers.get(processors.key(clause.id))
    if answer is not None and answer.known:
        states: dict[object, ClauseState] = {
            "presente": "presente",
            "floue": "floue",
            "absente": "absente",
        }
        return states[answer.value], "answer"
    if finding is None:
        return "inconnue", "nothing"
    return _DECIDED[finding.decision] if finding.passage else ("non_trouvee", "not_found")


def _name(
    processors: Processors,
    duty: Duty,
    answers: Answers,
    clauses: tuple[ClauseVerdict, ...],
    lacking: tuple[str, ...],
    unsettled: tuple[str, ...],
) -> OverallName:
    if duty == "rien":
        return "rien_a_signer"
    if duty == "accord":
        return "accord"
    exists = answers.get(processors.key(EXISTS))
    known = exists is not None and exists.known
    # A text that was read exists, whatever was answered.
    read = any(one.finding for one in clauses)
    if not read and (not known or (exists and exists.value == "non")):
        if duty == "a_decider":
            return "a_decider"
        return "pas_de_contrat" if known else "contrat_inconnu"
    if lacking:
        return "a_completer"
    return "a_verifier" if unsettled else "mentions_reperees"
