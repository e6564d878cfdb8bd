"""The action server, on this machine's loopback only."""

from __future__ import annotations

import logging

from rasa_sdk.endpoint import create_app

from bot.language import faq


def serve(port: int) -> None:
    """Answer Rasa's calls on 127.0.0.1 until told to stop. rasa_sdk's own command listens to everyone."""
    logging.basicConfig(level=logging.WARNING)
    # Now, so that no question has to wait for it.
    faq.index()
    app = create_app("actions", cors_origins="")
    app.run(host="127.0.0.1", port=port, access_log=False, motd=False)
