"""From the first sentence on a theft to the downloaded dossier of the breach, in a real browser."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import docx
from icalendar import Calendar
from selenium.webdriver.common.by import By

from bot.clock import PARIS
from tests.browser.conftest import Server
from tests.browser.page import Browser, Page
from tests.documents.opened import Opened, squashed

TOLD = {
    "découvert ?": "ce matin à 8h",
    "aperçu": "moi-même",
    "sûr que": "dès la découverte",
    "décide": "moi seule",
    "combien de dossiers": "une vingtaine",
    "déjà fait": "changé les mots de passe",
}
TICKED = {
    "arrivé, ou a pu arriver": "Quelqu'un a pu les voir",
    "De qui sont": "Des patients adultes",
    "Quelles données": "Santé (dossier",
    "protections": "Aucune protection",
    "prévenu ?": "Personne encore",
}


def fetch_all(page: Page, downloads: Path) -> dict[str, bytes]:
    """Every file that the dossier offers, by its name, fetched by its link."""
    links = page.browser.find_elements(By.CSS_SELECTOR, "section[aria-labelledby=titre-documents] a")
    for number, link in enumerate(links, 1):
        page.click(link)
        page.until(lambda number=number: len(complete(downloads)) == number, "a downloaded file")
    return {path.name: path.read_bytes() for path in complete(downloads)}


def complete(downloads: Path) -> list[Path]:
    """What has come as a whole; Chromium gives an unfinished file another ending."""
    return [path for path in downloads.glob("*") if path.suffix in {".pdf", ".docx", ".ics"}]


def read_word(content: bytes) -> str:
    """The texts of every table of a Word document."""
    tables = docx.Document(io.BytesIO(content)).tables
    return "".join(cell.text for table in tables for row in table.rows for cell in row.cells)


def answer(page: Page) -> None:
    """Answer what is asked, with « je ne sais pas encore » for what this practitioner cannot know."""
    asked = page.question
    for part, option in TICKED.items():
        if part in asked:
            page.tick(option)
            return
    words = next((words for part, words in TOLD.items() if part.lower() in asked.lower()), "")
    page.type(words or "je ne sais pas encore")


def test_a_theft_told_in_one_sentence_becomes_a_dossier_to_take_away(
    replayed: Server, open_browser: Browser, downloads: Path
) -> None:
    page = Page(open_browser(), replayed.url)
    page.type(
        "on m'a volé mon ordinateur portable hier soir vers 22 h dans ma voiture, avec une vingtaine de patients"
    )
    said = page.text("#log")
    assert "effacement à distance" in said and "23 novembre 2026 vers 22 h" in said
    assert "V-2026-001" in page.text("#panel") and "V-2026-001" in page.text("#progress")
    for _ in range(40):
        if page.texts("#choices dl.recap"):
            break
        answer(page)
    assert page.texts("#panel .clock")[0]
    page.press("C'est exact")
    assert "À notifier à la CNIL" in page.text("#log")
    browser = page.browser
    page.follow(browser.find_elements(By.LINK_TEXT, "Ouvrir le dossier")[-1])
    page.until(lambda: browser.current_url.endswith("/violations/1"), "the dossier")
    # The countdown runs, from the server's own time.
    clock = page.text(".countdown time")
    assert clock.startswith("2 jours 22 h"), clock
    page.until(lambda: page.text(".countdown time") != clock, "a second less")
    assert "vendredi 27 novembre 2026 à 8 h" in page.text(".deadline")
    copies = browser.find_elements(By.CSS_SELECTOR, "button[data-copy]")
    assert len(copies) > 10 and copies[0].is_displayed()
    fetched = fetch_all(page, downloads)
    notification = Opened(fetched["notification-cnil-V-2026-001.pdf"])
    shown = {one.text for one in browser.find_elements(By.CSS_SELECTOR, "#formulaire .field .typed")}
    assert len(shown) > 10 and notification.missing(*shown) == []
    word = squashed(read_word(fetched["notification-cnil-V-2026-001.docx"]))
    assert [text for text in shown if squashed(text) not in word] == []
    message = Opened(fetched["message-aux-personnes-V-2026-001.pdf"])
    assert "Nous avons changé nos mots de passe." in message
    calendar = Calendar.from_ical(fetched["echeances-V-2026-001.ics"])
    due = [event.decoded("dtstart") for event in calendar.walk("VEVENT")]
    assert datetime(2026, 11, 27, 8, tzinfo=PARIS) in due
    page.click(browser.find_element(By.XPATH, "//summary[contains(., 'Noter la notification')]"))
    browser.find_element(By.ID, "date-envoi").send_keys("à l'instant")
    browser.find_element(By.ID, "date-envoi").clear()
    browser.find_element(By.ID, "date-envoi").send_keys("ce matin à 8 h 30")
    browser.find_element(By.ID, "numero-envoi").send_keys("2026-45871")
    page.follow(browser.find_element(By.CSS_SELECTOR, "button[value=envoi]"))
    page.until(lambda: "2026-45871" in page.text("#envois"), "the receipt")
    assert "Envoyée le mardi 24 novembre 2026 à 8 h 30" in page.text(".deadline")
    # Back to the conversation, for what is still missing only.
    page.follow(browser.find_element(By.CSS_SELECTOR, "button[name=complete]"))
    page.until(lambda: page.question.endswith("?") or "?" in page.question, "a question")
    assert "découvert ?" not in page.question
    severe = [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
    assert severe == []
