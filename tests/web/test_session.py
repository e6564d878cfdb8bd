"""Who the page talks to: the cookie, the sender behind it, and strangers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient

from tests.web.conftest import MOTIF, Browser, save_answers

COOKIE = "vigie_session"


async def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(browser: Browser) -> None:
    await browser.open()
    cookie = browser.response.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert cookie["path"] == "/"
    assert int(cookie["max-age"]) == 400 * 24 * 3600


async def test_the_cookie_is_not_kept_on_the_server(browser: Browser) -> None:
    await browser.open()
    database = Path(str(browser.records.url.database))
    stored = b"".join(path.read_bytes() for path in database.parent.glob("vigie.db*"))
    assert stored and browser.cookie.encode() not in stored


async def test_the_sender_comes_from_the_cookie_whatever_the_browser_posts(browser: Browser) -> None:
    await browser.open()
    await browser.say(text="Bonjour", sender="someone-else", session="someone-else")
    senders = {sender for sender, _ in browser.assistant.heard}
    with browser.records.unit() as unit:
        session = unit.sessions.find(browser.cookie)
    assert session and senders == {session.sender}
    assert session.sender not in browser.page


async def test_two_browsers_speak_as_two_senders_about_the_same_practice(
    browser: Browser, other: Browser
) -> None:
    await browser.open()
    await other.open()
    assert browser.assistant.heard[0][0] != browser.assistant.heard[1][0]
    with browser.records.unit() as unit:
        first, second = unit.sessions.find(browser.cookie), unit.sessions.find(other.cookie)
    assert first and second and first.practice_id == second.practice_id


async def test_an_unknown_cookie_opens_a_new_session(browser: Browser) -> None:
    await browser.open(cookies={COOKIE: "invented"})
    assert browser.response.status == 200
    assert browser.response.cookies[COOKIE].value != "invented"


async def test_another_browser_cannot_answer_a_message_of_this_one(browser: Browser, other: Browser) -> None:
    await browser.open()
    await browser.say(MOTIF, text="oui")
    await other.open()
    text = await other.choose(0, message=browser.shown_message())
    assert other.response.status == 422 and "déjà reçu une réponse" in text


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8080", "127.0.0.1.evil.example", "[", ""])
async def test_a_foreign_host_is_refused(browser: Browser, host: str) -> None:
    await browser.open(headers={"Host": host})
    assert browser.response.status == 403
    assert COOKIE not in browser.response.cookies


@pytest.mark.parametrize("host", ["localhost:8080", "127.0.0.1:9", "[::1]:8080", "LOCALHOST"])
async def test_the_names_of_this_machine_are_accepted(browser: Browser, host: str) -> None:
    await browser.open(headers={"Host": host})
    assert browser.response.status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    ],
)
async def test_a_post_from_another_page_is_refused(browser: Browser, headers: dict[str, str]) -> None:
    await browser.open()
    heard = len(browser.assistant.heard)
    await browser.post("/messages", {"text": "bonjour"}, headers=headers)
    assert browser.response.status == 403
    assert len(browser.assistant.heard) == heard


@pytest.mark.parametrize("path", ["/messages", "/effacer", "/registre/rendez_vous", "/mesures/rdv-motif"])
@pytest.mark.parametrize("token", ["", "0" * 64, "é"])
async def test_a_post_without_our_token_is_refused(browser: Browser, path: str, token: str) -> None:
    await browser.open()
    await browser.post(path, {"csrf": token, "text": "bonjour"})
    assert browser.response.status == 403


async def test_the_token_of_one_browser_is_worth_nothing_in_another(browser: Browser, other: Browser) -> None:
    await browser.open()
    await other.open()
    other.page = browser.page
    await other.say(text="bonjour")
    assert other.response.status == 403


async def test_a_form_posted_without_any_cookie_is_refused_in_french(browser: Browser) -> None:
    text = await browser.post("/messages", {"text": "bonjour"})
    assert browser.response.status == 403 and "plus à jour" in text


@pytest.mark.parametrize("path", ["/", "/registre", "/sante", "/static/app.js", "/rien"])
async def test_every_response_keeps_the_page_to_itself(browser: Browser, path: str) -> None:
    await browser.open(path)
    policy = browser.response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert browser.response.headers["X-Content-Type-Options"] == "nosniff"
    assert browser.response.headers["Referrer-Policy"] == "no-referrer"
    assert "aiohttp" not in browser.response.headers["Server"]


async def test_the_supervisor_opens_no_session(browser: Browser) -> None:
    assert await browser.open("/sante") == "ok"
    assert COOKIE not in browser.response.cookies


async def test_erasing_leaves_nothing_and_starts_afresh(browser: Browser) -> None:
    await browser.open()
    await browser.say(text="Une phrase à effacer")
    old = browser.cookie
    with browser.records.unit() as unit:
        practice = unit.practices.only()
        save_answers(unit)
    await browser.open("/effacer")
    assert "5 réponses" in browser.page
    await browser.post("/effacer")
    assert "Une phrase à effacer" not in browser.page
    assert browser.cookie != old
    with browser.records.unit() as unit:
        assert unit.sessions.find(old) is None
        assert unit.answers.all(practice) == {} and unit.answers.all(unit.practices.only()) == {}


async def test_a_tab_left_open_after_an_erasure_is_told_so(browser: Browser) -> None:
    await browser.open()
    stale, token = browser.cookie, re.search(r'name="csrf" value="(\w+)"', browser.page)
    assert token
    await browser.post("/effacer")
    client: TestClient = browser.client  # type: ignore[type-arg]
    browser.client.session.cookie_jar.clear()
    response = await client.post("/messages", data={"csrf": token[1], "text": "x"}, cookies={COOKIE: stale})
    assert response.status == 403 and "plus à jour" in await response.text()
