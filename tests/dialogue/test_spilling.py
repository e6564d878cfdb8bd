"""One sentence that answers several questions, and only those."""

from __future__ import annotations

import pytest

from bot.compliance.answers import Answer, in_words
from tests.dialogue.conftest import Story

DOCTOLIB = "oui on a Doctolib depuis l'an dernier, la secrétaire y accède"


@pytest.fixture
async def asking(story: Story) -> Story:
    """A practice at the first question on appointments."""
    story.know_everything_applies()
    await story.open("rendez_vous")
    return story


async def test_the_way_the_service_and_who_has_access_are_noted_from_one_sentence(asking: Story) -> None:
    said = await asking.say(DOCTOLIB)
    answers = asking.file.answers
    assert answers["rendez_vous.acces"] == Answer.given(("secretaire",))
    assert answers["rendez_vous.canaux"] == Answer.given(("en_ligne",))
    assert answers["rendez_vous.prestataire"] == Answer.given("Doctolib")
    assert "Service de rendez-vous en ligne : Doctolib" in said
    assert "Personnes qui accèdent à l'agenda : Le secrétariat ou un assistant" in said
    assert asking.asked == "rendez_vous.contrat"


async def test_what_was_noted_beside_is_in_the_recap(asking: Story) -> None:
    await asking.say(DOCTOLIB)
    said = await asking.say("récapitulatif")
    assert "Modes de prise de rendez-vous : Sur un site de rendez-vous" in said
    assert "Service de rendez-vous en ligne : Doctolib" in said


async def test_the_last_recap_shows_all_that_was_understood(asking: Story) -> None:
    await asking.say(DOCTOLIB)
    while asking.asked:
        await asking.say("passer")
    assert asking.recap == "rendez_vous"
    shown = "\n".join(reply.text for reply in asking.last)
    for key, answer in asking.file.answers.items():
        if key.startswith("rendez_vous.") and answer.known:
            question = asking.knowledge.question(key)
            assert f"{question.label} : {in_words(question, answer)}" in shown


@pytest.mark.parametrize(
    "said",
    [
        "sur internet, mais pas avec Doctolib",
        "sur un site, je ne sais plus si c'est Doctolib",
        "par téléphone, avant c'était Doctolib",
    ],
)
async def test_a_service_that_is_not_said_to_be_theirs_is_not_noted(asking: Story, said: str) -> None:
    answered = await asking.say(said)
    assert "rendez_vous.prestataire" not in asking.file.answers
    assert "J'ai aussi noté" not in answered


async def test_a_button_notes_nothing_else(asking: Story) -> None:
    await asking.press("Sur un site de rendez-vous")
    assert "rendez_vous.prestataire" not in asking.file.answers
    assert asking.asked == "rendez_vous.prestataire"


async def test_what_was_noted_beside_can_be_corrected(asking: Story) -> None:
    await asking.say(DOCTOLIB)
    pending = asking.asked
    answered = await asking.say("en fait c'est Maiia, pas Doctolib")
    assert "Doctolib → Maiia" in answered
    assert asking.file.answers["rendez_vous.prestataire"] == Answer.given("Maiia")
    assert asking.file.answers["rendez_vous.canaux"] == Answer.given(("en_ligne",))
    assert asking.asked == pending
