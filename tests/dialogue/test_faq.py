"""Questions on the RGPD: a dated, sourced answer, what is asked about it, and the interview where it was."""

from __future__ import annotations

import pytest
import yaml

from bot.language import faq
from bot.language.retriever import thresholds
from bot.settings import ROOT
from tests.dialogue.conftest import Story


def answer_of(story: Story, entry_id: str) -> str:
    """The entry's short answer."""
    return next(entry.answer for entry in story.knowledge.faq if entry.id == entry_id)


@pytest.mark.parametrize(
    ("said", "entry_id"),
    [
        ("combien de temps je dois garder le dossier d'un patient ?", "duree_dossier"),
        ("cb de tps jdoi garder les doss", "duree_dossier"),
        ("j'ai le droit d'utiliser whatsapp avec mes patients ?", "whatsapp"),
        ("dois je nommer un dpo", "dpo"),
        (
            "une fuite de données, je préviens la cnil sous combien de temps ?",
            "violation_72h",
        ),
    ],
)
async def test_a_question_gets_its_answer_with_its_sources_and_date(
    story: Story, said: str, entry_id: str
) -> None:
    answered = await story.say(said)
    assert answer_of(story, entry_id) in answered
    assert "Source" in answered and "Vérifié le" in answered
    assert "Plus de détails" in story.titles


async def test_details_and_sources_of_the_last_answer_can_be_asked_for(story: Story) -> None:
    entry = next(entry for entry in story.knowledge.faq if entry.id == "duree_dossier")
    await story.say("combien de temps garder les dossiers des patients ?")
    more = await story.say("plus de détails")
    assert entry.detail in more and entry.todo in more
    cited = await story.say("la source ?")
    assert all(story.knowledge.sources[source].title in cited for source in entry.sources)


async def test_details_before_any_answer_ask_what_is_meant(story: Story) -> None:
    assert "Posez d'abord votre question" in await story.say("plus de détails")


async def test_why_after_an_answer_tells_more_of_it(story: Story) -> None:
    entry = next(entry for entry in story.knowledge.faq if entry.id == "whatsapp")
    await story.say("je peux utiliser whatsapp avec mes patients ?")
    assert entry.detail in await story.say("pourquoi ?")


async def test_a_follow_up_completes_the_question_before_it(story: Story) -> None:
    await story.say("combien de temps garder les dossiers des patients ?")
    assert answer_of(story, "duree_dossier_enfant") in await story.say("et pour les mineurs ?")


async def test_two_things_are_told_apart(story: Story) -> None:
    answered = await story.say("quelle différence entre un responsable de traitement et un sous-traitant ?")
    assert answer_of(story, "responsable_de_traitement") in answered
    assert answer_of(story, "sous_traitant") in answered


async def test_an_answer_depends_on_the_practice(story: Story) -> None:
    entry = next(entry for entry in story.knowledge.faq if entry.id == "dossier_obligatoire")
    story.know(profil__profession="psychologue")
    answered = await story.say(entry.question)
    assert entry.answer not in answered
    assert entry.cases[1].answer in answered


async def test_a_doubtful_question_is_offered_its_neighbours_and_a_button_answers(story: Story) -> None:
    answered = await story.say(_doubtful())
    assert "Est-ce l'une de ces questions ?" in answered
    offered = [entry for entry in story.knowledge.faq if entry.question in story.titles]
    assert 1 <= len(offered) <= 3
    assert offered[0].answer in await story.press(offered[0].question)


async def test_what_is_not_known_is_not_invented(story: Story) -> None:
    answered = await story.say("quelle est la hauteur de la tour Eiffel ?")
    assert "Source" not in answered


async def test_a_question_in_the_interview_is_answered_and_the_interview_goes_on(story: Story) -> None:
    story.know_everything_applies()
    await story.open("rendez_vous")
    asked = story.asked
    assert answer_of(story, "whatsapp") in await story.say(
        "au fait je peux utiliser whatsapp avec mes patients ?"
    )
    assert story.asked == asked
    more = await story.say("plus de détails")
    assert next(entry.detail for entry in story.knowledge.faq if entry.id == "whatsapp") in more
    assert story.asked == asked


def _doubtful() -> str:
    """The question whose nearest entry is as far from sure as it is from not being offered."""
    sure, offered = thresholds()
    asked = yaml.safe_load((ROOT / "bench" / "asked.yml").read_text("utf-8"))
    questions = [one["text"] for one in asked if one["text"].endswith("?")]
    return min(questions, key=lambda text: abs(faq.index().search(text, 1)[0][1] - (sure + offered) / 2))
