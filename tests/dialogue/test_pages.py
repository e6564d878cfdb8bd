"""What is done on a page of its own: the chat says where the practice stands, links to it, and comes back."""

from __future__ import annotations

import pytest

from bot.compliance.answers import Answer
from bot.documents import wording
from tests.compliance.dpia_practices import GROUP, PLAIN, practice
from tests.dialogue.conftest import Story

LARGE = {**GROUP, "profil.plus_de_10000_patients": True}


def links(story: Story) -> list[str]:
    """The addresses of the last links."""
    return [link["href"] for reply in story.last for link in reply.extra.get("links", [])]


def settle(story: Story, **changed: object) -> None:
    """Record the plain practice, or one that differs from it."""
    told = {name.replace("__", "."): value for name, value in changed.items()}
    story.know(**{key.replace(".", "__", 1): answer for key, answer in practice(told, PLAIN).items()})


@pytest.mark.parametrize(
    "said",
    [
        "je voudrais voir où on en est de l'analyse d'impact",
        "montre mon aipd",
        "c'est quoi le verdict dpo pour mon cabinet",
    ],
)
async def test_the_chat_says_where_the_practice_stands_and_links_to_the_page(story: Story, said: str) -> None:
    settle(story)
    told = await story.say(said)
    assert "Sur 19 fiches, aucune n'appelle d'analyse d'impact, en principe." in told
    assert "Pas de délégué (DPO) obligatoire, en principe." in told
    assert links(story) == ["/analyse-impact"]


async def test_what_is_called_for_is_named_and_an_assessment_begun_is_linked(story: Story) -> None:
    settle(story, **{name.replace(".", "__"): value for name, value in LARGE.items()})
    with story.records.unit() as unit:
        record = unit.cases.open(story.practice, "assessment")
        unit.cases.save(record.id, "fiche.traitement", Answer.given("dossiers_patients"))
    told = await story.say("montre mon aipd")
    assert "7 appellent une analyse d'impact (« Gestion des dossiers et suivi des patients »" in told
    assert "Un délégué (DPO) est attendu." in told
    assert links(story) == ["/analyse-impact", "/analyse-impact/1"]
    assert wording.screened(story.file.screening) in told


async def test_without_a_register_it_says_what_the_page_is_for(story: Story) -> None:
    told = await story.say("montre mon aipd")
    assert "pour chaque fiche de votre registre" in told and links(story) == ["/analyse-impact"]


async def test_in_an_interview_it_comes_back_to_the_question(story: Story) -> None:
    story.know_everything_applies()
    await story.open("rendez_vous")
    question = story.asked
    await story.say("montre mon aipd")
    assert links(story) == ["/analyse-impact"] and story.asked == question


@pytest.mark.parametrize(
    "said", ["fais moi l'affiche pour la salle d'attente", "je voudrais la notice des patients"]
)
async def test_the_chat_says_which_notices_there_are_and_how_they_stand(story: Story, said: str) -> None:
    settle(story)
    told = await story.say(said)
    needed = story.file.notices.needed
    assert needed and all(f"- {one.notice.title} : " in told for one in needed)
    assert "prête" in told or "à compléter" in told
    assert links(story) == ["/information"]


async def test_without_a_register_it_says_what_the_notices_are_for(story: Story) -> None:
    told = await story.say("fais moi l'affiche pour la salle d'attente")
    assert "à partir de votre registre" in told and links(story) == ["/information"]
