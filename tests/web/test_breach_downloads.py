"""The documents of a practice's breaches, over the real knowledge."""

from __future__ import annotations

import io

import docx
import pytest
from icalendar import Calendar
from jinja2 import Environment
from odfdo import Document
from pypdf import PdfReader

from bot.compliance.breach import Notification
from bot.knowledge import Knowledge, load
from bot.records import Records
from bot.records.cases import CaseRecord
from bot.web.rendering import environment
from tests.compliance.breaches import OPEN, WHOLE, WRONG, told
from tests.web.conftest import Browser

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
#: Nothing is due to the persons: a letter to the wrong insured, say.
LESSER: dict[str, object] = {
    **WRONG, "donnees": ("coordonnees",), "nombre_personnes": 400, "destinataire": "tiers_connu",
    "recupere": "demande", **OPEN,
}  # fmt: skip
PATHS = ["notification.pdf", "notification.docx", "message.pdf", "message.docx", "echeances.ics"]


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load()


@pytest.fixture(scope="session")
def templates(knowledge: Knowledge) -> Environment:
    """Templates of their own: those of the other tests are over the small knowledge."""
    return environment(knowledge)


def declare(records: Records, practice: int | None = None, **facts: object) -> CaseRecord:
    """A breach of a practice, told so; of the only practice unless another is named."""
    with records.unit() as unit:
        owner = practice or unit.practices.only()
        record = unit.cases.open(owner, "breach")
        for question, answer in told(
            {name.replace("__", "."): value for name, value in facts.items()}
        ).items():
            if question.startswith("profil."):
                unit.answers.save(owner, question, answer)
            else:
                unit.cases.save(record.id, question, answer)
        return record


async def download(browser: Browser, path: str) -> bytes:
    browser.response = await browser.client.get(path)
    return await browser.response.read()


def name(browser: Browser) -> str:
    disposition = browser.response.headers["Content-Disposition"]
    assert disposition.startswith('attachment; filename="')
    return disposition.split('"')[1]


async def test_each_document_is_of_its_kind_under_a_french_name(browser: Browser, records: Records) -> None:
    await browser.open()
    record = declare(records, **WHOLE)
    names = {
        "notification.pdf": "notification-cnil-V-2026-001.pdf",
        "notification.docx": "notification-cnil-V-2026-001.docx",
        "message.pdf": "message-aux-personnes-V-2026-001.pdf",
        "message.docx": "message-aux-personnes-V-2026-001.docx",
        "echeances.ics": "echeances-V-2026-001.ics",
    }
    kinds = {"pdf": "application/pdf", "docx": DOCX, "ics": "text/calendar"}
    for path, expected in names.items():
        content = await download(browser, f"/documents/violations/{record.number}/{path}")
        assert browser.response.status == 200 and name(browser) == expected
        assert browser.response.content_type == kinds[path.rpartition(".")[2]]
        assert browser.response.headers["Cache-Control"] == "no-store"
        assert content


async def test_they_hold_what_was_told(browser: Browser, records: Records) -> None:
    await browser.open()
    declare(records, **WHOLE)
    pdf = PdfReader(io.BytesIO(await download(browser, "/documents/violations/1/notification.pdf")))
    assert pdf.metadata and pdf.metadata.author == "Dr Camille Durand"
    assert "Sacoche volée dans la voiture." in "".join(page.extract_text() for page in pdf.pages)
    letter = docx.Document(io.BytesIO(await download(browser, "/documents/violations/1/message.docx")))
    assert "Madame, Monsieur," in [line.text for line in letter.paragraphs]
    calendar = Calendar.from_ical(await download(browser, "/documents/violations/1/echeances.ics"))
    assert {event.start.isoformat() for event in calendar.events} == {"2026-11-23T18:30:00+01:00"}


async def test_what_was_sent_counts(browser: Browser, records: Records) -> None:
    await browser.open()
    record = declare(records, **WHOLE)
    with records.unit() as unit:
        unit.breaches.notify(record.id, Notification("initial", records.clock.now(), "CNIL-77"))
    content = await download(browser, "/documents/violations/1/notification.docx")
    assert "Notification complémentaire" in docx.Document(io.BytesIO(content)).core_properties.subject


async def test_the_register_has_every_breach_the_newest_first(browser: Browser, records: Records) -> None:
    await browser.open()
    declare(records, **WHOLE)
    declare(records, **LESSER)
    content = await download(browser, "/documents/violations.ods")
    assert name(browser) == "registre-des-violations-2026-11-24.ods" and browser.response.content_type == ODS
    assert browser.response.headers["Cache-Control"] == "no-store"
    table = Document(io.BytesIO(content)).body.tables[0]
    assert [row.cells[0].value for row in table.rows][1:] == ["V-2026-002", "V-2026-001"]
    assert (await download(browser, "/documents/violations.pdf")).startswith(b"%PDF")
    assert name(browser) == "registre-des-violations-2026-11-24.pdf"


async def test_an_empty_register_is_a_register(browser: Browser) -> None:
    await browser.open()
    assert (await download(browser, "/documents/violations.pdf")).startswith(b"%PDF")


async def test_the_message_comes_when_it_is_due_or_asked_for(browser: Browser, records: Records) -> None:
    await browser.open()
    declare(records, **LESSER)
    text = await browser.open("/documents/violations/1/message.pdf")
    assert browser.response.status == 404 and "pas obligatoire" in text
    assert (await download(browser, "/documents/violations/1/message.pdf?demande")).startswith(b"%PDF")


async def test_without_a_date_there_is_no_calendar(browser: Browser, records: Records) -> None:
    await browser.open()
    declare(records, incident="vol_appareil")
    text = await browser.open("/documents/violations/1/echeances.ics")
    assert browser.response.status == 404 and "Aucune échéance" in text


@pytest.mark.parametrize("path", PATHS)
async def test_another_practices_breach_is_unknown(browser: Browser, records: Records, path: str) -> None:
    await browser.open()
    mine = declare(records, **WHOLE)
    with records.unit() as unit:
        other = unit.practices.create()
    declare(records, other, **WHOLE)
    theirs = declare(records, other, **WHOLE)
    assert theirs.number > mine.number
    await browser.open(f"/documents/violations/{theirs.number}/{path}?demande")
    assert browser.response.status == 404


@pytest.mark.parametrize("number", ["7", "0", "999999999", "9999999999999999999999", "-1", "x", "1.5", "%00"])
async def test_an_unknown_number_is_not_found(browser: Browser, records: Records, number: str) -> None:
    await browser.open()
    declare(records, **WHOLE)
    for path in PATHS:
        text = await browser.open(f"/documents/violations/{number}/{path}?demande")
        assert browser.response.status == 404 and "recopiée" in text


@pytest.mark.parametrize(
    "path", ["violations.docx", "violations/1/notification.ods", "violations/1/message.ics"]
)
async def test_an_unknown_kind_is_not_found(browser: Browser, records: Records, path: str) -> None:
    await browser.open()
    declare(records, **WHOLE)
    await browser.open(f"/documents/{path}")
    assert browser.response.status == 404
