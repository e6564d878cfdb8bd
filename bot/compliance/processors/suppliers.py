"""The suppliers that a practice's answers tell of, each once, with the register entries that name it.

They are read from the lines of the register (RGPD art. 30) that say which kind of supplier they name, and
from `knowledge/processors/suppliers.yml` for those that no line names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.compliance import interview
from bot.compliance.answers import Answer, Answers, given, in_words
from bot.compliance.conditions import holds
from bot.knowledge.model import Activity, Knowledge
from bot.knowledge.processors import KIND, NAME, Kind

_PLACEHOLDER = re.compile(r"\{([a-z0-9_.]+)\}")


@dataclass(frozen=True)
class Supplier:
    """A supplier: its kind, its name (empty when nobody gave it), and where the interview tells of it.

    `entries` are ids of register entries, `themes` those of the interview; `presumed` are answers of the
    questionnaire that the interview already gave: to be proposed, and confirmed.
    """

    kind_id: str
    kind: Kind
    name: str
    entries: tuple[str, ...]
    themes: tuple[str, ...]
    presumed: dict[str, Answer]


@dataclass(frozen=True)
class _Mention:
    kind: str
    name: str
    entry: str = ""
    theme: str = ""


def suppliers(knowledge: Knowledge, answers: Answers) -> tuple[Supplier, ...]:
    """The suppliers of a practice's effective answers, in the order of the themes.

    One that is named somewhere is not listed again for an entry that names it by its kind only.
    """
    mentions = [*_from_register(knowledge, answers), *_from_feeds(knowledge, answers)]
    named = {mention.kind for mention in mentions if mention.name}
    grouped: dict[tuple[str, str], list[_Mention]] = {}
    for mention in mentions:
        if mention.name or mention.kind not in named:
            grouped.setdefault((mention.kind, mention.name.casefold()), []).append(mention)
    return tuple(_supplier(knowledge, answers, group) for group in grouped.values())


def _supplier(knowledge: Knowledge, answers: Answers, group: list[_Mention]) -> Supplier:
    processors, first = knowledge.processors, group[0]
    kind = processors.kinds[first.kind]
    presumed = {processors.key(KIND): Answer.given(first.kind)}
    if first.name:
        presumed[processors.key(NAME)] = Answer.given(first.name)
    for presumption in kind.presumes:
        if holds(presumption.when, answers):
            presumed.update(given(presumption.implies))
    return Supplier(
        first.kind,
        kind,
        first.name,
        tuple(dict.fromkeys(mention.entry for mention in group if mention.entry)),
        tuple(dict.fromkeys(mention.theme for mention in group if mention.theme)),
        presumed,
    )


def _from_register(knowledge: Knowledge, answers: Answers) -> Iterator[_Mention]:
    for activity in interview.applicable(knowledge, answers):
        if not _begun(activity, answers):
            continue
        for entry in activity.register:
            if not holds(entry.when, answers):
                continue
            for line in (*entry.recipients.external, *entry.recipients.processors):
                if line.supplier and holds(line.when, answers):
                    name = _name(knowledge, line.text, answers)
                    yield _Mention(line.supplier, name, entry.id, activity.id)


def _from_feeds(knowledge: Knowledge, answers: Answers) -> Iterator[_Mention]:
    for feed in knowledge.processors.feeds:
        if holds(feed.when, answers):
            yield _Mention(feed.supplier, _name(knowledge, feed.text, answers))


def _begun(activity: Activity, answers: Answers) -> bool:
    return any(key.startswith(f"{activity.id}.") for key in answers)


def _name(knowledge: Knowledge, text: str, answers: Answers) -> str:
    """The name that a line quotes: the first answer in it; empty when it quotes none."""
    for key in _PLACEHOLDER.findall(text):
        answer = answers.get(key)
        if answer is not None and answer.known:
            return in_words(knowledge.question(key), answer)
    return ""
