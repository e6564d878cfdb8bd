"""What may be written in a log: what went wrong and where, never what was said."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType
from typing import Any

#: The environment in which Rasa logs nothing: its lines on errors and timeouts quote the message.
SILENCE = {"LOG_LEVEL": "CRITICAL", "LOG_LEVEL_LIBRARIES": "CRITICAL"}
_DEEPEST = 6


def places(trace: TracebackType | None) -> str:
    """The last places of a traceback, without the text of the exception, which may quote the message."""
    found = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(trace)]
    return " < ".join(reversed(found[-_DEEPEST:]))


class Discreet(logging.Formatter):
    """Writes an exception as its type and its places."""

    def formatException(self, ei: Any) -> str:
        kind, _, trace = ei
        return f"{kind.__name__} in {places(trace)}" if kind else ""


def configure(level: int = logging.WARNING) -> None:
    """Let this process log to standard error from that level on, discreetly."""
    handler = logging.StreamHandler()
    handler.setFormatter(Discreet("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler])
