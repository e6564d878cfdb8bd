"""The documents of the requests that a practice receives, over the real knowledge."""

from __future__ import annotations

import io
import re

import docx
import pytest
from icalendar import Calendar
from odfdo import Document
from pypdf import PdfReader

from bot.compliance.requests import Step
from bot.records import Records
from tests.web.conftest import Browser
from tests.web.test_breach_downloads import DOCX, ODS, download, knowledge, name, templates
from tests.web.test_requests import COPY, ask

__all__ = ["knowledge", "templates"]

PATHS = ["lettre-accord.pdf", "lettre-accord.docx", "echeances.ics"]


async def test_each_document_is_of_its_kind_under_a_french_name(browser: Browser, records: Records) -> None:
    await browser.open()
    ask(records, **COPY)
    names = {
        "lettre-accord.pdf": "lettre-accord-D-2026-001.pdf",
        "lettre-accord.docx": "lettre-accord-D-2026-001.docx",
        "lettre-accord_partiel.pdf": "lettre-accord-partiel-D-2026-001.pdf",
        "echeances.ics": "echeances-D-2026-001.ics",
    }
    kinds = {"pdf": "application/pdf", "docx": DOCX, "ics": "text/calendar"}
    for path, expected in names.items():
        content = await download(browser, f"/documents/demandes/1/{path}")
        assert browser.response.status == 200 and name(browser) == expected
        assert browser.response.content_type == kinds[path.rpartition(".")[2]]
        assert browser.response.headers["Cache-Control"] == "no-store"
        assert content


async def test_every_link_of_the_page_leads_to_its_document(browser: Browser, records: Records) -> None:
    ask(records, **COPY)
    page = await browser.open("/demandes/1")
    links = re.findall(r'href="(/documents/[^"]+)"', page)
    letters = [link for link in links if "lettre-" in link]
    assert len(letters) == len(set(letters)) == 2 * page.count('class="letter"')
    for link in (*links, "/documents/demandes.pdf", "/documents/demandes.ods"):
        assert await download(browser, link) and browser.response.status == 200


async def test_they_hold_what_was_told(browser: Browser, records: Records) -> None:
    await browser.open()
    ask(records, **COPY)
    pdf = PdfReader(io.BytesIO(await download(browser, "/documents/demandes/1/lettre-accord.pdf")))
    assert pdf.metadata and pdf.metadata.author == "Dr Camille Durand"
    assert "20 novembre 2026" in "".join(page.extract_text() for page in pdf.pages)
    letter = docx.Document(io.BytesIO(await download(browser, "/documents/demandes/1/lettre-accord.docx")))
    assert "Madame, Monsieur," in [line.text for line in letter.paragraphs]
    calendar = Calendar.from_ical(await download(browser, "/documents/demandes/1/echeances.ics"))
    starts = {event.start.isoformat() for event in calendar.events}
    # The end of the 48 hours, the eight days, the month put off from Sunday.
    assert starts == {"2026-11-22T09:00:00+01:00", "2026-11-28", "2026-12-21"}


async def test_the_register_has_every_request_the_newest_first(browser: Browser, records: Records) -> None:
    await browser.open()
    ask(records, **COPY)
    ask(records, droit="copie", qui="assureur")
    with records.unit() as unit:
        first = unit.cases.find(unit.practices.only(), "request", 1)
        assert first
        unit.requests.note(first.id, Step.at("accordee", records.clock.now()))
    content = await download(browser, "/documents/demandes.ods")
    assert name(browser) == "registre-des-demandes-2026-11-24.ods" and browser.response.content_type == ODS
    rows = [
        [str(cell.value or "") for cell in row.cells]
        for row in Document(io.BytesIO(content)).body.tables[0].rows
    ]
    assert [row[0] for row in rows][1:] == ["D-2026-002", "D-2026-001"]
    assert any("Satisfaite le 24 novembre 2026" in cell for cell in rows[2])
    assert (await download(browser, "/documents/demandes.pdf")).startswith(b"%PDF")
    assert name(browser) == "registre-des-demandes-2026-11-24.pdf"


async def test_an_empty_register_is_a_register(browser: Browser) -> None:
    await browser.open()
    assert (await download(browser, "/documents/demandes.pdf")).startswith(b"%PDF")


@pytest.mark.parametrize("letter", ["secret", "refus", "inconnue"])
async def test_a_letter_that_makes_no_sense_is_not_written(
    browser: Browser, records: Records, letter: str
) -> None:
    await browser.open()
    ask(records, **COPY)
    text = await browser.open(f"/documents/demandes/1/lettre-{letter}.pdf")
    assert browser.response.status == 404 and "ne convient pas" in text


async def test_without_a_deadline_there_is_no_calendar(browser: Browser, records: Records) -> None:
    await browser.open()
    ask(records, **{**COPY, "recue": "?"})
    text = await browser.open("/documents/demandes/1/echeances.ics")
    assert browser.response.status == 404 and "Aucun délai" in text


@pytest.mark.parametrize("path", PATHS)
async def test_another_practices_request_is_unknown(browser: Browser, records: Records, path: str) -> None:
    await browser.open()
    with records.unit() as unit:
        other = unit.practices.create()
    ask(records, other, **COPY)
    text = await browser.open(f"/documents/demandes/1/{path}")
    assert browser.response.status == 404 and "registre" in text


@pytest.mark.parametrize("number", ["7", "0", "999999999", "9999999999999999999999", "-1", "x", "1.5", "%00"])
async def test_an_unknown_number_is_not_found(browser: Browser, records: Records, number: str) -> None:
    await browser.open()
    ask(records, **COPY)
    for path in PATHS:
        text = await browser.open(f"/documents/demandes/{number}/{path}")
        assert browser.response.status == 404 and "recopiée" in text


@pytest.mark.parametrize(
    "path",
    [
        "demandes.docx",
        "demandes/1/lettre-accord.ods",
        "demandes/1/lettre-ACCORD.pdf",
        "demandes/1/lettre-.pdf",
    ],
)
async def test_an_unknown_kind_is_not_found(browser: Browser, records: Records, path: str) -> None:
    await browser.open()
    ask(records, **COPY)
    await browser.open(f"/documents/{path}")
    assert browser.response.status == 404
