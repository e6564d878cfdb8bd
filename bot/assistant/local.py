"""The assistant in this process: the trained model and the real actions, no server."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa.utils.log_utils import configure_structlog
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

from bot.assistant import AssistantError, Reply, replies
from bot.assistant.channel import forget


class _ActionsHere(EndpointConfig):
    """Calls the actions where Rasa would call the action server."""

    def __init__(self) -> None:
        super().__init__("http://localhost")
        self._executor = ActionExecutor()
        self._executor.register_package("actions")

    async def request(self, method: str = "post", **options: Any) -> Any:
        try:
            return await self._executor.run(options["json"])
        except ActionExecutionRejection as error:
            body = json.dumps({"action_name": error.action_name, "error": error.message})
            raise ClientResponseError(400, "rejected", body) from error


class LocalAssistant:
    """See `Assistant`. Call `actions.context.use` first to choose what the actions work on."""

    def __init__(self, model: Path) -> None:
        """`model` is a trained model's archive."""
        # Rasa's own log lines hold what was said.
        configure_structlog(logging.CRITICAL)
        for name in ("rasa", "rasa_sdk"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        self._agent = Agent.load(str(model), action_endpoint=_ActionsHere())

    async def send(self, sender: str, text: str) -> list[Reply]:
        """See `Assistant.send`."""
        channel = CollectingOutputChannel()
        try:
            await self._agent.handle_message(UserMessage(text, channel, sender, input_channel="local"))
        except Exception as error:
            # Whatever it is may quote what was said.
            raise AssistantError(type(error).__name__) from None
        found = replies(channel.messages)
        if not found:
            raise AssistantError("no answer")
        return found

    async def forget(self) -> None:
        """See `Assistant.forget`."""
        forget(self._agent)
