"""The processes that Vigie is made of: started, watched, started again, and stopped without leaving any."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

import aiohttp

from bot.settings import ROOT

_START_SECONDS = 180
_POLL_SECONDS = 0.1
_STOP_SECONDS = 10
#: A part that stops this often within the window is not started again.
_MOST_FALLS = 3
_WINDOW_SECONDS = 60
_PR_SET_PDEATHSIG = 1
_prctl = ctypes.CDLL(None).prctl

#: What a part's environment adds to ours, computed at each start.
Environment = Callable[[], Mapping[str, str]]


class Stopped(Exception):
    """Vigie cannot run, or go on; the argument says why and what to do, in French."""


class Part:
    """A process of ours that answers over HTTP; it writes what goes wrong in its own log."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        url: str,
        log: Path,
        environment: Environment,
        health: str = "",
    ) -> None:
        """`health` is the path under `url` that answers once the part is ready."""
        self.name, self.url = name, url
        self._command, self._health, self._log = command, f"{url}{health}", log
        self._environment = environment
        self._process: asyncio.subprocess.Process | None = None
        self._falls: list[float] = []

    async def start(self) -> None:
        """Start it; see `ready` for when it can be used."""
        with self._log.open("ab") as log:
            self._process = await spawn(self._command, self._environment(), log)

    async def ready(self, client: aiohttp.ClientSession) -> None:
        """Wait until it answers. Raises Stopped when it ends first, or takes too long."""
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            if self._process and self._process.returncode is not None:
                break
            with contextlib.suppress(aiohttp.ClientError, TimeoutError):
                async with client.get(self._health, timeout=aiohttp.ClientTimeout(total=2)) as response:
                    if response.ok:
                        return
            await asyncio.sleep(_POLL_SECONDS)
        raise Stopped(f"{self.name} n'a pas démarré. {self._advice()}")

    async def keep(self, client: aiohttp.ClientSession) -> None:
        """Start it again whenever it ends. Raises Stopped when it keeps ending."""
        while True:
            if self._process:
                await self._process.wait()
                _signal(self._process, signal.SIGKILL)
            now = time.monotonic()
            self._falls = [fall for fall in self._falls if now - fall < _WINDOW_SECONDS] + [now]
            if len(self._falls) >= _MOST_FALLS:
                raise Stopped(f"{self.name} s'arrête sans cesse. {self._advice()}")
            say(f"{self.name} s'est arrêté ; je le redémarre. Rien n'est perdu.", error=True)
            await self.start()
            await self.ready(client)

    async def stop(self) -> None:
        """Stop it and whatever it started."""
        if self._process:
            await end(self._process)

    def _advice(self) -> str:
        return (
            "Ce que vous avez enregistré est intact. Fermez d'autres programmes si la mémoire manque, puis "
            f"relancez Vigie. Si cela recommence, montrez ce journal à qui vous dépanne : {self._log}."
        )


async def spawn(
    command: Sequence[str], environment: Mapping[str, str], log: IO[bytes] | None = None
) -> asyncio.subprocess.Process:
    """Start a process in a group of its own, so that Ctrl-C reaches it through us alone."""
    return await asyncio.create_subprocess_exec(
        *command,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,
        preexec_fn=_end_with_us,
    )


async def end(process: asyncio.subprocess.Process) -> None:
    """Stop a process and its group: politely, then without asking."""
    if process.returncode is None:
        _signal(process, signal.SIGTERM)
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(process.wait(), _STOP_SECONDS)
    # What it started may outlive it.
    _signal(process, signal.SIGKILL)
    await process.wait()


async def together(*awaited: Coroutine[Any, Any, None]) -> None:
    """Wait for all of them; none goes on once one has failed."""
    tasks = [asyncio.create_task(one) for one in awaited]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def say(sentence: str, error: bool = False) -> None:
    """Tell the terminal, if it is still there."""
    with contextlib.suppress(OSError):
        print(sentence, file=sys.stderr if error else sys.stdout, flush=True)


def _end_with_us() -> None:
    # A supervisor that is killed outright can stop nothing: the kernel then does.
    _prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _signal(process: asyncio.subprocess.Process, received: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, received)
