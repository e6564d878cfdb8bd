"""Whether a notice holds all that it has to: item by item, present, missing or without object."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.compliance.answers import Answers
from bot.compliance.notices.content import FilledNotice, Gap, Part, Said
from bot.compliance.notices.deciding import decide
from bot.knowledge.model import Knowledge
from bot.knowledge.notices import Item

State = Literal["present", "missing", "not_applicable"]


@dataclass(frozen=True)
class Checked:
    """An item of a notice: its state, what is said, what is missing and would supply it, or why not."""

    id: str
    item: Item
    state: State
    said: tuple[Said, ...] = ()
    gaps: tuple[Gap, ...] = ()
    why: str = ""

    @property
    def proposed(self) -> bool:
        """Whether something it says is only proposed in the register."""
        return any(said.origin == "proposed" for said in self.said)


def check(knowledge: Knowledge, filled: FilledNotice, answers: Answers) -> tuple[Checked, ...]:
    """The items that the notice has to hold, in the order of the knowledge (RGPD art. 13 and 14).

    `answers` are those that the notice was written with.
    """
    held = {item for block in filled.notice.blocks for item in block.holds}
    return tuple(
        _checked(knowledge, name, item, filled, answers)
        for name, item in knowledge.notices.items.items()
        if name in held or item.never
    )


def _checked(knowledge: Knowledge, name: str, item: Item, filled: FilledNotice, answers: Answers) -> Checked:
    if item.never:
        return Checked(name, item, "not_applicable", why=item.without)
    parts = list(_parts(filled, name))
    found = decide(knowledge, item.when, answers)
    if found.ruled_out:
        return Checked(name, item, "not_applicable", why=item.without)
    gaps = tuple(dict.fromkeys(gap for part in parts for gap in part.gaps))
    said = tuple(dict.fromkeys(said for part in parts for said in part.said))
    if found.question:
        waits = _waits(knowledge, found.question, filled)
        return Checked(name, item, "missing", said, waits + tuple(gap for gap in gaps if gap not in waits))
    if gaps or not said:
        return Checked(name, item, "missing", said, gaps or _supplies(knowledge, item))
    return Checked(name, item, "present", said)


def _parts(filled: FilledNotice, item: str) -> Iterator[Part]:
    for block in filled.blocks:
        yield from (part for part in block.parts if part.item == item)


def _waits(knowledge: Knowledge, question: str, filled: FilledNotice) -> tuple[Gap, ...]:
    """What would decide whether an item applies; what is read in the register waits for its purposes."""
    if question.startswith(f"{knowledge.notices.findings.id}."):
        fields = {name: item.fields for name, item in knowledge.notices.items.items()}
        parts = (part for block in filled.blocks for part in block.parts if "purposes" in fields[part.item])
        return tuple(dict.fromkeys(gap for part in parts for gap in part.gaps))
    return (Gap(knowledge.question(question).label, question=question),)


def _supplies(knowledge: Knowledge, item: Item) -> tuple[Gap, ...]:
    return tuple(Gap(knowledge.question(key).label, question=key) for key in item.supplied_by)
