"""What happens around a breach's questions: interruptions, corrections, bad input, what follows."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.clock import PARIS
from bot.compliance.answers import UNKNOWN, Answer
from tests.dialogue.conftest import Story
from tests.dialogue.test_breach_stories import answer_all, breach, to_verdict, value

TELLING = [
    ("on m'a volé mon ordinateur", "vol_appareil"),
    ("ma sacoche de visite avec la tablette a été dérobée cet après-midi", "vol_appareil"),
    ("j'ai envoyé les résultats à un autre patient", "mauvais_destinataire"),
    ("écran bleu avec demande de rançon", "rancongiciel"),
    ("le site de mon prestataire a fuité", "prestataire"),
    ("quelqu'un s'est connecté à ma boîte mail et écrit à mes patients", "compte_pirate"),
    ("ma secrétaire a été lire le dossier de sa belle-sœur", "acces_interne"),
    ("j'ai mis tous les patients en copie visible", "copie_visible"),
    ("notre disque dur est mort et la sauvegarde est vide", "perte_donnees"),
]
QUESTIONS = [
    "que faire en cas de vol ?",
    "dois-je déclarer une perte de données ?",
    "qu'est-ce qu'une violation de données ?",
    "combien de temps ai-je pour prévenir la CNIL ?",
    "faut-il prévenir les patients quand un prestataire est piraté ?",
]


@pytest.mark.parametrize(("said", "kind"), TELLING)
async def test_an_incident_is_recognised_from_any_telling(story: Story, said: str, kind: str) -> None:
    await story.say(said)
    assert value(story, "incident") == kind
    assert story.asked.startswith("violation.")


@pytest.mark.parametrize("said", QUESTIONS)
async def test_a_question_about_breaches_opens_no_file(story: Story, said: str) -> None:
    await story.say(said)
    assert story.file.breaches == ()
    assert story.asked == ""


async def test_a_question_about_nobody_in_particular_is_asked_about(story: Story) -> None:
    await story.say("un mail envoyé à la mauvaise personne est-il une violation ?")
    assert story.file.breaches == ()
    entry = next(entry for entry in story.knowledge.faq if entry.id == "envoi_mauvais_destinataire")
    assert entry.answer in await story.press("Non, c'est une question")


async def test_what_a_question_speaks_of_may_just_have_happened(story: Story) -> None:
    said = await story.say("est-ce que je dois prévenir mes patients si mon prestataire a été piraté")
    entry = next(entry for entry in story.knowledge.faq if entry.id == "violation_editeur_demarches")
    assert entry.answer in said and story.file.breaches == ()
    await story.press("Cela vient de m'arriver")
    assert value(story, "incident") == "prestataire"
    assert story.asked.startswith("violation.")


async def test_what_was_asked_about_may_have_happened(story: Story) -> None:
    await story.say("que faire si on me vole mon ordinateur ?")
    assert story.file.breaches == ()
    # Asked about, or answered with the button beside.
    await story.press(next(title for title in story.titles if "arriv" in title))
    assert value(story, "incident") == "vol_appareil"


async def test_a_breach_interrupts_a_theme_and_the_theme_is_kept(story: Story) -> None:
    story.know_everything_applies()
    await story.open("rendez_vous")
    await story.say("par téléphone et en ligne")
    assert story.asked.startswith("rendez_vous.")
    await story.say("on vient de me voler mon téléphone professionnel dans le bus")
    assert value(story, "incident") == "vol_appareil"
    await to_verdict(story, {"connaissance": "à l'instant"})
    await story.press("Reprendre l'entretien")
    assert story.recap == "profil"
    await story.say("oui")
    await story.press("Continuer")
    assert story.asked.startswith("rendez_vous.")


async def test_no_patient_is_named_in_the_file(story: Story) -> None:
    # The page masks before it sends: what arrives is kept as it is.
    await story.say("j'ai envoyé les résultats de Mme [nom masqué] à un autre patient")
    assert value(story, "incident") == "mauvais_destinataire"


@pytest.fixture
async def stolen(story: Story) -> Story:
    """A stolen laptop; Vigie asks when it was discovered."""
    await story.say("on m'a volé mon ordinateur portable hier vers 18h dans ma voiture près du cabinet")
    assert story.asked == "violation.decouverte"
    return story


async def test_side_questions_commands_and_a_pause_come_back_to_the_question(stolen: Story) -> None:
    assert "Source" in await stolen.say("c'est quoi un sous-traitant ?")
    assert stolen.asked == "violation.decouverte"
    assert "La notification distingue" in await stolen.say("pourquoi ?")
    assert stolen.asked == "violation.decouverte"
    assert "Appareil perdu ou volé" in await stolen.say("récapitulatif")
    await stolen.say("hier à 20h")
    assert stolen.asked == "violation.decouvert_par"
    await stolen.say("retour")
    assert stolen.asked == "violation.decouverte"
    await stolen.say("passer")
    assert value(stolen, "decouverte") == "2026-11-23T20:00+01:00"
    said = await stolen.say("pause")
    assert "il reste" in said.lower()
    said = await stolen.say("reprendre")
    assert "V-2026-001" in said and stolen.asked == "violation.decouvert_par"
    await stolen.say("pause")
    assert "il reste" in (await stolen.say("où en est ma violation")).lower()
    assert stolen.asked == "violation.decouvert_par"


async def test_the_clock_is_told_once_awareness_is(stolen: Story) -> None:
    await stolen.say("hier à 20h")
    await stolen.say("moi")
    said = await stolen.say("dès la découverte")
    assert "jeudi 26 novembre 2026 à 20 h" in said and "2 jours et 10 heures" in said


async def test_an_answer_is_corrected_in_words(stolen: Story) -> None:
    await stolen.say("hier à 20h")
    said = await stolen.say("en fait je l'ai découvert ce matin à 7h")
    assert value(stolen, "decouverte") == "2026-11-24T07:00+01:00", said
    assert stolen.asked == "violation.decouvert_par"


async def test_the_kind_that_was_understood_can_be_changed(stolen: Story) -> None:
    await stolen.say("hier à 20h")
    await stolen.say("récapitulatif")
    stolen.know()
    await stolen.say('/modifier{"question": "violation.incident"}')
    said = await stolen.press("Cambriolage ou intrusion dans les locaux")
    assert value(stolen, "incident") == "cambriolage" and "Ne touchez à rien" in said


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("demain", "dans l'avenir"),
        ("le 3 décembre 2026", "dans l'avenir"),
        ("bof", "Je n'ai pas compris quel jour"),
        ("hier à 9h", "avant d'avoir commencé"),
        ("le 12 mars 1987", "très ancienne"),
    ],
)
async def test_a_moment_that_cannot_be_right_is_asked_again(stolen: Story, said: str, sentence: str) -> None:
    assert sentence in await stolen.say(said)
    assert stolen.asked == "violation.decouverte" and value(stolen, "decouverte") is None


async def test_awareness_before_discovery_offers_to_correct_the_other_date(stolen: Story) -> None:
    await stolen.say("ce matin à 8h")
    await stolen.say("moi")
    said = await stolen.say("hier à 21 h")
    assert "avant que l'incident soit découvert" in said and value(stolen, "connaissance") is None
    await stolen.press("Corriger : Découverte")
    await stolen.say("hier à 21h")
    assert stolen.asked == "violation.connaissance"
    await stolen.say("hier à 21 h")
    assert value(stolen, "connaissance") == "2026-11-23T21:00+01:00"


async def test_nobody_concerned_is_asked_again_and_about_twenty_is_kept_as_such(stolen: Story) -> None:
    while stolen.asked != "violation.nombre_personnes":
        await stolen.say("passer")
    assert "il n'y a pas de violation" in await stolen.say("0")
    await stolen.say("une vingtaine")
    kept = breach(stolen).recorded["violation.nombre_personnes"]
    assert kept == Answer.given(20, approximate=True)


async def test_the_end_is_not_before_the_start(story: Story) -> None:
    await story.say("le serveur d'imagerie était ouvert sur internet depuis le 10 novembre")
    while story.asked != "violation.en_cours":
        await story.say("passer")
    await story.say("non")
    assert story.asked == "violation.fin"
    said = await story.say("le 5 novembre")
    if value(story, "debut"):
        assert "avant d'avoir commencé" in said and story.asked == "violation.fin"


async def test_two_incidents_told_at_once_are_taken_one_after_the_other(story: Story) -> None:
    said = await story.say(
        "on m'a volé mon ordinateur hier et aussi j'ai envoyé un mail au mauvais patient ce matin"
    )
    assert "l'un après l'autre" in said
    assert value(story, "incident", 1) == "vol_appareil"
    assert value(story, "incident", 2) == "mauvais_destinataire"
    _, said = await to_verdict(story, {})
    assert "Un autre dossier reste à décrire" in said
    await story.press("V-2026-002 – Message, courrier ou document parti à la mauvaise personne")
    assert story.asked.startswith("violation.")
    await to_verdict(story, {})
    assert all(one.complete for one in story.file.breaches)


async def test_the_same_incident_told_again_is_recognised(stolen: Story) -> None:
    await stolen.say("pause")
    said = await stolen.say("on m'a volé mon ordinateur hier")
    assert "Est-ce le même incident" in said and len(stolen.file.breaches) == 1
    await stolen.press("C'est le même")
    assert stolen.asked == "violation.decouverte" and len(stolen.file.breaches) == 1
    await stolen.say("pause")
    await stolen.say("on m'a volé mon ordinateur hier")
    await stolen.press("C'est un autre incident")
    assert len(stolen.file.breaches) == 2 and value(stolen, "incident", 2) == "vol_appareil"


async def test_an_incident_of_another_kind_in_the_middle_is_offered(stolen: Story) -> None:
    said = await stolen.say("et par ailleurs j'ai aussi envoyé un compte rendu au mauvais patient")
    assert "Est-ce le même incident, ou un autre" in said
    await stolen.press("C'est un autre incident")
    assert value(stolen, "incident", 2) == "mauvais_destinataire"


async def test_one_that_was_abandoned_is_offered_on_return(stolen: Story) -> None:
    await stolen.say("au revoir")
    with stolen.records.unit() as unit:
        stolen.sender = unit.conversations.start(stolen.practice).sender
    said = await stolen.say("bonjour")
    assert "V-2026-001" in said
    await stolen.press("V-2026-001 – Appareil perdu ou volé")
    assert stolen.asked == "violation.decouverte"


async def test_a_theft_told_with_an_hour_is_no_measure_that_is_planned(story: Story) -> None:
    said = await story.say("jme sui fait piqué mon tel pro ds le metro ce matin vers 8h")
    assert "effacement à distance" in said and value(story, "incident") == "vol_appareil"


async def test_a_late_notification_asks_for_its_reasons(story: Story) -> None:
    await story.say("on m'a volé mon ordinateur portable le 10 novembre à 18h devant le cabinet")
    told = {
        "decouverte": "le 10 novembre à 19h",
        "connaissance": "dès la découverte",
        "atteinte": "quelqu'un a pu les voir",
        "donnees": "dossiers médicaux et noms",
        "protections": "aucune",
        "motif_retard": "le cabinet était fermé",
    }
    asked, said = await to_verdict(story, told)
    assert "motif_retard" in asked and "72 heures sont passées" in said
    assert value(story, "motif_retard") == "le cabinet était fermé"


@pytest.fixture
async def judged(stolen: Story) -> Story:
    """A stolen laptop whose verdict is to notify; some answers are not known yet."""
    told = {"decouverte": "hier à 20h", "connaissance": "dès la découverte", "donnees": "identité, santé"}
    await to_verdict(stolen, told)
    return stolen


async def test_what_was_sent_and_its_receipt_are_noted(judged: Story) -> None:
    assert "Quand" in await judged.press("J'ai notifié la CNIL")
    assert "lundi 23 novembre 2026 à 23 h" in await judged.say("hier à 23 h")
    assert "2026-45871" in await judged.say("j'ai le récépissé, c'est le numéro 2026-45871")
    sent = breach(judged).dossier.followup.notifications
    assert [(one.kind, one.receipt) for one in sent] == [("initial", "2026-45871")]
    assert sent[0].sent_at == datetime(2026, 11, 23, 23, tzinfo=PARIS)
    assert sent[0].content


async def test_the_complement_asks_only_what_is_missing_and_is_a_new_version(judged: Story) -> None:
    await judged.say("j'ai notifié la CNIL hier à 22h, récépissé 2026-45871")
    missing = {question.id for question in breach(judged).dossier.complement}
    await judged.say("compléter la violation")
    asked = await answer_all(judged, {"nombre_personnes": "une trentaine", "responsabilite": "moi seul"})
    assert set(asked) <= missing | {"cle", "destinataire", "recupere", "retablissement", "soins"}
    assert "decouverte" not in asked and {"nombre_personnes", "responsabilite"} <= set(asked)
    await judged.say("c'est exact")
    await judged.say("j'ai envoyé le complément à la CNIL à l'instant, numéro 2026-45900")
    await judged.say("ce matin à 8h")
    kinds = [one.kind for one in breach(judged).dossier.followup.notifications]
    assert kinds == ["initial", "complementary"]


async def test_who_was_told_is_noted(judged: Story) -> None:
    said = await judged.say("j'ai porté plainte hier à 21h")
    assert "lundi 23 novembre 2026 à 21 h" in said
    await judged.say("j'ai prévenu les patients par téléphone ce matin")
    told = {one.recipient: one.means for one in breach(judged).dossier.followup.told}
    assert told == {"police": "", "personnes": "par téléphone"}
    assert breach(judged).recorded["violation.information"] == Answer.given("faite")


async def test_a_correction_after_the_verdict_shows_the_recap_again(judged: Story) -> None:
    said = await judged.say("en fait je l'ai découvert ce matin à 7h")
    assert "avant que l'incident soit découvert" in said
    await judged.say("en fait je l'ai découvert hier à 19h")
    assert value(judged, "decouverte") == "2026-11-23T19:00+01:00"
    assert judged.recap == "violation"


async def test_an_unanswered_breach_counts_as_unknown(judged: Story) -> None:
    assert breach(judged).recorded["violation.nombre_personnes"] == UNKNOWN
    assert breach(judged).dossier.verdict.notify


async def test_a_story_that_resembles_a_question_has_its_answer_one_button_away(story: Story) -> None:
    await story.say("mon logiciel est en panne")
    pending = story.asked
    entry = next(entry for entry in story.knowledge.faq if entry.id == "logiciel_en_panne")
    assert entry.answer in await story.press(entry.question)
    assert story.asked == pending
