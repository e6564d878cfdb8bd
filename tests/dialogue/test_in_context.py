"""The same words mean an answer, a command or a correction, by what was said before them."""

from __future__ import annotations

from datetime import date

import pytest

from bot.assistant import intent
from bot.compliance.answers import UNKNOWN, Answer
from bot.compliance.measures import Decision
from tests.dialogue.conftest import Story

LONG_COMMANDS = [
    ("attends je ne comprends pas, pourquoi vous me demandez ça exactement ?", "pourquoi"),
    ("je dois m'arrêter là, on fait une pause et je reviens plus tard", "pause"),
    ("est-ce que je peux voir toutes les mesures que je dois prendre ?", "mesures"),
]


@pytest.fixture
def practice(story: Story) -> Story:
    """A practice whose profile makes every theme apply."""
    story.know_everything_applies()
    return story


@pytest.fixture
async def vendor_asked(practice: Story) -> Story:
    """The same, asked for the name of its appointment service."""
    await practice.open("rendez_vous")
    await practice.say("sur internet")
    assert practice.asked == "rendez_vous.prestataire"
    return practice


@pytest.mark.parametrize("said", [said for said, _ in LONG_COMMANDS])
async def test_a_long_command_is_not_taken_for_the_name_of_a_vendor(vendor_asked: Story, said: str) -> None:
    await vendor_asked.say(said)
    assert "rendez_vous.prestataire" not in vendor_asked.file.answers


@pytest.mark.parametrize("said", ["c'est fait", "oui, aucun problème", "oui c'est bon", "exact"])
async def test_a_yes_that_resembles_a_command_answers_a_yes_or_no_question(
    practice: Story, said: str
) -> None:
    await practice.open("rendez_vous")
    for answer in ("par téléphone", "rien", "non"):
        await practice.say(answer)
    asked = practice.asked
    assert practice.knowledge.question(asked).kind == "bool"
    await practice.say(said)
    assert practice.file.answers[asked] == Answer.given(True)


async def test_not_knowing_must_be_said_to_be_noted(vendor_asked: Story) -> None:
    await vendor_asked.say("je ne sais pas du tout")
    assert vendor_asked.file.answers["rendez_vous.prestataire"] == UNKNOWN


async def test_passing_a_question_that_is_asked_again_keeps_its_answer(practice: Story) -> None:
    await practice.open("rendez_vous")
    await practice.say("par téléphone")
    await practice.say("retour")
    assert practice.asked == "rendez_vous.canaux"
    await practice.say("passer")
    assert practice.file.answers["rendez_vous.canaux"] == Answer.given(("telephone",))
    assert practice.asked == "rendez_vous.motif"


@pytest.mark.parametrize("said", ["merci", "aide", "récapitulatif", "mes mesures", "blablabla"])
async def test_anything_but_a_choice_among_the_themes_comes_back_to_the_question(
    vendor_asked: Story, said: str
) -> None:
    await vendor_asked.say("changer de thème")
    assert vendor_asked.asked == ""
    await vendor_asked.say(said)
    assert vendor_asked.asked == "rendez_vous.prestataire"


@pytest.mark.parametrize("said", ["reprendre", "retour"])
async def test_a_paused_theme_is_found_again(vendor_asked: Story, said: str) -> None:
    await vendor_asked.say("pause")
    await vendor_asked.say(said)
    expected = {"reprendre": "rendez_vous.prestataire", "retour": "rendez_vous.canaux"}
    assert vendor_asked.asked == expected[said]


async def test_a_theme_paused_at_its_first_question_is_the_one_that_is_resumed(practice: Story) -> None:
    await practice.open("messagerie")
    first = practice.asked
    await practice.say("pause")
    await practice.say("reprendre")
    assert practice.asked == first


async def test_a_theme_to_confirm_comes_before_a_new_one(practice: Story) -> None:
    await practice.say("reprendre")
    assert practice.recap == "profil"
    await practice.open("messagerie")
    await practice.say("passer")
    await practice.say("pause")
    await practice.open("profil")
    assert practice.recap == "profil"
    await practice.press("C'est exact")
    await practice.say("reprendre")
    assert practice.asked.startswith("messagerie.")


@pytest.mark.parametrize("said", ["c'est quoi la cnil ?", "merci", "récapitulatif", "reprendre"])
async def test_a_recap_is_shown_again_after_something_else(practice: Story, said: str) -> None:
    await practice.open("profil")
    assert practice.recap == "profil"
    await practice.say(said)
    assert practice.recap == "profil"


async def test_a_correction_that_ends_the_theme_says_so_and_goes_on_elsewhere(practice: Story) -> None:
    await practice.open("videosurveillance")
    assert practice.asked.startswith("videosurveillance.")
    said = await practice.say(intent("modifier", question="profil.outils"))
    assert "Vous aviez répondu" in said
    await practice.say(intent("repondre", valeur=["mobiles"]))
    assert practice.recap == "profil"
    await practice.press("C'est exact")
    assert "ne vous concerne pas" in await practice.open("videosurveillance")
    await practice.say("reprendre")
    assert practice.asked and not practice.asked.startswith("videosurveillance.")


async def test_a_correction_in_words_that_ends_the_current_theme_leaves_it(practice: Story) -> None:
    await practice.open("videosurveillance")
    await practice.say(intent("corriger"))
    said = await practice.say("en fait pas de caméras de surveillance")
    assert "video_surveillance" not in practice.file.answers["profil.outils"].value  # type: ignore[operator]
    assert "ne vous concerne pas" in said
    assert practice.asked == ""


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("en fait j'ai aussi un stagiaire", ("secretaire", "remplacant", "stagiaire")),
        ("en fait plus de remplaçant", ("secretaire",)),
        ("je me suis trompée, j'ai juste des stagiaires", ("stagiaire",)),
    ],
)
async def test_several_choices_are_added_taken_away_or_replaced(
    vendor_asked: Story, said: str, expected: tuple[str, ...]
) -> None:
    await vendor_asked.say(said)
    assert vendor_asked.file.answers["profil.personnel"] == Answer.given(expected)
    assert vendor_asked.asked == "rendez_vous.prestataire"


async def test_a_correction_opening_may_still_answer_the_pending_question(vendor_asked: Story) -> None:
    await vendor_asked.say("en fait c'est Maiia")
    assert vendor_asked.file.answers["rendez_vous.prestataire"] == Answer.given("Maiia")


async def test_the_date_of_a_measure_may_come_in_the_next_message(vendor_asked: Story) -> None:
    said = await vendor_asked.say("je prévois le motif libre pour bientôt")
    measures = {item.measure.id for item in vendor_asked.file.measures}
    assert "rdv-motif" not in measures and "pas trouvé" in said
    vendor_asked.know(rendez_vous__motif="libre")
    await vendor_asked.say("je prévois de supprimer le motif libre")
    assert vendor_asked.asked == ""
    assert "n'existe pas" in await vendor_asked.say("le 31 février")
    assert "15/03/2027" in await vendor_asked.say("le 15 mars")
    decided = {item.measure.id: item.decision for item in vendor_asked.file.measures}
    assert decided["rdv-motif"] == Decision("planned", date(2027, 3, 15))
    assert vendor_asked.asked == "rendez_vous.prestataire"


async def test_what_was_awaited_is_forgotten_after_anything_else(practice: Story) -> None:
    practice.know(rendez_vous__canaux=("telephone",), rendez_vous__motif="libre")
    await practice.say("je prévois de supprimer le motif libre")
    await practice.say("merci")
    await practice.say("le 15 mars")
    assert all(item.decision is None for item in practice.file.measures)


async def test_the_reason_of_a_measure_may_come_in_the_next_message(practice: Story) -> None:
    practice.know(rendez_vous__canaux=("telephone",), rendez_vous__motif="libre")
    await practice.say("le motif libre ne s'applique pas à mon cabinet")
    await practice.say("ma secrétaire n'écrit jamais rien")
    decided = {item.measure.id: item.decision for item in practice.file.measures}
    assert decided["rdv-motif"] == Decision("not_applicable", reason="ma secrétaire n'écrit jamais rien")


@pytest.mark.parametrize("name", ["Dr Camille Durand", "SELARL du Parc", "Cabinet infirmier des Lilas"])
@pytest.mark.parametrize(
    "address",
    [
        "12 rue des Lilas, 44000 Nantes, 02 40 00 00 00",
        "3 bis place de l'Église 29200 Brest",
        "c.durand@exemple.fr",
    ],
)
async def test_names_and_addresses_are_kept_as_they_were_typed(story: Story, name: str, address: str) -> None:
    await story.say("commencer")
    await story.say(name)
    assert story.asked == "profil.coordonnees"
    await story.say(address)
    assert story.asked == "profil.profession"
    answers = story.file.answers
    assert (answers["profil.nom"].value, answers["profil.coordonnees"].value) == (name, address)


async def test_a_recap_that_is_passed_over_stays_unconfirmed(practice: Story) -> None:
    await practice.open("rendez_vous")
    while practice.asked:
        await practice.say("passer")
    assert practice.recap == "rendez_vous"
    await practice.say("passer")
    assert "Prise de rendez-vous" in " ".join(practice.titles)
    assert "rendez_vous" not in practice.file.confirmed


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("docteur jean petit", "docteur jean petit"),
        ("moi cest marie dupont", "marie dupont"),
        ("kine des lilas", "kine des lilas"),
    ],
)
async def test_a_name_typed_in_a_hurry_is_a_name(story: Story, said: str, kept: str) -> None:
    await story.open("profil")
    assert story.asked == "profil.nom"
    await story.say(said)
    assert story.file.answers["profil.nom"] == Answer.given(kept)


@pytest.mark.parametrize("said", ["raconte moi une blague", "il fait beau", "jai faim", "parle moi de foot"])
async def test_a_sentence_off_topic_is_no_name(story: Story, said: str) -> None:
    await story.open("profil")
    await story.say(said)
    assert story.asked == "profil.nom" and not story.file.answers


@pytest.mark.parametrize("said", ["un telephne", "un telefone", "un téléphone"])
async def test_a_misspelt_option_is_not_taken_for_the_command_that_it_resembles(
    practice: Story, said: str
) -> None:
    await practice.open("mobiles")
    assert practice.asked == "mobiles.appareils"
    await practice.say(said)
    assert practice.file.answers["mobiles.appareils"] == Answer.given(("telephone",))


async def test_an_answer_is_corrected_by_the_name_it_goes_by(vendor_asked: Story) -> None:
    said = await vendor_asked.say("en fait mon adresse a changé")
    assert "12 rue des Lilas" in said and vendor_asked.asked == "profil.coordonnees"
    await vendor_asked.say("3 place de l'Église, 29200 Brest")
    assert vendor_asked.file.answers["profil.coordonnees"] == Answer.given("3 place de l'Église, 29200 Brest")


async def test_what_is_denied_is_corrected_rather_than_what_is_pending(practice: Story) -> None:
    await practice.open("dossiers_patients")
    pending = practice.asked
    await practice.say("en fait jai pas de secretaire")
    assert practice.file.answers["profil.personnel"] == Answer.given(("remplacant",))
    assert practice.asked == pending


async def test_when_several_answers_are_denied_vigie_asks_which_one(practice: Story) -> None:
    practice.know(messagerie__confreres=("instantanee", "mssante"), messagerie__patients=("instantanee",))
    await practice.open("dossiers_patients")
    await practice.say("en fait pas de whatsapp")
    labels = [practice.knowledge.question(f"messagerie.{name}").label for name in ("confreres", "patients")]
    assert practice.titles == labels
    await practice.press(labels[1])
    assert practice.asked == "messagerie.patients"
    assert "instantanee" in practice.file.answers["messagerie.confreres"].value  # type: ignore[operator]


async def test_a_question_asked_again_comes_before_those_still_open(practice: Story) -> None:
    practice.know(facturation__recouvrement=("moi",))
    await practice.open("dossiers_patients")
    await practice.say(intent("modifier", question="facturation.recouvrement"))
    assert practice.asked == "facturation.recouvrement"
    await practice.say("c'est quoi un DPO ?")
    assert practice.asked == "facturation.recouvrement"
    await practice.say("un avocat")
    assert practice.file.answers["facturation.recouvrement"] == Answer.given(("avocat",))
    assert practice.asked == "facturation.logiciel"
