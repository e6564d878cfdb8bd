"""Requests of data subjects told in their own words: opened, asked about, judged, answered."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.compliance.answers import UNKNOWN
from bot.records.practice_file import RequestFile
from tests.dialogue.conftest import Story

TELLING = [
    ("un patient veut que j'efface son dossier", {"droit": "effacement", "qui": "patient"}),
    ("la fille d'une patiente décédée me réclame le dossier", {"droit": "defunt", "qui": "ayant_droit"}),
    ("un gendarme est passé au cabinet réclamer le dossier d'un patient", {"qui": "police"}),
    ("une maman demande une copie du carnet de soins de son fils", {"droit": "copie", "qui": "parent"}),
    ("ma secrétaire veut consulter ce que j'ai gardé sur elle", {"droit": "acces", "qui": "salarie"}),
    ("une patiente m'écrit qu'elle ne veut plus recevoir mes sms", {"droit": "opposition", "qui": "patient"}),
]
QUESTIONS = [
    "un patient peut-il demander l'effacement de son dossier ?",
    "combien de temps pour répondre à une demande d'accès ?",
    "les héritiers ont-ils droit au dossier ?",
    "qu'est-ce que le droit à la portabilité ?",
]


def request(story: Story, number: int = 1) -> RequestFile:
    """A request as it is recorded now."""
    found = story.file.request(number)
    assert found is not None
    return found


def value(story: Story, question: str, number: int = 1) -> object:
    """What is recorded of a question; None when it was not answered."""
    answer = request(story, number).recorded.get(f"demande.{question}")
    return answer.value if answer else None


async def to_verdict(story: Story, told: Mapping[str, str]) -> tuple[list[str], str]:
    """Answer everything, what is not in `told` by « je ne sais pas encore », and confirm the recap."""
    asked: list[str] = []
    while story.asked:
        question = story.asked.removeprefix("demande.")
        assert asked.count(question) < 2, f"{question} is asked again and again after {told.get(question)}"
        asked.append(question)
        await story.say(told.get(question, "je ne sais pas encore"))
    assert story.recap == "demande", story.last
    return asked, await story.say("oui c'est exact")


@pytest.mark.parametrize(("said", "facts"), TELLING)
async def test_a_request_is_recognised_from_any_telling(
    story: Story, said: str, facts: dict[str, str]
) -> None:
    await story.say(said)
    assert {name: value(story, name) for name in facts} == facts
    assert story.asked.startswith("demande.")


@pytest.mark.parametrize("said", QUESTIONS)
async def test_a_question_on_rights_opens_no_file(story: Story, said: str) -> None:
    await story.say(said)
    assert story.file.requests == () and story.asked == ""


async def test_what_would_be_to_do_is_asked_about(story: Story) -> None:
    await story.say("que faire si la police me demande le dossier d'un patient ?")
    assert story.file.requests == ()
    await story.press("Oui, on me le demande")
    assert value(story, "qui") == "police"


async def test_what_the_faq_answers_may_be_asked_for_by_someone(story: Story) -> None:
    said = await story.say("une mutuelle peut-elle me réclamer un compte rendu ?")
    entry = next(entry for entry in story.knowledge.faq if entry.id == "dossier_mutuelle")
    assert entry.answer in said and story.file.requests == ()
    await story.press("On me le demande")
    assert value(story, "qui") == "assureur"


async def test_what_it_came_by_is_not_what_it_bears_on(story: Story) -> None:
    await story.say("un patient ma envoyé un mail il veu tout effacer")
    assert value(story, "moyen") == "courriel" and value(story, "traitement") is None


async def test_a_patient_wants_the_record_erased(story: Story) -> None:
    said = await story.say("un patient veut que j'efface son dossier, il me l'a écrit hier par mail")
    assert "J'ai noté" in said and value(story, "recue") == "2026-11-23"
    assert value(story, "moyen") == "courriel"
    told = {
        "identite": "oui je le connais",
        "effacement_de": "tout",
        "precise": "c'est clair",
        "fait": "rien encore",
        "reference": "D-12",
    }
    asked, said = await to_verdict(story, told)
    assert not {"droit", "qui", "recue", "moyen", "traitement"} & set(asked) and len(asked) <= 8
    assert request(story).dossier.verdict.name == "refuser"
    # 23 November and a month: the 23rd of December is a Wednesday.
    assert "mercredi 23 décembre 2026" in said and "CNIL" in said and "Pourquoi" in said
    links = [link["href"] for reply in story.last for link in reply.extra.get("links", [])]
    assert "/demandes/1" in links
    said = await story.say("j'ai refusé par courrier ce matin")
    assert "Demande refusée" in said
    assert request(story).dossier.state == "refusee"


async def test_a_mother_asks_for_a_recent_record(story: Story) -> None:
    await story.say("une maman veut une copie du dossier de son fils, elle a demandé ce matin au cabinet")
    told = {
        "anciennete": "moins de cinq ans",
        "identite": "je la connais",
        "precise": "oui",
        "secret_mineur": "non",
        "deja_obtenu": "non",
        "fait": "rien",
        "reference": "passer",
    }
    _, said = await to_verdict(story, told)
    # Eight days from 24 November, and not before 48 hours (CSP art. L.1111-7).
    assert "mercredi 2 décembre 2026" in said and "jeudi 26 novembre 2026" in said
    assert request(story).dossier.verdict.name == "accorder"


async def test_someone_who_may_know_nothing_gets_no_word_on_the_patient(story: Story) -> None:
    await story.say("un assureur me réclame par courrier le dossier d'un patient")
    _, said = await to_verdict(story, {"reference": "passer"})
    assert request(story).dossier.verdict.letter == "secret"
    assert "Ne confirmez pas" in said


async def test_the_same_request_told_again_is_recognised(story: Story) -> None:
    await story.say("un patient veut que j'efface son dossier")
    await story.say("pause")
    said = await story.say("un patient me demande d'effacer son dossier")
    assert "D-2026-001" in said and len(story.file.requests) == 1
    await story.press("C'est la même")
    assert len(story.file.requests) == 1 and story.asked.startswith("demande.")
    await story.say("pause")
    await story.say("un patient me demande d'effacer son dossier")
    await story.press("C'est une autre demande")
    assert len(story.file.requests) == 2


async def test_a_request_interrupts_a_theme_and_the_theme_is_kept(story: Story) -> None:
    story.know_everything_applies()
    await story.open("rendez_vous")
    await story.say("par téléphone et en ligne")
    pending = story.asked
    await story.say("au fait un patient me réclame une copie de son dossier depuis lundi")
    assert story.asked.startswith("demande.") and value(story, "droit") == "copie"
    await to_verdict(story, {})
    await story.press("Reprendre l'entretien")
    await story.say("oui")
    await story.press("Continuer")
    assert story.asked == pending


async def test_a_date_to_come_is_asked_again(story: Story) -> None:
    await story.say("un patient veut que j'efface son dossier")
    said = await story.say("demain")
    assert "avenir" in said and story.asked == "demande.recue"


async def test_a_side_question_comes_back_to_the_request(story: Story) -> None:
    await story.say("un patient veut que j'efface son dossier")
    said = await story.say("qu'est-ce qu'une base légale ?")
    assert story.asked == "demande.recue" and "base" in said
    await story.say("pause")
    await story.say("reprendre")
    assert story.asked == "demande.recue"


async def test_what_was_done_is_noted_with_its_day(story: Story) -> None:
    await story.say("un patient veut que j'efface son dossier, demande reçue hier")
    await to_verdict(story, {})
    await story.press("Noter ce que j'ai fait")
    await story.press("Justificatif d'identité demandé")
    await story.say("ce matin à 8h")
    (step,) = request(story).dossier.record.steps
    assert (step.kind, step.moment.text()) == ("identite_demandee", "2026-11-24T08:00+01:00")
    assert request(story).dossier.state == "attente_identite"
    await story.say("où en est la demande du patient ?")
    assert "D-2026-001" in " ".join(reply.text for reply in story.last)


async def test_what_is_not_known_is_completed_later(story: Story) -> None:
    await story.say("un patient veut que j'efface son dossier")
    await to_verdict(story, {})
    assert request(story).recorded["demande.recue"] == UNKNOWN
    await story.press("Compléter")
    assert story.asked == "demande.recue"


async def test_what_waits_for_an_answer_is_told_on_return(story: Story) -> None:
    await story.say("un patient veut que j'efface son dossier, il me l'a écrit le 2 octobre")
    await to_verdict(story, {})
    said = await story.say("bonjour")
    # A month from 2 October ended on Monday 2 November.
    assert "D-2026-001" in said and "lundi 2 novembre 2026" in said and "passé" in said
    await story.press("Continuer l'entretien")
    assert story.asked.startswith("profil.")
