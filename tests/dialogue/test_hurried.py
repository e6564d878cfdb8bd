"""What a hurried practitioner says beside the question: it is kept, it is not taken for something else."""

from __future__ import annotations

import pytest

from bot.compliance.answers import Answer
from tests.dialogue.conftest import Story
from tests.dialogue.test_breach_stories import value
from tests.dialogue.test_requests import value as requested


@pytest.fixture
async def robbed(story: Story) -> Story:
    """A theft that is told, at the question on who discovered it."""
    await story.say("on m'a volé l'ordinateur portable du cabinet cette nuit")
    await story.say("ce matin à 8 h")
    assert story.asked == "violation.decouvert_par"
    return story


@pytest.fixture
async def asked_for_a_copy(story: Story) -> Story:
    """A patient's request, received on the 10th of November, at the question on how it came."""
    await story.say("une patiente réclame une photocopie de son dossier")
    await story.say("le 10 novembre")
    assert story.asked == "demande.moyen"
    return story


@pytest.mark.parametrize(("said", "count"), [("une quarantaine de patientes", 40), ("1 seul patient", 1)])
async def test_how_many_is_no_answer_to_who(robbed: Story, said: str, count: int) -> None:
    assert "J'ai aussi noté" in await robbed.say(said)
    assert value(robbed, "nombre_personnes") == count
    assert value(robbed, "decouvert_par") is None and robbed.asked == "violation.decouvert_par"


async def test_one_person_is_told_in_the_singular(robbed: Story) -> None:
    assert "1 personne." in await robbed.say("1 seule patiente")


async def test_what_answers_a_later_question_is_kept(robbed: Story) -> None:
    said = await robbed.say("la session avait un mot de passe")
    assert "J'ai aussi noté" in said and value(robbed, "protections") is not None
    assert robbed.asked == "violation.decouvert_par"


async def test_the_only_number_told_is_the_one_that_is_corrected(robbed: Story) -> None:
    await robbed.say("une quarantaine de patientes")
    await robbed.say("en fait plutôt 60")
    assert value(robbed, "nombre_personnes") == 60


async def test_stopping_for_today_tells_no_day(story: Story) -> None:
    await story.say("on m'a volé l'ordinateur portable du cabinet cette nuit")
    assert story.asked == "violation.decouverte"
    await story.say("bon, ça ira pour aujourd'hui, je m'arrête")
    assert story.asked == "" and value(story, "decouverte") is None


async def test_another_incident_is_no_answer(robbed: Story) -> None:
    told = await robbed.say("et en plus ma remplaçante a envoyé un bilan au mauvais destinataire")
    assert "même incident" in told and value(robbed, "decouvert_par") is None
    await robbed.press("C'est un autre incident")
    assert len(robbed.file.breaches) == 2


async def test_another_incident_is_heard_without_a_word_that_says_so(story: Story) -> None:
    await story.say("on m'a volé l'ordinateur portable du cabinet cette nuit")
    assert story.asked == "violation.decouverte"
    said = "des inconnus envoient des courriels à mes patients depuis ma messagerie piratée"
    assert "même incident" in await story.say(said)
    await story.press("C'est un autre incident")
    assert value(story, "incident", 2) == "compte_pirate"


async def test_a_supplier_who_has_just_written_does_not_tell_since_when(story: Story) -> None:
    await story.say("Weda vient de nous prévenir d'une fuite chez eux")
    assert value(story, "incident") == "prestataire"
    assert value(story, "decouverte") is not None and value(story, "debut") is None


@pytest.mark.parametrize("said", ["il nous reste combien de temps ?", "c'est pour quand la date limite"])
async def test_the_time_left_is_that_of_the_breach_in_hand(robbed: Story, said: str) -> None:
    told = await robbed.say(said)
    assert "notifier la CNIL" in told and "27 novembre" in told
    assert robbed.asked == "violation.decouvert_par"


async def test_the_time_left_is_that_of_the_request_in_hand(asked_for_a_copy: Story) -> None:
    told = await asked_for_a_copy.say("j'ai combien de temps pour répondre à tout ça ?")
    assert "18 novembre" in told and "Un mois au plus" not in told
    assert asked_for_a_copy.asked == "demande.moyen"


async def test_the_day_is_given_again_under_the_next_question(asked_for_a_copy: Story) -> None:
    assert "C'est corrigé" in await asked_for_a_copy.say("ah non, le 12")
    assert requested(asked_for_a_copy, "recue") == "2026-11-12"
    assert asked_for_a_copy.asked == "demande.moyen"


async def test_a_correction_that_only_tells_a_day_means_the_one_that_was_told(
    asked_for_a_copy: Story,
) -> None:
    await asked_for_a_copy.say("pardon, en fait c'était lundi de la semaine dernière")
    assert requested(asked_for_a_copy, "recue") == "2026-11-16"


async def test_a_correction_of_a_request_that_cannot_be_right_is_refused(asked_for_a_copy: Story) -> None:
    told = {"fait": "j'ai répondu", "repondu_le": "le 12 novembre"}
    while asked_for_a_copy.asked and requested(asked_for_a_copy, "repondu_le") is None:
        await asked_for_a_copy.say(
            told.get(asked_for_a_copy.asked.removeprefix("demande."), "je ne sais pas")
        )
    said = await asked_for_a_copy.say("en fait je l'ai reçue le 20 novembre")
    assert "avant d'avoir reçu la demande" in said and "Corriger : Réponse" in asked_for_a_copy.titles
    assert requested(asked_for_a_copy, "recue") == "2026-11-10"
    said = await asked_for_a_copy.say("je me suis trompée, j'ai répondu le 3 novembre")
    assert "avant d'avoir reçu la demande" in said
    assert requested(asked_for_a_copy, "repondu_le") == "2026-11-12"


async def test_somebody_else_s_request_is_not_taken_for_this_one(asked_for_a_copy: Story) -> None:
    said = await asked_for_a_copy.say("et la mutuelle d'une autre patiente veut un compte rendu")
    assert "une autre" in said and requested(asked_for_a_copy, "moyen") is None
    await asked_for_a_copy.press("C'est une autre demande")
    assert requested(asked_for_a_copy, "qui", 2) == "assureur"
    assert requested(asked_for_a_copy, "qui") == "patient"


async def test_where_one_is_tells_of_the_open_files(robbed: Story) -> None:
    await robbed.say("pause")
    assert "Appareil perdu ou volé" in await robbed.say("où j'en suis ?")
    assert any("Appareil" in title for title in robbed.titles)


async def test_a_moment_asked_for_keeps_the_question(robbed: Story) -> None:
    assert "Prenez votre temps" in await robbed.say("attendez deux minutes")
    assert robbed.asked == "violation.decouvert_par"


async def test_what_is_not_understood_is_explained(robbed: Story) -> None:
    why = robbed.knowledge.question("violation.decouvert_par").why
    assert why in await robbed.say("hein ?")


async def test_whether_it_is_grave_is_no_medical_question_in_a_breach(robbed: Story) -> None:
    assert "Je ne réponds pas aux questions médicales" not in await robbed.say("dites, c'est grave ?")


@pytest.mark.parametrize(
    ("first", "then", "entry"),
    [
        ("je peux utiliser whatsapp avec mes patients ?", "et par fax ?", "fax_cabinet"),
        ("combien de temps garder un dossier ?", "et les clichés radio ?", "duree_images_radios"),
        ("combien de temps garder les radios ?", "et pour un mineur ?", "duree_dossier_enfant"),
    ],
)
async def test_a_follow_up_finds_its_own_answer(story: Story, first: str, then: str, entry: str) -> None:
    await story.say(first)
    answer = next(one.answer for one in story.knowledge.faq if one.id == entry)
    assert answer in await story.say(then)


@pytest.mark.parametrize("said", ["ce soir", "lundi", "je suis rincée", "quel temps fait-il chez vous"])
async def test_small_talk_draws_no_answer_on_the_law(story: Story, said: str) -> None:
    assert "Vérifié le" not in await story.say(said)
    assert story.asked == ""


async def test_okay_after_an_answer_does_not_begin_the_interview(story: Story) -> None:
    await story.say("je peux utiliser whatsapp avec mes patients ?")
    await story.say("d'accord")
    assert story.asked == ""
    await story.press("Continuer l'entretien")
    assert story.asked == "profil.nom"


@pytest.mark.parametrize("said", ["what is the retention period for files", "pfff"])
async def test_neither_english_nor_a_sigh_is_a_name_or_an_address(story: Story, said: str) -> None:
    await story.open("profil")
    await story.say(said)
    assert story.asked == "profil.nom" and story.file.answers == {}


@pytest.mark.parametrize(
    ("said", "kept", "reads"),
    [
        ("je l'ai signé en 2021", "2021", "2021"),
        ("vers avril 2022", "2022-04", "avril 2022"),
        ("le 3 mars", "2026-03-03", "3 mars 2026"),
    ],
)
async def test_a_contract_is_dated_no_more_exactly_than_it_was_told(
    story: Story, said: str, kept: str, reads: str
) -> None:
    story.know_everything_applies()
    story.know(rendez_vous__canaux=("en_ligne",), rendez_vous__prestataire="Doctolib")
    await story.say("vérifions mon contrat Doctolib")
    while story.asked != "contrat.date_contrat":
        await story.say("oui, signé" if story.asked == "contrat.existe" else "je ne sais pas")
    await story.say(said)
    [contract] = story.file.contracts
    assert contract.recorded["contrat.date_contrat"] == Answer.given(kept)
    assert contract.dossier.contract_date == reads


async def test_a_contract_is_not_of_the_future(story: Story) -> None:
    story.know_everything_applies()
    story.know(rendez_vous__canaux=("en_ligne",), rendez_vous__prestataire="Doctolib")
    await story.say("vérifions mon contrat Doctolib")
    while story.asked != "contrat.date_contrat":
        await story.say("oui, signé" if story.asked == "contrat.existe" else "je ne sais pas")
    assert "dans l'avenir" in await story.say("le 3 mars 2028")
    assert story.asked == "contrat.date_contrat"
