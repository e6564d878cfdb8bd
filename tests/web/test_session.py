"""Who the page talks to: the cookie, the sender behind it, and strangers."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient

from bot.assistant import AssistantError, Reply
from bot.records import Records, RecordsError
from bot.web import session
from tests.web.conftest import MOTIF, Browser, save_answers

COOKIE = "vigie_session"


async def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(browser: Browser) -> None:
    await browser.open()
    cookie = browser.response.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
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


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8080", "127.0.0.1.evil.example", "2130706433", "1.2.3", "[", ""]
)
async def test_a_foreign_host_is_refused(browser: Browser, host: str) -> None:
    await browser.open(headers={"Host": host})
    assert browser.response.status == 403
    assert COOKIE not in browser.response.cookies


@pytest.mark.parametrize(
    "host", ["localhost:8080", "127.0.0.1:9", "[::1]:8080", "LOCALHOST", "192.168.1.10:8080", "[fd00::1]"]
)
async def test_the_names_and_addresses_of_this_machine_are_accepted(browser: Browser, host: str) -> None:
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


LINK = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}


@pytest.mark.parametrize("path", ["/", "/registre", "/mesures", "/reponses"])
async def test_a_link_followed_from_a_mail_opens_the_same_session(browser: Browser, path: str) -> None:
    await browser.open()
    cookie = browser.cookie
    await browser.open(path, headers=LINK)
    assert browser.response.status == 200
    assert browser.cookie == cookie


@pytest.mark.parametrize(
    "headers",
    [
        {**LINK, "Sec-Fetch-Dest": "iframe"},
        {**LINK, "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"},
        {**LINK, "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
@pytest.mark.parametrize("path", ["/", "/registre", "/documents/registre.pdf", "/static/app.js", "/sante"])
async def test_another_site_can_take_no_part_of_ours(
    browser: Browser, path: str, headers: dict[str, str]
) -> None:
    text = await browser.open(path, headers=headers)
    assert browser.response.status == 403 and "refusé" in text
    assert COOKIE not in browser.response.cookies


async def test_another_site_cannot_post_by_following_a_link(browser: Browser) -> None:
    await browser.open()
    await browser.post("/messages", {"text": "bonjour"}, headers=LINK)
    assert browser.response.status == 403
    response = await browser.client.head("/", headers=LINK)
    assert response.status == 403


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


async def test_erasing_is_confirmed_and_reaches_the_assistants_memory(browser: Browser) -> None:
    await browser.open("/effacer")
    assert "mémoire" in browser.page and "copies de sauvegarde" in browser.page
    await browser.post("/effacer")
    assert "Tout a été effacé" in browser.page
    assert browser.assistant.forgot == 1
    assert "Tout a été effacé" not in await browser.open()


async def test_erasing_succeeds_while_the_assistant_is_away(browser: Browser) -> None:
    await browser.open()
    old = browser.cookie
    browser.assistant.away = True
    await browser.post("/effacer", allow_redirects=False)
    assert browser.response.status == 303
    with browser.records.unit() as unit:
        assert unit.sessions.find(old) is None


async def test_what_could_not_be_erased_is_said(browser: Browser) -> None:
    await browser.open()
    old = browser.cookie
    lock = sqlite3.connect(str(browser.records.url.database), isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    text = await browser.post("/effacer")
    lock.execute("ROLLBACK")
    lock.close()
    assert browser.response.status == 503 and "Rien n&#39;a été effacé" in text
    with browser.records.unit() as unit:
        assert unit.sessions.find(old)
    assert browser.assistant.forgot == 0


async def test_erased_rows_that_could_not_be_tidied_are_erased_all_the_same(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise RecordsError("locked")

    await browser.open()
    monkeypatch.setattr(browser.records, "forget_erased", fail)
    await browser.post("/effacer")
    assert browser.response.status == 200 and "Tout a été effacé" in browser.page


async def erase_meanwhile(browser: Browser) -> None:
    """What another window does between the finding of the session and its reading."""
    with browser.records.unit() as unit:
        unit.practices.erase(unit.practices.only())


@pytest.mark.parametrize("answered", [True, False])
async def test_a_message_answered_after_an_erasure_is_not_remembered(
    browser: Browser, answered: bool
) -> None:
    await browser.open()
    send = browser.assistant.send

    async def answer_then_erase(sender: str, text: str) -> list[Reply]:
        replies = await send(sender, text)
        await erase_meanwhile(browser)
        if not answered:
            raise AssistantError("away")
        return replies

    browser.assistant.send = answer_then_erase  # type: ignore[method-assign]
    text = await browser.say(text="Une phrase à oublier")
    assert browser.response.status == 403 and "plus à jour" in text
    assert browser.assistant.forgot == 1
    browser.assistant.send = send  # type: ignore[method-assign]
    assert "Une phrase à oublier" not in await browser.open()


@pytest.mark.parametrize(
    ("path", "headers", "status", "expected"),
    [
        ("/messages?after=0", {"X-Requested-With": "fetch"}, 403, "plus à jour"),
        ("/messages?after=0", {}, 403, "plus à jour"),
        ("/", {}, 200, "Vous parlez à un logiciel"),
    ],
)
async def test_a_page_read_while_all_is_erased_gets_a_clear_answer(
    browser: Browser,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    headers: dict[str, str],
    status: int,
    expected: str,
) -> None:
    await browser.open()
    find = session.find
    erased = []

    def find_then_erase(records: Records, cookie: str) -> session.Visitor | None:
        found = find(records, cookie)
        if found and not erased:
            erased.append(found)
            with records.unit() as unit:
                unit.practices.erase(found.practice_id)
        return found

    monkeypatch.setattr(session, "find", find_then_erase)
    text = await browser.open(path, headers=headers)
    assert erased
    assert browser.response.status == status and expected in text
