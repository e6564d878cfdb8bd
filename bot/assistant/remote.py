"""The assistant that runs as `rasa run` on this machine's loopback."""

from __future__ import annotations

import aiohttp

from bot.assistant import AssistantError, Reply, replies

_SECONDS = 60


class RemoteAssistant:
    """Speaks to Rasa's REST channel."""

    def __init__(self, url: str, client: aiohttp.ClientSession) -> None:
        """`url` is the root of the Rasa server, such as `http://127.0.0.1:5005`."""
        self._url, self._client = f"{url}/webhooks/rest/webhook", client

    async def send(self, sender: str, text: str) -> list[Reply]:
        """See `Assistant.send`."""
        try:
            async with self._client.post(
                self._url,
                json={"sender": sender, "message": text},
                timeout=aiohttp.ClientTimeout(total=_SECONDS),
            ) as response:
                response.raise_for_status()
                found = replies(await response.json())
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise AssistantError(str(error)) from error
        if not found:
            raise AssistantError("no answer: the action server is away")
        return found
