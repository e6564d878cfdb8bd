"""The conversation in the terminal, and one JSON answer per line."""

from __future__ import annotations

import asyncio
import io
import json
from pathlib import Path
from typing import ClassVar

import pytest

from bot import cli, terminal
from bot.assistant import AssistantError, Button, Reply
from bot.clock import Clock
from bot.knowledge import Knowledge, load
from bot.records import Records
from bot.settings import Settings

ASIDES = (Button("Je ne sais pas", "/ne_sait_pas"), Button("Passer", "/passer"))
PARIS = Reply(
    "Où exercez-vous ?",
    (Button("À Paris", '/repondre{"valeur": "a"}'), Button("Ailleurs", '/repondre{"valeur": "b"}'), *ASIDES),
)


class Scripted:
    """Says what it is told to say next, and remembers what it heard."""

    made: ClassVar[list[Scripted]] = []

    def __init__(self, model: Path) -> None:
        self.heard: list[str] = []
        self.next: list[Reply] = script
        self.forgotten = 0
        Scripted.made.append(self)

    async def send(self, sender: str, text: str) -> list[Reply]:
        self.heard.append(text)
        if text == "panne":
            raise AssistantError("away")
        return self.next

    async def forget(self) -> None:
        self.forgotten += 1


script: list[Reply] = []


@pytest.fixture(autouse=True)
def scripted(monkeypatch: pytest.MonkeyPatch) -> list[Reply]:
    monkeypatch.setattr(terminal, "LocalAssistant", Scripted)
    Scripted.made.clear()
    script[:] = [Reply("Entendu.", ASIDES)]
    return script


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


def question(knowledge: Knowledge, kind: str) -> str:
    """A question of that kind."""
    return next(
        f"{activity.id}.{item.id}"
        for activity in knowledge.activities
        for item in activity.questions
        if item.kind == kind
    )


def talk(tmp_path: Path, *lines: str) -> tuple[list[str], str]:
    """Type the lines; returns what the assistant heard, and what was shown."""
    out = io.StringIO()
    source = io.StringIO("".join(f"{line}\n" for line in lines))
    asyncio.run(terminal.chat(Settings(data=tmp_path), Path("model"), Clock(), source, out))
    return Scripted.made[-1].heard, out.getvalue()


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("2", '/repondre{"valeur": "b"}'),
        ("3", "/ne_sait_pas"),
        ("ailleurs", '/repondre{"valeur": "b"}'),
        ("je ne sais pas", "/ne_sait_pas"),
        ("9", "9"),
        ("²", "²"),
        ("1" * 500, "1" * 500),
        ("à Lyon", "à Lyon"),
        ("/restart", "restart"),
    ],
)
def test_a_button_is_chosen_by_its_number_or_its_words(
    tmp_path: Path, scripted: list[Reply], typed: str, heard: str
) -> None:
    scripted[:] = [PARIS]
    said, shown = talk(tmp_path, typed)
    assert said == ["/bonjour", heard]
    assert "  2. Ailleurs" in shown


@pytest.mark.parametrize("kind", ["number", "duration"])
@pytest.mark.parametrize("typed", ["2", "1", "12"])
def test_a_number_typed_at_a_question_that_counts_is_the_answer(
    tmp_path: Path, scripted: list[Reply], knowledge: Knowledge, kind: str, typed: str
) -> None:
    try:
        asked = question(knowledge, kind)
    except StopIteration:
        pytest.skip(f"no question is a {kind} today")
    scripted[:] = [Reply("Combien ?", ASIDES, {"question": asked})]
    said, shown = talk(tmp_path, typed, "Passer")
    assert said == ["/bonjour", typed, "/passer"]
    # A number there would name nothing.
    assert "1." not in shown and "– Je ne sais pas" in shown


def test_several_options_are_chosen_together(
    tmp_path: Path, scripted: list[Reply], knowledge: Knowledge
) -> None:
    asked = question(knowledge, "many")
    ids = list(knowledge.question(asked).options)
    buttons = tuple(Button(title, "/x") for title in knowledge.question(asked).options.values())
    scripted[:] = [Reply("Lesquels ?", (*buttons, *ASIDES), {"question": asked})]
    aside = f"1, {len(buttons) + 1}"
    said, _ = talk(tmp_path, "1, 2", aside)
    assert json.loads(said[1].removeprefix("/repondre")) == {"valeur": ids[:2]}
    assert said[2] == aside


@pytest.mark.parametrize(
    ("typed", "shown"), [("", "Je n'ai rien pu lire"), ("é" * 3000, "compte 3\u202f000 caractères")]
)
def test_what_cannot_be_read_is_asked_again_with_the_same_buttons(
    tmp_path: Path, scripted: list[Reply], typed: str, shown: str
) -> None:
    scripted[:] = [Reply("Avant.", (Button("Rien", "/rien"),)), PARIS]
    said, printed = talk(tmp_path, typed, "1")
    assert shown in printed
    # The bubble that is shown again alone has the numbers that it shows.
    assert said == ["/bonjour", '/repondre{"valeur": "a"}']


def test_an_assistant_that_is_away_is_told_and_the_question_stays(tmp_path: Path) -> None:
    said, shown = talk(tmp_path, "panne", "encore")
    assert said == ["/bonjour", "panne", "encore"]
    assert "Je n'ai pas pu répondre" in shown and shown.count("Entendu.") == 3


def test_what_looks_like_a_patient_is_masked(tmp_path: Path) -> None:
    said, shown = talk(tmp_path, "le 1 84 12 76 451 089 46 de la patiente")
    assert "451" not in said[1] and "J'ai retiré un numéro de sécurité sociale" in shown


ODD = {
    "empty": b"",
    "blank": b"  \t ",
    "no UTF-8": b"\xff\xfe bonjour \xe9",
    "half a letter": b"caf\xc3",
    "zeros": b"a\x00b",
    "too long": b"x" * 100_000,
    "emoji": "🙂".encode() * 100_000,
    "slash": b"/restart",
    "JSON": b'{"message": "x"}',
    "away": b"panne",
}


def test_each_line_gets_one_answer_whatever_it_holds(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    out = io.BytesIO()
    # A machine without any language set: what is no ASCII must come and go all the same.
    stdin = io.TextIOWrapper(io.BytesIO(b"\n".join(ODD.values()) + b"\n"), encoding="ascii")
    monkeypatch.setattr("sys.stdin", stdin)
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(out, encoding="ascii"))
    monkeypatch.setattr(cli, "model", lambda _: Path("model"))
    monkeypatch.setenv("VIGIE_DATA", str(tmp_path / "data"))
    opened: list[Records] = []
    make = terminal.Records
    monkeypatch.setattr(terminal, "Records", lambda *a: opened.append(make(*a)) or opened[-1])
    assert cli.main(["ask"]) == 0
    lines = out.getvalue().decode().splitlines()
    answers = dict(zip(ODD, map(json.loads, lines), strict=True))
    told = {name: answer["answers"][0]["text"] for name, answer in answers.items()}
    assert all(set(answer) == {"message", "answers"} for answer in answers.values())
    assert told["empty"] == told["blank"] == "Je n'ai rien pu lire. Écrivez un message avec des mots."
    assert told["too long"].startswith("Votre message compte 100\u202f000 caractères")
    assert told["emoji"].startswith("Votre message compte 100\u202f000 caractères")
    assert told["away"].startswith("Je n'ai pas pu répondre.")
    for name in ("no UTF-8", "half a letter", "zeros", "slash", "JSON"):
        assert told[name] == "Entendu."
    assert "restart" in Scripted.made[-1].heard and "/restart" not in Scripted.made[-1].heard
    # Nothing is kept: neither on the disk, nor in the database in memory, nor by the assistant.
    assert not (tmp_path / "data").exists()
    assert Scripted.made[-1].forgotten == len(ODD)
    with opened[0].engine.connect() as connection:
        assert connection.exec_driver_sql("select count(*) from practice").scalar() == 0
