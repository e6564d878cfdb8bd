"""The action server, on this machine's loopback only."""

from __future__ import annotations

import logging

from rasa_sdk.endpoint import create_app


def serve(port: int) -> None:
    """Answer Rasa's calls on 127.0.0.1 until told to stop. rasa_sdk's own command listens to everyone."""
    logging.basicConfig(level=logging.WARNING)
    app = create_app("actions", cors_origins="")
    app.run(host="127.0.0.1", port=port, access_log=False, motd=False)
