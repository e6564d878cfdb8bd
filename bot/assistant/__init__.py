"""Talking to the Rasa assistant: what it is sent, what it answers, over HTTP or in this process."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


class AssistantError(Exception):
    """The assistant did not answer, or only in part; nothing it was told may be lost."""


@dataclass(frozen=True)
class Button:
    """A quick reply: its title, and the intent that the server sends when it is chosen."""

    title: str
    payload: str


@dataclass(frozen=True)
class Reply:
    """One bubble of the assistant: Markdown text, quick replies, and what the page needs to draw it.

    `extra` may hold `question` (a qualified question id, when the bubble asks it), `recap` (a theme's id,
    when it shows the recap to confirm), or `links` (a list of `{"title", "href"}` to pages of the file).
    """

    text: str
    buttons: tuple[Button, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)


class Assistant(Protocol):
    """Anything that a conversation can be held with."""

    async def send(self, sender: str, text: str) -> list[Reply]:
        """Say `text` (plain, or an intent made by `intent`) as `sender`; raises AssistantError."""
        ...

    async def forget(self) -> None:
        """Drop every word that it remembers; what is recorded is read again. Raises AssistantError."""
        ...


def intent(name: str, **entities: object) -> str:
    """The message that triggers an intent: only the server builds one, typed text never becomes one."""
    return f"/{name}{json.dumps(entities, ensure_ascii=False)}" if entities else f"/{name}"


def replies(messages: Iterable[Mapping[str, Any]]) -> list[Reply]:
    """Rasa's messages as bubbles; a custom part joins the bubble before it."""
    found: list[Reply] = []
    for message in messages:
        extra = message.get("custom") or {}
        if "text" in message:
            buttons = tuple(Button(item["title"], item["payload"]) for item in message.get("buttons") or ())
            found.append(Reply(message["text"], buttons, dict(extra)))
        elif extra and found:
            last = found.pop()
            found.append(Reply(last.text, last.buttons, {**last.extra, **extra}))
    return found
