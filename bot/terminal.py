"""Vigie without a page: a conversation in the terminal, and one answer per line for other programs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TextIO

from actions import context
from bot.assistant import AssistantError, Button, Reply, intent
from bot.assistant.local import LocalAssistant
from bot.clock import Clock
from bot.knowledge import Knowledge, load
from bot.language.incoming import Empty, TooLong, receive
from bot.records import Records
from bot.settings import LONGEST_MESSAGE, Settings

_EMPTY = "Je n'ai rien pu lire. Écrivez un message avec des mots."
_AWAY = "Je n'ai pas pu répondre. Ce qui était enregistré l'est toujours : réessayez."


def _too_long(error: TooLong) -> str:
    return (
        f"Votre message compte {error.length} caractères ; je lis jusqu'à {LONGEST_MESSAGE}. "
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
        print(json.dumps({"message": message, "answers": answers}, ensure_ascii=False), file=out, flush=True)


async def _answers(assistant: LocalAssistant, sender: str, message: str) -> list[dict[str, Any]]:
    try:
        replies = await assistant.send(sender, receive(message).text)
    except Empty:
        replies = [Reply(_EMPTY)]
    except TooLong as error:
        replies = [Reply(_too_long(error))]
    except AssistantError:
        replies = [Reply(_AWAY)]
    return [{"text": reply.text, "buttons": [button.title for button in reply.buttons]} for reply in replies]


async def chat(settings: Settings, model: Path, clock: Clock, source: TextIO, out: TextIO) -> None:
    """Hold the practice's own conversation, as on the page: buttons are chosen by their numbers."""
    knowledge, records = load(), Records(settings.database, clock)
    records.migrate()
    context.use(context.Context(knowledge, records, clock))
    assistant = LocalAssistant(model)
    with records.unit() as unit:
        sender = unit.conversations.start(unit.practices.only()).sender
    replies = await assistant.send(sender, intent("bonjour"))
    while True:
        _show(replies, out)
        print("> ", end="", file=out, flush=True)
        line = source.readline()
        if not line:
            print(file=out)
            return
        try:
            message = _message(line, replies, knowledge, out)
            replies = await assistant.send(sender, message)
        except (Empty, TooLong) as error:
            replies = [Reply(_too_long(error) if isinstance(error, TooLong) else _EMPTY), *replies[-1:]]
        except AssistantError:
            replies = [Reply(_AWAY), *replies[-1:]]


def _message(line: str, replies: list[Reply], knowledge: Knowledge, out: TextIO) -> str:
    buttons = [button for reply in replies for button in reply.buttons]
    asked = next((reply.extra["question"] for reply in replies if "question" in reply.extra), "")
    question = knowledge.question(asked) if asked else None
    if chosen := _chosen(line, buttons):
        if len(chosen) == 1:
            return chosen[0].payload
        if question and question.kind == "many":
            ids = {label: option for option, label in question.options.items()}
            return intent("repondre", valeur=[ids.get(button.title, "") for button in chosen])
    incoming = receive(line, contact=question is not None and question.personal)
    if incoming.masked:
        print(f"(J'ai retiré {', '.join(incoming.masked)} de votre message.)", file=out)
    return incoming.text


def _chosen(line: str, buttons: list[Button]) -> list[Button]:
    """The buttons that « 2 » or « 1, 3 » name; none when the line is anything else."""
    if not re.fullmatch(r"\s*\d+(\s*[, ]\s*\d+)*\s*", line):
        return []
    numbers = [int(number) for number in re.findall(r"\d+", line)]
    return [buttons[number - 1] for number in numbers if 0 < number <= len(buttons)]


def _show(replies: list[Reply], out: TextIO) -> None:
    number = 0
    for reply in replies:
        print(f"\n{re.sub(r'[*]{1,2}', '', reply.text)}", file=out)
        for button in reply.buttons:
            number += 1
            print(f"  {number}. {button.title}", file=out)
        for link in reply.extra.get("links", ()):
            print(f"  ({link['title']} : sur la page, {link['href']})", file=out)
