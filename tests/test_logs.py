"""No log holds what was said."""

from __future__ import annotations

import logging
import os
import subprocess
import sys

import pytest

from bot.logs import SILENCE, Discreet
from bot.settings import ROOT

SECRET = "une phrase du cabinet"


def test_an_exception_is_logged_without_its_text() -> None:
    try:
        raise ValueError(SECRET)
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 1, "failed", (), sys.exc_info())
    line = Discreet("%(message)s").format(record)
    assert SECRET not in line
    assert "ValueError in" in line and "test_logs.py:" in line


RASA = f"""
import asyncio, logging, sys
from rasa.utils.common import configure_logging_and_warnings
from rasa.utils.io import configure_colored_logging
from rasa.utils.log_utils import configure_structlog
# What `rasa run` does before anything else.
configure_logging_and_warnings(None, None, warn_only_once=True, filter_repeated_logs=True)
configure_colored_logging(None)
configure_structlog(None)
from rasa.core.channels import rest
from rasa.core.channels.channel import UserMessage
from sanic.log import error_logger
try:
    raise ValueError({SECRET!r})
except ValueError:
    rest.structlogger.exception("rest.message.received.failure", text={SECRET!r})
    rest.structlogger.error("rest.message.received.timeout", text={SECRET!r})
    logging.getLogger("rasa.core.processor").exception("while running an action: " + {SECRET!r})
    logging.getLogger("asyncio").exception("never retrieved")
    error_logger.exception("in a request")
print("done")
"""


@pytest.mark.slow
@pytest.mark.parametrize("silence", [SILENCE, {"LOG_LEVEL": "WARNING"}], ids=["as we run it", "otherwise"])
def test_rasa_says_nothing_of_a_message_that_it_fails_on(silence: dict[str, str]) -> None:
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", RASA],
        cwd=ROOT,
        env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", **silence},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert "done" in told.stdout
    # Were it not for the silence it would, which shows that this test sees something.
    assert (SECRET in told.stdout + told.stderr) is (silence is not SILENCE)
