"""What the practitioner did about a measure, said in the chat."""

from __future__ import annotations

from datetime import date

import pytest

from bot.compliance.measures import Decision
from tests.dialogue.conftest import Story

MEASURE = "rdv-motif"


@pytest.fixture
def asked_to(story: Story) -> Story:
    """A practice that is to stop asking for the reason of the visit."""
    story.know_everything_applies()
    story.know(rendez_vous__canaux=("telephone",), rendez_vous__motif="libre")
    assert MEASURE in {item.measure.id for item in story.file.measures}
    return story


def decision(story: Story) -> Decision | None:
    return next(item.decision for item in story.file.measures if item.measure.id == MEASURE)


async def test_done(asked_to: Story) -> None:
    assert "faite" in await asked_to.say("c'est fait pour le motif libre")
    assert decision(asked_to) == Decision("done")


async def test_planned_for_a_date(asked_to: Story) -> None:
    assert "15/03/2027" in await asked_to.say("je prévois le motif libre pour le 15 mars")
    assert decision(asked_to) == Decision("planned", date(2027, 3, 15))


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("je prévois le motif libre pour le 31 février", "n'existe pas"),
        ("je prévois le motif libre pour le 3 mars 2020", "déjà passé"),
        ("je prévois de supprimer le motif libre", "Pour quelle date"),
        ("le motif libre ne s'applique pas à mon cabinet", "Pour quelle raison"),
    ],
)
async def test_what_is_missing_or_impossible_is_said_and_nothing_is_kept(
    asked_to: Story, said: str, answered: str
) -> None:
    assert answered in await asked_to.say(said)
    assert decision(asked_to) is None


async def test_set_aside_with_its_reason(asked_to: Story) -> None:
    await asked_to.say("le motif libre ne s'applique pas parce que je ne note rien")
    assert decision(asked_to) == Decision("not_applicable", reason="je ne note rien")


async def test_the_list_is_shown_urgent_first(asked_to: Story) -> None:
    answered = await asked_to.say("mes mesures")
    first = asked_to.file.measures[0].measure
    assert first.title in answered
    assert asked_to.last[0].extra["links"][0]["href"] == "/mesures"


async def test_a_measure_leads_to_the_page_where_it_is_carried_out(asked_to: Story) -> None:
    asked_to.know(rendez_vous__canaux=("telephone", "en_ligne"), rendez_vous__prestataire="Doctolib")
    asked_to.know(rendez_vous__contrat=False)
    await asked_to.say("je prévois de retrouver le contrat de chaque prestataire pour le 15 mars")
    (kept,) = [one for one in asked_to.file.measures if one.measure.id == "sst-contrats"]
    assert kept.decision == Decision("planned", date(2027, 3, 15))
    links = [link["href"] for message in asked_to.last for link in message.extra.get("links", [])]
    assert "/prestataires" in links
