"""Vigie without a page: a conversation in the terminal, and one answer per line for other programs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from actions import context
from bot.assistant import AssistantError, Button, Reply, intent
from bot.assistant.local import LocalAssistant
from bot.clock import Clock
from bot.documents.wording import number
from bot.knowledge import Knowledge, load
from bot.knowledge.model import Question
from bot.language.incoming import Empty, TooLong, receive
from bot.records import Records
from bot.settings import LONGEST_MESSAGE, Settings

_EMPTY = "Je n'ai rien pu lire. Écrivez un message avec des mots."
_AWAY = "Je n'ai pas pu répondre. Ce qui était enregistré l'est toujours : réessayez."
#: The kinds of question that a bare number answers.
_COUNTED = ("number", "duration")


def _refusal(error: Exception) -> str:
    """Why a message could not be taken, in French."""
    if isinstance(error, Empty):
        return _EMPTY
    if not isinstance(error, TooLong):
        return _AWAY
    return (
        f"Votre message compte {number(error.length)} caractères ; je lis jusqu'à {number(LONGEST_MESSAGE)}. "
        "Raccourcissez-le."
    )


async def ask(lines: Iterable[str], out: TextIO, model: Path, clock: Clock) -> None:
    """Answer each line in a conversation of its own, as one line of JSON; nothing is kept."""
    records = Records("sqlite://", clock)
    records.migrate()
    context.use(context.Context(load(), records, clock))
    assistant = LocalAssistant(model)
    for line in lines:
        message = line.rstrip("\r\n")
        with records.unit() as unit:
            practice = unit.practices.create()
            sender = unit.conversations.start(practice).sender
        answers = await _answers(assistant, sender, message)
        with records.unit() as unit:
            unit.practices.erase(practice)
        await assistant.forget()
        print(json.dumps({"message": message, "answers": answers}, ensure_ascii=False), file=out, flush=True)


async def _answers(assistant: LocalAssistant, sender: str, message: str) -> list[dict[str, Any]]:
    try:
        replies = await assistant.send(sender, receive(message).text)
    except (Empty, TooLong, AssistantError) as error:
        replies = [Reply(_refusal(error))]
    return [{"text": reply.text, "buttons": [button.title for button in reply.buttons]} for reply in replies]


async def chat(settings: Settings, model: Path, clock: Clock, source: TextIO, out: TextIO) -> None:
    """Hold the practice's own conversation, as on the page: buttons are chosen by their numbers or words."""
    knowledge, records = load(), Records(settings.database, clock)
    records.migrate()
    context.use(context.Context(knowledge, records, clock))
    assistant = LocalAssistant(model)
    with records.unit() as unit:
        sender = unit.conversations.start(unit.practices.only()).sender
    await _converse(_Terminal(knowledge, source, out), assistant, sender)


async def _converse(terminal: _Terminal, assistant: LocalAssistant, sender: str) -> None:
    said = intent("bonjour")
    pending: list[Reply] = []
    while said:
        try:
            pending = await assistant.send(sender, said)
        except AssistantError as error:
            pending = [Reply(_refusal(error)), *pending[-1:]]
        terminal.show(pending)
        said = terminal.next_message(pending)


@dataclass(frozen=True)
class _Terminal:
    """What is shown and typed: a button is chosen by its number or by its words."""

    knowledge: Knowledge
    source: TextIO
    out: TextIO

    def next_message(self, pending: list[Reply]) -> str:
        """What is typed after these bubbles, for the assistant; empty at the end of the input."""
        while line := self._line():
            try:
                return self._understand(line, pending)
            except (Empty, TooLong) as error:
                pending = [Reply(_refusal(error)), *pending[-1:]]
                self.show(pending)
        return ""

    def _line(self) -> str:
        print("> ", end="", file=self.out, flush=True)
        line = self.source.readline()
        if not line:
            print(file=self.out)
        return line

    def show(self, replies: list[Reply]) -> None:
        """Print the bubbles; the buttons have numbers, unless a number would be the answer."""
        question = self._question(replies)
        counts = question is not None and question.kind in _COUNTED
        number = 0
        for reply in replies:
            print(f"\n{re.sub(r'[*]{1,2}', '', reply.text)}", file=self.out)
            for button in reply.buttons:
                number += 1
                print(f"  {'–' if counts else f'{number}.'} {button.title}", file=self.out)
            for link in reply.extra.get("links", ()):
                print(f"  ({link['title']} : sur la page, {link['href']})", file=self.out)

    def _understand(self, line: str, pending: list[Reply]) -> str:
        question = self._question(pending)
        chosen = _chosen(line, pending, counts=question is not None and question.kind in _COUNTED)
        if len(chosen) == 1:
            return chosen[0].payload
        if chosen and question and question.kind == "many":
            ids = {label: option for option, label in question.options.items()}
            # « Je ne sais pas » does not go with an option.
            if all(button.title in ids for button in chosen):
                return intent("repondre", valeur=[ids[button.title] for button in chosen])
        incoming = receive(line, contact=question is not None and question.personal)
        if incoming.masked:
            print(f"(J'ai retiré {', '.join(incoming.masked)} de votre message.)", file=self.out)
        return incoming.text

    def _question(self, replies: list[Reply]) -> Question | None:
        asked = next((reply.extra["question"] for reply in replies if "question" in reply.extra), "")
        return self.knowledge.question(asked) if asked else None


def _chosen(line: str, replies: list[Reply], counts: bool) -> list[Button]:
    """The buttons that « 2 », « 1, 3 » or the words of one name; none when the line is anything else.

    With `counts`, a number is an answer of its own and names no button.
    """
    buttons = [button for reply in replies for button in reply.buttons]
    if named := [button for button in buttons if button.title.casefold() == line.strip().casefold()]:
        return named[:1]
    if counts or not re.fullmatch(r"\s*\d{1,3}(\s*[, ]\s*\d{1,3})*\s*", line, re.ASCII):
        return []
    numbers = [int(number) for number in re.findall(r"\d+", line)]
    return [buttons[number - 1] for number in numbers if 0 < number <= len(buttons)]
