"""What a confined process must not get away with: each is run by test_isolated.py inside one."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path


def echo(content: bytes) -> str:
    return content.decode()


def memory(content: bytes) -> int:
    return len(bytearray(4_000_000_000))


def many_small(content: bytes) -> int:
    return len([bytes(1000) for _ in range(4_000_000)])


def processor(content: bytes) -> None:
    while True:
        pass


def asleep(content: bytes) -> None:
    import time

    time.sleep(3600)


def network(content: bytes) -> None:
    socket.create_connection(("127.0.0.1", int(content)), timeout=1)


def program(content: bytes) -> None:
    subprocess.run(["/bin/true"], check=True)


def fork(content: bytes) -> None:
    os.fork()


def writes(content: bytes) -> None:
    Path(content.decode()).write_text("trace")


def environment(content: bytes) -> list[str]:
    return sorted(os.environ)


def recursion(content: bytes) -> None:
    recursion(content)


def crash(content: bytes) -> None:
    os.abort()
