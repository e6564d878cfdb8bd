"""From the address to the downloaded register, in a real browser."""

from __future__ import annotations

import json
import os
import re
import signal
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from pypdf import PdfReader
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser.conftest import Server
from tests.browser.page import Browser, Page


def fill_profile(page: Page) -> None:
    """The profile of a general practitioner with an online appointment service."""
    page.press("Commencer")
    page.type("Dr Camille Durand")
    page.type("12 rue des Lilas, 44000 Nantes, 02 40 00 00 00")
    page.press("Médecin généraliste")
    page.press("Seul, ou seule")
    page.press("Non")
    page.tick("secrétaire salarié")
    page.tick("Dans un cabinet")
    page.type("Weda")
    page.press("Oui")
    page.tick("site internet")
    page.press("C'est exact")


def test_a_general_practitioner_leaves_with_a_register_and_measures(
    server: Server, open_browser: Browser, downloads: Path
) -> None:
    page = Page(open_browser(), server.url)
    assert "logiciel" in page.text("main")
    assert "30" in page.text(".notice.first")
    fill_profile(page)
    page.press("Autre thème")
    page.press("Prise de rendez-vous")
    page.tick("Par téléphone", "site de rendez-vous")
    page.type("Doctolib")
    # A side question, then the interview where it was.
    before = page.text("#progress")
    page.type("c'est quoi un sous-traitant ?")
    assert "Source" in page.text("#log")
    assert page.text("#progress") == before
    # Reloading in the middle of a question loses nothing.
    page.browser.refresh()
    assert page.text("#progress") == before
    page.press("Je ne sais pas")
    page.press("Non")
    while "rappel" not in page.question:
        page.first_answer()
    page.press("Pourquoi ?")
    page.press("Un rappel sans motif")
    while page.browser.find_elements(By.CSS_SELECTOR, "#choices dl.recap") == []:
        page.first_answer()
    assert "Doctolib" in page.text("#choices dl.recap")
    page.press("C'est exact")
    assert "Gestion des rendez-vous" in page.text("#log")
    assert "Gestion des rendez-vous" in page.text("#panel")

    # The whole interview, to the end.
    for _ in range(400):
        titles = page.texts("#choices button")
        if "C'est exact" in titles:
            page.press("C'est exact")
        elif "Continuer" in titles:
            page.press("Continuer")
        elif "Mon registre" in titles:
            break
        else:
            asked = page.question
            page.first_answer()
            assert page.question != asked
    page.click(page.browser.find_element(By.LINK_TEXT, "Télécharger le registre (PDF)"))
    page.until(lambda: list(downloads.glob("registre-*.pdf")), "a downloaded register")
    pdf = PdfReader(next(downloads.glob("registre-*.pdf")))
    text = re.sub(r"\s+", " ", " ".join(sheet.extract_text() for sheet in pdf.pages)).replace("’", "'")
    for expected in ("Dr Camille Durand", "Doctolib", "Gestion des rendez-vous", "Plan d'action", "Sources"):
        assert expected in text
    page.browser.get(f"{server.url}/registre")
    entries = page.browser.find_elements(By.CSS_SELECTOR, "[id^=fiche-]")
    assert len(entries) >= 9
    assert not third_parties(page.browser, server.url)


def third_parties(browser: webdriver.Chrome, url: str) -> set[str]:
    """The hosts that the browser asked for anything, other than Vigie's."""
    hosts = set()
    for entry in browser.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            requested = urlsplit(message["params"]["request"]["url"])
            if requested.scheme in ("http", "https", "ws", "wss"):
                hosts.add(requested.netloc)
    return hosts - {urlsplit(url).netloc}


def test_a_tab_left_behind_catches_up_with_the_other(server: Server, open_browser: Browser) -> None:
    browser = open_browser()
    page = Page(browser, server.url)
    page.type("changer de thème")
    page.press("Messagerie")
    left_behind = browser.current_window_handle
    browser.switch_to.new_window("tab")
    other = Page(browser, server.url)
    other.type("pause")
    browser.switch_to.window(left_behind)
    page.until(lambda: page.last == last_of(browser, other, left_behind), "both tabs show the same")
    assert "Reprendre" in page.text("main")


def last_of(browser: webdriver.Chrome, other: Page, here: str) -> int:
    """The last message's number in the other tab."""
    there = next(handle for handle in browser.window_handles if handle != here)
    browser.switch_to.window(there)
    last = other.last
    browser.switch_to.window(here)
    return last


@pytest.mark.parametrize("part", ["actions", "rasa"])
def test_a_part_that_is_killed_comes_back_and_no_answer_is_lost(
    server: Server, open_browser: Browser, part: str
) -> None:
    page = Page(open_browser(), server.url)
    page.type("changer de thème")
    page.press("Sécurité du cabinet")
    os.kill(server.children()[part], signal.SIGKILL)
    field = page.browser.find_element(By.ID, "text")
    field.send_keys("récapitulatif", Keys.ENTER)
    page.until(
        lambda: "redémarre" in page.text("body") or "Sécurité du cabinet" in page.question, "a clear sentence"
    )

    def again() -> bool:
        box = page.browser.find_element(By.ID, "text")
        box.clear()
        before = page.last
        box.send_keys("récapitulatif", Keys.ENTER)
        WebDriverWait(page.browser, 5).until(lambda _: page.last > before or "redémarre" in page.text("body"))
        return page.last > before

    WebDriverWait(page.browser, 90, ignored_exceptions=(Exception,)).until(lambda _: again())
    assert "Traceback" not in page.text("body")


def test_no_log_holds_what_was_said(server: Server, open_browser: Browser) -> None:
    secret = "phrase du cabinet à ne pas consigner"
    page = Page(open_browser(), server.url)
    page.type(secret)
    rasa, actions = server.children()["rasa"], server.children()["actions"]
    # Rasa waits for an action that does not come, and whoever asked goes away: it would log the message.
    os.kill(actions, signal.SIGSTOP)
    try:
        arguments = Path(f"/proc/{rasa}/cmdline").read_text().split("\0")
        address = f"http://127.0.0.1:{arguments[arguments.index('--port') + 1]}/webhooks/vigie/webhook"
        body = json.dumps({"sender": "nobody", "message": secret}).encode()
        asked = Request(address, body, {"Content-Type": "application/json"})
        with pytest.raises(TimeoutError):
            urlopen(asked, timeout=3)
    finally:
        os.kill(actions, signal.SIGCONT)
    page.type("aide")
    logs = list((server.data / "logs").iterdir())
    assert logs
    for log in logs:
        assert secret not in log.read_text() and "phrase du" not in log.read_text()


def test_everything_can_be_erased(server: Server, open_browser: Browser) -> None:
    page = Page(open_browser(), server.url)
    page.type("une phrase à effacer")
    page.browser.get(f"{server.url}/effacer")
    page.follow(page.browser.find_element(By.CSS_SELECTOR, "button.danger"))
    page.until(lambda: "Tout a été effacé" in page.text("main"), "a confirmation")
    assert "une phrase à effacer" not in page.text("body")
    # Said once: not again when the page is reloaded.
    page.browser.refresh()
    assert "Tout a été effacé" not in page.text("main")
    assert "Commencer" in page.text("#choices")


def test_everything_is_there_after_a_restart(server: Server, open_browser: Browser) -> None:
    browser = open_browser()
    page = Page(browser, server.url)
    entries = page.text("#panel")
    said = server.stop()
    assert "Tout est enregistré" in said
    server.start()
    page = Page(browser, server.url)
    assert page.text("#panel") == entries
    page.type("mon registre")
    assert "registre" in page.question


def test_a_taken_port_is_told_in_one_sentence(server: Server) -> None:
    import subprocess
    import sys

    from bot.settings import ROOT

    told = subprocess.run(
        [sys.executable, "-m", "bot.cli", "run"],
        cwd=ROOT,
        env={**os.environ, "VIGIE_PORT": str(server.port), "VIGIE_DATA": str(server.data)},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert told.returncode == 1
    assert "déjà prise" in told.stderr and "VIGIE_PORT" in told.stderr
    assert "Traceback" not in told.stderr
