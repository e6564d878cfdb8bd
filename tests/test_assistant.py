"""What is said to Rasa and what comes back, and how it is made to forget."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from ruamel.yaml import YAML

from bot.assistant import AssistantError, Button, Reply, intent, replies
from bot.assistant.channel import Channel, forget
from bot.assistant.remote import RemoteAssistant
from bot.settings import ROOT


class Rasa:
    """Answers as Rasa's channel does."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, Any]] = []
        self.answer: Any = [{"text": "Entendu."}]
        self.status = 200

    async def take(self, request: web.Request) -> web.Response:
        self.heard.append((request.path, await request.json()))
        return web.json_response(self.answer, status=self.status)


@pytest.fixture
def rasa() -> Rasa:
    return Rasa()


@pytest.fixture
async def assistant(rasa: Rasa) -> AsyncIterator[RemoteAssistant]:
    app = web.Application()
    app.router.add_post("/{path:.*}", rasa.take)
    async with TestServer(app) as server, aiohttp.ClientSession() as client:
        yield RemoteAssistant(str(server.make_url("")).rstrip("/"), client)


async def test_what_is_said_goes_with_its_sender(assistant: RemoteAssistant, rasa: Rasa) -> None:
    assert await assistant.send("alice", "Bonjour") == [Reply("Entendu.")]
    assert rasa.heard == [("/webhooks/vigie/webhook", {"sender": "alice", "message": "Bonjour"})]


async def test_it_is_told_to_forget(assistant: RemoteAssistant, rasa: Rasa) -> None:
    rasa.answer = {}
    await assistant.forget()
    assert rasa.heard == [("/webhooks/vigie/forget", {})]


@pytest.mark.parametrize(("status", "answer"), [(500, []), (200, []), (404, {})])
async def test_no_answer_is_an_error(
    assistant: RemoteAssistant, rasa: Rasa, status: int, answer: object
) -> None:
    rasa.status, rasa.answer = status, answer
    with pytest.raises(AssistantError):
        await assistant.send("alice", "Bonjour")


async def test_a_rasa_that_is_away_is_an_error() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}"
    async with aiohttp.ClientSession() as client:
        for said in (
            RemoteAssistant(url, client).send("alice", "Bonjour"),
            RemoteAssistant(url, client).forget(),
        ):
            with pytest.raises(AssistantError):
                await said


def test_our_channel_is_the_only_one() -> None:
    assert list(YAML(typ="safe").load(ROOT / "credentials.yml")) == ["bot.assistant.channel.Channel"]
    assert Channel.name() == "vigie"
    routes = {route.uri for route in Channel().blueprint(None)._future_routes}
    assert routes == {"/", "/webhook", "/forget"}


async def test_a_rasa_that_forgets_has_no_conversation_left() -> None:
    domain = Domain.empty()
    store = InMemoryTrackerStore(domain)
    agent = SimpleNamespace(
        domain=domain, tracker_store=store, processor=SimpleNamespace(tracker_store=store)
    )
    await store.save(await store.get_or_create_tracker("alice"))
    forget(agent)
    for kept in (agent.tracker_store, agent.processor.tracker_store):
        assert await kept.retrieve("alice") is None
    assert agent.tracker_store is agent.processor.tracker_store


def test_a_custom_part_joins_the_bubble_before_it() -> None:
    found = replies(
        [
            {"text": "Oui ?", "buttons": [{"title": "Oui", "payload": "/oui"}]},
            {"custom": {"question": "profil.nom"}},
        ]
    )
    assert found == [Reply("Oui ?", (Button("Oui", "/oui"),), {"question": "profil.nom"})]


def test_an_intent_is_written_with_its_entities() -> None:
    assert intent("pause") == "/pause"
    assert intent("repondre", valeur=["été"]) == '/repondre{"valeur": ["été"]}'
