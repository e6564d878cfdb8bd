"""The register of requests and the dossier of each, over the real page and the real knowledge."""

from __future__ import annotations

import html
import re

import pytest
from jinja2 import Environment

from bot.compliance import moments
from bot.compliance.answers import Answer
from bot.compliance.moments import Moment
from bot.compliance.requests import Step
from bot.knowledge import Knowledge, load
from bot.records import PracticeFile, Records
from bot.records.practice_file import RequestFile
from bot.web import texts
from bot.web.rendering import environment
from bot.web.typography import plain
from tests.compliance.requests import PRACTICE, SHARED, told
from tests.web.conftest import Browser
from tests.web.test_pages import check

#: A copy of a recent record, asked for by letter on a Friday; the clock of the tests tells Tuesday 24, 10 h.
COPY: dict[str, object] = {
    "droit": "copie", "qui": "patient", "traitement": "dossier", "anciennete": "recentes",
    "recue": "2026-11-20T09:00+01:00",
}  # fmt: skip
NOTED = {"action": "etape", "etape": "accuse", "date": "hier à 18 h", "text": ""}


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load()


@pytest.fixture(scope="session")
def templates(knowledge: Knowledge) -> Environment:
    """Templates of their own: those of the other tests are over the small knowledge."""
    return environment(knowledge)


def ask(records: Records, practice: int | None = None, **facts: object) -> int:
    """The number of a new request, told so over what most share; in the only practice unless one is given."""
    values = {name.replace("__", "."): value for name, value in facts.items()}
    with records.unit() as unit:
        owner = practice or unit.practices.only()
        record = unit.cases.open(owner, "request")
        for question, answer in told({**PRACTICE, **SHARED, **values}).items():
            if question.startswith("profil."):
                unit.answers.save(owner, question, answer)
            else:
                unit.cases.save(record.id, question, answer)
        return record.number


def file(records: Records, knowledge: Knowledge) -> PracticeFile:
    with records.unit() as unit:
        return PracticeFile.read(unit, knowledge, unit.practices.only())


def first(records: Records, knowledge: Knowledge) -> RequestFile:
    found = file(records, knowledge).request(1)
    assert found is not None
    return found


def noted(records: Records, knowledge: Knowledge) -> tuple[Step, ...]:
    """The steps that were noted on the first request."""
    return first(records, knowledge).dossier.record.steps


def words(page: str) -> str:
    """What is read on a page, on one line."""
    return " ".join(plain(html.unescape(re.sub(r"<[^>]+>", " ", page))).split())


def after(page: str, heading: str) -> str:
    """What is read from a heading on."""
    before, found, rest = words(page).partition(heading)
    assert found, (heading, before[-500:])
    return rest


@pytest.fixture
def asked(records: Records) -> Records:
    """A practice that was asked for a copy of a recent record."""
    ask(records, **COPY)
    return records


async def test_the_register_lists_every_request_the_newest_first(browser: Browser, asked: Records) -> None:
    ask(asked, droit="effacement", qui="patient", traitement="prospection", recue="2026-10-01T10:00+02:00")
    page = await browser.open("/demandes")
    check(page)
    read = words(page)
    assert read.index("D-2026-002 – Droit à l'effacement") < read.index(
        "D-2026-001 – Droit d'accès et de copie"
    )
    assert "1 demande en retard : D-2026-002" in read and read.count("Votre référence : D-2026-04.") == 2
    # A month from Thursday 1 October is Sunday 1 November, a holiday: Monday 2.
    assert "Dernier jour : lundi 2 novembre 2026" in read and "22 jours de retard" in read
    # Eight days, whatever the day of the week.
    assert "Dernier jour : samedi 28 novembre 2026" in read and "Il reste 4 jours" in read
    assert 'href="/documents/demandes.ods"' in page and 'href="/documents/demandes.pdf"' in page


async def test_an_empty_register_says_how_a_request_is_told(browser: Browser) -> None:
    page = await browser.open("/demandes")
    check(page)
    assert "Aucune demande n'est inscrite" in words(page) and 'href="/#text"' in page


async def test_the_dossier_leads_from_the_deadline_to_the_letter(browser: Browser, asked: Records) -> None:
    page = await browser.open("/demandes/1")
    check(page)
    read = words(page)
    places = [
        read.index(text)
        for text in (
            "D-2026-001 – Droit d'accès et de copie", "Dossier de santé récent", "Il reste 4 jours",
            "samedi 28 novembre 2026", "Réponse (RGPD)", "lundi 21 décembre 2026", "Le verdict",
            "Le droit s'applique", "Pourquoi", "Est-ce sûr ?", "À savoir", "Vérifier l'identité", "Que faire, dans l'ordre",
            "Réponse favorable à envoyer", "Ce que vous avez fait", "Vos réponses",
            "Clore ce dossier",
        )
    ]  # fmt: skip
    assert places == sorted(places)
    assert "Rien encore, d'après ce dossier." in read
    assert 'data-days="2026-11-28"' in page and "/documents/demandes/1/echeances.ics" in page
    assert (
        "/documents/demandes/1/lettre-accord.pdf" in page
        and "/documents/demandes/1/lettre-accord.docx" in page
    )
    assert 'data-copy="texte-accord"' in page
    # The letter to send next alone is open, and comes first.
    assert re.findall(r'<details class="letter" id="lettre-(\w+)"( open)?>', page)[0] == ("accord", " open")
    assert (
        page.count('class="letter"') > 3 and len(re.findall(r'class="letter" id="\w+-\w+" open', page)) == 1
    )
    # What the practice has to write by hand stands in brackets.
    assert "[Pièces remises, et date : à indiquer]" in read


async def test_nothing_is_handed_over_during_the_time_of_reflection(
    browser: Browser, records: Records
) -> None:
    ask(records, **{**COPY, "recue": "2026-11-23T09:00+01:00"})
    assert "Ne remettez rien avant le mercredi 25 novembre 2026 à 9 h" in words(
        await browser.open("/demandes/1")
    )
    ask(records, **COPY)
    page = await browser.open("/demandes/2")
    assert 'id="titre-attente"' not in page and "Ne remettez rien" not in words(page)


async def test_late_says_so_and_asks_to_answer_all_the_same(
    browser: Browser, records: Records, knowledge: Knowledge
) -> None:
    ask(records, **{**COPY, "recue": "2026-11-02T09:00+01:00"})
    page = await browser.open("/demandes/1")
    read = words(page)
    assert 'class="deadline late"' in page and "Délai dépassé depuis 14 jours de retard" in read
    assert "en retard" in read and knowledge.requests.clocks.words.late in read
    assert "14 jours de retard" in words(await browser.open("/")).partition("Demande en cours")[2]


async def test_on_its_last_day_a_request_is_not_late(browser: Browser, records: Records) -> None:
    ask(records, **{**COPY, "recue": "2026-11-16T09:00+01:00"})
    page = await browser.open("/demandes/1")
    assert "moins d'un jour" in words(page) and 'class="deadline"' in page


async def test_while_a_proof_of_identity_is_awaited_the_month_is_said_to_be_suspended(
    browser: Browser, records: Records
) -> None:
    ask(
        records, droit="effacement", qui="patient", traitement="prospection", identite="doute",
        recue="2026-10-01T10:00+02:00", fait=("identite",), identite_demandee_le="2026-10-02T10:00+02:00",
        identite_recue=False,
    )  # fmt: skip
    page = await browser.open("/demandes/1")
    assert "délai suspendu" in words(page) and 'class="deadline"' in page
    assert "en attente d'identité" in words(page)


async def test_a_request_without_its_date_says_what_is_missing(browser: Browser, records: Records) -> None:
    ask(records, **{**COPY, "recue": "?"})
    page = await browser.open("/demandes/1")
    check(page)
    assert "Ce qui manque encore Reçue Compléter dans la conversation" in words(page)
    assert 'class="deadline' not in page and "echeances.ics" not in page


async def test_an_empty_request_shows(browser: Browser, records: Records) -> None:
    with records.unit() as unit:
        unit.cases.open(unit.practices.only(), "request")
    for path in ("/demandes", "/demandes/1", "/"):
        check(await browser.open(path))
        assert browser.response.status == 200
    page = words(await browser.open("/demandes/1"))
    assert "provisoire" in page and "Continuer dans la conversation" in page


async def test_a_third_party_gets_a_letter_that_confirms_nothing(browser: Browser, records: Records) -> None:
    ask(records, droit="copie", qui="assureur")
    page = await browser.open("/demandes/1")
    check(page)
    read = words(page)
    assert (
        "Ce n'est pas un droit du RGPD" in read
        and "Réponse tenue par le secret professionnel à envoyer" in read
    )
    assert 'class="deadline' not in page


async def test_what_would_change_the_verdict_and_how_sure_it_is_are_told(
    browser: Browser, records: Records, knowledge: Knowledge
) -> None:
    ask(records, droit="effacement", qui="patient", traitement="dossier", effacement_de="tout")
    found = first(records, knowledge).dossier
    assert found.changes
    read = words(await browser.open("/demandes/1"))
    assert all(plain(change.text) in read for change in found.changes)
    assert found.verdict.cautions[0] in after(await browser.open("/demandes/1"), "Est-ce sûr ?")


async def test_the_entry_concerned_is_linked_once_the_register_has_it(
    browser: Browser, asked: Records
) -> None:
    page = await browser.open("/demandes/1")
    assert "Fiche du registre concernée" not in words(page)
    with asked.unit() as unit:
        unit.answers.save(unit.practices.only(), "dossiers_patients.support", Answer.given("informatique"))
    page = await browser.open("/demandes/1")
    assert (
        'href="/registre?fiche=dossiers_patients#fiche-dossiers_patients"' in page
        and "Base légale :" in words(page)
    )


async def test_a_step_is_noted_with_its_time_as_told(
    browser: Browser, asked: Records, knowledge: Knowledge
) -> None:
    await browser.open("/demandes/1")
    page = await browser.post("/demandes/1", {**NOTED, "text": " par  courrier "})
    assert "Accusé de réception envoyé, le 23 novembre 2026 à 18 h : par courrier." in words(page)
    assert noted(asked, knowledge) == (
        Step("accuse", moments.read("2026-11-23T18:00+01:00") or pytest.fail(), "par courrier"),
    )
    await browser.post("/demandes/1", {**NOTED, "etape": "prolongee", "date": "2026-11-24"})
    step = noted(asked, knowledge)[1]
    assert (step.kind, step.moment.text(), step.note) == ("prolongee", "2026-11-24", "")
    # The month of the RGPD is extended; the eight days are not.
    page = await browser.open("/demandes/1")
    assert "samedi 28 novembre 2026" in words(page) and "lundi 22 février 2027" in words(page)
    assert re.search(r'<li class="done">Accusez réception[^<]*<span class="badge confirmed">fait', page)


async def test_an_answer_ends_the_deadline_and_leaves_nothing_to_send(
    browser: Browser, asked: Records, knowledge: Knowledge
) -> None:
    await browser.open("/demandes/1")
    page = await browser.post("/demandes/1", {**NOTED, "etape": "accordee", "date": "ce matin à 8 h"})
    read = words(page)
    assert "Réponse donnée le 24 novembre 2026 à 8 h ." in read and "répondue" in read
    assert "data-due" not in page and "à envoyer" not in read
    assert "Demande en cours" in (chat := words(await browser.open("/"))) and "Répondue" in chat


async def test_a_step_noted_by_mistake_is_taken_back(
    browser: Browser, asked: Records, knowledge: Knowledge
) -> None:
    await browser.open("/demandes/1")
    await browser.post("/demandes/1", NOTED)
    await browser.post("/demandes/1", {**NOTED, "etape": "accordee", "date": "hier à 19 h"})
    assert first(asked, knowledge).dossier.state == "repondue"
    await browser.post("/demandes/1", {"action": "retirer", "numero": "1"})
    assert [step.kind for step in noted(asked, knowledge)] == ["accuse"]
    assert first(asked, knowledge).dossier.state == "en_cours"
    for number in ("1", "x", "-1", ""):
        await browser.post("/demandes/1", {"action": "retirer", "numero": number})
        assert browser.response.status == 400
    assert len(noted(asked, knowledge)) == 1


async def test_what_looks_like_a_patient_is_masked_in_the_note_and_said(
    browser: Browser, asked: Records, knowledge: Knowledge
) -> None:
    await browser.open("/demandes/1")
    page = await browser.post("/demandes/1", {**NOTED, "text": "remis à Mme Martin"})
    assert "Martin" not in page and texts.MASKED_NOTE in words(page)
    assert noted(asked, knowledge)[0].note == "remis à Mme [nom masqué]"


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"etape": ""}, "etape", texts.NO_STEP),
        ({"etape": "close"}, "etape", texts.NO_STEP),
        ({"etape": "inconnue"}, "etape", texts.NO_STEP),
        ({"date": ""}, "date-etape", texts.NO_MOMENT),
        ({"date": "bientôt"}, "date-etape", texts.NO_MOMENT),
        ({"date": "2026-11-24T10:30"}, "date-etape", texts.FUTURE_MOMENT),
        ({"date": "2026-11-25"}, "date-etape", texts.FUTURE_MOMENT),
        ({"text": "x" * 201}, "note", texts.long_note(201, 200)),
        ({"text": "a" * 186 + " Mme Li"}, "note", texts.long_note(203, 200)),
    ],
)
async def test_a_step_that_cannot_be_taken_says_why_and_loses_nothing(
    browser: Browser, asked: Records, knowledge: Knowledge, fields: dict[str, str], field: str, sentence: str
) -> None:
    await browser.open("/demandes/1")
    sent = {**NOTED, "date": "hier", "text": "par courrier", **fields}
    page = await browser.post("/demandes/1", sent)
    assert browser.response.status == 422 and sentence in words(page)
    check(page)
    assert re.search(
        rf'id="{field}"[^>]*aria-invalid="true" autofocus aria-describedby="erreur-{field}"', page
    )
    assert page.count("aria-invalid") == 1
    for name in ("date", "text"):
        value = re.search(rf'name="{name}"[^>]* value="([^"]*)"', page)
        assert value and plain(value[1]) == sent[name]
    if sent["etape"] == "accuse":
        assert '<option value="accuse" selected>' in page
    assert noted(asked, knowledge) == ()


async def test_a_step_before_the_request_or_out_of_order_is_refused(
    browser: Browser, asked: Records, knowledge: Knowledge
) -> None:
    await browser.open("/demandes/1")
    page = await browser.post("/demandes/1", {**NOTED, "date": "le 19 novembre à 10 h"})
    assert browser.response.status == 422
    assert "(19 novembre 2026 à 10 h) avant d'avoir reçu la demande (20 novembre 2026 à 9 h)" in words(page)
    await browser.post("/demandes/1", {**NOTED, "etape": "identite_demandee", "date": "hier"})
    assert [step.kind for step in noted(asked, knowledge)] == ["identite_demandee"]
    page = await browser.post("/demandes/1", {**NOTED, "etape": "identite_recue", "date": "samedi dernier"})
    assert browser.response.status == 422 and "avant d'avoir été demandé" in words(page)
    # On the day itself: it may have been before the hour of its reception, or after.
    await browser.post("/demandes/1", {**NOTED, "date": "2026-11-20"})
    assert noted(asked, knowledge)[1].moment == Moment(noted(asked, knowledge)[1].moment.day)


async def test_closing_and_opening_again(browser: Browser, asked: Records, knowledge: Knowledge) -> None:
    page = await browser.open("/")
    assert 'href="/demandes/1"' in page and "data-due" in page
    page = await browser.post("/demandes/1", {"action": "clore"})
    assert not first(asked, knowledge).open
    assert "close le 24/11/2026" in page and "data-due" not in page
    assert 'href="/demandes/1"' not in await browser.open("/")
    assert "close le 24/11/2026" in await browser.open("/demandes")
    await browser.open("/demandes/1")
    await browser.post("/demandes/1", {"action": "rouvrir"})
    assert first(asked, knowledge).open


@pytest.mark.parametrize("path", ["/demandes/2", "/demandes/0", "/demandes/x", "/demandes/9999999999"])
async def test_a_request_that_is_not_there_is_not_found(browser: Browser, asked: Records, path: str) -> None:
    await browser.open(path)
    assert browser.response.status == 404


async def test_the_request_of_another_practice_is_not_found(
    browser: Browser, records: Records, knowledge: Knowledge
) -> None:
    await browser.open("/")
    with records.unit() as unit:
        other = unit.practices.create()
    ask(records, other, **COPY)
    await browser.post("/demandes/1", {"action": "clore"})
    assert browser.response.status == 404
    with records.unit() as unit:
        assert unit.cases.all(other, "request")[0].status == "open"
    await browser.open("/demandes/1")
    assert browser.response.status == 404


async def test_an_action_that_nobody_offers_is_refused(browser: Browser, asked: Records) -> None:
    await browser.open("/demandes/1")
    for fields in ({"action": "effacer"}, {}):
        await browser.post("/demandes/1", fields)
        assert browser.response.status == 400


async def test_a_form_from_elsewhere_is_refused(
    browser: Browser, asked: Records, knowledge: Knowledge
) -> None:
    await browser.open("/demandes/1")
    await browser.post("/demandes/1", {"action": "clore", "csrf": "x"})
    assert browser.response.status == 403 and first(asked, knowledge).open


async def test_its_buttons_lead_back_to_the_conversation(browser: Browser, asked: Records) -> None:
    page = await browser.open("/demandes/1")
    assert 'name="modify" value="demande.droit"' in page
    for fields, heard in (
        ({}, '/suivre_demande{"demande": "1"}'),
        ({"complete": "1"}, '/completer_demande{"demande": "1"}'),
        ({"modify": "demande.droit"}, '/modifier{"question": "demande.droit", "demande": "1"}'),
    ):
        await browser.open("/demandes/1")
        await browser.post("/messages", {"case": "demande", "number": "1", **fields})
        assert browser.last_heard == heard
    await browser.open("/demandes/1")
    await browser.post("/messages", {"case": "demande", "number": "7"})
    assert browser.response.status == 422


async def test_answers_that_cannot_be_right_are_shown_with_a_way_to_correct_them(
    browser: Browser, records: Records
) -> None:
    ask(records, **{**COPY, "fait": ("accuse",), "accuse_le": "2026-11-18T10:00+01:00"})
    page = await browser.open("/demandes/1")
    check(page)
    assert "avant d'avoir reçu la demande" in words(page) and "Modifier : Accusé de réception" in words(page)


async def test_the_chat_says_until_when_to_answer(browser: Browser, asked: Records) -> None:
    await browser.open("/")
    with asked.unit() as unit:
        session = unit.sessions.find(browser.cookie)
        assert session
        unit.conversations.move(session.sender, "asking", "demande", case=1)
    page = words(await browser.open("/")).partition("Mon dossier")[0]
    assert "D-2026-001 – Droit d'accès et de copie." in page and "Réponse : Il reste 4 jours" in page
    assert "CNIL :" not in page


async def test_erasing_erases_requests_too(browser: Browser, asked: Records, knowledge: Knowledge) -> None:
    page = await browser.open("/effacer")
    assert "1 dossier de demande" in words(page)
    await browser.post("/effacer")
    assert file(asked, knowledge).requests == ()


async def test_what_is_typed_is_never_html(browser: Browser, records: Records) -> None:
    ask(records, **COPY, reference="<script>alert(1)</script>")
    for path in ("/demandes", "/demandes/1", "/"):
        page = await browser.open(path)
        assert "<script>alert" not in page
        check(page)
