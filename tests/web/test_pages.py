"""The pages of the practice's file."""

from __future__ import annotations

import html
import re
from typing import get_args

import pytest

from bot.compliance.answers import SKIPPED, Answer
from bot.compliance.measures import Decision
from bot.compliance.register import FieldDecision
from bot.documents import wording
from bot.knowledge import Knowledge
from bot.knowledge.model import MeasurePage
from bot.records import PracticeFile, Records
from bot.web.typography import plain
from tests.web.conftest import CANAUX, Browser

PAGES = [
    "/",
    "/registre",
    "/mesures",
    "/information",
    "/demandes",
    "/analyse-impact",
    "/violations",
    "/reponses",
    "/confidentialite",
    "/effacer",
]


def fields(records: Records) -> dict[tuple[str, str], FieldDecision]:
    with records.unit() as unit:
        return unit.decisions.fields(unit.practices.only())


def measures(records: Records) -> dict[str, Decision]:
    with records.unit() as unit:
        return unit.decisions.measures(unit.practices.only())


def check(page: str) -> None:
    """What must hold in every page: ours alone, in French, with nothing inline."""
    assert '<html lang="fr">' in page and 'name="robots" content="noindex' in page
    assert re.findall(r'<(?:script|img|link|form|iframe)[^>]*(?:src|href|action)="(?!/)[^"]*"', page) == []
    assert " style=" not in page and "<style" not in page
    assert re.findall(r"<script(?![^>]*src=)", page) == [] and re.findall(r"\son\w+=", page) == []
    for identifier in (ids := re.findall(r'\sid="([^"]+)"', page)):
        assert ids.count(identifier) == 1
    for target in re.findall(r'(?:aria-labelledby|aria-describedby|\sfor)="([^"]+)"', page):
        assert set(target.split()) <= set(ids)


@pytest.mark.parametrize("path", [*PAGES, "/rien"])
async def test_every_page_shows_without_any_answer(browser: Browser, path: str) -> None:
    check(await browser.open(path))
    assert browser.response.status == (404 if path == "/rien" else 200)


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_shows_with_all_answers(browser: Browser, answered: Records, path: str) -> None:
    await browser.open()
    await browser.say(CANAUX, text="suite")
    check(await browser.open(path))
    assert browser.response.status == 200


async def test_the_panel_sums_up_the_file(browser: Browser, answered: Records) -> None:
    page = await browser.open()
    assert "Gestion des rendez-vous" in page and "à préciser" in page
    assert "1 urgente" in page and "1 importante" in page and "1 utile" in page
    assert "à demander à votre éditeur" in page
    assert 'href="/documents/registre.pdf"' in page


async def test_the_panel_tells_a_skipped_question_from_one_that_is_not_known(
    browser: Browser, answered: Records
) -> None:
    page = await browser.open()
    assert "passée" not in page.partition('id="panel-tasks"')[2]
    with answered.unit() as unit:
        unit.answers.save(unit.practices.only(), "rendez_vous.motif", SKIPPED)
    tasks = (await browser.open()).partition('id="panel-tasks"')[2]
    assert tasks.count("passée") == 1 and "à demander à votre éditeur" in tasks


async def test_nothing_can_be_downloaded_before_the_first_entry(browser: Browser) -> None:
    page = await browser.open()
    assert "/documents/registre.pdf" not in page
    text = await browser.open("/documents/registre.pdf")
    assert browser.response.status == 404 and "pas encore de fiche" in text


async def test_the_register_is_downloaded_as_a_dated_pdf(browser: Browser, answered: Records) -> None:
    await browser.open()
    response = await browser.client.get("/documents/registre.pdf")
    assert response.status == 200 and (await response.read()).startswith(b"%PDF")
    assert response.headers["Content-Disposition"] == 'attachment; filename="registre-2026-11-24.pdf"'


async def test_the_register_tells_statuses_sources_and_sensitive_data(
    browser: Browser, answered: Records
) -> None:
    page = await browser.open("/registre")
    for word in ("proposé", "confirmé", "à préciser", "donnée sensible"):
        assert word in page
    assert 'href="https://texte.example.org/article" rel="external noopener noreferrer"' in page
    assert "texte officiel ou page d&#39;autorité relu, consulté le 01/11/2026" in page


async def test_a_field_is_confirmed_changed_and_given_back(browser: Browser, answered: Records) -> None:
    await browser.open("/registre")
    await browser.post("/registre/rendez_vous/media", {"action": "confirmer"})
    assert fields(answered) == {("rendez_vous", "media"): FieldDecision("confirmed", "Agenda numérique")}
    await browser.post("/registre/rendez_vous/media", {"action": "modifier", "text": "Cahier\nOrdinateur"})
    assert fields(answered) == {("rendez_vous", "media"): FieldDecision("changed", "Cahier\nOrdinateur")}
    assert "Cahier" in browser.page and "Revenir à la proposition" in browser.page
    await browser.post("/registre/rendez_vous/media", {"action": "revenir"})
    assert fields(answered) == {}


async def test_all_that_is_proposed_in_an_entry_is_confirmed_at_once(
    browser: Browser, answered: Records
) -> None:
    await browser.open("/registre")
    await browser.post("/registre/rendez_vous", {"action": "confirmer"})
    kept = fields(answered)
    assert ("rendez_vous", "media") in kept and ("rendez_vous", "controller") not in kept
    assert "Tout confirmer" not in browser.page


def tell(records: Records, question: str, value: object) -> None:
    with records.unit() as unit:
        unit.answers.save(unit.practices.only(), question, Answer.given(value))


def field(page: str, name: str) -> str:
    """What the page of the register shows of a field of the appointments."""
    return plain(page).partition(f'id="champ-rendez_vous-{name}"')[2].partition("</section>")[0]


async def test_what_was_not_confirmed_in_these_words_is_to_be_confirmed(
    browser: Browser, answered: Records
) -> None:
    with answered.unit() as unit:
        earlier = FieldDecision("confirmed", "Agenda mural")
        unit.decisions.save_field(unit.practices.only(), "rendez_vous", "media", earlier)
    media = field(await browser.open("/registre"), "media")
    assert "proposé" in media and 'value="confirmer"' in media
    page = await browser.post("/registre/rendez_vous/media", {"action": "confirmer"})
    assert "confirmé" in field(page, "media") and 'value="confirmer"' not in field(page, "media")


async def test_a_purpose_is_confirmed_with_its_lawful_basis(browser: Browser, answered: Records) -> None:
    await browser.open("/registre")
    await browser.post("/registre/rendez_vous/purposes", {"action": "confirmer"})
    text = fields(answered)["rendez_vous", "purposes"].text
    assert text.startswith("Prendre les rendez-vous – Base légale : ")


async def test_a_changed_field_keeps_its_sources_and_its_mark(browser: Browser, answered: Records) -> None:
    await browser.open("/registre")
    page = await browser.post(
        "/registre/rendez_vous/data", {"action": "modifier", "text": "Identité\nMotif en clair"}
    )
    assert "https://texte.example.org/article" in field(page, "data")
    assert field(page, "data").count("donnée sensible") == 1


async def test_a_changed_field_is_to_be_read_again_once_answers_changed_and_can_be_kept(
    browser: Browser, answered: Records
) -> None:
    await browser.open("/registre")
    page = await browser.post("/registre/rendez_vous/media", {"action": "modifier", "text": "Cahier"})
    assert wording.OUTDATED not in plain(page)
    tell(answered, "rendez_vous.motif", "rien")
    page = await browser.open("/registre")
    assert wording.OUTDATED in field(page, "media") and plain(page).count(wording.OUTDATED) == 1
    assert fields(answered) == {("rendez_vous", "media"): FieldDecision("changed", "Cahier")}
    check(page)
    page = await browser.post("/registre/rendez_vous/media", {"action": "garder"})
    assert wording.OUTDATED not in plain(page) and "Cahier" in field(page, "media")


@pytest.mark.parametrize("path", ["/registre/rendez_vous/media", "/registre/rendez_vous"])
async def test_confirming_from_an_old_page_leaves_a_changed_text(
    browser: Browser, answered: Records, path: str
) -> None:
    await browser.open("/registre")
    await browser.post("/registre/rendez_vous/media", {"action": "modifier", "text": "Cahier"})
    await browser.post(path, {"action": "confirmer"})
    assert fields(answered)["rendez_vous", "media"] == FieldDecision("changed", "Cahier")


async def test_a_text_that_is_saved_as_it_was_shown_keeps_every_line(
    browser: Browser, answered: Records, knowledge: Knowledge
) -> None:
    page = await browser.open("/registre")
    (shown,) = re.findall(r'id="texte-rendez_vous-purposes"[^>]*>\n([^<]*)</textarea>', page)
    assert "\u00a0" in shown
    await browser.post(
        "/registre/rendez_vous/purposes", {"action": "modifier", "text": html.unescape(shown) + "\nRappeler"}
    )
    assert fields(answered)["rendez_vous", "purposes"].lines[1:] == ("Rappeler",)
    with answered.unit() as unit:
        file = PracticeFile.read(unit, knowledge, unit.practices.only())
    kept, added = file.register[0].field("purposes").lines
    assert kept.sources and not added.sources


async def test_what_is_kept_before_anything_was_decided_stays_as_proposed(
    browser: Browser, answered: Records
) -> None:
    await browser.open("/registre")
    await browser.post("/registre/rendez_vous/media", {"action": "garder"})
    assert fields(answered) == {}


@pytest.mark.parametrize(
    ("text", "sentence"), [("  ", "Écrivez le texte"), ("x" * 2001, "2\u202f001 caractères")]
)
async def test_a_field_that_cannot_be_kept_says_why_and_keeps_its_text(
    browser: Browser, answered: Records, text: str, sentence: str
) -> None:
    await browser.open("/registre")
    page = await browser.post("/registre/rendez_vous/media", {"action": "modifier", "text": text})
    assert browser.response.status == 422 and sentence in page and text.strip() in page
    check(page)
    assert fields(answered) == {}


async def test_patient_data_in_a_field_is_masked_and_said(browser: Browser, answered: Records) -> None:
    await browser.open("/registre")
    page = await browser.post(
        "/registre/rendez_vous/data", {"action": "modifier", "text": "Numéro 1 84 12 76 451 089 46"}
    )
    assert "451" not in fields(answered)["rendez_vous", "data"].text and "retiré" in page


async def test_markup_in_a_changed_field_is_shown_as_text(browser: Browser, answered: Records) -> None:
    await browser.open("/registre")
    await browser.post(
        "/registre/rendez_vous/media", {"action": "modifier", "text": "<img src=x onerror=alert(1)>"}
    )
    page = await browser.open("/registre")
    assert "<img src=x" not in page and "&lt;img src=x" in page
    assert "</textarea><script>" not in page


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/registre/inconnu/media", 404),
        ("/registre/inconnu", 404),
        ("/registre/rendez_vous/inconnu", 404),
        ("/registre/rendez_vous/media", 400),
        ("/mesures/inconnue", 404),
        ("/mesures/rdv-motif", 400),
    ],
)
async def test_what_does_not_exist_is_refused_in_french(
    browser: Browser, answered: Records, path: str, status: int
) -> None:
    await browser.open("/registre")
    page = await browser.post(path, {"action": "inconnue"})
    assert browser.response.status == status and "Un souci" in page


async def test_a_measure_leads_to_the_page_where_it_is_carried_out(
    browser: Browser, answered: Records
) -> None:
    page = await browser.open("/mesures")
    (contract,) = re.findall(
        r'<article class="measure" id="mesure-rdv-contrat".*?</article>', page, re.DOTALL
    )
    assert 'href="/prestataires"' in contract and "Pour le faire" in contract
    assert page.count("Pour le faire") == 1


@pytest.mark.parametrize("name", get_args(MeasurePage))
async def test_every_page_of_a_measure_is_there(browser: Browser, name: str) -> None:
    await browser.open(f"/{name}")
    assert browser.response.status == 200


@pytest.mark.parametrize(
    ("form", "decision", "shown"),
    [
        ({"action": "faite"}, Decision("done"), "faite"),
        ({"action": "prevue", "date": "2026-12-31"}, "31/12/2026", "prévue pour le 31/12/2026"),
        ({"action": "prevue", "date": "24/11/2026"}, "24/11/2026", "prévue pour le 24/11/2026"),
        (
            {"action": "sans_objet", "text": "Je ne note aucun motif"},
            Decision("not_applicable", reason="Je ne note aucun motif"),
            "Je ne note aucun motif",
        ),
    ],
)
async def test_a_measure_is_decided_and_taken_back(
    browser: Browser, answered: Records, form: dict[str, object], decision: Decision | str, shown: str
) -> None:
    await browser.open("/mesures")
    await browser.post("/mesures/rdv-motif", form)
    kept = measures(answered)["rdv-motif"]
    assert (f"{kept.due:%d/%m/%Y}" if kept.due else kept) == decision
    assert shown in browser.page
    await browser.post("/mesures/rdv-motif", {"action": "annuler"})
    assert measures(answered) == {}


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"action": "prevue", "date": "2027-02-30"}, "Cette date n&#39;existe pas"),
        ({"action": "prevue", "date": "31/11/2027"}, "Cette date n&#39;existe pas"),
        ({"action": "prevue", "date": "bientôt"}, "Cette date n&#39;existe pas"),
        ({"action": "prevue", "date": "2026-11-23"}, "Cette date est passée"),
        ({"action": "prevue", "date": ""}, "Choisissez la date"),
        ({"action": "sans_objet", "text": " "}, "Dites pourquoi"),
    ],
)
async def test_a_decision_that_cannot_be_kept_says_why_and_keeps_what_was_typed(
    browser: Browser, answered: Records, form: dict[str, object], sentence: str
) -> None:
    await browser.open("/mesures")
    page = await browser.post("/mesures/rdv-motif", form)
    assert browser.response.status == 422 and sentence in page
    assert f'value="{form.get("date", "")}"' in page
    check(page)
    assert measures(answered) == {}


async def test_a_skipped_question_is_to_be_checked_and_marked(browser: Browser, answered: Records) -> None:
    page = await browser.open("/reponses")
    assert "passée" not in plain(page).partition('id="a-verifier"')[2].partition("</section>")[0]
    with answered.unit() as unit:
        unit.answers.save(unit.practices.only(), "rendez_vous.motif", SKIPPED)
    page = await browser.open("/reponses")
    tasks = plain(page).partition('id="a-verifier"')[2].partition("</section>")[0]
    assert "Que demandez-vous sur le motif ?" in tasks and tasks.count("passée") == 1
    check(page)


async def test_answers_are_listed_with_what_to_check_and_with_whom(
    browser: Browser, answered: Records
) -> None:
    page = await browser.open("/reponses")
    assert "À demander à votre éditeur." in page
    assert 'name="modify" value="rendez_vous.motif"' in page
    await browser.post("/messages", {"modify": "rendez_vous.motif"})
    assert (
        browser.response.url.path == "/"
        and browser.last_heard == '/modifier{"question": "rendez_vous.motif"}'
    )


async def test_the_script_builds_no_html_from_strings(browser: Browser) -> None:
    script = await browser.open("/static/app.js")
    assert "innerHTML" not in script and "http://" not in script and "https://" not in script
    assert script.count("\n") < 250


def opened(page: str) -> list[str]:
    """The entries of the register whose fields the page shows."""
    return re.findall(
        r'<article class="entry" id="fiche-(\w+)"(?:(?!</article>).)*?<details open>\s*<summary>\d',
        page,
        re.DOTALL,
    )


async def test_one_entry_of_the_register_is_shown_in_full(browser: Browser, answered: Records) -> None:
    page = await browser.open("/registre")
    entries = re.findall(r'<article class="entry" id="fiche-(\w+)"', page)
    assert opened(page) == entries[:1] and re.search(r"\d+ à relire", page)
    assert opened(await browser.open(f"/registre?fiche={entries[-1]}")) == entries[-1:]
    # What could not be taken, and what was just decided, stays under the eyes.
    page = await browser.post(f"/registre/{entries[-1]}/media", {"action": "modifier", "text": " "})
    assert browser.response.status == 422 and opened(page) == entries[-1:]
    await browser.post(f"/registre/{entries[-1]}/media", {"action": "confirmer"})
    assert browser.response.url.query == {"fiche": entries[-1]}
    await browser.open("/registre?fiche=inconnue")
    assert browser.response.status == 200
