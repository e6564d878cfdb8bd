"""Turns of the conversation, good and bad."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer

from bot.assistant import Button, Reply
from bot.clock import Clock
from bot.knowledge import Knowledge
from bot.records import Records
from bot.settings import Settings
from bot.web import create_app
from tests.web.conftest import AGENDA, CANAUX, MOTIF, NOM, RECAP, Browser, Scripted, save_answers

FETCH = {"X-Requested-With": "fetch"}


async def test_vigie_speaks_first_and_only_once(browser: Browser) -> None:
    browser.assistant.next = [Reply("Bonjour, je suis Vigie.")]
    assert "Bonjour, je suis Vigie." in await browser.open()
    await browser.open()
    assert [text for _, text in browser.assistant.heard] == ["/bonjour"]


async def test_the_page_says_what_it_is_and_what_it_keeps(browser: Browser) -> None:
    page = await browser.open()
    assert "Vous parlez à un logiciel" in page and "30 jours" in page and "ni nom de patient" in page


async def test_without_the_assistant_the_first_page_still_shows_and_offers_to_retry(browser: Browser) -> None:
    browser.assistant.away = True
    page = await browser.open()
    assert browser.response.status == 503 and "Rechargez la page" in page and "Réessayer" in page
    browser.assistant.away = False
    await browser.open()
    assert browser.response.status == 200
    assert browser.assistant.heard[0][0] != browser.assistant.heard[1][0]


async def test_a_typed_message_and_its_answer_are_kept(browser: Browser) -> None:
    await browser.open()
    await browser.say(Reply("Bien reçu."), text="J'utilise Weda")
    await browser.open()
    assert "J&#39;utilise Weda" in browser.page and "Bien reçu." in browser.page


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("/restart", "restart"),
        ("  //restart", "restart"),
        ("\xa0/restart", "restart"),
        ("/\xa0/ /restart", "restart"),
        ("\u2003/session_start", "session_start"),
        ("\x1f/restart", "restart"),
        ("\u200b/restart", "restart"),
        ('/repondre{"valeur": "oui"}', 'repondre{"valeur": "oui"}'),
        ("a/b", "a/b"),
        ("e\u0301te\u0301", "été"),
        ("deux\r\nlignes", "deux\nlignes"),
        ("so\x00nn\x07ette", "sonnette"),
        ("🙂🙂", "🙂🙂"),
        ("Where is my register?", "Where is my register?"),
    ],
)
async def test_typed_text_arrives_as_plain_text(browser: Browser, written: str, heard: str) -> None:
    await browser.open()
    await browser.say(text=written)
    assert browser.last_heard == heard
    # Rasa strips any blank before it looks for an intent.
    assert not browser.last_heard.strip().startswith("/")


@pytest.mark.parametrize("written", ["", "   ", "\n\n", "\x00\x07", "///", "\u200b", "\xa0"])
async def test_an_empty_message_is_asked_for_again(browser: Browser, written: str) -> None:
    await browser.open()
    heard, kept = len(browser.assistant.heard), len(browser.transcript())
    text = await browser.say(text=written)
    assert browser.response.status == 422 and "Écrivez un message, ou choisissez une réponse." in text
    assert (len(browser.assistant.heard), len(browser.transcript())) == (heard, kept)


async def test_a_message_too_long_stays_in_its_field_and_is_not_kept(browser: Browser) -> None:
    await browser.open()
    kept = len(browser.transcript())
    text = await browser.say(text="é" * 100_000)
    assert browser.response.status == 422
    assert "Votre message compte 100\u202f000 caractères\u00a0; je lis jusqu&#39;à 2\u202f000." in text
    assert "é" * 100_000 in text
    assert len(browser.transcript()) == kept


async def test_as_many_emoji_are_too_long_in_the_same_words(browser: Browser) -> None:
    await browser.open()
    text = await browser.say(text="🙂" * 100_000)
    assert browser.response.status == 422
    assert "Votre message compte 100\u202f000 caractères\u00a0; je lis jusqu&#39;à 2\u202f000." in text


async def test_a_message_beyond_reading_is_refused_in_one_sentence(browser: Browser) -> None:
    await browser.open()
    text = await browser.say(text="x" * 2_200_000)
    assert browser.response.status == 413 and "beaucoup trop long" in text


@pytest.mark.parametrize("body", [b"\xff\xfe=\xff", b"csrf=%ff&text=%00"])
async def test_an_unreadable_form_is_refused_in_one_sentence(browser: Browser, body: bytes) -> None:
    await browser.open()
    headers = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
    response = await browser.client.post("/messages", data=body, headers=headers)
    assert response.status in (400, 403) and "Traceback" not in await response.text()


@pytest.mark.parametrize(
    "kind", ["application/json", "text/plain", "application/x-www-form-urlencoded; charset=x"]
)
async def test_what_is_no_form_is_refused(browser: Browser, kind: str) -> None:
    await browser.open()
    response = await browser.client.post("/messages", data=b"text=bonjour", headers={"Content-Type": kind})
    assert response.status in (400, 403)


async def test_patient_data_is_masked_before_anything_is_stored_or_sent(browser: Browser) -> None:
    await browser.open()
    written = "Mme Dupont, 1 84 12 76 451 089 46, 06 12 34 56 78, dupont@exemple.fr"
    page = await browser.say(text=written)
    database = Path(str(browser.records.url.database))
    stored = b"".join(path.read_bytes() for path in database.parent.glob("vigie.db*"))
    for secret in ("Dupont", "451 089", "06 12 34 56 78", "dupont@exemple.fr"):
        assert secret.encode() not in stored
        assert secret not in browser.last_heard and secret not in page
    assert "J'ai retiré un numéro de sécurité sociale" in page
    assert "aucune donnée de patient" in page


async def test_contact_details_of_the_practice_are_kept_when_they_are_asked_for(browser: Browser) -> None:
    await browser.open()
    await browser.say(NOM, text="commencer")
    await browser.say(text="Dr Durand, 04 72 00 00 00, durand@exemple.fr")
    assert browser.last_heard == "Dr Durand, 04 72 00 00 00, durand@exemple.fr"


async def test_buttons_are_posted_by_place_and_their_payloads_never_leave_the_server(
    browser: Browser,
) -> None:
    await browser.open()
    await browser.say(MOTIF, text="suite")
    assert "/repondre" not in browser.page and "/passer" not in browser.page
    await browser.choose(1)
    assert browser.last_heard == '/repondre{"valeur": "libre"}'
    assert browser.transcript()[-2].body["text"] == "Il l'écrit librement"


async def test_several_answers_are_sent_as_one(browser: Browser) -> None:
    await browser.open()
    await browser.say(CANAUX, text="suite")
    await browser.choose(0, 1, 1)
    assert browser.last_heard == '/repondre{"valeur": ["telephone", "en_ligne"]}'
    assert browser.transcript()[-2].body["text"] == "Par téléphone ; En ligne"


@pytest.mark.parametrize(("choice", "heard"), [(3, "/ne_sait_pas"), (4, "/passer"), (5, "/pourquoi")])
async def test_a_small_button_sets_the_question_aside_whatever_is_ticked(
    browser: Browser, choice: int, heard: str
) -> None:
    await browser.open()
    await browser.say(CANAUX, text="suite")
    await browser.post(
        "/messages", {"message": browser.shown_message(), "choice": ["0", "1"], "only": str(choice)}
    )
    assert browser.last_heard == heard


@pytest.mark.parametrize("pending", [CANAUX, AGENDA, NOM, RECAP], ids=["many", "bool", "text", "recap"])
async def test_what_is_offered_on_a_side_question_stands_apart_from_the_pending_answers(
    browser: Browser, pending: Reply
) -> None:
    side = Reply("Un sous-traitant est…", (Button("Plus de détails", "/details"),))
    await browser.open()
    page = await browser.say(side, pending, text="c'est quoi un sous-traitant ?")
    beside = re.findall(r'<div class="asides beside">(.*?)</div>', page, re.DOTALL)
    assert len(beside) == 1 and "Plus de détails" in beside[0]
    assert page.count("Plus de détails") == 1
    await browser.choose(0, message=int(re.findall(r'name="message" value="(\d+)"', page)[0]))
    assert browser.last_heard == "/details"


@pytest.mark.parametrize(
    ("question", "choices", "sentence"),
    [
        (CANAUX, ["0", "2"], "«\u00a0Aucun de ceux-là\u00a0» ne va pas avec une autre réponse"),
        (CANAUX, [], "Choisissez au moins une réponse, ou «\u00a0Je ne sais pas\u00a0»."),
        (CANAUX, ["0", "3"], "Choisissez une seule réponse."),
        (MOTIF, ["0", "1"], "Choisissez une seule réponse."),
        (MOTIF, ["9"], "ne fait pas partie des choix"),
        (MOTIF, ["-1"], "ne fait pas partie des choix"),
        (MOTIF, ["libre"], "ne fait pas partie des choix"),
        (MOTIF, ["9" * 400], "ne fait pas partie des choix"),
        (MOTIF, ["¹"], "ne fait pas partie des choix"),
        (MOTIF, ['/repondre{"valeur": "libre"}'], "ne fait pas partie des choix"),
    ],
)
async def test_a_choice_that_cannot_be_is_refused_beside_the_question(
    browser: Browser, question: Reply, choices: list[str], sentence: str
) -> None:
    await browser.open()
    await browser.say(question, text="suite")
    heard = len(browser.assistant.heard)
    text = await browser.post("/messages", {"message": browser.shown_message(), "choice": choices})
    assert browser.response.status == 422 and sentence in text
    assert len(browser.assistant.heard) == heard


async def test_ticked_boxes_stay_ticked_after_a_refusal(browser: Browser) -> None:
    await browser.open()
    await browser.say(CANAUX, text="suite")
    text = await browser.choose(1, 2)
    boxes = [part.split(">")[0] for part in text.split('type="checkbox"')[1:]]
    assert ["checked" in box for box in boxes] == [False, True, True]


@pytest.mark.parametrize("message", [1, 0, 999_999, 10**14])
async def test_an_answer_to_an_older_message_is_refused(browser: Browser, message: int) -> None:
    await browser.open()
    await browser.say(MOTIF, text="suite")
    text = await browser.choose(0, message=message)
    assert browser.response.status == 422
    assert "Cette question a déjà reçu une réponse, peut-être dans un autre onglet. Répondez à" in text


async def test_the_same_answer_from_two_tabs_counts_once(browser: Browser) -> None:
    await browser.open()
    await browser.say(MOTIF, text="suite")
    message = browser.shown_message()
    browser.assistant.next = [AGENDA]
    await asyncio.gather(browser.choose(0, message=message), browser.choose(1, message=message))
    answers = [text for _, text in browser.assistant.heard if text.startswith("/repondre")]
    assert len(answers) == 1


async def test_text_typed_under_an_older_question_is_not_taken_for_the_present_one(browser: Browser) -> None:
    await browser.open()
    await browser.say(MOTIF, text="suite")
    seen = browser.transcript()[-1].id
    await browser.choose(0)
    heard = len(browser.assistant.heard)
    text = await browser.say(text="librement", seen=str(seen))
    assert "peut-être dans un autre onglet" in text and ">\nlibrement</textarea>" in text
    assert len(browser.assistant.heard) == heard


@pytest.mark.parametrize(
    ("command", "shown"), [("pause", "Pause"), ("retour", "Revenir"), ("changer_theme", "Changer de thème")]
)
async def test_a_command_is_sent_as_its_intent(browser: Browser, command: str, shown: str) -> None:
    await browser.open()
    await browser.say(command=command)
    assert browser.last_heard == f"/{command}" and browser.transcript()[-2].body["text"] == shown


@pytest.mark.parametrize(
    "fields", [{"command": "restart"}, {"theme": "inconnu"}, {"modify": "profil.nom"}, {"theme": ""}]
)
async def test_what_the_page_does_not_offer_is_refused(browser: Browser, fields: dict[str, str]) -> None:
    await browser.open()
    heard = len(browser.assistant.heard)
    await browser.post("/messages", dict(fields))
    assert browser.response.status == 422 and len(browser.assistant.heard) == heard


async def test_themes_and_answers_are_named_to_the_assistant(browser: Browser, answered: Records) -> None:
    await browser.open()
    await browser.say(theme="rendez_vous")
    assert browser.last_heard == '/choisir_theme{"theme": "rendez_vous"}'
    await browser.say(modify="rendez_vous.motif")
    assert browser.last_heard == '/modifier{"question": "rendez_vous.motif"}'


async def test_when_the_assistant_is_away_the_text_stays_and_the_next_turn_starts_clean(
    browser: Browser,
) -> None:
    await browser.open()
    with browser.records.unit() as unit:
        unit.conversations.move(browser.assistant.heard[0][0], "asking", "profil")
    kept = len(browser.transcript())
    browser.assistant.away = True
    text = await browser.say(text="J'utilise Weda")
    assert browser.response.status == 503
    assert "Une partie de Vigie redémarre" in text and "relancez-la" in text
    assert "Votre message n&#39;est pas perdu" in text and ">\nJ&#39;utilise Weda</textarea>" in text
    assert len(browser.transcript()) == kept
    browser.assistant.away = False
    await browser.say(text="J'utilise Weda")
    old, new = browser.assistant.heard[-2][0], browser.assistant.heard[-1][0]
    assert old != new
    with browser.records.unit() as unit:
        conversation = unit.conversations.find(new)
    assert conversation and (conversation.phase, conversation.theme_id) == ("asking", "profil")


async def test_a_locked_database_is_said_in_one_sentence_and_loses_nothing(browser: Browser) -> None:
    await browser.open()
    heard = len(browser.assistant.heard)
    lock = sqlite3.connect(str(browser.records.url.database), isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")
    text = await browser.say(text="J'utilise Weda")
    assert browser.response.status == 503
    assert "la base est occupée ou le disque est plein" in text and "J&#39;utilise Weda" in text
    # The assistant was told nothing that the transcript would not show.
    assert len(browser.assistant.heard) == heard
    lock.execute("ROLLBACK")
    lock.close()
    await browser.say(text="J'utilise Weda")
    assert browser.response.status == 200 and browser.last_heard == "J'utilise Weda"


async def test_a_turn_that_could_not_be_kept_is_kept_as_soon_as_it_can(browser: Browser) -> None:
    await browser.open()
    lock = sqlite3.connect(str(browser.records.url.database), isolation_level=None)
    send = browser.assistant.send

    async def answer_then_lock(sender: str, text: str) -> list[Reply]:
        replies = await send(sender, text)
        lock.execute("BEGIN EXCLUSIVE")
        return replies

    browser.assistant.send = answer_then_lock  # type: ignore[method-assign]
    await browser.say(Reply("C'est noté."), text="J'utilise Weda")
    assert browser.response.status == 503
    lock.execute("ROLLBACK")
    lock.close()
    browser.assistant.send = send  # type: ignore[method-assign]
    await browser.open()
    assert "J&#39;utilise Weda" in browser.page and "C'est noté." in browser.page


async def test_an_unforeseen_failure_shows_a_sentence_and_logs_no_word(
    browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    await browser.open()

    async def fail(sender: str, text: str) -> list[Reply]:
        raise ValueError(text)

    browser.assistant.send = fail  # type: ignore[method-assign]
    text = await browser.say(text="secret du cabinet")
    assert browser.response.status == 500 and "Traceback" not in text and "erreur imprévue" in text
    assert "secret" not in caplog.text and "ValueError" in caplog.text


async def test_typed_markup_is_shown_as_text(browser: Browser) -> None:
    await browser.open()
    page = await browser.say(
        Reply("[a](javascript:alert(1)) <b>x</b> [b](//evil.example)"), text="<script>alert(1)</script>"
    )
    assert "<script>alert" not in page and "<b>x" not in page
    assert 'href="javascript' not in page and 'href="//' not in page


async def test_too_many_messages_are_slowed_down_and_keep_their_text(browser: Browser) -> None:
    await browser.open()
    for _ in range(120):
        await browser.post("/messages", {"text": ""})
    text = await browser.say(text="Encore un")
    assert browser.response.status == 429 and ">\nEncore un</textarea>" in text


async def test_a_script_gets_only_what_is_new(browser: Browser) -> None:
    await browser.open()
    seen = browser.transcript()[-1].id
    browser.assistant.next = [MOTIF]
    fragment = await browser.post("/messages", {"text": "Bonjour", "seen": str(seen)}, headers=FETCH)
    assert "<html" not in fragment
    assert fragment.count('<li class="message') == 2
    for part in ("news", "progress", "choices", "composer", "panel"):
        assert f'id="{part}"' in fragment


async def test_another_tab_gets_what_was_said_meanwhile(browser: Browser) -> None:
    await browser.open()
    seen = browser.transcript()[-1].id
    await browser.open(f"/messages?after={seen}", headers=FETCH)
    assert browser.response.status == 204
    await browser.open()
    await browser.say(text="Depuis un autre onglet")
    assert "Depuis un autre onglet" in await browser.open(f"/messages?after={seen}", headers=FETCH)


@pytest.mark.parametrize("after", ["", "x", "-1", "9" * 99])
async def test_an_odd_place_in_the_conversation_is_no_failure(browser: Browser, after: str) -> None:
    await browser.open()
    await browser.open(f"/messages?after={after}", headers=FETCH)
    assert browser.response.status in (200, 204)


async def test_a_reload_in_mid_question_shows_the_same_question(browser: Browser) -> None:
    await browser.open()
    await browser.say(CANAUX, text="suite")
    await browser.open()
    assert "Comment vos patients" in browser.page and browser.page.count('type="checkbox"') == 3
    await browser.choose(0)
    assert json.loads(browser.last_heard.removeprefix("/repondre")) == {"valeur": ["telephone"]}


async def test_the_recap_can_be_changed_line_by_line(browser: Browser, answered: Records) -> None:
    await browser.open()
    page = await browser.say(RECAP, text="suite")
    assert '<dl class="recap">' in page and 'name="modify" value="profil.agenda"' in page
    assert '<span class="hidden">Agenda</span>' in page


@pytest.mark.parametrize(
    ("question", "marks"),
    [(CANAUX, 2), (MOTIF, 1), (AGENDA, 1)],
)
async def test_an_earlier_answer_is_shown_when_its_question_comes_back(
    browser: Browser, answered: Records, question: Reply, marks: int
) -> None:
    await browser.open()
    page = await browser.say(question, text="retour")
    assert page.count("checked>") + page.count("votre réponse actuelle</small>") == marks


async def test_an_earlier_text_is_shown_when_its_question_comes_back(
    browser: Browser, answered: Records
) -> None:
    await browser.open()
    assert "Votre réponse actuelle\u00a0: Dr Camille Durand." in await browser.say(NOM, text="retour")


async def test_progress_is_told_by_theme_once_their_number_is_known(browser: Browser) -> None:
    await browser.open()
    page = await browser.say(AGENDA, text="suite")
    assert "Question 3 sur 3." in page and "Thème 1 sur" not in page
    with browser.records.unit() as unit:
        save_answers(unit)
    page = await browser.say(AGENDA, text="suite")
    assert "Thème 1 sur 2\u00a0: Votre exercice." in page and "Ensuite\u00a0: Prise de rendez-vous." in page


async def test_messages_past_their_time_are_forgotten(
    browser: Browser, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await browser.open()
    await browser.say(text="Une phrase ancienne")
    later = clock.now() + timedelta(days=31)
    monkeypatch.setattr(clock, "now", lambda: later)
    await browser.say(text="Une phrase nouvelle")
    texts = [said.body["text"] for said in browser.transcript()]
    assert "Une phrase ancienne" not in texts and "Une phrase nouvelle" in texts


async def test_an_answer_to_a_question_whose_text_was_forgotten_is_explained(
    browser: Browser, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await browser.open()
    await browser.say(MOTIF, text="suite")
    later = clock.now() + timedelta(days=31)
    monkeypatch.setattr(clock, "now", lambda: later)
    text = await browser.choose(0)
    assert browser.response.status == 422
    assert "a été effacé, comme prévu. Vos réponses, elles, sont gardées" in text


async def test_the_assistant_forgets_every_day_what_the_transcript_keeps_longer(
    tmp_path: Path,
    records: Records,
    assistant: Scripted,
    knowledge: Knowledge,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = asyncio.Semaphore(0)

    async def forget() -> None:
        told.release()

    assistant.forget = forget  # type: ignore[method-assign]
    monkeypatch.setattr("bot.web.app._DAY", 0)
    async with TestServer(create_app(Settings(data=tmp_path), records, assistant, knowledge)):
        for _ in range(2):
            await asyncio.wait_for(told.acquire(), 5)


async def test_links_of_a_bubble_lead_only_to_our_pages(browser: Browser) -> None:
    await browser.open()
    links = [{"title": "Mesures", "href": "/mesures"}, {"title": "Piège", "href": "//evil.example"}]
    page = await browser.say(
        Reply("Voici.", (Button("Continuer", "/reprendre"),), {"links": links}), text="mesures"
    )
    assert '<a href="/mesures">Mesures</a>' in page and "evil.example" not in page
