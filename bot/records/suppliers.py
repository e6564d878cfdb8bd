"""The suppliers of a practice: who the interview tells of, joined with the cases on their contracts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bot.compliance.answers import Answers
from bot.compliance.processors import Review, Supplier, suppliers
from bot.knowledge.model import Knowledge
from bot.knowledge.processors import KIND, NAME

if TYPE_CHECKING:
    from bot.records.practice_file import ContractFile


@dataclass(frozen=True)
class SupplierFile:
    """A supplier: as the interview tells of it, as its case has it, or both. One of them is there."""

    knowledge: Knowledge
    answers: Answers
    told: Supplier | None = None
    case: ContractFile | None = None

    @cached_property
    def review(self) -> Review:
        """What is known of it: its case, or else what the interview says."""
        if self.case:
            return self.case.dossier
        return Review(self.knowledge, {**self.answers, **(self.told.presumed if self.told else {})})

    @property
    def title(self) -> str:
        """Its name, or what it does."""
        return self.case.title if self.case else self.review.called

    @property
    def concerned(self) -> bool:
        """Whether a contract with it matters, or may: not when it is known that none is asked for."""
        role = self.review.role
        return role is None or role.duty != "rien"

    @property
    def kind_id(self) -> str:
        """Which kind of supplier it is; empty as long as nobody said."""
        if self.case:
            return _text(self.case, KIND)
        return self.told.kind_id if self.told else ""


def listed(
    knowledge: Knowledge, answers: Answers, contracts: Sequence[ContractFile]
) -> tuple[SupplierFile, ...]:
    """The suppliers of the interview, in its order, then those that only a case knows, the oldest first."""
    told, cases = list(suppliers(knowledge, answers)), sorted(contracts, key=lambda case: case.number)
    paired = _paired(told, cases)
    taken = {case.number for case in paired.values()}
    alone = [case for case in cases if case.number not in taken]
    return (
        *(SupplierFile(knowledge, answers, one, paired.get(place)) for place, one in enumerate(told)),
        *(SupplierFile(knowledge, answers, None, case) for case in alone),
    )


def _paired(told: Sequence[Supplier], cases: Iterable[ContractFile]) -> dict[int, ContractFile]:
    """The case of each supplier that is told of, by its place: of the same kind and name first.

    Then of one kind, where one of the two has no name: it was given later.
    """
    paired: dict[int, ContractFile] = {}
    left = list(cases)
    for strict in (True, False):
        for case in list(left):
            kind, name = _text(case, KIND), _text(case, NAME).casefold()
            for place, one in enumerate(told):
                alike = one.name.casefold() == name or not (strict or (one.name and name))
                if place not in paired and one.kind_id == kind and alike:
                    paired[place] = case
                    left.remove(case)
                    break
    return paired


def _text(case: ContractFile, question_id: str) -> str:
    answer = case.recorded.get(case.dossier.knowledge.processors.key(question_id))
    return str(answer.value) if answer and answer.known else ""
