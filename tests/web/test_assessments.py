"""Impact assessments and the officer: the verdicts and each assessment, over the real page and knowledge."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from io import BytesIO

import msgspec
import pytest
from docx import Document
from jinja2 import Environment
from pypdf import PdfReader

from bot.compliance.answers import UNKNOWN, Answer
from bot.compliance.dpia.screening import screen
from bot.compliance.measures import Decision
from bot.documents import wording
from bot.knowledge import Knowledge, load
from bot.knowledge.dpia import VerdictName
from bot.records import PracticeFile, Records
from bot.records.practice_file import AssessmentFile
from bot.web import texts
from bot.web.answering import LONGEST_TEXT
from bot.web.rendering import environment
from bot.web.typography import plain
from tests.compliance.dpia_practices import PLAIN, RESEARCH, practice
from tests.web.conftest import Browser
from tests.web.test_pages import check

LARGE = {"profil.mode_exercice": "dossiers_partages", "profil.plus_de_10000_patients": True}
RECORDS_ENTRY = "dossiers_patients"


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load()


@pytest.fixture(scope="session")
def templates(knowledge: Knowledge) -> Environment:
    """Templates of their own: those of the other tests are over the small knowledge."""
    return environment(knowledge)


def settle(records: Records, changed: Mapping[str, object] = {}) -> None:
    """Record a practice that differs from the plain one; None leaves a question open."""
    with records.unit() as unit:
        owner = unit.practices.only()
        for question, answer in practice(changed, PLAIN).items():
            unit.answers.save(owner, question, answer)


def file(records: Records, knowledge: Knowledge) -> PracticeFile:
    with records.unit() as unit:
        return PracticeFile.read(unit, knowledge, unit.practices.only())


def first(records: Records, knowledge: Knowledge) -> AssessmentFile:
    found = file(records, knowledge).assessment(1)
    assert found is not None
    return found


def begin(records: Records, entry: str = RECORDS_ENTRY, owner: int | None = None, **told: Answer) -> int:
    """The number of a new assessment of an entry, with answers to its questions."""
    with records.unit() as unit:
        record = unit.cases.open(owner or unit.practices.only(), "assessment")
        unit.cases.save(record.id, "fiche.traitement", Answer.given(entry))
        for name, answer in told.items():
            unit.cases.save(record.id, f"aipd.{name}", answer)
        return record.number


def words(page: str) -> str:
    """What is read on a page, on one line."""
    return " ".join(plain(html.unescape(re.sub(r"<[^>]+>", " ", page))).split())


def pdf_text(content: bytes) -> str:
    """What a PDF says, whatever its lines."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def word_text(content: bytes) -> str:
    """What a DOCX says in its tables."""
    tables = Document(BytesIO(content)).tables
    return " ".join(cell.text for table in tables for row in table.rows for cell in row.cells)


def part(page: str, identifier: str) -> str:
    """The article of that id, as HTML."""
    found = re.search(rf'<article class="entry" id="{identifier}".*?</article>', page, re.DOTALL)
    assert found, identifier
    return found[0]


def posted(page: str, identifier: str) -> dict[str, object]:
    """What the form of a part would send as the page shows it, as a browser reads it."""
    shown = part(page, identifier)
    sent: dict[str, object] = {}
    for name, text in re.findall(
        r'<textarea id="[^"]+" name="(\w+)"[^>]*>\n?(.*?)</textarea>', shown, re.DOTALL
    ):
        sent[name] = html.unescape(text).replace("\n", "\r\n")
    for kind, name, value in re.findall(
        r'<input type="(checkbox|radio)" name="([\w.]+)" value="([^"]+)" checked>', shown
    ):
        chosen = sent.setdefault(name, [])
        assert isinstance(chosen, list) and (kind == "checkbox" or not chosen)
        chosen.append(value)
    partie = re.search(r'name="partie" value="([\w-]+)"', shown)
    assert partie
    return {**sent, "partie": partie[1], "action": "partie"}


@pytest.fixture
def settled(records: Records) -> Records:
    """A plain practice, alone, that answered all there is to answer."""
    settle(records)
    return records


@pytest.fixture
def large(records: Records) -> Records:
    """A practice beyond the CNIL's mark of size, whose assessment of its records has begun."""
    settle(records, LARGE)
    begin(records)
    return records


# The verdicts


async def test_a_practice_without_a_register_is_told_where_to_begin(browser: Browser) -> None:
    page = await browser.open("/analyse-impact")
    check(page)
    assert "votre registre n'a pas encore de fiche" in words(page)


async def test_each_entry_has_its_verdict_with_reasons_and_the_text_to_keep(
    browser: Browser, settled: Records, knowledge: Knowledge
) -> None:
    page = await browser.open("/analyse-impact")
    check(page)
    for one in file(settled, knowledge).screening.entries:
        article = part(page, f"fiche-{one.entry.id}")
        read = words(article)
        for text in (one.title, one.text, *(ground.text for ground in (*one.grounds, *one.justification))):
            assert text in read, (one.entry.id, text)
        for change in one.changes:
            assert change.text in read
        cited = {source for ground in one.grounds for source in ground.sources}
        assert cited and all(knowledge.sources[source].title in read for source in cited)
        assert f'data-copy="texte-{one.entry.id}"' in article
    officer = part(page, "delegue")
    assert file(settled, knowledge).officer.justification.text in words(officer)
    assert file(settled, knowledge).screening.caution in words(page)
    assert 'href="/documents/analyse-impact.pdf"' in page and 'href="/documents/analyse-impact.docx"' in page


async def test_the_gravest_verdict_comes_first_and_is_counted(browser: Browser, records: Records) -> None:
    settle(records, LARGE)
    page = await browser.open("/analyse-impact")
    order = re.findall(r'id="fiche-(\w+)"', page)
    assert order[0] == RECORDS_ENTRY
    assert "appellent une analyse d'impact (« Dossiers" in words(
        page
    ) or "appelle une analyse d'impact" in words(page)
    assert "Un délégué (DPO) est attendu" in words(part(page, "delegue"))
    assert "Aucun délégué n'est noté" in words(part(page, "delegue"))


@pytest.mark.parametrize(
    ("required", "unsure", "said"),
    [
        ((), (), "Sur 3 fiches, aucune n'appelle d'analyse d'impact, en principe."),
        ((0,), (), "Sur 3 fiches, 1 appelle une analyse d'impact (« A »)."),
        (
            (0, 1),
            (2,),
            "Sur 3 fiches, 2 appellent une analyse d'impact (« A », « B ») ; 1 est à examiner (« C »).",
        ),
        (
            (),
            (1, 2),
            "Sur 3 fiches, aucune n'appelle à coup sûr une analyse d'impact ; "
            "2 sont à examiner (« B », « C »).",
        ),
    ],
)
def test_where_a_practice_stands_is_said_in_a_sentence(
    knowledge: Knowledge, required: tuple[int, ...], unsure: tuple[int, ...], said: str
) -> None:
    screening = screen(knowledge, practice())

    def verdict(place: int) -> VerdictName:
        return "requise" if place in required else "a_examiner" if place in unsure else "non_requise"

    entries = tuple(
        replace(one, entry=msgspec.structs.replace(one.entry, title="ABC"[place]), verdict=verdict(place))
        for place, one in enumerate(screening.entries[:3])
    )
    assert wording.screened(replace(screening, entries=entries)) == said


async def test_the_questions_of_the_threshold_are_answered_in_one_form(
    browser: Browser, records: Records, knowledge: Knowledge
) -> None:
    settle(records, {name: None for name in PLAIN if name.startswith("aipd_seuil.")})
    page = await browser.open("/analyse-impact")
    check(page)
    assert "4 questions à répondre" in words(page) and 'href="#q-usages-place"' in page
    page = await browser.post("/analyse-impact", {
        "action": "questions", "particuliers": "aucune", "usages": ["score", "exclusion"], "innovations": "?",
    })  # fmt: skip
    check(page)
    recorded = file(records, knowledge).recorded
    assert recorded["aipd_seuil.particuliers"] == Answer.given(("aucune",))
    assert recorded["aipd_seuil.usages"] == Answer.given(("score", "exclusion"))
    assert recorded["aipd_seuil.innovations"] == UNKNOWN
    # What was not answered stays open, and says so.
    assert "aipd_seuil.profilage_salaries" not in recorded
    assert "1 question à répondre" in words(page)
    assert "Noter des patients sort de la seule prise en charge." in words(
        part(page, f"fiche-{RECORDS_ENTRY}")
    )


async def test_bad_answers_are_told_and_keep_the_good_ones(
    browser: Browser, records: Records, knowledge: Knowledge
) -> None:
    settle(records, {"aipd_seuil.usages": None, "aipd_seuil.innovations": None})
    await browser.open("/analyse-impact")
    page = await browser.post("/analyse-impact", {
        "action": "questions", "particuliers": "genetique", "usages": ["aucun", "score"],
        "innovations": ["?", "robot"], "profilage_salaries": ["oui", "non"],
    })  # fmt: skip
    check(page)
    assert browser.response.status == 422
    read = words(page)
    assert texts.exclusive("Rien de tout cela") in read and texts.exclusive("Je ne sais pas") in read
    assert texts.ONE_CHOICE in read
    for name, value in (
        ("usages", "score"),
        ("usages", "aucun"),
        ("innovations", "robot"),
        ("innovations", r"\?"),
    ):
        assert re.search(rf'name="{name}" value="{value}" checked', page)
    recorded = file(records, knowledge).recorded
    assert recorded["aipd_seuil.particuliers"] == Answer.given(("genetique",))
    assert "aipd_seuil.usages" not in recorded and "aipd_seuil.innovations" not in recorded
    assert recorded["aipd_seuil.profilage_salaries"] == Answer.given(False)
    await browser.post("/analyse-impact", {"action": "questions", "usages": "ailleurs"})
    assert browser.response.status == 422


async def test_answers_given_elsewhere_are_asked_for_where_they_are(
    browser: Browser, records: Records, knowledge: Knowledge
) -> None:
    settle(records, {"profil.mode_exercice": "?"})
    article = part(await browser.open("/analyse-impact"), f"fiche-{RECORDS_ENTRY}")
    assert 'name="modify" value="profil.mode_exercice"' in article


async def test_an_assessment_is_begun_once(browser: Browser, settled: Records, knowledge: Knowledge) -> None:
    await browser.open("/analyse-impact")
    page = await browser.post("/analyse-impact", {"action": "commencer", "fiche": RECORDS_ENTRY})
    check(page)
    assert "A-2026-001 – " in words(page)
    found = first(settled, knowledge)
    assert (found.record.kind, found.dossier.entry.id, found.open) == ("assessment", RECORDS_ENTRY, True)
    await browser.post("/analyse-impact", {"action": "commencer", "fiche": RECORDS_ENTRY})
    assert len(file(settled, knowledge).assessments) == 1
    await browser.post("/analyse-impact", {"action": "commencer", "fiche": "facturation"})
    assert [one.dossier.entry.id for one in file(settled, knowledge).assessments] == [
        "facturation",
        RECORDS_ENTRY,
    ]
    assert "Continuer l'analyse A-2026-001" in words(await browser.open("/analyse-impact"))


@pytest.mark.parametrize("fields", [{"action": "commencer", "fiche": "ailleurs"}, {"action": "commencer"}])
async def test_no_assessment_of_what_is_not_in_the_register(
    browser: Browser, settled: Records, knowledge: Knowledge, fields: dict[str, object]
) -> None:
    await browser.open("/analyse-impact")
    await browser.post("/analyse-impact", fields)
    assert browser.response.status == 404 and file(settled, knowledge).assessments == ()


async def test_one_assessment_may_cover_other_entries(
    browser: Browser, large: Records, knowledge: Knowledge
) -> None:
    page = await browser.open("/analyse-impact/1")
    offered = re.findall(r'name="couvre" value="(\w+|\?)"', page)
    required = [
        one.entry.id for one in file(large, knowledge).screening.entries if one.verdict != "non_requise"
    ]
    assert offered == [*(one for one in required if one != RECORDS_ENTRY), "aucune", "?"]
    sent = posted(page, "partie-vue")
    page = await browser.post("/analyse-impact/1", {**sent, "couvre": ["rendez_vous", "aucune"]})
    assert browser.response.status == 422 and texts.exclusive("Aucune autre") in words(page)
    await browser.post("/analyse-impact/1", {**sent, "couvre": ["facturation", "rendez_vous"]})
    assert first(large, knowledge).covers("rendez_vous") and not first(large, knowledge).covers("dmp")
    page = await browser.open("/analyse-impact")
    check(page)
    assert "Couverte par l'analyse A-2026-001" in words(part(page, "fiche-rendez_vous"))
    assert "Couverte" not in words(part(page, "fiche-dmp"))
    # One of its own may be made all the same.
    await browser.post("/analyse-impact", {"action": "commencer", "fiche": "rendez_vous"})
    assert "Continuer l'analyse A-2026-002" in words(
        part(await browser.open("/analyse-impact"), "fiche-rendez_vous")
    )
    document = await browser.client.get("/documents/analyse-impact/1/analyse.docx")
    assert knowledge.dpia.analysis.question("couvre").options["facturation"] in word_text(
        await document.read()
    )


# An assessment


async def test_an_assessment_is_in_the_order_of_the_method_and_prefilled(
    browser: Browser, large: Records, knowledge: Knowledge
) -> None:
    page = await browser.open("/analyse-impact/1")
    check(page)
    order = re.findall(r'id="partie-([\w-]+)"', page)
    assert order == [
        "vue", "donnees", "proportionnalite", "droits", "risque-acces", "risque-modification",
        "risque-disparition", "risque-residuel", "avis", "decision",
    ]  # fmt: skip
    dossier = first(large, knowledge).dossier
    for question in dossier.sheet.asked:
        proposal = dossier.proposal(question.id)
        if question.kind == "text" and proposal:
            assert str(proposal.value).splitlines()[0] in words(page)
    for event in dossier.events:
        shown = words(part(page, f"partie-risque-{event.event.id}"))
        assert knowledge.dpia.risks.risks[event.risk] in shown
        assert all(ground.text in shown for ground in (*event.severity.grounds, *event.likelihood.grounds))
    # A question that nothing is proposed for is asked once, not told again as a gap.
    assert all(
        words(page).count(question.ask) <= 1 for question in dossier.sheet.asked if question.kind == "text"
    )
    assert knowledge.dpia.risks.incomplete in words(page)
    assert first(large, knowledge).recorded.keys() == {"fiche.traitement"}


@pytest.mark.parametrize(
    "name",
    ["vue", "donnees", "proportionnalite", "droits", "risque-acces", "risque-disparition", "risque-residuel"],
)
async def test_saving_a_part_as_it_stands_confirms_exactly_what_is_proposed(
    browser: Browser, large: Records, knowledge: Knowledge, name: str
) -> None:
    before = first(large, knowledge).dossier
    page = await browser.open("/analyse-impact/1")
    sent = posted(page, f"partie-{name}")
    page = await browser.post("/analyse-impact/1", sent)
    check(page)
    recorded = first(large, knowledge).recorded
    # What nothing is proposed for stays open.
    asked = {key for key, value in sent.items() if value and key not in ("partie", "action")}
    assert asked and {key.partition(".")[2] for key in recorded if key.startswith("aipd.")} == asked
    for key in asked:
        assert recorded[f"aipd.{key}"] == before.proposal(key), key
    assert "modifié" not in words(part(page, f"partie-{name}"))
    assert posted(page, f"partie-{name}") == sent


async def test_own_words_take_the_place_of_the_proposal_and_emptied_it_comes_back(
    browser: Browser, large: Records, knowledge: Knowledge
) -> None:
    sent = posted(await browser.open("/analyse-impact/1"), "partie-vue")
    page = await browser.post("/analyse-impact/1", {**sent, "apercu": "Le dossier :\r\n\r\nde nos patients"})
    assert first(large, knowledge).recorded["aipd.apercu"] == Answer.given("Le dossier :\nde nos patients")
    shown = part(page, "partie-vue")
    assert "modifié" in words(shown) and "Ce que Vigie propose" in words(shown)
    assert posted(page, "partie-vue")["apercu"] == "Le dossier\u00a0:\r\nde nos patients"
    # Saved again as it stands, it stays as it was.
    await browser.post("/analyse-impact/1", posted(page, "partie-vue"))
    assert first(large, knowledge).recorded["aipd.apercu"] == Answer.given("Le dossier :\nde nos patients")
    page = await browser.post("/analyse-impact/1", {**sent, "apercu": " "})
    assert "aipd.apercu" not in first(large, knowledge).recorded
    assert posted(page, "partie-vue")["apercu"] == sent["apercu"]


async def test_not_knowing_is_an_answer_everywhere_and_is_listed_as_missing(
    browser: Browser, large: Records, knowledge: Knowledge
) -> None:
    page = await browser.open("/analyse-impact/1")
    sent = posted(page, "partie-vue")
    page = await browser.post("/analyse-impact/1", {**sent, "referentiels.inconnu": "1"})
    check(page)
    assert first(large, knowledge).recorded["aipd.referentiels"] == UNKNOWN
    assert 'href="#q-referentiels-place"' in page
    assert posted(page, "partie-vue")["referentiels.inconnu"] == ["1"]
    sent = {**posted(page, "partie-risque-acces"), "acces_impacts": "?", "acces_gravite": "?"}
    page = await browser.post("/analyse-impact/1", sent)
    recorded = first(large, knowledge).recorded
    assert recorded["aipd.acces_impacts"] == recorded["aipd.acces_gravite"] == UNKNOWN
    # The proposal counts as long as the level is not known.
    assert first(large, knowledge).dossier.events[0].severity.counted == "importante"


async def test_what_cannot_be_taken_is_told_and_loses_nothing(
    browser: Browser, large: Records, knowledge: Knowledge
) -> None:
    long = "mot " * (LONGEST_TEXT // 4) + "fin"
    sent = posted(await browser.open("/analyse-impact/1"), "partie-vue")
    page = await browser.post("/analyse-impact/1", {
        **sent, "apercu": long, "referentiels": "Le nôtre", "referentiels.inconnu": "1",
    })  # fmt: skip
    check(page)
    assert browser.response.status == 422
    told = " ".join(texts.long_text(LONGEST_TEXT + 3, LONGEST_TEXT).split())
    assert told in words(page) and texts.TEXT_AND_UNKNOWN in words(page)
    again = posted(page, "partie-vue")
    assert (
        again["apercu"] == long
        and again["referentiels"] == "Le nôtre"
        and again["referentiels.inconnu"] == ["1"]
    )
    recorded = first(large, knowledge).recorded
    assert "aipd.apercu" not in recorded and "aipd.referentiels" not in recorded
    # The good one of the three is kept, as the page says.
    assert recorded["aipd.responsabilites"] == first(large, knowledge).dossier.proposal("responsabilites")
    assert "Le reste de cette partie est enregistré" in words(part(page, "partie-vue"))
    assert 'id="q-apercu" name="apercu"' in page
    told = 'id="q-apercu"[^>]*aria-invalid="true" autofocus aria-describedby="erreur-q-apercu"'
    assert re.search(told, page)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"acces_impacts": []}, texts.NO_CHOICE),
        ({"acces_impacts": ["?", "fraude"]}, texts.exclusive("Je ne sais pas")),
        ({"acces_gravite": "terrible"}, texts.WRONG_CHOICE),
        ({"acces_vraisemblance": ["limitee", "maximale"]}, texts.ONE_CHOICE),
    ],
)
async def test_a_choice_that_cannot_be_taken_says_why(
    browser: Browser, large: Records, knowledge: Knowledge, fields: dict[str, object], sentence: str
) -> None:
    sent = posted(await browser.open("/analyse-impact/1"), "partie-risque-acces")
    page = await browser.post("/analyse-impact/1", {**sent, **fields})
    check(page)
    assert browser.response.status == 422 and sentence in words(part(page, "partie-risque-acces"))
    (name,) = fields
    recorded = first(large, knowledge).recorded
    assert f"aipd.{name}" not in recorded and "aipd.acces_menaces" in recorded


async def test_what_looks_like_a_patient_is_masked_but_the_practice_may_name_itself(
    browser: Browser, large: Records, knowledge: Knowledge
) -> None:
    sent = posted(await browser.open("/analyse-impact/1"), "partie-vue")
    page = await browser.post("/analyse-impact/1", {
        **sent, "apercu": "Le suivi de Mme Martin", "responsabilites": "Mme Durand, 04 78 00 00 00",
    })  # fmt: skip
    assert "Martin" not in page and texts.MASKED_TEXT in words(page)
    recorded = first(large, knowledge).recorded
    assert recorded["aipd.apercu"] == Answer.given("Le suivi de Mme [nom masqué]")
    assert recorded["aipd.responsabilites"] == Answer.given("Mme Durand, 04 78 00 00 00")


async def retain(browser: Browser, **levels: str) -> str:
    """Retain the same levels after the plan for each event."""
    await browser.open("/analyse-impact/1")
    chosen = {
        f"{event}_{axis}_apres": levels[axis]
        for event in ("acces", "modification", "disparition")
        for axis in ("gravite", "vraisemblance")
    }
    return await browser.post(
        "/analyse-impact/1", {**chosen, "partie": "risque-residuel", "action": "partie"}
    )


async def test_a_risk_that_stays_high_sends_to_the_cnil_and_one_that_does_not_says_so(
    browser: Browser, large: Records, knowledge: Knowledge
) -> None:
    consultation = knowledge.dpia.risks.consultation
    page = await retain(browser, gravite="maximale", vraisemblance="importante")
    check(page)
    assert consultation.title in words(page) and consultation.text in words(page)
    assert 'class="deadline late"' in page
    page = await retain(browser, gravite="limitee", vraisemblance="limitee")
    assert consultation.title not in words(page) and knowledge.dpia.risks.no_consultation in words(page)
    assert 'class="deadline"' in page


async def test_a_measure_that_is_planned_lowers_what_is_left(
    browser: Browser, records: Records, knowledge: Knowledge
) -> None:
    settle(records, {
        **LARGE, "securite.mots_de_passe": "gestionnaire", "securite.chiffrement": False,
        "securite.mises_a_jour": True, "securite.acces": ("cps",),
    })  # fmt: skip
    begin(records)
    page = await browser.open("/analyse-impact/1")
    assert 'href="/mesures#mesure-sec-chiffrement"' in page
    assert posted(page, "partie-risque-residuel")["acces_vraisemblance_apres"] == ["importante"]
    with records.unit() as unit:
        planned = Decision("planned", date(2027, 1, 31))
        unit.decisions.save_measure(unit.practices.only(), "sec-chiffrement", planned)
    page = await browser.open("/analyse-impact/1")
    assert posted(page, "partie-risque-residuel")["acces_vraisemblance_apres"] == ["limitee"]
    assert "prévu le 31 janvier 2027" in words(page)


async def test_the_opinions_are_asked_as_they_apply(
    browser: Browser, large: Records, knowledge: Knowledge
) -> None:
    page = await browser.open("/analyse-impact/1")
    assert 'id="q-avis_dpo"' not in page and 'id="q-sans_avis"' not in page
    page = await browser.post(
        "/analyse-impact/1", {"partie": "avis", "action": "partie", "personnes_consultees": "non"}
    )
    assert 'id="q-sans_avis"' in page and 'id="q-avis_personnes"' not in page
    page = await browser.post("/analyse-impact/1", {
        "partie": "decision", "action": "partie", "decision": "valider", "decideur": "Dr Durand, gérante",
    })  # fmt: skip
    assert "Décision notée le 24/11/2026" in words(page)
    with large.unit() as unit:
        unit.answers.save(unit.practices.only(), "profil.dpo", Answer.given(True))
    assert 'id="q-avis_dpo"' in await browser.open("/analyse-impact/1")


async def test_the_register_and_the_panel_say_where_it_stands(
    browser: Browser, large: Records, knowledge: Knowledge
) -> None:
    page = await browser.open("/registre")
    check(page)
    for one in file(large, knowledge).screening.entries:
        assert f"Analyse d'impact : {one.title.lower()}" in words(part(page, f"fiche-{one.entry.id}"))
        assert f'href="/analyse-impact#fiche-{one.entry.id}"' in page
    panel = (await browser.open("/")).partition('id="panel"')[2]
    assert 'href="/analyse-impact/1"' in panel and "Analyse d'impact en cours" in words(panel)
    await browser.open("/analyse-impact/1")
    await browser.post("/analyse-impact/1", {"action": "clore"})
    assert 'href="/analyse-impact/1"' not in await browser.open("/")


async def test_closing_and_opening_again(browser: Browser, large: Records, knowledge: Knowledge) -> None:
    sent = posted(await browser.open("/analyse-impact/1"), "partie-vue")
    page = await browser.post("/analyse-impact/1", {"action": "clore"})
    check(page)
    assert not first(large, knowledge).open and "close le 24/11/2026" in words(page)
    assert 'value="partie"' not in page and "disabled" in page
    # From a tab that was opened before: what was typed is not lost, and nothing is recorded.
    page = await browser.post("/analyse-impact/1", {**sent, "apercu": "Encore"})
    assert browser.response.status == 422 and texts.CLOSED_ASSESSMENT in words(page)
    assert posted(page, "partie-vue")["apercu"] == "Encore"
    assert "aipd.apercu" not in first(large, knowledge).recorded
    assert "Relire l'analyse A-2026-001" in words(await browser.open("/analyse-impact"))
    await browser.open("/analyse-impact/1")
    await browser.post("/analyse-impact/1", {"action": "rouvrir"})
    assert first(large, knowledge).open


async def test_an_activity_that_is_no_longer_there_keeps_its_assessment(
    browser: Browser, records: Records, knowledge: Knowledge
) -> None:
    settle(records, RESEARCH)
    begin(records, "recherches", apercu=Answer.given("Notre étude"))
    assert "Notre étude" in await browser.open("/analyse-impact/1")
    with records.unit() as unit:
        unit.answers.save(unit.practices.only(), "profil.outils", Answer.given(("site_internet",)))
    page = await browser.open("/analyse-impact/1")
    check(page)
    assert "ne figure plus dans votre registre" in words(page) and "Notre étude" in page
    page = await browser.open("/analyse-impact")
    check(page)
    title = first(records, knowledge).dossier.entry.title
    assert f"qui ne sont plus au registre A-2026-001 – {title}" in words(page)


@pytest.mark.parametrize("path", ["/analyse-impact/2", "/analyse-impact/0", "/analyse-impact/x"])
async def test_an_assessment_that_is_not_there_is_not_found(
    browser: Browser, large: Records, path: str
) -> None:
    await browser.open(path)
    assert browser.response.status == 404


async def test_the_assessment_of_another_practice_is_not_found(
    browser: Browser, records: Records, knowledge: Knowledge
) -> None:
    await browser.open("/")
    with records.unit() as unit:
        other = unit.practices.create()
    begin(records, owner=other)
    for path in (
        "/analyse-impact/1",
        "/documents/analyse-impact/1/analyse.pdf",
        "/documents/analyse-impact/1/pia.json",
    ):
        await browser.open(path)
        assert browser.response.status == 404
    await browser.open("/")
    await browser.post("/analyse-impact/1", {"action": "clore"})
    assert browser.response.status == 404
    with records.unit() as unit:
        assert unit.cases.all(other, "assessment")[0].status == "open"


async def test_what_nobody_offers_is_refused(browser: Browser, large: Records) -> None:
    await browser.open("/analyse-impact/1")
    for path, fields in (
        ("/analyse-impact/1", {"action": "effacer"}),
        ("/analyse-impact/1", {"action": "partie", "partie": "ailleurs"}),
        ("/analyse-impact", {"action": "effacer"}),
        ("/analyse-impact", {}),
    ):
        await browser.post(path, fields)
        assert browser.response.status == 400
    for path in ("/analyse-impact", "/analyse-impact/1"):
        await browser.post(path, {"action": "clore", "csrf": "x"})
        assert browser.response.status == 403


async def test_erasing_erases_assessments_too(browser: Browser, large: Records, knowledge: Knowledge) -> None:
    assert "1 analyse d'impact" in words(await browser.open("/effacer"))
    await browser.post("/effacer")
    assert (
        file(large, knowledge).assessments == ()
        and "aipd_seuil.usages" not in file(large, knowledge).recorded
    )


async def test_what_is_typed_is_never_html(browser: Browser, records: Records) -> None:
    settle(records, {**LARGE, "profil.nom": "<script>alert(1)</script>"})
    begin(records, apercu=Answer.given("</textarea><script>alert(2)</script>"))
    for path in ("/analyse-impact", "/analyse-impact/1"):
        page = await browser.open(path)
        assert "<script>alert" not in page
        check(page)


# What is taken away


async def test_the_files_say_what_the_pages_say(
    browser: Browser, large: Records, knowledge: Knowledge
) -> None:
    begin(large, "facturation")
    sent = posted(await browser.open("/analyse-impact/1"), "partie-vue")
    await browser.post("/analyse-impact/1", {**sent, "apercu": "Nos dossiers communs"})
    bodies = {}
    for path, kind, name in (
        ("/documents/analyse-impact.pdf", "application/pdf", "note-de-seuil-2026-11-24.pdf"),
        ("/documents/analyse-impact.docx", "vnd.openxmlformats", "note-de-seuil-2026-11-24.docx"),
        ("/documents/analyse-impact/1/analyse.pdf", "application/pdf", "analyse-impact-A-2026-001.pdf"),
        ("/documents/analyse-impact/1/analyse.docx", "vnd.openxmlformats", "analyse-impact-A-2026-001.docx"),
        ("/documents/analyse-impact/1/pia.json", "application/json", "pia-A-2026-001.json"),
    ):
        response = await browser.client.get(path)
        assert response.status == 200 and kind in response.headers["Content-Type"]
        assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        bodies[name] = await response.read()
    note = pdf_text(bodies["note-de-seuil-2026-11-24.pdf"])
    assert "Analyses attendues" in note and file(large, knowledge).officer.title in note
    assert "Nos dossiers communs" in pdf_text(bodies["analyse-impact-A-2026-001.pdf"])
    assert "Nos dossiers communs" in word_text(bodies["analyse-impact-A-2026-001.docx"])
    told = json.loads(bodies["pia-A-2026-001.json"])
    assert {one["reference_to"]: one["data"]["text"] for one in told["answers"]}[
        111
    ] == "Nos dossiers communs"


async def test_there_is_no_note_without_a_register(browser: Browser) -> None:
    response = await browser.client.get("/documents/analyse-impact.pdf")
    assert response.status == 404


async def test_a_closed_assessment_keeps_its_version_whatever_the_register_becomes(
    browser: Browser, large: Records, knowledge: Knowledge
) -> None:
    where, kept = "/analyse-impact/1", "/documents/analyse-impact/1/decision-1.pdf"
    assert kept not in await browser.open(where)
    await browser.open(kept)
    assert browser.response.status == 404
    await browser.open(where)
    page = await browser.post(where, {"action": "clore"})
    assert f'href="{kept}"' in page and "Télécharger la version décidée le 24/11/2026" in words(page)
    assert knowledge.dpia.form.review.text not in words(page)
    decided = await (await browser.client.get(kept)).read()
    with large.unit() as unit:
        unit.answers.save(unit.practices.only(), "profil.logiciel", Answer.given("Logiciel Neuf"))
    page = await browser.open(where)
    check(page)
    read = words(page)
    assert "À revoir." in read and plain(knowledge.dpia.form.review.text) in read
    assert re.search(r"Logiciels et applications.*Ajouté : [^.]*Logiciel Neuf", read)
    assert "à revoir" in words(part(await browser.open("/analyse-impact"), f"fiche-{RECORDS_ENTRY}"))
    # What was decided is the same to the byte; what it would say now is another document.
    assert await (await browser.client.get(kept)).read() == decided
    now = await (await browser.client.get("/documents/analyse-impact/1/analyse.pdf")).read()
    assert "Logiciel Neuf" in pdf_text(now) and "Logiciel Neuf" not in pdf_text(decided)


async def test_of_an_assessment_that_was_closed_without_a_version_the_page_says_so(
    browser: Browser, large: Records
) -> None:
    with large.unit() as unit:
        (record,) = unit.cases.all(unit.practices.only(), "assessment")
        unit.cases.close(record.id)
    page = await browser.open("/analyse-impact/1")
    check(page)
    assert "n'a pas été gardée" in words(page)
