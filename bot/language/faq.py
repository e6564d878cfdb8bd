"""The FAQ's index of this process."""

from __future__ import annotations

from functools import cache

from bot.knowledge import load
from bot.language.retriever import Entry, Retriever


@cache
def index() -> Retriever:
    """The FAQ's entries, ready to be searched; made in a few seconds at the first call."""
    return Retriever([Entry(one.id, one.question, one.wordings, one.answer) for one in load().faq])
