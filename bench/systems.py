"""The two systems that are measured: Vigie's understanding, and stock Rasa trained on the same data."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.utils.log_utils import configure_structlog

from bench.stock import OPTION
from bench.understanding import FAQ, QUESTION, SET_ASIDE, UNKNOWN, VENDOR, Heard
from bot.clock import PARIS
from bot.knowledge import Knowledge
from bot.knowledge.model import Question
from bot.language.entities import extract
from bot.language.moments import find_moment
from bot.language.normal import normal
from bot.language.reading import Misunderstood, read

#: When utterances were said whose test set says nothing else.
NOW = datetime(2026, 11, 24, 10, 30, tzinfo=PARIS)
#: What is no command: questions, answers, and what nothing answers.
_NO_COMMANDS = (QUESTION, FAQ, "repondre", "nlu_fallback", *SET_ASIDE)
_NEAREST = 3


class _Model:
    """A trained model of Rasa."""

    def __init__(self, model: Path, knowledge: Knowledge) -> None:
        """`model` is the model's archive."""
        configure_structlog(logging.CRITICAL)
        logging.getLogger("rasa").setLevel(logging.CRITICAL)
        self.knowledge = knowledge
        self._agent = Agent.load(str(model))

    async def _parse(self, text: str) -> dict[str, Any]:
        parsed: dict[str, Any] = await self._agent.parse_message(text)
        return parsed


class Vigie(_Model):
    """The pipeline of config.yml, the reading of answers and the retriever."""

    name = "Vigie"

    async def hear(self, text: str) -> Heard:
        """See System."""
        parsed = await self._parse(text)
        return _heard(parsed, parsed["faq"])

    async def answer(self, question: Question, text: str) -> object:
        """See System."""
        try:
            answer = read(question, text, self.knowledge.vendors, NOW.date())
        except Misunderstood:
            return None
        return answer.value if answer.known else UNKNOWN

    async def entities(self, text: str) -> list[tuple[str, object]]:
        """See System."""
        return [(found.kind, found.value) for found in extract(text, self.knowledge.vendors, NOW)]

    async def moment(self, text: str, now: datetime) -> str | None:
        """See System."""
        found = find_moment(text, now)
        if found is None:
            return None
        if found.at is not None:
            return f"{found.at:%Y-%m-%dT%H:%M}"
        return f"{found.day} {found.part or ''}".strip()


class Stock(_Model):
    """Rasa's own pipeline, trained by `bench.stock`; answers are read as a form's slot mappings read them."""

    name = "stock Rasa"

    async def hear(self, text: str) -> Heard:
        """See System."""
        parsed = await self._parse(text)
        ranking = parsed["response_selector"]["default"]["ranking"]
        near = [(one["intent_response_key"].partition("/")[2], one["confidence"]) for one in ranking]
        return _heard(parsed, near[:_NEAREST])

    async def answer(self, question: Question, text: str) -> object:
        """See System."""
        parsed = await self._parse(text)
        intent = parsed["intent"]["name"]
        if intent == "ne_sait_pas":
            return UNKNOWN
        if question.kind == "bool":
            return {"affirmer": True, "nier": False}.get(intent)
        if question.kind == "vendor":
            return next(iter(_named(parsed, VENDOR)), None)
        options = tuple(dict.fromkeys(_options(question, _named(parsed, OPTION))))
        if question.kind == "many":
            return options or None
        return options[0] if options else None

    async def entities(self, text: str) -> list[tuple[str, object]]:
        """See System."""
        return [(VENDOR, name) for name in _named(await self._parse(text), VENDOR)]

    async def moment(self, text: str, now: datetime) -> str | None:
        """None: no component of the stock pipeline reads dates."""
        return None


def _heard(parsed: dict[str, Any], near: list[tuple[str, float]]) -> Heard:
    chances = {one["name"]: one["confidence"] for one in (*parsed["intent_ranking"], parsed["intent"])}
    command = sum(chance for name, chance in chances.items() if name not in _NO_COMMANDS)
    question = chances.get(QUESTION, 0.0) + chances.get(FAQ, 0.0)
    answered = near[0][1] if near else 0.0
    inside = command + question * answered
    aside = sum(chances.get(name, 0.0) for name in SET_ASIDE)
    in_scope = float(inside / (inside + aside or 1.0))
    return Heard(parsed["intent"]["name"] or "", tuple(entry for entry, _ in near), in_scope)


def _named(parsed: dict[str, Any], kind: str) -> list[str]:
    return [one["value"] for one in parsed["entities"] if one["entity"] == kind]


def _options(question: Question, named: Iterable[str]) -> Iterable[str]:
    """The options of the question that have one of the names."""
    for name in named:
        for option, label in question.options.items():
            if normal(name) in map(normal, (label, *question.words.get(option, ()))):
                yield option
