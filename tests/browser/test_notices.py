"""From the page of the notices to the poster on the wall, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from selenium.webdriver.common.by import By

from bot.knowledge import load
from tests.browser.conftest import Server, served
from tests.browser.page import Browser, Page
from tests.compliance.general_practitioner import practice


@pytest.fixture
def answered(tmp_path: Path) -> Iterator[Server]:
    """Vigie as a general practitioner left it after the interview."""
    yield from served(tmp_path / "practice", practice(load()))


def test_a_practitioner_completes_downloads_and_puts_up_the_poster(
    answered: Server, open_browser: Browser, downloads: Path
) -> None:
    page = Page(open_browser(), answered.url)
    browser = page.browser
    page.follow(browser.find_element(By.LINK_TEXT, "Information"))
    page.until(lambda: browser.current_url.endswith("/information"), "the page of the notices")
    poster = "#notice-affiche"
    assert "Où trouver la notice complète" in page.text(poster)
    # The link that supplies what is missing opens the question.
    page.click(browser.find_element(By.CSS_SELECTOR, f"{poster} a[href='#question-acces_notice']"))
    page.until(browser.find_element(By.ID, "question-acces_notice").is_displayed, "the question")
    for label in browser.find_elements(By.CSS_SELECTOR, "#question-acces_notice label"):
        if "accueil" in label.text or "site" in label.text:
            page.click(label)
    page.follow(browser.find_element(By.CSS_SELECTOR, "#question-acces_notice button[value=repondre]"))
    page.until(lambda: "Où trouver la notice complète" not in page.text(poster), "one gap less")
    page.click(browser.find_element(By.CSS_SELECTOR, f"{poster} .files a"))
    page.until(lambda: list(downloads.glob("affiche-*.pdf")), "the poster")
    (file,) = downloads.glob("affiche-*.pdf")
    page.until(lambda: len(PdfReader(file).pages) == 1, "the whole poster")
    text = PdfReader(file).pages[0].extract_text()
    assert "Dr Camille Durand" in text and "Demandez la notice complète à l’accueil." in text
    # It is noted as put up, then the address changes and it has to be made again.
    page.click(
        browser.find_element(By.XPATH, "//article[@id='notice-affiche']//summary[starts-with(., 'Noter')]")
    )
    browser.find_element(By.ID, "date-affiche").send_keys("aujourd'hui")
    page.follow(browser.find_element(By.CSS_SELECTOR, f"{poster} button[value=en_place]"))
    page.until(lambda: "affichée depuis le" in page.text(poster), "since when")
    browser.get(f"{answered.url}/registre")
    # The list of entries opens the one that is chosen.
    page.click(browser.find_element(By.LINK_TEXT, "Gestion des rendez-vous"))
    page.click(browser.find_element(By.CSS_SELECTOR, "#champ-rendez_vous-retention .act summary"))
    field = browser.find_element(By.ID, "texte-rendez_vous-retention")
    field.clear()
    field.send_keys("Rendez-vous passés : un an")
    page.follow(browser.find_element(By.CSS_SELECTOR, "#champ-rendez_vous-retention button[value=modifier]"))
    browser.get(f"{answered.url}/information")
    page.until(lambda: "à refaire" in page.text(poster), "that it is stale")
    page.click(
        browser.find_element(By.XPATH, "//article[@id='notice-affiche']//summary[contains(., 'a changé')]")
    )
    assert "Rendez-vous passés : un an" in page.text(f"{poster} ins")
    severe = [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
    assert severe == []
