"""Starts Rasa, the action server and the page, watches over them, and stops them together."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import aiohttp
from aiohttp import web

from bot.assistant.remote import RemoteAssistant
from bot.clock import Clock
from bot.knowledge import load
from bot.records import Records
from bot.settings import ROOT, Settings
from bot.training import QUIET, model
from bot.web.app import create_app

_LOOPBACK = "127.0.0.1"
_START_SECONDS = 180
_POLL_SECONDS = 0.5
_STOP_SECONDS = 10
#: A part that stops this often within the window is not started again.
_MOST_FALLS = 3
_WINDOW_SECONDS = 60

Progress = Callable[[str], None]


class _Stopped(Exception):
    """A part cannot be kept running; the argument says which, in French."""


class _Part:
    """A process of ours: started in a group of its own, so that Ctrl-C reaches it through us alone."""

    def __init__(self, name: str, command: Sequence[str], health: str, log: Path, settings: Settings) -> None:
        self.name, self._command, self._health, self._log = name, command, health, log
        self._settings = settings
        self._process: asyncio.subprocess.Process | None = None
        self._falls: list[float] = []

    async def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                cwd=ROOT,
                env={
                    **os.environ,
                    **QUIET,
                    "LOG_LEVEL": "WARNING",
                    "VIGIE_DATA": str(self._settings.data),
                },
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    async def ready(self, client: aiohttp.ClientSession) -> None:
        """Wait until it answers. Raises _Stopped when it ends first, or takes too long."""
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            if self._process and self._process.returncode is not None:
                break
            with contextlib.suppress(aiohttp.ClientError, TimeoutError):
                async with client.get(self._health, timeout=aiohttp.ClientTimeout(total=2)) as response:
                    if response.ok:
                        return
            await asyncio.sleep(_POLL_SECONDS)
        raise _Stopped(f"{self.name} n'a pas démarré : voyez {self._log}.")

    async def keep(self, client: aiohttp.ClientSession) -> None:
        """Start it again whenever it ends. Raises _Stopped when it keeps ending."""
        while True:
            if self._process:
                await self._process.wait()
            now = time.monotonic()
            self._falls = [fall for fall in self._falls if now - fall < _WINDOW_SECONDS] + [now]
            if len(self._falls) >= _MOST_FALLS:
                raise _Stopped(f"{self.name} s'arrête sans cesse : voyez {self._log}.")
            print(
                f"{self.name} s'est arrêté ; je le redémarre. Rien n'est perdu.", file=sys.stderr, flush=True
            )
            await self.start()
            await self.ready(client)

    async def stop(self) -> None:
        if self._process is None or self._process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGTERM)
        try:
            await asyncio.wait_for(self._process.wait(), _STOP_SECONDS)
        except asyncio.TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)


async def run(settings: Settings, clock: Clock, progress: Progress) -> int:
    """Run Vigie until Ctrl-C; returns the exit status.

    Prints one line with the address once everything answers, or one sentence on what went wrong.
    Raises what preparing the model, the knowledge or the database raises.
    """
    if not _free(settings.host, settings.port):
        address = f"{settings.host}:{settings.port}"
        print(
            f"L'adresse {address} est déjà prise : Vigie tourne peut-être déjà. "
            f"Arrêtez l'autre, ou choisissez un autre port : VIGIE_PORT=8081 make run.",
            file=sys.stderr,
        )
        return 1
    progress("lecture des connaissances")
    knowledge = load()
    records = Records(settings.database, clock)
    records.migrate()
    trained = await asyncio.to_thread(model, progress)
    progress("démarrage, quelques secondes")
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for received in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(received, stopping.set)
    try:
        async with _parts(settings, trained) as (client, parts, rasa_url):
            app = create_app(settings, records, RemoteAssistant(rasa_url, client), knowledge)
            async with _served(app, settings):
                host = f"[{settings.host}]" if ":" in settings.host else settings.host
                print(f"Vigie est prête : http://{host}:{settings.port}", flush=True)
                await _watch(parts, client, stopping)
        print("Vigie est arrêtée. Tout est enregistré.", flush=True)
        return 0
    except _Stopped as error:
        print(error, file=sys.stderr)
        return 1


@contextlib.asynccontextmanager
async def _parts(
    settings: Settings, trained: Path
) -> AsyncIterator[tuple[aiohttp.ClientSession, list[_Part], str]]:
    logs = settings.data / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    rasa_port, actions_port = _free_port(), _free_port()
    rasa_url, actions_url = (f"http://{_LOOPBACK}:{port}" for port in (rasa_port, actions_port))
    os.environ["VIGIE_ACTIONS_URL"] = f"{actions_url}/webhook"
    parts = [
        _Part(
            "Le serveur d'actions",
            [sys.executable, "-m", "bot.cli", "actions", "--port", str(actions_port)],
            f"{actions_url}/health",
            logs / "actions.log",
            settings,
        ),
        _Part(
            "Le moteur de conversation",
            [
                sys.executable, "-m", "rasa", "run", "--interface", _LOOPBACK, "--port", str(rasa_port),
                "--model", str(trained), "--endpoints", "endpoints.yml", "--credentials", "credentials.yml",
            ],
            rasa_url,
            logs / "rasa.log",
            settings,
        ),
    ]  # fmt: skip
    async with aiohttp.ClientSession() as client:
        try:
            await asyncio.gather(*(part.start() for part in parts))
            await asyncio.gather(*(part.ready(client) for part in parts))
            yield client, parts, rasa_url
        finally:
            await asyncio.gather(*(part.stop() for part in parts))


@contextlib.asynccontextmanager
async def _served(app: web.Application, settings: Settings) -> AsyncIterator[None]:
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.host, settings.port).start()
        yield
    finally:
        await runner.cleanup()


async def _watch(parts: list[_Part], client: aiohttp.ClientSession, stopping: asyncio.Event) -> None:
    keepers = [asyncio.create_task(part.keep(client)) for part in parts]
    waiter = asyncio.create_task(stopping.wait())
    done, pending = await asyncio.wait([waiter, *keepers], return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    for task in done:
        task.result()


def _free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port
