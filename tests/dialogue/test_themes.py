"""Every theme from its first question to its register entries, by buttons and in words."""

from __future__ import annotations

import pytest

from bot.knowledge import load
from bot.knowledge.model import Question
from tests.dialogue.conftest import Story

THEMES = [activity.id for activity in load().activities]
MOST_QUESTIONS = 20


def in_words(question: Question) -> str:
    """An answer that a person could type to the question."""
    if question.kind == "bool":
        return "oui"
    if question.kind == "one":
        return next(iter(question.options.values()))
    if question.kind == "many":
        return next(label for option, label in question.options.items() if option != question.none)
    return {"number": "une vingtaine", "duration": "6 mois", "date": "le 3 mars 2027"}.get(
        question.kind, "Cabinet des Lilas"
    )


async def answer(story: Story, typed: bool) -> str:
    question = story.knowledge.question(story.asked)
    if typed or question.kind not in ("bool", "one", "many"):
        return await story.say(in_words(question))
    options = {"bool": ["Non"], "one": list(question.options.values())[-1:]}
    titles = options.get(question.kind) or [
        label for option, label in question.options.items() if option != question.none
    ]
    return await story.press(titles[-1])


@pytest.mark.parametrize("typed", [False, True], ids=["buttons", "words"])
@pytest.mark.parametrize("theme", THEMES)
async def test_a_theme_leads_to_its_recap_its_entries_and_the_next_theme(
    story: Story, theme: str, typed: bool
) -> None:
    if theme != "profil":
        story.know_everything_applies()
    activity = story.knowledge.activity(theme)
    await story.open(theme)
    answered = []
    while not story.recap:
        assert story.asked.startswith(f"{theme}."), f"lost after {answered}: {story.last}"
        assert story.asked not in answered, f"asked twice: {story.asked}"
        answered.append(story.asked)
        assert len(answered) <= MOST_QUESTIONS
        await answer(story, typed)
        assert answered[-1] in story.file.answers
    assert story.recap == theme
    said = await story.press("C'est exact")
    assert theme in story.file.confirmed
    shown = [entry for entry in story.file.register if entry.theme == theme]
    for entry in shown:
        assert entry.title in said
    if activity.register and not any(entry.when for entry in activity.register):
        assert shown
    assert "Continuer" in story.titles or "Mon registre" in story.titles


async def test_the_whole_interview_can_be_answered_by_going_on(story: Story) -> None:
    await story.say("bonjour")
    await story.press("Commencer")
    for _ in range(300):
        if story.recap:
            await story.press("C'est exact")
        elif story.asked:
            await answer(story, typed=False)
        elif "Continuer" in story.titles:
            await story.press("Continuer")
        else:
            break
    assert "Vous avez répondu à tous les thèmes" in story.last[-1].text
    file = story.file
    assert all(theme.state == "confirmed" for theme in file.themes)
    assert file.register
    for entry in file.register:
        for field in entry.unknown:
            assert not any(line.text.startswith(("À préciser :", "À compléter")) for line in field.lines)
