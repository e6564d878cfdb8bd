"""The test sets of `tests/language`, written apart from what is learnt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from bot.settings import ROOT

FOLDER = ROOT / "tests" / "language"


@dataclass(frozen=True)
class Case:
    """An utterance, and what its file says of it in fields of its own."""

    number: int
    text: str
    style: str
    says: dict[str, Any]

    def wanted(self, field: str) -> tuple[Any, ...]:
        """What the field says, and what is just as right."""
        return (self.says[field], *self.says.get("also", ()))


@cache
def cases(name: str) -> tuple[Case, ...]:
    """The utterances of `tests/language/<name>.yml`, in its order."""
    return tuple(_read(name))


def _read(name: str) -> Iterator[Case]:
    content = yaml.safe_load((FOLDER / f"{name}.yml").read_text("utf-8"))
    for number, says in enumerate(content):
        yield Case(number, says["text"], says["style"], says)
