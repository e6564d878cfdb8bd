"""Answers and contents as rows keep them."""

from __future__ import annotations

from typing import Any

from bot.compliance.answers import Answer, State
from bot.compliance.versions import Content


def stored(answer: Answer) -> dict[str, Any]:
    """The `value` of a row: empty unless the answer was given."""
    if not answer.known:
        return {}
    value = list(answer.value) if isinstance(answer.value, tuple) else answer.value
    return {"value": value, "approximate": True} if answer.approximate else {"value": value}


def answer_of(state: State, kept: dict[str, Any]) -> Answer:
    """The answer that a row keeps."""
    value = kept.get("value")
    return Answer(
        state, tuple(value) if isinstance(value, list) else value, bool(kept.get("approximate", False))
    )


def same(one: Answer, other: Answer) -> bool:
    """Whether two answers are one: 1 is not yes, though Python takes them for equal."""
    return one == other and type(one.value) is type(other.value)


def blocks(content: Content) -> dict[str, Any]:
    """The `content` of a row: `{"blocks": [[title, [text, …]], …]}`."""
    return {"blocks": [[title, list(texts)] for title, texts in content]}


def content_of(kept: dict[str, Any]) -> Content:
    """The content that a row keeps."""
    return tuple((str(title), tuple(map(str, texts))) for title, texts in kept.get("blocks", []))
