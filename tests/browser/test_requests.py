"""From a patient's request told in one sentence to the letter that answers it, in a real browser."""

from __future__ import annotations

from pathlib import Path

from selenium.webdriver.common.by import By

from tests.browser.conftest import Server
from tests.browser.page import Browser, Page
from tests.browser.test_breach import complete
from tests.documents.opened import Opened

TOLD = {
    "sûr de l'identité": "oui je le connais",
    "effacer dans ce dossier": "tout son dossier",
    "Comprenez-vous": "oui c'est clair",
    "déjà fait": "rien encore",
    "référence": "D-2026-12",
}


def test_a_request_becomes_a_letter(replayed: Server, open_browser: Browser, downloads: Path) -> None:
    page = Page(open_browser(), replayed.url)
    said = page.type("un patient veut que j'efface son dossier, il me l'a ecrit hier par mail")
    for _ in range(12):
        if page.texts("#choices dl.recap"):
            break
        words = next((words for part, words in TOLD.items() if part in page.question), "")
        said = page.type(words or "je ne sais pas encore")
    page.press("C'est exact")
    said = page.text("#log")
    assert "Le droit ne s'applique pas" in said and "mercredi 23 décembre 2026" in said
    assert "D-2026-001" in page.text("#panel")
    browser = page.browser
    page.follow(browser.find_elements(By.LINK_TEXT, "Ouvrir le dossier")[-1])
    page.until(lambda: browser.current_url.endswith("/demandes/1"), "the dossier")
    assert "mercredi 23 décembre 2026" in page.text(".deadline")
    letter = browser.find_element(By.CSS_SELECTOR, "details.letter[open]")
    assert "CNIL" in letter.text
    page.click(letter.find_element(By.CSS_SELECTOR, "a[href$='.pdf']"))
    page.until(lambda: complete(downloads), "a downloaded letter")
    (file,) = complete(downloads)
    opened = Opened(file.read_bytes())
    shown = [one.text for one in letter.find_elements(By.CSS_SELECTOR, ".typed p:not(:has(.gap))")]
    assert len(shown) > 4 and opened.missing(*(text.removeprefix("Objet : ") for text in shown)) == []
    page.click(browser.find_element(By.XPATH, "//summary[contains(., 'Noter ce que')]"))
    step = browser.find_element(By.CSS_SELECTOR, "select[name=etape]")
    step.find_element(By.CSS_SELECTOR, "option[value=refusee]").click()
    browser.find_element(By.CSS_SELECTOR, "form input[name=date]").send_keys("ce matin à 8 h 30")
    page.follow(browser.find_element(By.CSS_SELECTOR, "button[value=etape]"))
    page.until(lambda: "Réponse donnée le" in page.text(".deadline"), "the answer noted")
    severe = [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
    assert severe == []
