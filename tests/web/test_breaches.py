"""The register of breaches and the dossier of each, over the real page."""

from __future__ import annotations

import html
import re

import pytest

from bot.compliance.answers import UNKNOWN, Answer
from bot.compliance.breach import FollowUp
from bot.knowledge import Knowledge
from bot.records import PracticeFile, Records
from bot.records.practice_file import BreachFile
from bot.web import texts
from bot.web.typography import plain
from tests.web.conftest import Browser
from tests.web.test_pages import check

AWARE = "2026-11-23T18:30+01:00"
TOLD = {
    "incident": Answer.given("vol"),
    "decouverte": Answer.given(AWARE),
    "connaissance": Answer.given(AWARE),
    "debut": UNKNOWN,
    "atteinte": Answer.given(("confidentialite",)),
    "nombre_personnes": Answer.given(60, approximate=True),
}


@pytest.fixture
def opened(records: Records) -> Records:
    """A practice with a stolen device, of which it became aware on the evening before."""
    with records.unit() as unit:
        breach = unit.cases.open(unit.practices.only(), "breach")
        for name, answer in TOLD.items():
            unit.cases.save(breach.id, f"violation.{name}", answer)
    return records


def file(records: Records, knowledge: Knowledge) -> PracticeFile:
    with records.unit() as unit:
        return PracticeFile.read(unit, knowledge, unit.practices.only())


def first(records: Records, knowledge: Knowledge) -> BreachFile:
    found = file(records, knowledge).breach(1)
    assert found is not None
    return found


def followup(records: Records, knowledge: Knowledge) -> FollowUp:
    return first(records, knowledge).dossier.followup


async def test_the_list_and_the_dossier_show_all_that_is_known(browser: Browser, opened: Records) -> None:
    page = await browser.open("/violations")
    check(page)
    assert "V-2026-001 – Vol" in plain(page) and "ouverte" in page
    page = plain(await browser.open("/violations/1"))
    check(page)
    assert "jeudi 26 novembre 2026 à 18 h 30" in page
    assert "2 jours et 8 heures" in page and 'datetime="2026-11-26T18:30:00+01:00"' in page
    assert "Portez plainte." in page and "Ce qui manque encore" in page
    assert "Début" in page and 'data-copy="champ-faits-debut"' in page
    assert 'href="/mesures#mesure-rdv-motif"' in page


async def test_the_panel_and_the_chat_show_the_clock_while_it_is_open(
    browser: Browser, opened: Records, knowledge: Knowledge
) -> None:
    page = await browser.open("/")
    assert 'href="/violations/1"' in page and "data-due" in page
    await browser.post("/violations/1", {"action": "clore"})
    assert not first(opened, knowledge).open
    assert 'href="/violations/1"' not in await browser.open("/")
    assert "close le 24/11/2026" in await browser.open("/violations/1")
    await browser.post("/violations/1", {"action": "rouvrir"})
    assert first(opened, knowledge).open


async def test_what_was_sent_is_kept_as_a_version_with_its_receipt(
    browser: Browser, opened: Records, knowledge: Knowledge
) -> None:
    await browser.open("/violations/1")
    page = await browser.post("/violations/1", {"action": "envoi", "date": "ce matin à 8 h", "numero": ""})
    assert "Version 1" in plain(page) and "mardi 24 novembre 2026 à 8 h" in plain(page)
    sent = followup(opened, knowledge).notifications[0]
    assert (sent.kind, sent.receipt) == ("initial", "") and sent.content
    page = await browser.post(
        "/violations/1",
        {"action": "recepisse", "version": "1", "numero": " 2026-4587 ", "date": "2026-11-24T09:30"},
    )
    assert "Récépissé 2026-4587" in plain(page)
    page = await browser.post("/violations/1", {"action": "envoi", "date": "à 9 h", "numero": "2026-4588"})
    kinds = [(one.kind, one.receipt) for one in followup(opened, knowledge).notifications]
    assert kinds == [("initial", "2026-4587"), ("complementary", "2026-4588")]


async def test_who_was_told_is_noted_with_the_means_masked(
    browser: Browser, opened: Records, knowledge: Knowledge
) -> None:
    await browser.open("/violations/1")
    fields = {"action": "prevenu", "destinataire": "personnes", "date": "hier", "text": "appel à Mme Martin"}
    page = await browser.post("/violations/1", fields)
    told = followup(opened, knowledge).told[0]
    assert told.recipient == "personnes" and told.means == "appel à Mme [nom masqué]"
    assert "Les personnes touchées" in page and "Martin" not in page
    assert first(opened, knowledge).recorded["violation.information"] == Answer.given("faite")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"action": "envoi", "date": ""}, texts.NO_MOMENT),
        ({"action": "envoi", "date": "bientôt"}, texts.NO_MOMENT),
        ({"action": "envoi", "date": "2026-11-24T10:30"}, texts.FUTURE_MOMENT),
        ({"action": "envoi", "date": "hier", "numero": "1" * 61}, texts.LONG_RECEIPT),
        ({"action": "prevenu", "destinataire": "inconnu", "date": "hier"}, texts.NO_RECIPIENT),
        ({"action": "prevenu", "destinataire": "police", "date": "demain"}, texts.NO_MOMENT),
    ],
)
async def test_a_form_that_cannot_be_taken_says_why_beside_its_field(
    browser: Browser, opened: Records, knowledge: Knowledge, fields: dict[str, object], sentence: str
) -> None:
    await browser.open("/violations/1")
    page = await browser.post("/violations/1", fields)
    assert browser.response.status == 422 and sentence in html.unescape(plain(page))
    check(page)
    assert followup(opened, knowledge) == FollowUp("V-2026-001")
    # What was wrong is under the eyes, and what was chosen is still there.
    assert re.search(r"<input [^>]*aria-invalid=\"true\" autofocus", page)
    if fields.get("destinataire") == "police":
        assert '<option value="police" selected>' in page


@pytest.mark.parametrize("path", ["/violations/2", "/violations/0", "/violations/x"])
async def test_a_breach_that_is_not_there_is_not_found(browser: Browser, opened: Records, path: str) -> None:
    await browser.open(path)
    assert browser.response.status == 404


async def test_an_action_that_nobody_offers_is_refused(browser: Browser, opened: Records) -> None:
    await browser.open("/violations/1")
    for fields in ({"action": "effacer"}, {}, {"action": "recepisse", "version": "7", "numero": "1"}):
        await browser.post("/violations/1", fields)
        assert browser.response.status == 400


async def test_the_breach_of_another_practice_is_not_found(browser: Browser, records: Records) -> None:
    await browser.open("/violations")
    with records.unit() as unit:
        other = unit.practices.create()
        unit.cases.open(other, "breach")
    await browser.open("/violations/1")
    assert browser.response.status == 404


async def test_its_buttons_lead_back_to_the_conversation(browser: Browser, opened: Records) -> None:
    await browser.open("/violations/1")
    await browser.post("/messages", {"case": "violation", "number": "1"})
    assert browser.last_heard == '/suivre_violation{"violation": "1"}'
    await browser.open("/violations/1")
    await browser.post("/messages", {"case": "violation", "number": "1", "complete": "1"})
    assert browser.last_heard == '/completer_violation{"violation": "1"}'
    await browser.open("/violations/1")
    await browser.post("/messages", {"case": "violation", "number": "1", "modify": "violation.debut"})
    assert browser.last_heard == '/modifier{"question": "violation.debut", "violation": "1"}'
    heard = len(browser.assistant.heard)
    for fields in (
        {"case": "x", "number": "1"},
        {"case": "violation"},
        {"case": "violation", "number": "7"},
        {"case": "violation", "number": "x"},
        {"case": "violation", "number": "1", "modify": "violation.fin"},
    ):
        await browser.post("/messages", fields)
        assert browser.response.status == 422
    assert len(browser.assistant.heard) == heard


async def test_erasing_erases_breaches_too(browser: Browser, opened: Records, knowledge: Knowledge) -> None:
    page = await browser.open("/effacer")
    assert "1 dossier de violation" in page
    await browser.post("/effacer")
    assert file(opened, knowledge).breaches == ()


async def test_late_says_so_and_asks_to_notify_all_the_same(browser: Browser, records: Records) -> None:
    with records.unit() as unit:
        breach = unit.cases.open(unit.practices.only(), "breach")
        late = {**TOLD, "connaissance": Answer.given("2026-11-20T18:30+01:00")}
        for name, answer in late.items():
            unit.cases.save(breach.id, f"violation.{name}", answer)
    page = plain(await browser.open("/violations/1"))
    assert "Délai dépassé depuis" in page and 'class="clock late"' in page
    assert re.search(r'class="deadline late"', page)
