"""Starts Rasa, the action server and the page, watches over them, and stops them together."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import aiohttp
from aiohttp import web

from bot import training
from bot.assistant.remote import RemoteAssistant
from bot.clock import Clock
from bot.knowledge import load
from bot.logs import SILENCE
from bot.parts import Part, Stopped, end, say, spawn, together
from bot.records import Records
from bot.settings import Settings
from bot.web.app import create_app

_LOOPBACK = "127.0.0.1"
_STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

Progress = Callable[[str], None]


async def run(settings: Settings, clock: Clock, progress: Progress) -> int:
    """Run Vigie until Ctrl-C, at any moment; returns the exit status.

    Prints one line with the address once everything answers, or one sentence on what went wrong.
    Raises what preparing the data folder, the knowledge or the database raises.
    """
    stopping = asyncio.create_task(_stop_asked().wait())
    work = asyncio.create_task(_work(settings, clock, progress))
    await asyncio.wait([work, stopping], return_when=asyncio.FIRST_COMPLETED)
    for task in (stopping, work):
        task.cancel()
    try:
        await work
    except asyncio.CancelledError:
        say("Vigie est arrêtée. Tout est enregistré.")
        return 0
    except Stopped as error:
        say(str(error), error=True)
    return 1


def _stop_asked() -> asyncio.Event:
    """What Ctrl-C, an order to end, or a closed terminal sets."""
    asked, loop = asyncio.Event(), asyncio.get_running_loop()
    for received in _STOPS:
        # `nohup` lets Vigie outlive its terminal.
        if received != signal.SIGHUP or signal.getsignal(received) is not signal.SIG_IGN:
            loop.add_signal_handler(received, asked.set)
    return asked


async def _work(settings: Settings, clock: Clock, progress: Progress) -> None:
    _check_address(settings)
    settings.prepare()
    progress("lecture des connaissances…")
    knowledge = load()
    records = Records(settings.database, clock)
    records.migrate()
    trained = await _trained()
    progress("démarrage, quelques secondes…")
    async with _started(_parts(settings, clock, trained)) as (client, parts):
        rasa, _ = parts
        app = create_app(settings, records, RemoteAssistant(rasa.url, client), knowledge)
        async with _served(app, settings):
            say(f"Vigie est prête : http://{_printed(settings.host)}:{settings.port}")
            if not settings.loopback:
                say(_open_to_others(settings), error=True)
            await together(*(part.keep(client) for part in parts))


async def _trained() -> Path:
    """The model, trained in a process of its own: that can be stopped at any moment."""
    path = training.current()
    if not path.exists():
        process = await spawn([sys.executable, "-m", "bot.cli", "train"], {})
        try:
            if await process.wait():
                raise Stopped("Vigie ne peut pas démarrer sans son modèle.")
        finally:
            await end(process)
    return path


def _parts(settings: Settings, clock: Clock, trained: Path) -> tuple[Part, Part]:
    """Rasa and the action server, on free ports that only this machine reaches."""
    rasa_url, actions_url = (f"http://{_LOOPBACK}:{_free_port()}" for _ in range(2))

    def environment() -> dict[str, str]:
        return {
            **training.QUIET,
            **SILENCE,
            "VIGIE_DATA": str(settings.data),
            "VIGIE_ACTIONS_URL": f"{actions_url}/webhook",
            # A part that is started again must not go back to the time that was set.
            "VIGIE_NOW": clock.setting(),
        }

    rasa = Part(
        "Le moteur de conversation",
        [
            sys.executable, "-m", "rasa", "run", "--interface", _LOOPBACK, "--port", _port(rasa_url),
            "--model", str(trained), "--endpoints", "endpoints.yml", "--credentials", "credentials.yml",
        ],
        rasa_url,
        settings.logs / "rasa.log",
        environment,
    )  # fmt: skip
    actions = Part(
        "Le serveur d'actions",
        [sys.executable, "-m", "bot.cli", "actions", "--port", _port(actions_url)],
        actions_url,
        settings.logs / "actions.log",
        environment,
        health="/health",
    )
    return rasa, actions


@contextlib.asynccontextmanager
async def _started(
    parts: tuple[Part, Part],
) -> AsyncIterator[tuple[aiohttp.ClientSession, tuple[Part, Part]]]:
    async with aiohttp.ClientSession() as client:
        try:
            for part in parts:
                await part.start()
            await together(*(part.ready(client) for part in parts))
            yield client, parts
        finally:
            await asyncio.gather(*(part.stop() for part in parts))


@contextlib.asynccontextmanager
async def _served(app: web.Application, settings: Settings) -> AsyncIterator[None]:
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, settings.host, settings.port).start()
        except OSError as error:
            raise Stopped(_why_not(settings, error)) from error
        yield
    finally:
        await runner.cleanup()


def _check_address(settings: Settings) -> None:
    """Raise Stopped at once when the page could not be served: getting ready takes a while."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise Stopped(_why_not(settings, error)) from error


def _why_not(settings: Settings, error: OSError) -> str:
    address = f"{_printed(settings.host)}:{settings.port}"
    if error.errno == errno.EADDRINUSE:
        return (
            f"L'adresse {address} est déjà prise : Vigie tourne peut-être déjà. "
            "Arrêtez l'autre, ou choisissez un autre port : VIGIE_PORT=8081 make run."
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return (
            f"Vigie n'a pas le droit d'écouter sur le port {settings.port}. "
            "Choisissez-en un au-dessus de 1023 : VIGIE_PORT=8080 make run."
        )
    return (
        f"L'adresse « {settings.host} » n'est pas celle de cette machine : "
        "retirez VIGIE_HOST, ou corrigez-le."
    )


def _open_to_others(settings: Settings) -> str:
    return (
        f"Attention : VIGIE_HOST vaut « {settings.host} ». Quiconque atteint cette adresse par le réseau "
        "peut lire et changer le dossier du cabinet, sans mot de passe ni chiffrement. Ne gardez ce réglage "
        "que derrière un serveur qui demande qui l'on est et qui chiffre ; sinon, retirez VIGIE_HOST."
    )


def _printed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def _port(url: str) -> str:
    return url.rpartition(":")[2]
