"""What must hold in `knowledge/notices/`: ids, conditions, placeholders and sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from bot.knowledge.checking import Check, practice_questions
from bot.knowledge.model import Knowledge, Line, Question
from bot.knowledge.notices import BASES, Block, Notice
from bot.knowledge.validation import Problem, check_condition, check_line, check_question, check_sources

_ITEMS, _SHARED = "items", "shared"


def notices_problems(knowledge: Knowledge) -> Iterator[Problem]:
    """Every mistake in `knowledge/notices/`: the notice or the file, and a sentence on the field."""
    notices = knowledge.notices
    asked = practice_questions(knowledge)
    for theme in notices.themes:
        for question in theme.questions:
            key = f"{theme.id}.{question.id}"
            if theme is notices.questionnaire:
                yield from check_question(question, asked, key)
            yield from check_sources(knowledge, question.sources, key, "sources")
            asked[key] = question
    if BASES not in {question.id for question in notices.findings.questions}:
        yield notices.findings.id, f"questions: la question « {BASES} » manque"
        return
    yield from _Check(knowledge, asked).all()


class _Check(Check):
    def __init__(self, knowledge: Knowledge, asked: dict[str, Question]) -> None:
        super().__init__(knowledge, knowledge.notices, asked)
        self._notices = knowledge.notices
        self._entries = {entry.id for activity in knowledge.activities for entry in activity.register}

    def all(self) -> Iterator[Problem]:
        yield from self._items()
        for name, lines in self._notices.shared.items():
            yield from self._texts(lines, _SHARED, name)
        for notice in self._notices.kinds:
            yield from self._notice(notice)

    def _items(self) -> Iterator[Problem]:
        for name, item in self._notices.items.items():
            yield from self._cited(item.sources, _ITEMS, f"{name}.sources")
            yield from check_condition(item.when, self._asked, _ITEMS, f"{name}.when")
            if (item.when or item.never) and not item.without:
                yield _ITEMS, f"{name}.without: dites pourquoi la mention ne s'applique pas"
            if item.needs and not item.fields:
                yield _ITEMS, f"{name}.needs: seulement pour un champ du registre"
            for question in item.supplied_by:
                if question not in self._asked:
                    yield _ITEMS, f"{name}.supplied_by: question inconnue « {question} »"

    def _notice(self, notice: Notice) -> Iterator[Problem]:
        yield from check_condition(notice.when, self._asked, notice.id)
        if notice.when and not notice.otherwise:
            yield notice.id, "otherwise: dites pourquoi la notice ne s'applique pas"
        yield from self._cited(notice.sources, notice.id, "sources")
        yield from self._texts(notice.notes, notice.id, "notes")
        known = {measure.id: measure for measure in self._knowledge.measures}
        for measure in notice.measures:
            if measure not in known:
                yield notice.id, f"measures: mesure inconnue « {measure} »"
            elif known[measure].page:
                yield notice.id, f"measures: « {measure} » a déjà sa page (page)"
        if not any(block.head for block in notice.blocks):
            yield notice.id, "blocks: aucun ne dit qui informe (head)"
        for entry in notice.entries:
            if entry not in self._entries:
                yield notice.id, f"entries: fiche inconnue « {entry} »"
        for name, times in Counter(block.id for block in notice.blocks).items():
            if times > 1:
                yield notice.id, f"blocks: « {name} » figure {times} fois"
        for place, block in enumerate(notice.blocks):
            yield from self._block(block, notice.id, f"blocks[{place}]")

    def _block(self, block: Block, owner: str, path: str) -> Iterator[Problem]:
        items = self._notices.items
        for item in block.holds:
            if item not in items:
                yield owner, f"{path}.holds: mention inconnue « {item} »"
        if block.shared and block.shared not in self._notices.shared:
            yield owner, f"{path}.shared: texte inconnu « {block.shared} »"
        yield from self._texts(block.lines, owner, f"{path}.lines")
        told = any(items[item].fields for item in block.holds if item in items)
        if not block.lines and not block.shared and not told:
            yield owner, f"{path}: ni texte, ni champ du registre"

    def _texts(self, lines: Iterable[Line], owner: str, path: str) -> Iterator[Problem]:
        for place, line in enumerate(lines):
            yield from check_line(line, self._asked, owner, f"{path}[{place}]")
            for source in line.sources:
                if source not in self._knowledge.sources:
                    yield owner, f"{path}[{place}].sources: source inconnue « {source} »"
