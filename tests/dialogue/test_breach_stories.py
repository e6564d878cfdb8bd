"""Six breaches told in their own words, from the first sentence to the verdict."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from bot.compliance.answers import UNKNOWN, Answer
from bot.knowledge import Knowledge
from bot.records import Records
from bot.records.practice_file import BreachFile
from tests.dialogue.conftest import Story

UNSAID = "je ne sais pas encore"


def breach(story: Story, number: int = 1) -> BreachFile:
    """A breach of the practice as it is recorded now."""
    found = story.file.breach(number)
    assert found is not None
    return found


def value(story: Story, question: str, number: int = 1) -> object:
    """What is recorded of a question; None when it was not answered."""
    answer = breach(story, number).recorded.get(f"violation.{question}")
    return answer.value if answer else None


async def answer_all(story: Story, told: Mapping[str, str]) -> list[str]:
    """Answer every question, those not in `told` by « je ne sais pas encore »; what was asked, in order."""
    asked = []
    while story.asked:
        question = story.asked.removeprefix("violation.")
        assert asked.count(question) < 2, f"{question} is asked again and again after {told.get(question)}"
        asked.append(question)
        await story.say(told.get(question, UNSAID))
    return asked


async def to_verdict(story: Story, told: Mapping[str, str]) -> tuple[list[str], str]:
    """Answer everything and confirm the recap; what was asked, and all that Vigie then says."""
    asked = await answer_all(story, told)
    assert story.recap == "violation", story.last
    return asked, await story.say("oui c'est exact")


async def test_a_stolen_laptop_without_encryption(story: Story) -> None:
    said = await story.say(
        "On m'a volé mon ordinateur portable hier soir vers 22 h dans ma voiture, il contenait mon logiciel et "
        "les dossiers d'une vingtaine de patients"
    )
    assert "effacement à distance" in said and "J'ai noté" in said
    assert value(story, "incident") == "vol_appareil"
    assert value(story, "debut") == "2026-11-23T22:00+01:00"
    assert value(story, "supports") == ("portable",)
    assert value(story, "cause") == "externe_malveillant"
    assert breach(story).recorded["violation.nombre_personnes"] == Answer.given(20, approximate=True)
    assert story.asked == "violation.decouverte"
    told = {
        "decouverte": "ce matin à 8h",
        "decouvert_par": "moi-même",
        "connaissance": "dès la découverte",
        "responsabilite": "moi seule",
        "atteinte": "quelqu'un a pu les voir, et elles sont perdues",
        "personnes": "des patients adultes",
        "donnees": "nom, adresse et dossier médical",
        "protections": "aucune",
        "acces": "c'est possible",
        "retablissement": "oui le jour même",
        "soins": "non",
        "prevenus": "personne encore",
    }
    asked, said = await to_verdict(story, told)
    assert not {"incident", "debut", "supports", "cause", "nombre_personnes", "circonstances"} & set(asked)
    assert breach(story).dossier.verdict.name == "notifier_et_informer"
    assert "À notifier à la CNIL" in said and "Pourquoi" in said and "notifications.cnil.fr" in said
    assert "vendredi 27 novembre 2026 à 8 h" in said
    links = [link["href"] for reply in story.last for link in reply.extra.get("links", [])]
    assert links == ["/violations/1"]
    avoiding = {item.measure.id: item.reasons for item in story.file.measures}
    assert "aurait pu éviter" in " ".join(avoiding["sec-chiffrement"])


async def test_results_sent_to_the_wrong_patient(story: Story) -> None:
    said = await story.say("oups jai envoyé les resultats à un autre patient il y a une heure")
    assert "Rappelez le message" in said
    assert value(story, "incident") == "mauvais_destinataire"
    assert value(story, "destinataire") == "tiers_connu"
    told = {
        "circonstances": "la saisie automatique a mis une mauvaise adresse",
        "decouverte": "tout de suite",
        "decouvert_par": "moi",
        "connaissance": "au même moment",
        "responsabilite": "moi seul",
        "atteinte": "quelqu'un a pu les lire",
        "personnes": "un patient adulte",
        "nombre_personnes": "1",
        "donnees": "nom et résultats",
        "nombre_enregistrements": "1",
        "supports": "ma messagerie",
        "protections": "aucune",
        "acces": "oui c'est certain",
        "recupere": "oui, il a confirmé qu'il a supprimé",
    }
    asked, _ = await to_verdict(story, told)
    assert "en_cours" not in asked and "destinataire" not in asked and "cause" not in asked
    assert breach(story).dossier.verdict.name == "notifier_et_informer"


async def test_a_ransom_demand_that_is_not_understood_at_once(story: Story) -> None:
    said = await story.say("au secours il est arrivé un truc grave au cabinet")
    assert story.asked == "violation.incident", said
    said = await story.say("écran bleu avec une demande de rançon en bitcoins")
    assert value(story, "incident") == "rancongiciel"
    assert "N'éteignez" in said or "Débranchez" in said
    told = {
        "circonstances": "tous les fichiers sont chiffrés, le logiciel ne s'ouvre plus",
        "decouverte": "aujourd'hui à 8 h",
        "connaissance": "dès la découverte",
        "debut": "cette nuit",
        "en_cours": "oui",
        "responsabilite": "moi seul",
        "atteinte": "elles sont inaccessibles",
        "personnes": "tous mes patients",
        "nombre_personnes": "environ 1 200",
        "donnees": "identité et dossiers médicaux",
        "protections": "une sauvegarde séparée",
        "retablissement": "pas encore, mais une copie saine existe",
        "soins": "oui",
    }
    asked, said = await to_verdict(story, told)
    assert "fin" not in asked
    assert breach(story).recorded["violation.nombre_personnes"] == Answer.given(1200, approximate=True)
    assert breach(story).dossier.verdict.notify and "À notifier" in said
    assert "Compléter" in story.titles


async def test_a_leak_at_a_processor(story: Story) -> None:
    await story.say("Doctolib m'a prévenue hier à 18h que leur site avait fuité, mes patients sont concernés")
    assert value(story, "incident") == "prestataire"
    assert value(story, "prestataire") == "Doctolib"
    assert value(story, "decouverte") == "2026-11-23T18:00+01:00"
    assert value(story, "decouvert_par") == "prestataire"
    told = {
        "connaissance": "dès qu'ils m'ont prévenue, donc pareil",
        "prestataire_connaissance": "le 15 novembre",
        "debut": "le 10 novembre",
        "atteinte": "quelqu'un a pu les prendre",
        "cause": "un piratage",
        "donnees": "nom, téléphone, mail",
        "personnes": "des patients",
        "acces": "possible",
        "protections": "aucune",
    }
    asked, _ = await to_verdict(story, told)
    assert "prestataire" not in asked and "decouverte" not in asked
    assert breach(story).dossier.verdict.name == "notifier"


async def test_a_lost_phone_that_is_encrypted(story: Story) -> None:
    await story.say("jai paumé mon tel pro hier soir")
    assert value(story, "incident") == "vol_appareil"
    assert value(story, "debut") == "2026-11-23 soir"
    assert value(story, "supports") == ("mobile",)
    told = {
        "circonstances": "il a dû tomber de ma poche dans le bus",
        "decouverte": "hier soir vers 23h",
        "connaissance": "dès la découverte",
        "atteinte": "quelqu'un a pu les voir",
        "personnes": "patients",
        "nombre_personnes": "une trentaine",
        "donnees": "nom, rendez-vous, santé",
        "protections": "chiffré, avec un code solide, une sauvegarde et l'effacement à distance",
        "cle": "oui, hors d'atteinte",
        "acces": "c'est possible, on ne peut pas savoir",
        "mesures_prises": "effacé à distance",
    }
    _, said = await to_verdict(story, told)
    assert breach(story).dossier.verdict.name == "consigner"
    assert "sans notifier" in said and "Ce qui changerait" in said
    assert "J'ai notifié la CNIL" not in story.titles


async def test_a_paper_file_that_a_passer_by_found(story: Story) -> None:
    await story.say(
        "un passant m'a rapporté ce matin un dossier papier que j'avais dû laisser tomber sur le parking hier"
    )
    assert value(story, "incident") == "papier"
    assert value(story, "decouverte") == "2026-11-24 matin"
    told = {
        "connaissance": "au même moment",
        "debut": "hier dans la journée",
        "decouvert_par": "un inconnu",
        "atteinte": "quelqu'un a pu les lire",
        "personnes": "une patiente adulte",
        "nombre_personnes": "une seule",
        "donnees": "identité, santé",
        "protections": "rien",
        "acces": "oui c'est sûr",
        "destinataire": "une personne connue",
        "recupere": "oui, tout de suite, enveloppe fermée",
    }
    await to_verdict(story, told)
    assert breach(story).dossier.verdict.name == "consigner"


async def test_a_restart_in_the_middle_loses_nothing(
    story: Story, records: Records, knowledge: Knowledge, new_story: Callable[[], Story]
) -> None:
    await story.say("on m'a volé ma tablette ce matin")
    asked, noted = story.asked, dict(breach(story).recorded)
    # As the page does when Rasa was started again: another sender, standing where this one stood.
    with records.unit() as unit:
        current = unit.conversations.find(story.sender)
        assert current
        fresh = unit.conversations.start(story.practice)
        unit.conversations.move(
            fresh.sender, current.phase, current.theme_id, current.question_id, current.case
        )
    story.sender = fresh.sender
    await story.say("elle était dans mon sac, qui a été arraché devant le cabinet")
    assert asked == "violation.circonstances"
    assert value(story, "circonstances") == "elle était dans mon sac, qui a été arraché devant le cabinet"
    assert {key: breach(story).recorded[key] for key in noted} == noted


@pytest.mark.parametrize("said", ["je ne sais pas encore", "j'en sais rien", "aucune idée pour l'instant"])
async def test_what_is_not_known_yet_goes_to_the_complement(story: Story, said: str) -> None:
    await story.say("mon cabinet a été cambriolé cette nuit")
    question = story.asked
    await story.say(said)
    assert breach(story).recorded[question] == UNKNOWN
    assert question in {f"violation.{one.id}" for one in breach(story).dossier.complement}
