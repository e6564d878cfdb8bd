"""From the verdicts through the parts of an impact assessment to its PDF, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from tests.browser.conftest import Server, served
from tests.browser.page import Browser, Page
from tests.compliance.dpia_practices import GROUP, PLAIN, practice

#: Beyond the CNIL's mark of size, with a question left open.
LARGE = {**GROUP, "profil.plus_de_10000_patients": True, "aipd_seuil.usages": None}
PARTS = [
    "vue", "donnees", "proportionnalite", "droits", "risque-acces", "risque-modification",
    "risque-disparition", "risque-residuel",
]  # fmt: skip


@pytest.fixture
def answered(tmp_path: Path) -> Iterator[Server]:
    """Vigie as a group practice left it after the interview."""
    yield from served(tmp_path / "practice", practice(LARGE, PLAIN))


def test_a_practitioner_goes_from_the_verdict_to_the_pdf_of_the_assessment(
    answered: Server, open_browser: Browser, downloads: Path
) -> None:
    page = Page(open_browser(), answered.url)
    browser = page.browser

    def find(selector: str) -> WebElement:
        return browser.find_element(By.CSS_SELECTOR, selector)

    page.follow(browser.find_element(By.LINK_TEXT, "Analyse d'impact"))
    page.until(lambda: browser.current_url.endswith("/analyse-impact"), "the page of the verdicts")
    assert "7 appellent une analyse d'impact" in page.text("main")
    assert "1 réponse manque pour juger" in page.text("main")
    # The question that is left is answered on the page.
    page.click(find("#questions input[name=usages][value=aucun]"))
    page.follow(find("#questions button[value=questions]"))
    page.until(lambda: "manque pour juger" not in page.text("main"), "that nothing is left to answer")
    page.follow(find("#fiche-dossiers_patients button[value=commencer]"))
    page.until(lambda: browser.current_url.endswith("/analyse-impact/1"), "the assessment")
    # What the activity is in own words; the rest is confirmed part by part, the next one opens each time.
    field = browser.find_element(By.ID, "q-apercu")
    field.clear()
    field.send_keys("Les dossiers que nous partageons à trois")
    page.click(find("#formulaire-vue input[name=couvre][value=rendez_vous]"))
    for part in PARTS:
        form = f"#formulaire-{part}"
        page.until(lambda form=form: find(form).is_displayed(), f"the part {part}")
        for empty in browser.find_elements(By.CSS_SELECTOR, f"{form} textarea"):
            if not empty.get_property("value"):
                page.click(empty.find_element(By.XPATH, "following-sibling::label/input"))
        page.follow(find(f"{form} button[value=partie]"))
        done = f".contents a[href='#formulaire-{part}'] + .state"
        page.until(lambda done=done: page.text(done) == "répondue", f"that {part} is saved")
    assert "modifié" in browser.find_element(By.ID, "partie-vue").get_attribute("textContent")
    # A risk stays high: what follows comes first on the page.
    page.until(lambda: "Consulter la CNIL" in page.text("#titre-conclusion"), "the consultation")
    page.click(find("#formulaire-avis input[name=personnes_consultees][value=non]"))
    page.follow(find("#formulaire-avis button[value=partie]"))
    page.until(lambda: browser.find_elements(By.ID, "q-sans_avis"), "the reason to give")
    browser.find_element(By.ID, "q-sans_avis").send_keys("Aucun usage nouveau.")
    page.follow(find("#formulaire-avis button[value=partie]"))
    page.until(lambda: find("#formulaire-decision").is_displayed(), "the decision")
    page.click(find("#formulaire-decision input[value=ameliorer]"))
    browser.find_element(By.ID, "q-decideur").send_keys("Dr Durand")
    page.follow(find("#formulaire-decision button[value=partie]"))
    page.until(lambda: "Décision notée le" in page.text("main"), "the decision noted")
    for name, link in (("analyse-impact-A-*.pdf", "PDF"), ("pia-A-*.json", "fichier")):
        page.click(browser.find_element(By.XPATH, f"//p[@class='files']/a[starts-with(., '{link}')]"))
        page.until(lambda name=name: list(downloads.glob(name)), f"the file {name}")
    (pdf,) = downloads.glob("analyse-impact-A-*.pdf")
    page.until(lambda: len(PdfReader(pdf).pages) > 2, "the whole document")
    text = " ".join(" ".join(one.extract_text() for one in PdfReader(pdf).pages).split())
    assert "Les dossiers que nous partageons à trois" in text and "Aucun usage nouveau." in text
    assert "Améliorer avant de valider" in text and "Dr Durand" in text
    (exported,) = downloads.glob("pia-A-*.json")
    assert json.loads(exported.read_text())["pia"]["validator_name"] == "Dr Durand"
    severe = [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
    assert severe == []
