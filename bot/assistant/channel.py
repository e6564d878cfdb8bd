"""What runs inside Rasa: the one way in, and how Rasa is made to forget."""

from __future__ import annotations

from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.rest import RestInput
from rasa.core.tracker_store import InMemoryTrackerStore
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse


class Channel(RestInput):  # type: ignore[misc]
    """Rasa's REST channel, named in credentials.yml, which can also be told to forget."""

    @classmethod
    def name(cls) -> str:
        """The name in its address, `/webhooks/vigie/…`."""
        return "vigie"

    def blueprint(self, on_new_message: Any) -> Blueprint:
        """Rasa's own routes, and `forget`."""
        routes: Blueprint = super().blueprint(on_new_message)
        routes.add_route(_forget, "/forget", methods=["POST"])
        return routes


async def _forget(request: Request) -> HTTPResponse:
    forget(request.app.ctx.agent)
    return response.json({})


def forget(agent: Agent) -> None:
    """Drop all conversations: one installation serves one practice, so all of them are its own."""
    agent.tracker_store = agent.processor.tracker_store = InMemoryTrackerStore(agent.domain)
