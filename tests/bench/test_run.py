"""What the bench makes of a system that knows everything, and of one that knows nothing."""

from __future__ import annotations

from datetime import datetime

import pytest

from bench.cases import Case, cases
from bench.run import FIGURES, STYLED, Figure, Run, run
from bench.understanding import Heard
from bot.knowledge import load
from bot.knowledge.model import Question

SETS = ("commands", "dossiers", "faq", "out_of_scope", "answers", "dates", "entities")


class Oracle:
    """Says what the test sets want."""

    def __init__(self) -> None:
        self.knowledge = load()
        self._cases = {(name, case.text): case for name in SETS for case in cases(name)}

    async def hear(self, text: str) -> Heard:
        if case := self._of("faq", text):
            return Heard("poser_question", (case.says["entry"],), 0.9)
        if case := self._of("commands", text) or self._of("dossiers", text):
            return Heard(case.says["intent"], (), 0.8)
        return Heard("poser_question", (), 0.7)

    async def answer(self, question: Question, text: str) -> object:
        case = self._of("answers", text)
        # The same options in another order are the same answer.
        value = case.says["value"] if case else None
        return tuple(reversed(value)) if isinstance(value, list) else value

    async def entities(self, text: str) -> list[tuple[str, object]]:
        case = self._of("entities", text)
        return [(each["kind"], each["value"]) for each in case.says["entities"]] if case else []

    async def moment(self, text: str, now: datetime) -> str | None:
        case = self._of("dates", text)
        if case is None or case.says["value"] is None:
            return None
        return f"{case.says['value']} {case.says.get('part', '')}".strip()

    def _of(self, name: str, text: str) -> Case | None:
        return self._cases.get((name, text))


class Ignorant(Oracle):
    """Takes everything for the same question, and reads nothing."""

    async def hear(self, text: str) -> Heard:
        return Heard("repondre", ("no such entry",), 0.5)

    async def answer(self, question: Question, text: str) -> object:
        return None

    async def entities(self, text: str) -> list[tuple[str, object]]:
        return [("vendor", "No such service")]

    async def moment(self, text: str, now: datetime) -> str | None:
        return "1970-01-01"


@pytest.fixture(scope="module")
async def oracle() -> Run:
    return await run(Oracle())


@pytest.fixture(scope="module")
async def ignorant() -> Run:
    return await run(Ignorant())


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.key)
async def test_the_figures_go_from_nothing_to_all(oracle: Run, ignorant: Run, figure: Figure) -> None:
    assert oracle.value(figure) == 1
    assert ignorant.value(figure) == 0


@pytest.mark.parametrize("figure", STYLED, ids=lambda figure: figure.key)
async def test_every_style_has_its_figure(oracle: Run, figure: Figure) -> None:
    assert oracle.styles(figure) == {"clean": 1, "long": 1, "oral": 1, "sms": 1, "typos": 1}


class Polite(Oracle):
    """Takes what is out of scope for a matter that Vigie sets aside."""

    async def hear(self, text: str) -> Heard:
        case = self._of("out_of_scope", text)
        return Heard("droit_autre", (), 1) if case else await super().hear(text)


async def test_a_command_that_sets_the_matter_aside_catches_what_is_out_of_scope() -> None:
    outcomes = (await run(Polite())).outcomes["out_of_scope"]
    aside = [case.number for case in cases("out_of_scope") if "droit_autre" in case.says.get("also", ())]
    assert [outcome.number for outcome in outcomes if outcome.right()] == aside
