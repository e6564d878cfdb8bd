"""`vigie …`: the command line."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import io
import logging
import os
import signal
import sys
import warnings

from bot import logs, settings
from bot.clock import Clock
from bot.knowledge import KnowledgeError, load
from bot.records import RecordsError
from bot.settings import SettingsError
from bot.training import QUIET, TrainingError, model


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status, and says in one French sentence what went wrong."""
    parser = argparse.ArgumentParser(prog="vigie", description="L'assistant RGPD des praticiens libéraux.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="commande")
    commands.add_parser("run", help="démarrer Vigie et donner l'adresse de sa page")
    commands.add_parser("train", help="préparer le modèle s'il manque ou si ses données ont changé")
    commands.add_parser("chat", help="la même conversation dans le terminal")
    commands.add_parser("ask", help="une réponse JSON par ligne de l'entrée standard ; rien n'est gardé")
    knowledge = commands.add_parser("knowledge", help="les connaissances")
    knowledge.add_argument("action", choices=["check"], help="tout vérifier")
    serve = commands.add_parser("actions", help="le serveur d'actions, sur cette machine seulement")
    serve.add_argument("--port", type=int, required=True)
    chosen = parser.parse_args(arguments)
    os.environ.update(QUIET)
    # The libraries' own warnings are for their authors; some of them undo a filter.
    warnings.showwarning = lambda *_, **__: None
    # In the terminal, the warnings of Rasa's libraries would drown the conversation.
    logs.configure(logging.ERROR if chosen.command in ("ask", "chat") else logging.WARNING)
    _end_like_ctrl_c()
    try:
        return _run(chosen)
    except SettingsError as error:
        return _fail(str(error))
    except KnowledgeError as error:
        return _fail(str(error))
    except TrainingError as error:
        return _fail(f"Le modèle n'a pas pu être préparé : {error}")
    except RecordsError:
        return _fail("La base de Vigie ne peut pas être ouverte : elle est occupée, ou le disque est plein.")
    except KeyboardInterrupt:
        return 130


def _end_like_ctrl_c() -> None:
    """Let an order to end, or a closed terminal, stop what this process started, as Ctrl-C does."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # `nohup` lets a process outlive its terminal.
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, signal.default_int_handler)


def _run(chosen: argparse.Namespace) -> int:
    if chosen.command == "knowledge":
        return _check()
    if chosen.command == "train":
        model(_progress)
        return 0
    given = settings.read()
    clock = Clock(given.now)
    if chosen.command == "actions":
        from actions.server import serve

        serve(chosen.port)
    elif chosen.command == "run":
        from bot.supervisor import run

        return asyncio.run(run(given, clock, _progress))
    elif chosen.command == "ask":
        from bot.terminal import ask

        _speak_utf8()
        asyncio.run(ask(sys.stdin, sys.stdout, model(_progress), clock))
    elif chosen.command == "chat":
        given.prepare()
        from bot.terminal import chat

        _speak_utf8()
        asyncio.run(chat(given, model(_progress), clock, sys.stdin, sys.stdout))
    return 0


def _check() -> int:
    found = load()
    questions = sum(len(activity.questions) for activity in found.activities)
    entries = sum(len(activity.register) for activity in found.activities)
    print(
        f"Connaissances en ordre : {len(found.activities)} thèmes, {questions} questions, {entries} fiches, "
        f"{len(found.measures)} mesures, {len(found.faq)} entrées de FAQ, {len(found.sources)} sources."
    )
    return 0


def _speak_utf8() -> None:
    """Read and write UTF-8 whatever the terminal's language; what is no UTF-8 is shown as such."""
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _progress(step: str) -> None:
    # The terminal may have been closed meanwhile.
    with contextlib.suppress(OSError):
        print(f"Vigie : {step}", file=sys.stderr, flush=True)


def _fail(sentence: str) -> int:
    with contextlib.suppress(OSError):
        print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
