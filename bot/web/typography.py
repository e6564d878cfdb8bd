"""French typography: what stands before « : ; ? ! » and inside quotes never goes alone to the next line."""

from __future__ import annotations

import re
from typing import Any

from jinja2 import Environment
from jinja2.ext import Extension
from markupsafe import Markup

_BLANK = "\u00a0"
# A mark only ends a word: « != » or « :id » is none.
_SPACE = re.compile(r"(?<=\S) (?=[:;?!»](?:[\s<.,)»]|$))|(?<=«) (?=\S)")
_CODE = re.compile(r"(\{[{%#].*?[}%#]\}|<[^>]*>)", re.DOTALL)


def keep_together(text: str) -> str:
    """The text with the spaces of French punctuation unbreakable."""
    return _SPACE.sub(_BLANK, text)


def plain(text: str) -> str:
    """What was typed in a field that held such a text, as it was before."""
    return text.replace(_BLANK, " ")


def install(templates: Environment) -> None:
    """Let the templates write all their text this way: their own, and what they are given."""
    templates.add_extension(_OwnText)
    templates.finalize = _given


def _given(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    kept = keep_together(value)
    return Markup(kept) if isinstance(value, Markup) else kept  # noqa: S704


class _OwnText(Extension):
    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        parts = _CODE.split(source)
        # The texts are at the even places, between tags; a blank beside a tag counts as beside a word.
        for place in range(0, len(parts), 2):
            parts[place] = re.sub(r"^ (?=[:;?!»](?:[\s<.,)»]|$))|« $", _joined, keep_together(parts[place]))
        return "".join(parts)


def _joined(found: re.Match[str]) -> str:
    return found[0].replace(" ", _BLANK)
