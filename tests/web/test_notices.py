"""The page of the notices, their files and their versions, over the real page."""

from __future__ import annotations

import html
import io
import re

import docx
import pytest
from pypdf import PdfReader

from bot.compliance.answers import UNKNOWN, Answer
from bot.knowledge import Knowledge
from bot.records import PracticeFile, Records
from bot.web import texts
from bot.web.typography import plain
from tests.web.conftest import Browser
from tests.web.test_pages import check


def file(records: Records, knowledge: Knowledge) -> PracticeFile:
    with records.unit() as unit:
        return PracticeFile.read(unit, knowledge, unit.practices.only())


def shown(page: str) -> str:
    """What is read of a page: its text, with ordinary spaces."""
    return re.sub(r"\s+", " ", plain(html.unescape(re.sub(r"<[^>]+>", " ", page))))


async def test_each_notice_says_why_what_is_missing_and_what_supplies_it(
    browser: Browser, answered: Records
) -> None:
    page = await browser.open("/information")
    check(page)
    text = shown(page)
    assert "Vous recevez des patients." in text and "Notice courte" in text
    # The name of the software is « je ne sais pas », asked in the conversation; where to read on, here.
    assert 'name="modify" value="profil.logiciel"' in page
    assert 'href="#question-ou"' in page and 'id="question-ou"' in page
    assert "2 mentions à compléter" in text


async def test_a_practice_that_does_not_need_one_reads_why(browser: Browser, answered: Records) -> None:
    with answered.unit() as unit:
        unit.answers.save(unit.practices.only(), "rendez_vous.canaux", Answer.given(("telephone",)))
    text = shown(await browser.open("/information"))
    assert "Vous n'en recueillez pas." in text and "Le texte à copier" not in text


async def test_an_answer_that_only_notices_need_is_kept_and_closes_the_gap(
    browser: Browser, answered: Records, knowledge: Knowledge
) -> None:
    await browser.open("/information")
    page = await browser.post(
        "/information/questions/ou", {"choix": ["site", "accueil"], "action": "repondre"}
    )
    check(page)
    assert file(answered, knowledge).recorded["mentions.ou"] == Answer.given(("accueil", "site"))
    assert "1 mention à compléter" in shown(page)
    await browser.post("/information/questions/decision", {"choix": "non", "action": "repondre"})
    await browser.post(
        "/information/questions/but", {"text": "Mieux  soigner\nla toux", "action": "repondre"}
    )
    recorded = file(answered, knowledge).recorded
    assert recorded["mentions.decision"] == Answer.given(False)
    assert recorded["mentions.but"] == Answer.given("Mieux soigner la toux")


async def test_not_knowing_is_an_answer_and_says_whom_to_ask(
    browser: Browser, answered: Records, knowledge: Knowledge
) -> None:
    await browser.open("/information")
    page = await browser.post("/information/questions/decision", {"action": "inconnu"})
    assert file(answered, knowledge).recorded["mentions.decision"] == UNKNOWN
    assert "À demander à votre éditeur." in shown(page)
    # It is one of the things to find out, and leads back here.
    assert 'href="/information#question-decision"' in await browser.open("/reponses")


async def test_a_patients_name_is_taken_out_of_an_answer(
    browser: Browser, answered: Records, knowledge: Knowledge
) -> None:
    await browser.open("/information")
    page = await browser.post(
        "/information/questions/but", {"text": "suivre Mme Martin", "action": "repondre"}
    )
    kept = file(answered, knowledge).recorded["mentions.but"].value
    assert "Martin" not in str(kept) and "J'ai retiré" in shown(page)


@pytest.mark.parametrize(
    ("path", "fields", "sentence"),
    [
        ("questions/ou", {"action": "repondre"}, texts.NO_CHOICE),
        ("questions/ou", {"choix": "ailleurs", "action": "repondre"}, texts.NO_CHOICE),
        ("questions/decision", {"action": "repondre"}, texts.NO_NOTICE_ANSWER),
        ("questions/decision", {"choix": "peut-être", "action": "repondre"}, texts.NO_NOTICE_ANSWER),
        ("questions/but", {"text": "  ", "action": "repondre"}, texts.NO_NOTICE_ANSWER),
        ("affiche", {"action": "en_place", "date": ""}, texts.NO_NOTICE_DAY),
        ("affiche", {"action": "en_place", "date": "un jour"}, texts.NO_NOTICE_DAY),
        ("affiche", {"action": "en_place", "date": "2026-11-25"}, texts.FUTURE_NOTICE_DAY),
    ],
)
async def test_what_cannot_be_taken_is_said_beside_the_form_and_changes_nothing(
    browser: Browser,
    answered: Records,
    knowledge: Knowledge,
    path: str,
    fields: dict[str, str],
    sentence: str,
) -> None:
    await browser.open("/information")
    page = await browser.post(f"/information/{path}", fields)  # type: ignore[arg-type]
    assert browser.response.status == 422 and sentence in shown(page)
    check(page)
    after = file(answered, knowledge)
    assert not any(key.startswith("mentions.") for key in after.recorded) and not after.notice_versions


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("/information/inconnue", {"action": "en_place", "date": "hier"}, 404),
        ("/information/affiche", {"action": "brûler"}, 400),
        ("/information/questions/inconnue", {"action": "inconnu"}, 404),
    ],
)
async def test_what_does_not_exist_is_refused(
    browser: Browser, answered: Records, path: str, fields: dict[str, str], status: int
) -> None:
    await browser.open("/information")
    await browser.post(path, fields)  # type: ignore[arg-type]
    assert browser.response.status == status


async def test_what_is_downloaded_is_kept_as_a_version(
    browser: Browser, answered: Records, knowledge: Knowledge
) -> None:
    await browser.open()
    response = await browser.client.get("/documents/information/affiche.pdf")
    pdf = PdfReader(io.BytesIO(await response.read()))
    assert response.headers["Content-Disposition"] == 'attachment; filename="affiche-2026-11-24.pdf"'
    assert len(pdf.pages) == 1 and "Camille" in pdf.pages[0].extract_text()
    await browser.client.get("/documents/information/affiche.pdf")
    (version,) = file(answered, knowledge).notice_versions["affiche"]
    assert version.number == 1 and ("Qui", ("Dr Camille Durand",)) in version.content
    assert version.displayed_on is None


@pytest.mark.parametrize(
    ("path", "kind", "reads"),
    [
        ("courte.html", "text/html; charset=utf-8", "<h1>Vos données</h1>"),
        ("courte.txt", "text/plain; charset=utf-8", "Dr Camille Durand"),
    ],
)
async def test_the_texts_are_given_as_files_too(
    browser: Browser, answered: Records, path: str, kind: str, reads: str
) -> None:
    await browser.open()
    response = await browser.client.get(f"/documents/information/{path}")
    assert response.headers["Content-Type"] == kind and reads in plain(await response.text())
    # Never shown in our own pages, whatever it holds.
    assert response.headers["Content-Disposition"].startswith("attachment")


async def test_the_docx_opens(browser: Browser, answered: Records) -> None:
    await browser.open()
    response = await browser.client.get("/documents/information/courte.docx")
    assert "Dr Camille Durand" in [
        p.text for p in docx.Document(io.BytesIO(await response.read())).paragraphs
    ]


@pytest.mark.parametrize("path", ["affiche.docx", "courte.pdf", "inconnue.pdf", "affiche.exe"])
async def test_a_form_that_a_notice_does_not_have_is_not_found(
    browser: Browser, answered: Records, path: str
) -> None:
    await browser.open()
    assert (await browser.client.get(f"/documents/information/{path}")).status == 404


async def test_what_is_in_place_becomes_stale_and_says_what_changed(
    browser: Browser, answered: Records, knowledge: Knowledge
) -> None:
    await browser.open("/information")
    page = await browser.post("/information/affiche", {"action": "en_place", "date": "hier"})
    assert "affichée depuis le 23/11/2026" in shown(page) and "à refaire" not in shown(page)
    with answered.unit() as unit:
        unit.answers.save(unit.practices.only(), "profil.nom", Answer.given("Dr Camille Petit"))
    page = await browser.open("/information")
    check(page)
    text = shown(page)
    assert "à refaire" in text and "Votre registre a changé" in text
    assert "Retiré : Dr Camille Durand" in text and "Ajouté : Dr Camille Petit" in text
    # The version that is made now takes its place.
    page = await browser.post(
        "/information/affiche", {"action": "en_place", "date": "24/11/2026", "version": "0"}
    )
    assert "à refaire" not in shown(page)
    versions = file(answered, knowledge).notice_versions["affiche"]
    assert [version.number for version in versions] == [1, 2]
    page = await browser.post("/information/affiche", {"action": "retiree", "version": "2"})
    assert file(answered, knowledge).notice_versions["affiche"][1].displayed_on is None


async def test_the_version_that_was_downloaded_is_the_one_put_up(
    browser: Browser, answered: Records, knowledge: Knowledge
) -> None:
    await browser.open()
    await browser.client.get("/documents/information/affiche.pdf")
    with answered.unit() as unit:
        unit.answers.save(unit.practices.only(), "profil.nom", Answer.given("Dr Camille Petit"))
    page = await browser.open("/information")
    assert "La version 1, faite le 24/11/2026" in shown(page)
    page = await browser.post("/information/affiche", {"action": "en_place", "date": "hier", "version": "1"})
    (version,) = file(answered, knowledge).notice_versions["affiche"]
    assert version.displayed_on and "à refaire" in shown(page)


async def test_a_measure_leads_to_the_notice_that_carries_it_out(browser: Browser, answered: Records) -> None:
    page = await browser.open("/mesures")
    assert 'href="/information#notice-affiche"' in page and "Préparer votre affiche" in shown(page)


async def test_nobody_reads_another_practices_versions(
    browser: Browser, other: Browser, answered: Records, knowledge: Knowledge
) -> None:
    with answered.unit() as unit:
        unit.notices.keep(unit.practices.only(), "affiche", (("Qui", ("Dr Camille Durand",)),))
    await browser.open("/information")
    await browser.post("/effacer")
    await other.open()
    assert "Version 1" not in shown(await other.open("/information"))
