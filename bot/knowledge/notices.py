"""The typed structures of `knowledge/notices/`: how the persons are informed (RGPD art. 12 to 14)."""

from __future__ import annotations

from typing import Literal

import msgspec

from bot.knowledge.case import Part
from bot.knowledge.model import Activity, Condition, Data, Line

#: The fields of the register that a notice can tell.
TellsField = Literal[
    "purposes", "data", "internal_recipients", "external_recipients", "processors", "transfers", "retention",
]  # fmt: skip
#: What each line of those fields has to say besides: its basis, the interest pursued, a period.
Needs = Literal["basis", "interest", "period", ""]
#: A poster to read from afar, a document of some pages, or a text for a web page.
Layout = Literal["poster", "sheet", "web"]
Format = Literal["pdf", "docx", "html", "txt"]


class Item(Data, frozen=True):
    """Something that a notice has to hold, unless it does not apply.

    `guide` marks the guide's own items. `fields` are those of the register that say it, under `label`;
    `none` is said when they hold nothing. `supplied_by` are the answers to give when it is missing;
    `without` says why it does not apply when `when` does not hold, or `never`.
    """

    title: str
    article: str
    sources: tuple[str, ...]
    guide: bool = False
    when: Condition = msgspec.field(default_factory=dict)
    never: bool = False
    without: str = ""
    label: str = ""
    fields: tuple[TellsField, ...] = ()
    needs: Needs = ""
    none: str = ""
    supplied_by: tuple[str, ...] = ()


class Block(Data, frozen=True):
    """A part of a notice, and the items that it holds.

    Its text is its own `lines`, or those that `shared` names; with neither, it is what the register says on
    the items it holds, activity by activity, or `merged` into one list. `head` is who informs, `large` is
    read from afar, `listed` is a list, `boxed` is set apart.
    """

    id: str
    title: str
    holds: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    shared: str = ""
    merged: bool = False
    head: bool = False
    large: bool = False
    listed: bool = False
    boxed: bool = False


class Notice(Data, frozen=True):
    """A notice: when a practice needs it and why, where it goes, and its text.

    `entries` are the activities of the register that it tells of, and how they are called there; `called`
    names the notice in a sentence, `done` is how one says that it is in place; `notes` are for the
    practitioner, and `measures` the recommended measures (ids) that the notice carries out.
    """

    id: str
    title: str
    called: str
    position: int
    layout: Layout
    headline: str
    done: str
    where: str
    because: str
    formats: tuple[Format, ...]
    sources: tuple[str, ...]
    entries: dict[str, str]
    blocks: tuple[Block, ...]
    when: Condition = msgspec.field(default_factory=dict)
    otherwise: str = ""
    notes: tuple[Line, ...] = ()
    measures: tuple[str, ...] = ()


class Notices(Part, frozen=True):
    """All that `knowledge/notices/` says.

    `questionnaire` is what the notices need and the interview does not ask, `findings` what Vigie reads in
    the register, as if it were an answer.
    """

    findings: Activity
    items: dict[str, Item]
    shared: dict[str, tuple[Line, ...]]
    kinds: tuple[Notice, ...]

    @property
    def themes(self) -> tuple[Activity, ...]:
        """See Part."""
        return self.questionnaire, self.findings

    def lines(self, block: Block) -> tuple[Line, ...]:
        """The text of a block that is not taken from the register."""
        return block.lines or self.shared.get(block.shared, ())

    def kind(self, notice_id: str) -> Notice:
        """The notice of that id; raises KeyError when there is none."""
        for notice in self.kinds:
            if notice.id == notice_id:
                return notice
        raise KeyError(notice_id)


#: The question of the findings on the lawful bases of the activities that a notice tells of.
BASES = "bases"
