"""`vigie …`: the command line."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from pathlib import Path

from bot import settings
from bot.clock import Clock
from bot.knowledge import KnowledgeError, load
from bot.records import RecordsError
from bot.settings import SettingsError
from bot.training import QUIET, TrainingError, model


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status, and says in one French sentence what went wrong."""
    parser = argparse.ArgumentParser(prog="vigie", description="L'assistant RGPD des praticiens libéraux.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="commande")
    commands.add_parser("run", help="démarrer Vigie et ouvrir sa page")
    commands.add_parser("train", help="préparer le modèle s'il manque ou si ses données ont changé")
    commands.add_parser("chat", help="la même conversation dans le terminal")
    commands.add_parser("ask", help="une réponse JSON par ligne de l'entrée standard ; rien n'est gardé")
    knowledge = commands.add_parser("knowledge", help="les connaissances")
    knowledge.add_argument("action", choices=["check"], help="tout vérifier")
    serve = commands.add_parser("actions", help="le serveur d'actions, sur cette machine seulement")
    serve.add_argument("--port", type=int, required=True)
    chosen = parser.parse_args(arguments)
    os.environ.update(QUIET)
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

        asyncio.run(ask(sys.stdin, sys.stdout, _quiet_model(), clock))
    elif chosen.command == "chat":
        from bot.terminal import chat

        asyncio.run(chat(given, _quiet_model(), clock, sys.stdin, sys.stdout))
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


def _quiet_model() -> Path:
    """The model; what is said on the way goes to standard error."""
    return model(_progress)


def _progress(step: str) -> None:
    print(f"Vigie : {step}…", file=sys.stderr, flush=True)


def _fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
