"""Conversations with the trained model and the real actions, over a real database."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from actions import context
from bot.assistant import Reply, intent
from bot.assistant.local import LocalAssistant
from bot.clock import Clock
from bot.compliance.answers import Answer
from bot.knowledge import Knowledge, load
from bot.records import PracticeFile, Records
from bot.training import model

NOW = "2026-11-24T09:00:00+01:00"


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load()


@pytest.fixture(scope="session")
def records(tmp_path_factory: pytest.TempPathFactory) -> Records:
    clock = Clock(NOW)
    records = Records(f"sqlite:///{tmp_path_factory.mktemp('records') / 'vigie.db'}", clock)
    records.migrate()
    context.use(context.Context(load(), records, clock))
    return records


@pytest.fixture(scope="session")
def trained() -> Path:
    return model(lambda step: print(step, file=sys.stderr))


@pytest.fixture(scope="session")
def assistant(records: Records, trained: Path) -> LocalAssistant:
    return LocalAssistant(trained)


class Story:
    """One practice in conversation: what it says, presses, and what its file then holds."""

    def __init__(self, assistant: LocalAssistant, records: Records, knowledge: Knowledge) -> None:
        self.assistant, self.records, self.knowledge = assistant, records, knowledge
        with records.unit() as unit:
            self.practice = unit.practices.create()
            self.sender = unit.conversations.start(self.practice).sender
        self.last: list[Reply] = []

    async def say(self, text: str) -> str:
        """Say something; returns all that Vigie answers, as one text."""
        self.last = await self.assistant.send(self.sender, text)
        return "\n".join(reply.text for reply in self.last)

    async def press(self, title: str) -> str:
        """Press the button of that title among the last ones."""
        for reply in self.last:
            for button in reply.buttons:
                if button.title == title:
                    return await self.say(button.payload)
        raise AssertionError(f"no button « {title} » in {self.titles}")

    async def open(self, theme: str) -> str:
        """Open a theme as its button does."""
        return await self.say(intent("choisir_theme", theme=theme))

    @property
    def titles(self) -> list[str]:
        """The titles of the last buttons."""
        return [button.title for reply in self.last for button in reply.buttons]

    @property
    def asked(self) -> str:
        """The question that Vigie asks now, or empty."""
        return next((reply.extra["question"] for reply in self.last if "question" in reply.extra), "")

    @property
    def recap(self) -> str:
        """The theme whose recap Vigie shows now, or empty."""
        return next((reply.extra["recap"] for reply in self.last if "recap" in reply.extra), "")

    @property
    def file(self) -> PracticeFile:
        """The practice's file as recorded now."""
        with self.records.unit() as unit:
            return PracticeFile.read(unit, self.knowledge, self.practice)

    def know(self, **answers: object) -> None:
        """Record answers without asking: `theme__question=value`."""
        with self.records.unit() as unit:
            for name, value in answers.items():
                given = value if isinstance(value, Answer) else Answer.given(value)  # type: ignore[arg-type]
                unit.answers.save(self.practice, name.replace("__", ".", 1), given)

    def know_everything_applies(self) -> None:
        """Record a profile to which every theme applies."""
        self.know(
            profil__nom="Dr Camille Durand",
            profil__coordonnees="12 rue des Lilas, Nantes",
            profil__profession="medecin_generaliste",
            profil__mode_exercice="seul",
            profil__dpo=False,
            profil__personnel=("secretaire", "remplacant"),
            profil__locaux=("cabinet",),
            profil__logiciel="Weda",
            profil__rendez_vous=True,
            profil__outils=(
                "mobiles", "teleconsultation", "recherche", "site_internet", "video_surveillance",
                "communication",
            ),
        )  # fmt: skip


@pytest.fixture
def story(assistant: LocalAssistant, records: Records, knowledge: Knowledge) -> Story:
    return Story(assistant, records, knowledge)


@pytest.fixture
def new_story(assistant: LocalAssistant, records: Records, knowledge: Knowledge) -> Callable[[], Story]:
    return lambda: Story(assistant, records, knowledge)
