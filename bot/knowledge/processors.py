"""The typed structures of `knowledge/processors/`: who is what, what a contract says, how to ask."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

import msgspec

from bot.knowledge.case import Part
from bot.knowledge.model import Activity, Condition, Data, Line, Question

#: What a supplier is for the practice's data (RGPD art. 4(7) to 4(10), 26, 28).
RoleName = Literal["sous_traitant", "responsable", "conjoint", "destinataire", "tiers", "debattu"]
#: What is to be put in writing: a contract (art. 28), an arrangement (art. 26), nothing, or first decide.
Duty = Literal["contrat", "accord", "rien", "a_decider"]
#: What hosting the data takes: HDS certificate, the Culture ministry's approval, nothing, or to be checked.
Hosting = Literal["hds", "culture", "non", "a_verifier"]
#: How a transfer stands: none, covered, to be checked, or without what the law asks for.
TransferLevel = Literal["aucun", "encadre", "a_verifier", "manque"]
#: How one clause of a contract stands. There is no « compliant ».
ClauseState = Literal["presente", "floue", "absente", "inconnue", "a_confirmer", "non_trouvee"]
OverallName = Literal[
    "rien_a_signer", "accord", "a_decider", "pas_de_contrat", "contrat_inconnu", "a_completer", "a_verifier",
    "mentions_reperees",
]  # fmt: skip

#: The questions of the questionnaire that the code reads by name.
KIND, NAME, EXISTS, DATE, HOSTING_SEEN = "genre", "nom", "existe", "date_contrat", "hds_vu"


class RoleCase(Data, frozen=True):
    """The role that answers lead to in place of the usual one, and why."""

    when: Condition
    role: RoleName
    because: str
    sources: tuple[str, ...]


class HostingRule(Data, frozen=True):
    """What hosting takes when the condition holds; the first that holds counts."""

    need: Hosting
    because: str
    sources: tuple[str, ...]
    when: Condition = msgspec.field(default_factory=dict)


class Presumption(Data, frozen=True):
    """Answers on a contract that the interview already gave, to be proposed."""

    when: Condition
    implies: dict[str, Any]


class Kind(Data, frozen=True):
    """A kind of supplier: what it usually is and why, what it sees, and what hosting its data takes.

    `service` says what it does for the practice, `data` and `persons` what and whose it sees: the model
    amendment starts from them. `besides` is what to know whatever the role.
    """

    title: str
    words: tuple[str, ...]
    service: str
    data: str
    persons: str
    role: RoleName
    why: tuple[Line, ...]
    hosting: tuple[HostingRule, ...]
    cases: tuple[RoleCase, ...] = ()
    besides: tuple[Line, ...] = ()
    presumes: tuple[Presumption, ...] = ()


class RoleText(Data, frozen=True):
    """How a role reads, and what follows from it."""

    label: str
    meaning: str
    follows: str
    duty: Duty
    sources: tuple[str, ...]


class HostingText(Data, frozen=True):
    """How a need of hosting reads, and what to look at."""

    label: str
    text: str
    sources: tuple[str, ...]
    steps: tuple[str, ...] = ()


class TransferRule(Data, frozen=True):
    """What answers on places and safeguards say of transfers out of the European Economic Area."""

    id: str
    level: TransferLevel
    when: Condition
    text: str
    sources: tuple[str, ...]


class Feed(Data, frozen=True):
    """A supplier that the register of processing activities does not name in its lines."""

    supplier: str
    when: Condition
    text: str = ""


class Clause(Data, frozen=True):
    """A point that a contract has to settle.

    `guide` is the number of the guide's mention, 0 for none; `required` marks art. 28's own points.
    `groups` help find it in a text: one word of each has to be near the others; `never` are words of a
    passage that speaks of something else. `samples` are phrasings, `amendment` the model's wording,
    `letter` the sentence of the letter to the supplier.
    """

    id: str
    title: str
    article: str
    ask: str
    says: str
    sources: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    samples: tuple[str, ...]
    letter: str
    amendment: tuple[str, ...] = ()
    help: str = ""
    never: tuple[str, ...] = ()
    guide: int = 0
    required: bool = True
    when: Condition = msgspec.field(default_factory=dict)


class Clauses(Data, frozen=True):
    """All points, with the answers that each question on one of them offers, and when they are asked."""

    sources: tuple[str, ...]
    why: str
    ask_whom: str
    options: dict[Literal["presente", "floue", "absente"], str]
    words: dict[str, tuple[str, ...]]
    guide: tuple[str, ...]
    when: Condition
    clauses: tuple[Clause, ...]


class OverallText(Data, frozen=True):
    """How the verdict on a contract reads; `measure` joins the action plan, for `because`."""

    title: str
    text: str
    sources: tuple[str, ...]
    measure: str = ""
    because: str = ""


class SideMeasure(Data, frozen=True):
    """A measure that joins the action plan whatever the verdict, when its condition holds."""

    measure: str
    when: Condition
    because: str


class OldText(Data, frozen=True):
    """What is said of a contract dated before the day on which the RGPD began to apply (art. 99)."""

    before: date
    text: str
    sources: tuple[str, ...]


class LetterText(Data, frozen=True):
    """The letter to the supplier; `{nom}` is its name, `{service}` what it does."""

    title: str
    subject: str
    opening: str
    no_contract: str
    undecided: str
    incomplete: str
    hosting: str
    hosting_maybe: str
    culture: str
    place: str
    closing: str
    reply: str
    note: str
    sources: tuple[str, ...]


class AmendmentText(Data, frozen=True):
    """The model amendment around the wording of its clauses."""

    title: str
    warning: str
    parties: tuple[str, ...]
    preamble: str
    to_complete: str
    closing: str
    signature: str
    sources: tuple[str, ...]


class ListText(Data, frozen=True):
    """The document that lists the suppliers."""

    title: str
    about: str
    unnamed: str
    sources: tuple[str, ...]


class ContractWordings(Data, frozen=True):
    """How states, verdicts and documents read."""

    states: dict[ClauseState, str]
    because: dict[Literal["answer", "confirmed", "rejected", "found", "not_found", "nothing"], str]
    overall: dict[OverallName, OverallText]
    never_compliant: str
    presumed_role: str
    change: str
    pivots: tuple[str, ...]
    old: OldText
    measures: tuple[SideMeasure, ...]
    english: str
    letter: LetterText
    amendment: AmendmentText
    list: ListText


class Processors(Part, frozen=True):
    """All that `knowledge/processors/` says.

    `questionnaire` asks about one supplier and its contract; `findings` is what Vigie concludes, as if it
    were answered, so that conditions can name it.
    """

    findings: Activity
    kinds: dict[str, Kind]
    roles: dict[RoleName, RoleText]
    hosting: dict[Hosting, HostingText]
    transfers: tuple[TransferRule, ...]
    feeds: tuple[Feed, ...]
    clauses: Clauses
    wordings: ContractWordings

    @property
    def themes(self) -> tuple[Activity, ...]:
        """See Part."""
        return self.questionnaire, self.findings

    def clause(self, clause_id: str) -> Clause:
        """The clause of that id; raises KeyError when there is none."""
        for clause in self.clauses.clauses:
            if clause.id == clause_id:
                return clause
        raise KeyError(clause_id)


def with_clauses(questionnaire: Activity, clauses: Clauses) -> Activity:
    """The questionnaire with a question on each clause, after that on the contract's date."""
    asked = tuple(_asked(clause, clauses) for clause in clauses.clauses)
    questions = tuple(
        one
        for question in questionnaire.questions
        for one in (question, *(asked if question.id == DATE else ()))
    )
    return msgspec.structs.replace(questionnaire, questions=questions)


def _asked(clause: Clause, clauses: Clauses) -> Question:
    return Question(
        id=clause.id,
        ask=clause.ask,
        label=clause.title,
        kind="one",
        why=clauses.why.format(says=clause.says),
        sources=clause.sources,
        help=clause.help,
        options={str(state): label for state, label in clauses.options.items()},
        words=clauses.words,
        when={**clauses.when, **clause.when},
        ask_whom=clauses.ask_whom,
    )
