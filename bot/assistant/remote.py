"""The assistant that runs as `rasa run` on this machine's loopback."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import aiohttp

from bot.assistant import AssistantError, Reply, replies

_SECONDS = 60
Answer = TypeVar("Answer")


class RemoteAssistant:
    """Speaks to `bot.assistant.channel`."""

    def __init__(self, url: str, client: aiohttp.ClientSession) -> None:
        """`url` is the root of the Rasa server, such as `http://127.0.0.1:5005`."""
        self._url, self._client = f"{url}/webhooks/vigie", client

    async def send(self, sender: str, text: str) -> list[Reply]:
        """See `Assistant.send`."""
        found = await self._post("webhook", {"sender": sender, "message": text}, replies)
        if not found:
            raise AssistantError("no answer: the action server is away")
        return found

    async def forget(self) -> None:
        """See `Assistant.forget`."""
        await self._post("forget", {}, dict)

    async def _post(self, path: str, body: dict[str, str], read: Callable[[Any], Answer]) -> Answer:
        try:
            async with self._client.post(
                f"{self._url}/{path}", json=body, timeout=aiohttp.ClientTimeout(total=_SECONDS)
            ) as response:
                response.raise_for_status()
                return read(await response.json())
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise AssistantError(str(error)) from error
