"""The FAQ of `knowledge/` as the retriever's entries, and its index in this process."""

from __future__ import annotations

from functools import cache

from bot.knowledge import load
from bot.language.likeness import told
from bot.language.retriever import Entry, Retriever
from bot.language.sentences import meanings


def entries() -> list[Entry]:
    """The FAQ's entries, in the order of `knowledge/`."""
    return [Entry(one.id, one.question, one.wordings, one.answer) for one in load().faq]


@cache
def index() -> Retriever:
    """The FAQ's entries, ready to be searched; made in a few seconds once training has read them."""
    found = entries()
    meanings([text for entry in found for text in (entry.question, *entry.wordings)], keep=True)
    meanings([told(entry) for entry in found], "answer", keep=True)
    return Retriever(found)
