"""Runs one function on bytes in a process of its own, with limits, and gives back what it returns.

`python -m bot.uploads.isolated module:function megabytes seconds` reads stdin and writes JSON to stdout. The
process can open no connection, start no program, write no file, and use no more memory or time than allowed.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import resource
import signal
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from bot.settings import ROOT
from bot.uploads.refusal import Refused

#: How a process ends that ran out of what it was allowed.
_SPENT = 77
#: A process that reads a file opens its own libraries, and little else.
_FILES = 128
#: What it may not do, whatever a file tells it: reach others, start programs, change the disk.
_FORBIDDEN = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.remove",
    "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "shutil.", "ctypes.",
    "ftplib.", "urllib.", "http.", "smtplib.", "webbrowser.", "pty.",
)  # fmt: skip


@dataclass(frozen=True)
class Limits:
    """What a process may use: memory, time on the processor and by the clock, and bytes of answer."""

    megabytes: int = 768
    seconds: int = 20
    answer: int = 16_000_000


def run(function: str, content: bytes, limits: Limits | None = None) -> Any:
    """What `module:function` returns for `content`, as JSON has it.

    Raises Refused: with the reason that the function gave, « trop_long » when a limit stopped it, and
    « abime » when it ended in another way.
    """
    allowed = limits or Limits()
    command = [
        sys.executable, "-m", "bot.uploads.isolated", function, str(allowed.megabytes), str(allowed.seconds),
    ]  # fmt: skip
    # No environment of ours: whatever it holds is none of a file's business.
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1"},
        start_new_session=True,
        close_fds=True,
    )
    try:
        # The clock allows more than the processor: the machine may be busy.
        answer, _ = process.communicate(content, timeout=allowed.seconds * 2)
    except subprocess.TimeoutExpired as error:
        raise Refused("trop_long") from error
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if process.returncode in (_SPENT, -signal.SIGXCPU, -signal.SIGKILL) or len(answer) > allowed.answer:
        raise Refused("trop_long")
    return _told(process.returncode, answer)


def _told(code: int, answer: bytes) -> Any:
    try:
        told = json.loads(answer)
    except ValueError as error:
        raise Refused("abime") from error
    if code or not isinstance(told, dict):
        raise Refused("abime")
    if "refused" in told:
        raise Refused(told["refused"])
    return told["value"]


def _confine(megabytes: int, seconds: int) -> None:
    """Bind this process to its limits, for good."""
    memory = megabytes * 1024 * 1024
    for limit, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_DATA, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(event)
    if event == "open" and len(arguments) > 1:
        mode, flags = arguments[1], arguments[2] if len(arguments) > 2 else 0
        writes = isinstance(mode, str) and set(mode) & set("wax+")
        if writes or (isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)):
            raise PermissionError(event)


def _main(function: str, megabytes: int, seconds: int) -> None:
    module, _, name = function.partition(":")
    # Its libraries are loaded before it is confined: some of them look for system libraries.
    called = getattr(importlib.import_module(module), name)
    _confine(megabytes, seconds)
    try:
        answer: dict[str, Any] = {"value": called(sys.stdin.buffer.read())}
    except Refused as refused:
        answer = {"refused": refused.reason}
    except (MemoryError, RecursionError):
        # Whatever is left of the memory may not be enough to end in order.
        os._exit(_SPENT)
    except Exception:
        answer = {"refused": "abime"}
    sys.stdout.buffer.write(json.dumps(answer).encode())
    sys.stdout.buffer.flush()
    os._exit(0)


if __name__ == "__main__":
    _main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
