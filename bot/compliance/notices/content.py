"""The text of a notice, from the register, the answers and the knowledge (RGPD art. 13 and 14)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.compliance.answers import UNKNOWN, Answer, Answers
from bot.compliance.lines import Lines, RegisterLine
from bot.compliance.notices.deciding import decide
from bot.compliance.register import FIELD_LABELS, FieldName, RegisterEntry
from bot.knowledge.model import Activity, Entry, Knowledge, LawfulBasis, Line
from bot.knowledge.notices import BASES, Block, Item, Layout, Notice

#: Whose word a text is: proposed in the register, confirmed there or answered, changed, or the notice's own.
Origin = Literal["proposed", "confirmed", "changed", "text"]
_BASIS, _CONDITION, _INTEREST = "base légale", "données sensibles", "intérêt poursuivi"
_INTEREST_BASIS = "interet_legitime"


@dataclass(frozen=True)
class Said:
    """A text of a notice; `note` refines it, with the lawful basis of a purpose for instance."""

    text: str
    origin: Origin
    note: str = ""
    sources: tuple[str, ...] = ()

    @property
    def in_full(self) -> str:
        """The text and its note."""
        return f"{self.text} ({self.note})" if self.note else self.text


@dataclass(frozen=True)
class Gap:
    """What a notice cannot say yet, and what would supply it.

    Either `question`, by its qualified id, or `theme`, which was not begun, or a field of the register.
    """

    text: str
    question: str = ""
    theme: str = ""
    entry: str = ""
    field: FieldName | None = None


@dataclass(frozen=True)
class Part:
    """What is said on one item, of one activity or of all, and what is missing of it."""

    item: str
    label: str
    said: tuple[Said, ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True)
class Group:
    """What is said of one activity of the register."""

    entry: str
    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class FilledBlock:
    """A block of a notice as one practice has it: its text in `said`, or activity by activity in `groups`.

    `proposed` are the activities, by id, of which it tells something that nobody confirmed.
    """

    block: Block
    said: tuple[Said, ...]
    gaps: tuple[Gap, ...]
    groups: tuple[Group, ...]
    parts: tuple[Part, ...]
    proposed: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Its heading."""
        return self.block.title

    @property
    def empty(self) -> bool:
        """Whether it says nothing."""
        return not self.said and not any(part.said for group in self.groups for part in group.parts)

    @property
    def texts(self) -> tuple[str, ...]:
        """All that it says, in order, as it is compared with an earlier version."""
        grouped = [
            f"{group.title} – {part.label} : {said.in_full}"
            for group in self.groups
            for part in group.parts
            for said in part.said
        ]
        return (*(said.in_full for said in self.said), *grouped)


@dataclass(frozen=True)
class FilledNotice:
    """A notice as one practice has it: its blocks, those that say nothing included."""

    notice: Notice
    blocks: tuple[FilledBlock, ...]

    @property
    def id(self) -> str:
        """The notice's id."""
        return self.notice.id

    @property
    def layout(self) -> Layout:
        """How it is laid out."""
        return self.notice.layout

    @property
    def shown(self) -> tuple[FilledBlock, ...]:
        """The blocks that say something."""
        return tuple(block for block in self.blocks if not block.empty)

    @property
    def content(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each block that says something with its texts: what a version of the notice is."""
        return tuple((block.title, block.texts) for block in self.shown)

    @property
    def proposed(self) -> tuple[str, ...]:
        """The activities of the register, by id, of which something told here was not confirmed."""
        return tuple(dict.fromkeys(entry for block in self.blocks for entry in block.proposed))


class Writer:
    """Writes one notice for a practice's effective answers, those on notices included, and its register."""

    def __init__(
        self, knowledge: Knowledge, register: Sequence[RegisterEntry], answers: Answers, notice: Notice
    ) -> None:
        self._knowledge, self._notice = knowledge, notice
        self._register = {entry.id: entry for entry in register if entry.id in notice.entries}
        self.answers: Answers = {**answers, self._bases_key: self._bases()}
        self._lines = Lines(knowledge, self.answers)

    def write(self) -> FilledNotice:
        """The notice, whole."""
        return FilledNotice(self._notice, tuple(self._block(block) for block in self._notice.blocks))

    @property
    def _bases_key(self) -> str:
        return f"{self._knowledge.notices.findings.id}.{BASES}"

    def _bases(self) -> Answer:
        """The lawful bases of the activities, as if they were an answer; unknown while none is told."""
        lines = [line for entry in self._register.values() for line in entry.field("purposes").lines]
        named = {name for line in lines for name in _named_in(line, self._knowledge.lawful_bases)}
        found = tuple(name for name in self._knowledge.lawful_bases if name in named)
        return Answer.given(found) if found else UNKNOWN

    def _block(self, block: Block) -> FilledBlock:
        lines = self._knowledge.notices.lines(block)
        if lines:
            said, gaps = self._own(lines, block)
            parts = tuple(Part(item, "", said, gaps) for item in block.holds)
            return FilledBlock(block, said, gaps, (), parts)
        groups = tuple(self._groups(block))
        return self._merged(block, groups) if block.merged else self._grouped(block, groups)

    def _own(self, lines: Iterable[Line], block: Block) -> tuple[tuple[Said, ...], tuple[Gap, ...]]:
        """The block's own text: what holds is said, what waits for an answer is missing."""
        said: dict[Said, None] = {}
        gaps: dict[Gap, None] = {}
        for line in lines:
            found = decide(self._knowledge, line.when, self.answers)
            if found.question:
                gaps[self._asked(found.question)] = None
            elif found.holds:
                (written,) = self._lines.of([line], line.sources or self._sources(block))
                if written.asks:
                    gaps[self._asked(written.asks)] = None
                elif written.status == "unknown":
                    gaps[Gap(written.text, question=next(iter(line.when), ""))] = None
                else:
                    origin: Origin = "confirmed" if written.text != line.text else "text"
                    said[Said(written.told.text, origin, sources=written.sources)] = None
        # What the register does not tell yet is missing from the items that it fills.
        mine = tuple(gap for gap in gaps if gap.question != self._bases_key)
        return tuple(said), mine

    def _sources(self, block: Block) -> tuple[str, ...]:
        items = self._knowledge.notices.items
        return tuple(dict.fromkeys(source for item in block.holds for source in items[item].sources))

    def _asked(self, question: str) -> Gap:
        return Gap(self._knowledge.question(question).label, question=question)

    def _merged(self, block: Block, groups: Sequence[Group]) -> FilledBlock:
        """The activities in one list, each text once, and a short one left out for its fuller form."""
        parts = []
        for item in self._told(block):
            of_item = [part for group in groups for part in group.parts if part.item == item]
            said = tuple(_once(said for part in of_item for said in part.said))
            gaps = tuple(dict.fromkeys(gap for part in of_item for gap in part.gaps))
            real = tuple(one for one in said if one.text != self._item(item).none)
            # That one activity sends nothing abroad says nothing of those that are still to be checked.
            parts.append(Part(item, self._item(item).label, real or (() if gaps else said), gaps))
        told = tuple(_together(dict.fromkeys(said for part in parts if part.label for said in part.said)))
        gaps = tuple(dict.fromkeys(gap for part in parts for gap in part.gaps))
        return FilledBlock(block, told, gaps, (), tuple(parts), _proposed(groups))

    def _grouped(self, block: Block, groups: Sequence[Group]) -> FilledBlock:
        parts = tuple(part for group in groups for part in group.parts)
        gaps = tuple(dict.fromkeys(gap for part in parts for gap in part.gaps))
        shown = [
            Group(
                group.entry,
                group.title,
                tuple(part for part in group.parts if part.label and (part.said or part.gaps)),
            )
            for group in groups
        ]
        told = tuple(group for group in shown if group.parts)
        return FilledBlock(block, (), gaps, told, parts, _proposed(groups))

    def _told(self, block: Block) -> list[str]:
        """The items of a block that the register fills."""
        return [item for item in block.holds if self._item(item).fields]

    def _item(self, item_id: str) -> Item:
        return self._knowledge.notices.items[item_id]

    def _groups(self, block: Block) -> Iterator[Group]:
        for entry_id, title in self._notice.entries.items():
            entry = self._register.get(entry_id)
            if entry is not None:
                parts = tuple(self._part(item, entry, block.merged) for item in self._told(block))
            elif gap := self._absent(entry_id):
                parts = tuple(Part(item, self._item(item).label, (), (gap,)) for item in self._told(block))
            else:
                continue
            yield Group(entry_id, title, parts)

    def _absent(self, entry_id: str) -> Gap | None:
        """What is missing for an entry to be in the register; None when the practice has no such activity."""
        activity, entry = self._model(entry_id)
        found = decide(self._knowledge, activity.asks_when, self.answers)
        if found.holds and not any(key.startswith(f"{activity.id}.") for key in self.answers):
            return Gap(activity.title, theme=activity.id)
        if found.holds:
            found = decide(self._knowledge, entry.when, self.answers)
        return self._asked(found.question) if found.question else None

    def _model(self, entry_id: str) -> tuple[Activity, Entry]:
        return next(
            (activity, entry)
            for activity in self._knowledge.activities
            for entry in activity.register
            if entry.id == entry_id
        )

    def _part(self, item_id: str, entry: RegisterEntry, brief: bool) -> Part:
        """What the register says on one item of one activity; without art. 9(2) when it has to be `brief`."""
        item = self._item(item_id)
        said: dict[Said, None] = {}
        gaps: dict[Gap, None] = {}
        silent = True
        for name in item.fields:
            for line in entry.field(name).lines:
                if line.status == "unknown":
                    gaps[self._unknown(line, entry, name)] = None
                    silent = False
                elif line.told.text:
                    said[self._said(line, brief)] = None
                    silent = False
                    if missing := self._incomplete(item, line):
                        gaps[Gap(f"{missing} – {line.told.text}", entry=entry.id, field=name)] = None
        if silent and item.none:
            statuses = {line.status for name in item.fields for line in entry.field(name).lines}
            origin: Origin = "proposed" if "proposed" in statuses else "confirmed"
            said[Said(item.none, origin, sources=item.sources)] = None
        elif silent:
            name = item.fields[0]
            gaps[Gap(FIELD_LABELS[name], entry=entry.id, field=name)] = None
        return Part(item_id, item.label, tuple(said), tuple(gaps))

    def _unknown(self, line: RegisterLine, entry: RegisterEntry, name: FieldName) -> Gap:
        if line.asks:
            return self._asked(line.asks)
        return Gap(line.text, entry=entry.id, field=name)

    def _said(self, line: RegisterLine, brief: bool) -> Said:
        conditions = {} if brief else self._knowledge.article_9
        notes = [
            f"{name} : {_lower(basis.label)}, {_article(basis)}"
            for name, bases in ((_BASIS, self._knowledge.lawful_bases), (_CONDITION, conditions))
            for basis in _named_in(line, bases).values()
            # The practitioner's own words may say it already.
            if basis.article not in line.told.text
        ]
        if line.told.interest:
            notes.append(f"{_INTEREST} : {line.told.interest}")
        origin: Origin = "proposed" if line.status == "proposed" else "confirmed"
        if line.status == "changed":
            origin = "changed"
        return Said(line.told.text, origin, " ; ".join(notes), line.sources)

    def _incomplete(self, item: Item, line: RegisterLine) -> str:
        """What a line of the register lacks for an item, in words; empty when nothing."""
        bases = _named_in(line, self._knowledge.lawful_bases)
        if item.needs == "basis" and not bases:
            return "Base légale à écrire"
        if item.needs == "interest" and _INTEREST_BASIS in bases and not line.told.interest:
            return "Intérêt poursuivi à écrire"
        if item.needs == "period" and line.told.to_fix:
            return "Durée à fixer"
        return ""


def _proposed(groups: Iterable[Group]) -> tuple[str, ...]:
    return tuple(
        group.entry
        for group in groups
        if any(said.origin == "proposed" for part in group.parts for said in part.said)
    )


def _named_in(line: RegisterLine, bases: Mapping[str, LawfulBasis]) -> dict[str, LawfulBasis]:
    """The bases that a line rests on, by id: their articles tell them apart, in what was rewritten too."""
    told = line.in_full if line.status != "unknown" else ""
    return {name: basis for name, basis in bases.items() if basis.article in told}


def _article(basis: LawfulBasis) -> str:
    """« art. 6(1)(c) », which a line's end does not cut: in a notice, of what goes without saying."""
    return basis.article.removeprefix("RGPD, ").replace("art. ", "art.\N{NO-BREAK SPACE}")


def _once(said: Iterable[Said]) -> Iterator[Said]:
    found: dict[tuple[str, str], Said] = {}
    for one in said:
        known = found.get((one.text, one.note))
        # Said of two activities, it is as sure as the less sure of them.
        if known is None or (known.origin != "proposed" and one.origin == "proposed"):
            found[(one.text, one.note)] = one
    for one in found.values():
        if not any(other.text.startswith(f"{one.text}, ") for other in found.values()):
            yield one


def _together(said: Iterable[Said]) -> Iterator[Said]:
    """The texts that bear the same note as one text, its note said once."""
    by_note: dict[tuple[str, Origin], list[Said]] = {}
    for one in said:
        by_note.setdefault((one.note, one.origin), []).append(one)
    for (note, origin), same in by_note.items():
        if not note:
            yield from same
            continue
        first, *others = (one.text for one in same)
        text = " ; ".join((first, *map(_lower, others)))
        sources = tuple(dict.fromkeys(source for one in same for source in one.sources))
        yield Said(text, origin, note, sources)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
