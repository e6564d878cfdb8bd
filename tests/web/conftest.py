"""The real page over a real database, with an assistant that says what each test scripts."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import ClientResponse, CookieJar
from aiohttp.test_utils import TestClient, TestServer
from jinja2 import Environment

from bot.assistant import AssistantError, Button, Reply
from bot.clock import Clock
from bot.compliance.answers import UNKNOWN, Answer
from bot.knowledge import Knowledge, load
from bot.records import Records, Unit
from bot.records.repositories import Message
from bot.settings import Settings
from bot.web import create_app
from bot.web.keys import TEMPLATES
from bot.web.rendering import environment

ASIDES = (
    Button("Je ne sais pas", "/ne_sait_pas"),
    Button("Passer", "/passer"),
    Button("Pourquoi ?", "/pourquoi"),
)
CANAUX = Reply(
    "Comment vos patients prennent-ils rendez-vous ?",
    (
        Button("Par téléphone", '/repondre{"valeur": "telephone"}'),
        Button("En ligne", '/repondre{"valeur": "en_ligne"}'),
        Button("Aucun de ceux-là", '/repondre{"valeur": "aucun"}'),
        *ASIDES,
    ),
    {"question": "rendez_vous.canaux"},
)
MOTIF = Reply(
    "Que demandez-vous sur le motif ?",
    (
        Button("Rien", '/repondre{"valeur": "rien"}'),
        Button("Il l'écrit librement", '/repondre{"valeur": "libre"}'),
        *ASIDES,
    ),
    {"question": "rendez_vous.motif"},
)
AGENDA = Reply(
    "Tenez-vous un agenda ?",
    (Button("Oui", '/repondre{"valeur": "oui"}'), Button("Non", '/repondre{"valeur": "non"}'), *ASIDES),
    {"question": "profil.agenda"},
)
NOM = Reply("Sous quel nom exercez-vous ?", ASIDES, {"question": "profil.nom"})
RECAP = Reply(
    "Voici ce que j'ai noté.\n- x\nEst-ce exact ?",
    (Button("C'est exact", "/confirmer_recap"),),
    {"recap": "profil"},
)


class Scripted:
    """Says what it is told to say next, and remembers what it was told; `away` makes it fail."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []
        self.next: list[Reply] = []
        self.away = False
        self.forgot = 0

    async def send(self, sender: str, text: str) -> list[Reply]:
        self.heard.append((sender, text))
        if self.away:
            raise AssistantError("away")
        replies, self.next = self.next or [Reply("Entendu.")], []
        return replies

    async def forget(self) -> None:
        if self.away:
            raise AssistantError("away")
        self.forgot += 1


@dataclass
class Browser:
    """A browser on the page: it keeps its cookies, and posts the forms that it was shown."""

    client: TestClient  # type: ignore[type-arg]
    assistant: Scripted
    records: Records
    page: str = ""
    response: ClientResponse = field(init=False)

    async def open(self, path: str = "/", **options: object) -> str:
        self.response = await self.client.get(path, **options)  # type: ignore[arg-type]
        self.page = await self.response.text()
        return self.page

    async def post(self, path: str, fields: dict[str, object] | None = None, **options: object) -> str:
        token = re.search(r'name="csrf" value="(\w+)"', self.page)
        data = {"csrf": token[1] if token else "", **(fields or {})}
        self.response = await self.client.post(path, data=data, **options)  # type: ignore[arg-type]
        text = await self.response.text()
        if token and "csrf" in text:
            self.page = text
        return text

    async def say(self, *replies: Reply, **fields: object) -> str:
        """Post to the chat; Vigie answers with `replies`."""
        self.assistant.next = list(replies)
        return await self.post("/messages", fields)

    async def choose(self, *choices: int, message: int | None = None, name: str = "choice") -> str:
        if message is None:
            message = self.shown_message()
        return await self.post("/messages", {"message": message, name: [str(choice) for choice in choices]})

    def shown_message(self) -> int:
        """The message whose quick replies the page shows last."""
        return int(re.findall(r'name="message" value="(\d+)"', self.page)[-1])

    @property
    def cookie(self) -> str:
        return next(
            cookie.value for cookie in self.client.session.cookie_jar if cookie.key == "vigie_session"
        )

    @property
    def last_heard(self) -> str:
        return self.assistant.heard[-1][1]

    def transcript(self) -> list[Message]:
        with self.records.unit() as unit:
            session = unit.sessions.find(self.cookie)
            assert session
            return unit.sessions.transcript(session.digest)


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load(Path(__file__).parent / "knowledge")


@pytest.fixture
def clock() -> Clock:
    return Clock("2026-11-24T10:00:00+01:00")


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with its tables and nothing in them."""
    path = tmp_path_factory.mktemp("tables") / "vigie.db"
    records = Records(f"sqlite:///{path}", Clock())
    records.migrate()
    # Closed, it stands in one file.
    records.engine.dispose()
    return path


@pytest.fixture
def records(tmp_path: Path, tables: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Records:
    # A locked database is waited for; five seconds are for people, not for tests.
    monkeypatch.setattr("bot.records.store._BUSY_SECONDS", 0.05)
    return Records(f"sqlite:///{shutil.copy(tables, tmp_path)}", clock)


@pytest.fixture
def assistant() -> Scripted:
    return Scripted()


@pytest.fixture(scope="session")
def templates(knowledge: Knowledge) -> Environment:
    """The templates, which take longer to compile than most tests take."""
    return environment(knowledge)


@pytest.fixture
async def server(
    tmp_path: Path, records: Records, assistant: Scripted, knowledge: Knowledge, templates: Environment
) -> AsyncIterator[TestServer]:
    app = create_app(Settings(data=tmp_path), records, assistant, knowledge)
    app[TEMPLATES] = templates
    server = TestServer(app)
    await server.start_server()
    yield server
    await server.close()


@pytest.fixture
async def browser(server: TestServer, assistant: Scripted, records: Records) -> AsyncIterator[Browser]:
    async with TestClient(server, cookie_jar=CookieJar(unsafe=True)) as client:
        yield Browser(client, assistant, records)


@pytest.fixture
async def other(server: TestServer, assistant: Scripted, records: Records) -> AsyncIterator[Browser]:
    """Another browser, with cookies of its own."""
    async with TestClient(server, cookie_jar=CookieJar(unsafe=True)) as client:
        yield Browser(client, assistant, records)


ANSWERS = {
    "profil.nom": Answer.given("Dr Camille Durand"),
    "profil.logiciel": UNKNOWN,
    "profil.agenda": Answer.given(True),
    "rendez_vous.canaux": Answer.given(("telephone", "en_ligne")),
    "rendez_vous.motif": Answer.given("libre"),
}


@pytest.fixture
def answered(records: Records) -> Records:
    """A practice that answered everything."""
    with records.unit() as unit:
        save_answers(unit)
    return records


def save_answers(unit: Unit) -> None:
    practice = unit.practices.only()
    for question, answer in ANSWERS.items():
        unit.answers.save(practice, question, answer)
