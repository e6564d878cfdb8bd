"""From a supplier of the interview to the letter that asks for what its contract lacks, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from selenium.webdriver.common.by import By

from bot.knowledge import load
from tests.browser.conftest import Server, served
from tests.browser.page import Browser, Page
from tests.compliance.general_practitioner import practice
from tests.uploads import files

TERMS = Path(__file__).parent.parent / "language" / "contracts" / "plateforme_cgu.txt"


@pytest.fixture
def answered(tmp_path: Path) -> Iterator[Server]:
    """Vigie as a general practitioner left it after the interview."""
    yield from served(tmp_path / "practice", practice(load()))


def test_a_practitioner_gives_a_contract_and_takes_the_letter_away(
    answered: Server, open_browser: Browser, downloads: Path, tmp_path: Path
) -> None:
    given = tmp_path / "conditions.docx"
    given.write_bytes(files.word(*(line for line in TERMS.read_text("utf-8").splitlines() if line.strip())))
    page = Page(open_browser(), answered.url)
    browser = page.browser
    page.follow(browser.find_element(By.LINK_TEXT, "Prestataires"))
    page.until(lambda: browser.current_url.endswith("/prestataires"), "the list of suppliers")
    page.follow(
        browser.find_element(
            By.XPATH, "//article[.//h2[normalize-space()='Doctolib']]//button[@value='ouvrir']"
        )
    )
    page.until(lambda: browser.current_url.endswith("/prestataires/1"), "the page of the supplier")
    browser.find_element(By.ID, "fichier").send_keys(str(given))
    page.follow(browser.find_element(By.CSS_SELECTOR, "#donner button.main"))
    page.until(lambda: "Contrat lu le" in page.text("#contrat"), "the contract that was read")
    assert "conditions.docx" in page.text("#contrat")
    end = "#point-fin"
    assert "exporter son agenda pendant soixante jours" in page.text(f"{end} .passage")
    assert "passage trouvé, à confirmer" in page.text(f"{end} h3")
    assert "Pas trouvé." in page.text("#contrat")
    # Each is confirmed, or not, in one submit.
    for name, value in (("fin", "floue"), ("duree", "presente"), ("audits", "absente")):
        page.click(browser.find_element(By.CSS_SELECTOR, f"input[name='q-{name}'][value='{value}']"))
    page.follow(browser.find_element(By.CSS_SELECTOR, "#contrat .wide-form > button.main"))
    page.until(lambda: "Le contrat est à compléter" in page.text("#verdict"), "the verdict")
    assert "À compléter (2)" in page.text("#verdict") and "conforme : elle repère" in page.text("#verdict")
    page.click(browser.find_element(By.CSS_SELECTOR, "#lettre summary"))
    page.click(browser.find_element(By.CSS_SELECTOR, "#lettre a[href$='lettre.docx']"))
    page.until(lambda: list(downloads.glob("lettre-*.docx")), "the letter")
    (letter,) = downloads.glob("lettre-*.docx")
    text = "\n".join(line.text for line in docx.Document(str(letter)).paragraphs).replace("’", "'")
    assert "Doctolib" in text and "article 28(3)(g)" in text and "article 28(3)(h)" in text
    # What is written is not asked for.
    asked = load().processors
    assert asked.clause("duree").letter not in text and asked.clause("fin").letter in text
    browser.get(f"{answered.url}/mesures")
    assert "Le contrat de Doctolib est à compléter" in page.text("main")
    severe = [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
    assert severe == []
