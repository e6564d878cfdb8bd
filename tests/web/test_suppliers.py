"""The list of suppliers and the page of each, over the real page, knowledge, reader and finder."""

from __future__ import annotations

import html
import io
import re
from pathlib import Path
from random import Random

import docx
import pytest
from aiohttp import FormData
from jinja2 import Environment
from odfdo import Document
from pypdf import PdfReader
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.compliance.answers import UNKNOWN, Answer
from bot.knowledge import Knowledge, load
from bot.records import PracticeFile, Records, tables
from bot.records.practice_file import ContractFile
from bot.uploads import MOST_BYTES
from bot.uploads.texts import REFUSALS, SILENT
from bot.web import texts
from bot.web.rendering import environment
from bot.web.typography import plain
from tests.uploads import files
from tests.web.conftest import Browser
from tests.web.test_breach_downloads import download
from tests.web.test_pages import check

SAMPLES = Path(__file__).parent.parent / "language" / "contracts"
TERMS = (SAMPLES / "plateforme_cgu.txt").read_text("utf-8")
#: What a practice answers that takes appointments with Doctolib, under terms accepted online.
INTERVIEW = {
    "profil.nom": Answer.given("Dr Camille Durand"),
    "profil.mode_exercice": Answer.given("seul"),
    "profil.rendez_vous": Answer.given(True),
    "rendez_vous.canaux": Answer.given(("telephone", "en_ligne")),
    "rendez_vous.prestataire": Answer.given("Doctolib"),
    "rendez_vous.contrat": Answer.given(True),
}


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load()


@pytest.fixture(scope="session")
def templates(knowledge: Knowledge) -> Environment:
    """Templates of their own: those of the other tests are over the small knowledge."""
    return environment(knowledge)


@pytest.fixture
def practice(records: Records) -> Records:
    """A practice whose interview names one supplier."""
    with records.unit() as unit:
        for question, answer in INTERVIEW.items():
            unit.answers.save(unit.practices.only(), question, answer)
    return records


def add(records: Records, practice: int | None = None, **told: object) -> int:
    """The number of a new supplier with these answers; « ? » is « je ne sais pas »."""
    with records.unit() as unit:
        record = unit.cases.open(practice or unit.practices.only(), "contract")
        for question, value in told.items():
            answer = UNKNOWN if value == "?" else Answer.given(value)  # type: ignore[arg-type]
            unit.cases.save(record.id, f"contrat.{question}", answer)
        return record.number


@pytest.fixture
def signed(practice: Records) -> Records:
    """The same, with a contract to check."""
    add(practice, genre="rendez_vous", nom="Doctolib", existe="conditions")
    return practice


def file(records: Records, knowledge: Knowledge) -> PracticeFile:
    with records.unit() as unit:
        return PracticeFile.read(unit, knowledge, unit.practices.only())


def first(records: Records, knowledge: Knowledge, number: int = 1) -> ContractFile:
    found = file(records, knowledge).contract(number)
    assert found is not None
    return found


def states(records: Records, knowledge: Knowledge) -> dict[str, str]:
    """How each clause of the first contract stands."""
    return {one.clause.id: one.state for one in first(records, knowledge).dossier.clauses}


def rows(records: Records) -> int:
    """How many rows there are on any case."""
    kept = (tables.CaseRow, tables.CaseAnswerRow, tables.ContractReadingRow, tables.ContractFindingRow)
    with Session(records.engine) as session:
        return sum(session.scalar(select(func.count()).select_from(table)) or 0 for table in kept)


def words(page: str) -> str:
    """What is read on a page, on one line."""
    return " ".join(plain(html.unescape(re.sub(r"<[^>]+>", " ", page))).split())


def checked(page: str, name: str) -> list[str]:
    """The values of the fields of that name that are ticked."""
    return re.findall(rf'name="{name}" value="([^"]*)" checked', page)


async def give(
    browser: Browser, name: str = "", content: bytes = b"", text: str = "", csrf: str = "", **more: str
) -> str:
    """Post a contract as the page's form does."""
    token = re.search(r'name="csrf" value="(\w+)"', browser.page)
    form = FormData()
    form.add_field("csrf", csrf or (token[1] if token else ""))
    form.add_field("text", text)
    form.add_field("fichier", content, filename=name, content_type="application/octet-stream")
    for field, value in more.items():
        form.add_field(field, value)
    browser.response = await browser.client.post("/prestataires/1/contrat", data=form)
    return await browser.response.text()


# --- The list ---


async def test_the_list_is_fed_by_the_interview(browser: Browser, practice: Records) -> None:
    page = await browser.open("/prestataires")
    check(page)
    read = words(page)
    assert "Doctolib sous-traitant Service de rendez-vous en ligne." in read
    assert "Il tient votre agenda pour vous" in read and "Certificat HDS à vérifier" in read
    assert "Lieu pas encore demandé" in read
    assert "/documents/prestataires.pdf" in page and "/documents/prestataires.ods" in page


async def test_an_empty_list_says_how_it_fills(browser: Browser) -> None:
    page = await browser.open("/prestataires")
    check(page)
    assert "ne nomment encore aucun prestataire" in words(page) and "prestataires.pdf" not in page


async def test_opening_one_of_the_interview_notes_what_was_said(
    browser: Browser, practice: Records, knowledge: Knowledge
) -> None:
    await browser.open("/prestataires")
    page = await browser.post(
        "/prestataires", {"action": "ouvrir", "genre": "rendez_vous", "nom": "Doctolib"}
    )
    check(page)
    assert browser.response.url.path == "/prestataires/1"
    assert first(practice, knowledge).recorded == {
        "contrat.genre": Answer.given("rendez_vous"),
        "contrat.nom": Answer.given("Doctolib"),
        "contrat.existe": Answer.given("conditions"),
    }
    assert checked(page, "q-existe") == ["conditions"] and "reprise de l'entretien" in words(page)
    # It is the same supplier: asked for again, it has its page already.
    await browser.post("/prestataires", {"action": "ouvrir", "genre": "rendez_vous", "nom": "Doctolib"})
    assert len(file(practice, knowledge).contracts) == 1
    assert len(file(practice, knowledge).suppliers) == 1


async def test_one_is_added_by_hand_and_removed(
    browser: Browser, practice: Records, knowledge: Knowledge
) -> None:
    await browser.open("/prestataires")
    page = await browser.post(
        "/prestataires", {"action": "ajouter", "genre": "destruction", "nom": "  Broie  Tout "}
    )
    check(page)
    assert browser.response.url.path == "/prestataires/1" and "Broie Tout" in page
    read = words(await browser.open("/prestataires"))
    assert "Broie Tout" in read and "Ajouté par vous." in read
    page = await browser.post("/prestataires/1", {"action": "retirer"})
    assert texts.SUPPLIER_REMOVED in words(page) and "Broie Tout" not in page
    assert rows(practice) == 0


async def test_removing_one_of_the_interview_leaves_it_in_the_list(browser: Browser, signed: Records) -> None:
    await browser.open("/prestataires/1")
    page = await browser.post("/prestataires/1", {"action": "retirer"})
    assert "Doctolib" in page and 'href="/prestataires/1"' not in page


async def test_a_name_given_later_in_the_interview_or_on_the_page_makes_no_second_one(
    practice: Records, knowledge: Knowledge
) -> None:
    with practice.unit() as unit:
        unit.answers.save(unit.practices.only(), "rendez_vous.prestataire", UNKNOWN)
    add(practice, genre="rendez_vous", nom="Doctolib")
    (one,) = file(practice, knowledge).suppliers
    assert one.told and one.case and one.title == "Doctolib"


async def test_another_supplier_of_the_same_kind_stands_beside_it(
    signed: Records, knowledge: Knowledge
) -> None:
    with signed.unit() as unit:
        unit.answers.save(unit.practices.only(), "rendez_vous.prestataire", Answer.given("Maiia"))
    told, added = file(signed, knowledge).suppliers
    assert (told.title, told.case) == ("Maiia", None) and (added.title, added.told) == ("Doctolib", None)


@pytest.mark.parametrize("name", ["", "x" * 201])
async def test_what_cannot_be_added_is_told_and_kept_in_the_form(
    browser: Browser, practice: Records, knowledge: Knowledge, name: str
) -> None:
    await browser.open("/prestataires")
    page = await browser.post("/prestataires", {"action": "ajouter", "genre": "", "nom": name})
    assert browser.response.status == 422 and f'value="{name}"' in page
    check(page)
    assert (texts.LONG_NAME if name else texts.NO_SUPPLIER) in words(page)
    assert 'id="nom"' in page and 'aria-describedby="erreur-nom"' in page
    assert file(practice, knowledge).contracts == ()


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"action": "ouvrir", "genre": "banque", "nom": ""}, 404),
        ({"action": "ajouter", "genre": "inventé", "nom": "X"}, 400),
        ({"action": "effacer"}, 400),
        ({}, 400),
    ],
)
async def test_what_nobody_offers_is_refused(
    browser: Browser, practice: Records, knowledge: Knowledge, fields: dict[str, object], status: int
) -> None:
    await browser.open("/prestataires")
    await browser.post("/prestataires", fields)
    assert browser.response.status == status and file(practice, knowledge).contracts == ()


# --- One supplier, by questions ---


async def test_the_page_goes_from_the_verdict_to_the_letter(browser: Browser, signed: Records) -> None:
    page = await browser.open("/prestataires/1")
    check(page)
    read = words(page)
    places = [
        read.index(text)
        for text in (
            "Doctolib sous-traitant", "Où en est le contrat", "Des points restent à vérifier",
            "Vigie ne dit jamais qu'un contrat est conforme", "Dans votre plan d'action",
            "Son rôle : sous-traitant", "Pourquoi", "Données de santé et pays", "Ce que vous en savez",
            "Son contrat, point par point",
            "Donner le contrat à lire", "Article 28(1) et 28(10)", "Écrire au prestataire",
            "Lettre au prestataire",
            "Avenant de sous-traitance (modèle)", "Retirer ce prestataire",
        )
    ]  # fmt: skip
    assert places == sorted(places)
    assert page.count('class="point"') == 19 and 'data-copy="texte-lettre"' in page


async def test_every_point_is_answered_in_one_submit(
    browser: Browser, signed: Records, knowledge: Knowledge
) -> None:
    await browser.open("/prestataires/1")
    clauses = [clause.id for clause in knowledge.processors.clauses.clauses]
    answers = dict.fromkeys(clauses, "presente") | {
        "fin": "absente",
        "securite": "floue",
        "audits": "inconnu",
    }
    page = await browser.post(
        "/prestataires/1", {"action": "repondre", **{f"q-{name}": value for name, value in answers.items()}}
    )
    check(page)
    assert {name: value for name in clauses for value in checked(page, f"q-{name}")} == answers
    found = states(signed, knowledge)
    assert (found["fin"], found["securite"], found["audits"]) == ("absente", "floue", "inconnue")
    assert set(found.values()) == {"presente", "absente", "floue", "inconnue"}
    read = words(page)
    assert (
        "Le contrat est à compléter" in read
        and "À compléter (2) : Sécurité ; Sort des données à la fin" in read
    )
    # The letter asks for these, and for what nobody found.
    letter = words(page.partition('id="texte-lettre"')[2].partition("</div>")[0])
    assert letter.count("(article 28(") == 3
    assert 'href="/mesures#mesure-sst-clauses"' in page
    assert "Le contrat de Doctolib est à compléter" in words(await browser.open("/mesures"))


async def test_all_points_seen_is_still_not_compliant(
    browser: Browser, signed: Records, knowledge: Knowledge
) -> None:
    await browser.open("/prestataires/1")
    fields = {f"q-{clause.id}": "presente" for clause in knowledge.processors.clauses.clauses}
    more = {"q-hds_vu": "a_jour", "q-lieu": "france", "q-acces_exterieur": "non", "q-buts_propres": "non"}
    page = await browser.post("/prestataires/1", {"action": "repondre", **fields, **more})
    read = words(page)
    assert "Tous les points attendus sont repérés" in read and "Vigie ne dit jamais" in read
    assert not re.search(r"contrat (?:est )?conforme", read.replace("qu'un contrat est conforme", ""))
    assert 'id="lettre"' not in page and "Dans votre plan d'action" not in read


async def test_general_answers_of_each_kind_are_kept(
    browser: Browser, signed: Records, knowledge: Knowledge
) -> None:
    await browser.open("/prestataires/1")
    sent = {
        "q-nom": " Doctolib  SAS ", "q-date_contrat": "2016-05-02", "q-lieu": ["france", "etats_unis"],
        "q-acces_exterieur": "oui", "q-buts_propres": "inconnu", "q-hds_vu": "pas_vu",
    }  # fmt: skip
    page = await browser.post("/prestataires/1", {"action": "repondre", **sent})
    check(page)
    recorded = first(signed, knowledge).recorded
    assert recorded["contrat.nom"] == Answer.given("Doctolib SAS")
    assert recorded["contrat.date_contrat"] == Answer.given("2016-05-02")
    assert recorded["contrat.lieu"] == Answer.given(("france", "etats_unis"))
    assert recorded["contrat.acces_exterieur"] == Answer.given(True)
    assert recorded["contrat.buts_propres"] == UNKNOWN
    # The safeguard of the transfer is asked once it applies; the contract is older than the RGPD.
    assert 'name="q-garantie"' in page and "25 mai 2018" in words(page)
    await browser.post("/prestataires/1", {"action": "repondre", "q-date_contrat": ""})
    assert "contrat.date_contrat" not in first(signed, knowledge).recorded


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"q-date_contrat": "bientôt"}, "date_contrat", texts.NO_CONTRACT_DAY),
        ({"q-date_contrat": "2026-11-25"}, "date_contrat", texts.FUTURE_CONTRACT_DAY),
        ({"q-nom": "x" * 201}, "nom", texts.LONG_NAME),
        ({"q-lieu": ["france", "inconnu"]}, "lieu", texts.KNOWN_OR_NOT),
    ],
)
async def test_what_cannot_be_taken_is_told_and_the_rest_is_kept(
    browser: Browser,
    signed: Records,
    knowledge: Knowledge,
    fields: dict[str, object],
    field: str,
    sentence: str,
) -> None:
    await browser.open("/prestataires/1")
    page = await browser.post("/prestataires/1", {"action": "repondre", "q-hds_vu": "a_jour", **fields})
    assert browser.response.status == 422 and sentence in words(page)
    check(page)
    assert page.count("aria-invalid") == 1 and f'aria-describedby="erreur-q-{field}"' in page
    if isinstance(typed := fields[f"q-{field}"], str):
        assert f'value="{typed}"' in page
    assert first(signed, knowledge).recorded["contrat.hds_vu"] == Answer.given("a_jour")
    before = first(signed, knowledge).recorded.get(f"contrat.{field}")
    assert before == (Answer.given("Doctolib") if field == "nom" else None)


@pytest.mark.parametrize(
    "fields",
    [
        {"action": "repondre", "q-fin": "conforme"},
        {"action": "repondre", "q-acces_exterieur": "peut-être"},
        {"action": "clore"},
        {},
    ],
)
async def test_an_answer_or_action_that_nobody_offers_is_refused(
    browser: Browser, signed: Records, knowledge: Knowledge, fields: dict[str, object]
) -> None:
    await browser.open("/prestataires/1")
    before = first(signed, knowledge).recorded
    await browser.post("/prestataires/1", {"q-hds_vu": "a_jour", **fields})
    assert browser.response.status == 400 and first(signed, knowledge).recorded == before


async def test_who_is_no_processor_has_no_contract_to_check(
    browser: Browser, practice: Records, knowledge: Knowledge
) -> None:
    add(practice, genre="laboratoire", nom="Labo du Parc")
    page = await browser.open("/prestataires/1")
    check(page)
    assert "Aucun contrat de sous-traitance n'est demandé" in words(page)
    assert 'id="contrat"' not in page and 'id="lettre"' not in page
    await give(browser, text=TERMS)
    assert browser.response.status == 422 and first(practice, knowledge).reading is None


async def test_one_whose_kind_nobody_knows_shows(browser: Browser, practice: Records) -> None:
    add(practice)
    for path in ("/prestataires", "/prestataires/1", "/"):
        check(await browser.open(path))
        assert browser.response.status == 200
    assert "Prestataire à préciser" in words(await browser.open("/prestataires/1"))


async def test_its_buttons_lead_to_the_conversation(browser: Browser, signed: Records) -> None:
    for fields, heard in (
        ({}, '/suivre_contrat{"contrat": "1"}'),
        ({"complete": "1"}, '/completer_contrat{"contrat": "1"}'),
    ):
        await browser.open("/prestataires/1")
        await browser.post("/messages", {"case": "contrat", "number": "1", **fields})
        assert browser.last_heard == heard


# --- The contract itself ---


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["paste", "txt", "docx", "pdf"])
async def test_a_contract_is_read_and_each_point_is_to_be_confirmed(
    browser: Browser, signed: Records, knowledge: Knowledge, kind: str
) -> None:
    await browser.open("/prestataires/1")
    paragraphs = [line for line in TERMS.splitlines() if line.strip()]
    contents = {
        "txt": lambda: TERMS.encode(),
        "docx": lambda: files.word(*paragraphs),
        "pdf": lambda: files.pdf(
            "\n\n".join(re.sub(r"([#$*_@<>\\=~`+/-])", r"\\\1", one) for one in paragraphs)
        ),
    }
    if kind == "paste":
        page = await give(browser, text=TERMS)
    else:
        page = await give(browser, f"contrat.{kind}", contents[kind]())
    check(page)
    read = words(page)
    assert texts.CONTRACT_READ in read and "Contrat lu le 24/11/2026" in read
    assert "9.4 Le traitement dure autant que l'abonnement." in read.replace("’", "'")
    assert "DONNÉES PERSONNELLES, paragraphe" in read and "Confiance de Vigie :" in read
    assert "Pas trouvé. Ce point peut être écrit autrement" in read
    found = states(signed, knowledge)
    # What was only found settles nothing, and what was not found is not absent.
    assert set(found.values()) == {"a_confirmer", "non_trouvee"}
    assert "page 1, " in read.lower() if kind == "pdf" else "page 1, " not in read.lower()
    # No more of the text is kept than what is quoted.
    one = first(signed, knowledge)
    assert one.reading and one.reading.text == "" and "Le texte gardé" not in page
    with signed.engine.connect() as connection:
        kept = "".join(str(row) for row in connection.exec_driver_sql("SELECT * FROM contract_reading"))
        kept += "".join(
            str(row) for row in connection.exec_driver_sql("SELECT passage FROM contract_finding")
        )
    assert "129 euros" not in kept


@pytest.mark.slow
async def test_the_practitioner_decides_on_each_passage(
    browser: Browser, signed: Records, knowledge: Knowledge
) -> None:
    await browser.open("/prestataires/1")
    await give(browser, text=TERMS)
    found = first(signed, knowledge).dossier.findings
    assert all(found[name].passage for name in ("duree", "donnees", "fin", "securite", "violations"))
    sent = {
        "q-duree": "presente", "q-donnees": "floue", "q-fin": "absente", "q-securite": "ecarte",
        "q-violations": "inconnu",
    }  # fmt: skip
    await browser.open("/prestataires/1")
    page = await browser.post("/prestataires/1", {"action": "repondre", **sent})
    assert [checked(page, name) for name in sent] == [[value] for value in sent.values()]
    now = states(signed, knowledge)
    assert [now[name.removeprefix("q-")] for name in sent] == [
        "presente", "floue", "absente", "non_trouvee", "a_confirmer",
    ]  # fmt: skip
    decisions = {name: one.decision for name, one in first(signed, knowledge).dossier.findings.items()}
    assert (decisions["duree"], decisions["donnees"], decisions["fin"]) == (
        "confirmed",
        "unclear",
        "rejected",
    )
    # A contract that is given later keeps what was answered.
    await give(browser, text="Article 1 – Objet\nLe prestataire héberge les données pour gérer les dossiers.")
    assert states(signed, knowledge)["duree"] == "presente"


@pytest.mark.slow
async def test_the_text_is_kept_only_when_asked_and_is_erased(
    browser: Browser, signed: Records, knowledge: Knowledge
) -> None:
    await browser.open("/prestataires/1")
    page = await give(browser, text=f"{TERMS}\nSon numéro : 2 84 05 75 111 222 33.", garder="1")
    assert "Le texte gardé" in page and "129 euros" in page
    reading = first(signed, knowledge).reading
    assert reading and "129 euros" in reading.text and "84 05 75" not in reading.text
    await browser.open("/prestataires/1")
    page = await browser.post("/prestataires/1", {"action": "oublier"})
    assert texts.TEXT_ERASED in words(page) and "129 euros" not in page
    assert "9.4 Le traitement dure" in words(page)
    with signed.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT text FROM contract_reading").scalar() == ""


@pytest.mark.slow
async def test_a_contract_that_is_given_exists(
    browser: Browser, practice: Records, knowledge: Knowledge
) -> None:
    add(practice, genre="hebergement", nom="Nuage SA", existe="non")
    await browser.open("/prestataires/1")
    await give(browser, text=TERMS)
    assert first(practice, knowledge).recorded["contrat.existe"] == Answer.given("signe")
    assert "absente" not in states(practice, knowledge).values()


@pytest.mark.slow
async def test_a_contract_in_english_and_pages_that_are_images_are_told(
    browser: Browser, signed: Records, knowledge: Knowledge
) -> None:
    await browser.open("/prestataires/1")
    page = await give(browser, "dpa.txt", (SAMPLES / "dpa_english.txt").read_bytes())
    assert plain(knowledge.processors.wordings.english) in words(page)
    page = await give(browser, "scan.pdf", files.partly_scanned())
    assert SILENT.format(pages="2") in words(page) and "en anglais" not in words(page)


HOSTILE = [
    ("contrat.pdf", files.scan, "numerise"),
    ("contrat.pdf", files.locked, "chiffre"),
    ("contrat.pdf", lambda: files.word("Le prestataire garde le secret."), "autre_contenu"),
    ("contrat.docx", lambda: files.pdf("Le prestataire"), "autre_contenu"),
    ("contrat.docx", lambda: files.entity("file:///etc/passwd"), "entites"),
    ("contrat.docx", files.laughs, "entites"),
    ("contrat.docx", lambda: files.docx_bomb(400), "bombe"),
    ("contrat.docx", lambda: b"PK\x03\x04" + b"x" * 100, "abime"),
    ("contrat.docm", lambda: files.word("Le prestataire"), "macros"),
    ("contrat.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "ancien_word"),
    ("../../etc/passwd", lambda: b"root", "format"),
    ("contrat.exe", lambda: b"MZ" * 50, "format"),
    ("contrat.txt", lambda: b"  \n ", "vide"),
    ("contrat.txt", lambda: b"a " * (MOST_BYTES // 2 + 1), "trop_lourd"),
]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "content", "reason"), HOSTILE, ids=[f"{one[2]}-{one[0][-5:]}" for one in HOSTILE]
)
async def test_a_bad_file_is_refused_with_a_sentence_and_loses_nothing(
    browser: Browser, signed: Records, knowledge: Knowledge, name: str, content: object, reason: str
) -> None:
    await browser.open("/prestataires/1")
    page = await give(browser, name, content())  # type: ignore[operator]
    assert browser.response.status == 422
    check(page)
    assert plain(REFUSALS[reason]) in words(page) and "root:" not in page
    assert 'id="fichier"' in page and 'aria-describedby="erreur-fichier"' in page
    one = first(signed, knowledge)
    assert one.reading is None and one.dossier.findings == {}
    assert one.recorded["contrat.existe"] == Answer.given("conditions")


@pytest.mark.slow
async def test_what_was_read_before_a_bad_file_stays(
    browser: Browser, signed: Records, knowledge: Knowledge
) -> None:
    await browser.open("/prestataires/1")
    await give(browser, text=TERMS)
    before = first(signed, knowledge).dossier.findings
    await give(browser, "contrat.pdf", files.scan())
    assert first(signed, knowledge).dossier.findings == before


async def test_nothing_given_or_too_much_pasted_is_told_and_the_text_stays(
    browser: Browser, signed: Records
) -> None:
    await browser.open("/prestataires/1")
    page = await give(browser)
    assert browser.response.status == 422 and texts.NOTHING_GIVEN in words(page)
    long = "Le prestataire garde le secret. " * 13_000
    page = await give(browser, text=long)
    assert browser.response.status == 422 and plain(REFUSALS["trop_de_texte"]) in words(page)
    assert page.count("Le prestataire garde le secret.") == 13_000


@pytest.mark.slow
async def test_only_this_form_may_be_so_large_and_not_without_end(
    browser: Browser, signed: Records, knowledge: Knowledge
) -> None:
    await browser.open("/prestataires/1")
    # More than the other forms may send, less than five megabytes: it is read.
    image = Random(1).randbytes(4_500_000)
    large = files.with_part(files.word("Les données sont chiffrées."), "word/media/image1.png", image)
    await give(browser, "contrat.docx", large)
    assert browser.response.status == 200 and first(signed, knowledge).reading is not None
    await browser.open("/prestataires/1")
    page = await give(browser, "contrat.txt", b"x" * (MOST_BYTES + 3 * 1024**2))
    assert browser.response.status == 413 and plain(REFUSALS["trop_lourd"]) in words(page)
    await browser.open("/prestataires/1")
    await browser.post("/prestataires/1", {"action": "repondre", "q-nom": "x" * (2 * 1024**2 + 1)})
    assert browser.response.status == 413


async def test_a_contract_from_elsewhere_is_refused(
    browser: Browser, other: Browser, signed: Records, knowledge: Knowledge
) -> None:
    await browser.open("/prestataires/1")
    await give(browser, text=TERMS, csrf="x")
    assert browser.response.status == 403
    # Without a session nothing is read at all.
    other.page = browser.page
    await give(other, text=TERMS)
    assert other.response.status == 403
    browser.client.session.headers["Origin"] = "https://ailleurs.example"
    await give(browser, text=TERMS)
    assert browser.response.status == 403 and first(signed, knowledge).reading is None


@pytest.mark.slow
async def test_what_is_typed_or_read_is_never_html(browser: Browser, signed: Records) -> None:
    evil = "<script>alert(1)</script>"
    add(signed, genre="hebergement", nom=evil, existe="signe")
    await browser.open("/prestataires/1")
    page = await give(
        browser,
        text=f"9. Durée {evil}\nLe traitement des données {evil} dure autant que le contrat.",
        garder="1",
    )
    assert "<script>alert" not in page
    for path in ("/prestataires", "/prestataires/1", "/prestataires/2", "/mesures", "/"):
        page = await browser.open(path)
        assert "<script>alert" not in page
        check(page)


# --- Documents, other practices, erasure ---


async def test_its_documents_are_downloaded_and_hold_what_is_shown(browser: Browser, signed: Records) -> None:
    page = await browser.open("/prestataires/1")
    for link in re.findall(r'href="(/documents/[^"]+)"', page):
        assert await download(browser, link) and browser.response.status == 200
    letter = docx.Document(io.BytesIO(await download(browser, "/documents/prestataires/1/lettre.docx")))
    told = [line.text for line in letter.paragraphs]
    assert "Madame, Monsieur," in told and "Doctolib" in told
    pdf = PdfReader(io.BytesIO(await download(browser, "/documents/prestataires/1/avenant.pdf")))
    assert "Doctolib" in "".join(one.extract_text() for one in pdf.pages)
    add(signed, genre="destruction", nom="Broie Tout")
    ods = Document(io.BytesIO(await download(browser, "/documents/prestataires.ods")))
    names = [str(row.cells[0].value) for row in ods.body.tables[0].rows]
    assert names == ["Nom", "Doctolib", "Broie Tout"]
    # Those with whom no contract is asked for come last, as on the page, whenever they were added.
    add(signed, genre="laboratoire", nom="Labo du Parc")
    add(signed, genre="archives", nom="Garde-Papier")
    ods = Document(io.BytesIO(await download(browser, "/documents/prestataires.ods")))
    names = [str(row.cells[0].value) for row in ods.body.tables[0].rows]
    assert names == ["Nom", "Doctolib", "Broie Tout", "Garde-Papier", "Labo du Parc"]


async def test_no_letter_where_nothing_is_to_be_asked(browser: Browser, practice: Records) -> None:
    add(practice, genre="laboratoire", nom="Labo du Parc")
    await browser.open("/prestataires/1")
    for path in ("/documents/prestataires/1/lettre.pdf", "/documents/prestataires/1/avenant.docx"):
        await browser.open(path)
        assert browser.response.status == 404
    await browser.open("/documents/prestataires/7/lettre.pdf")
    assert browser.response.status == 404


async def test_the_supplier_of_another_practice_is_not_found(
    browser: Browser, records: Records, knowledge: Knowledge
) -> None:
    await browser.open("/")
    with records.unit() as unit:
        other = unit.practices.create()
    add(records, other, genre="rendez_vous", nom="Doctolib", existe="signe")
    for path in ("/prestataires/1", "/documents/prestataires/1/lettre.pdf", "/prestataires/9999999999"):
        await browser.open(path)
        assert browser.response.status == 404
    await browser.open("/prestataires")
    await browser.post("/prestataires/1", {"action": "retirer"})
    assert browser.response.status == 404
    await browser.open("/prestataires")
    await give(browser, text=TERMS)
    assert browser.response.status == 404
    with records.unit() as unit:
        assert unit.cases.all(other, "contract")


@pytest.mark.slow
async def test_erasing_erases_suppliers_too(browser: Browser, signed: Records, knowledge: Knowledge) -> None:
    await browser.open("/prestataires/1")
    await give(browser, text=TERMS, garder="1")
    page = await browser.open("/effacer")
    assert "1 prestataire" in words(page)
    await browser.post("/effacer")
    assert rows(signed) == 0
