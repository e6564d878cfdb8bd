"""Choosing the theme to speak of."""

from __future__ import annotations

from actions.base import VigieAction
from actions.turn import LEAVE, Events, Turn


class ListThemes(VigieAction):
    """Offers the themes that apply to the practice."""

    def name(self) -> str:
        return "action_changer_theme"

    def act(self, turn: Turn) -> Events:
        return offer_themes(turn, "utter_choisir_theme")


class ChooseTheme(VigieAction):
    """Opens the theme that was named or chosen."""

    def name(self) -> str:
        return "action_choisir_theme"

    def act(self, turn: Turn) -> Events:
        named = [theme for theme, _ in turn.context.themes.search(turn.text, 1)]
        known = {activity.id: activity for activity in turn.knowledge.activities}
        chosen = [theme for theme in turn.entities("theme") or named if theme in known]
        if not chosen:
            return offer_themes(turn, "utter_theme_inconnu")
        return turn.open(known[chosen[0]])


def offer_themes(turn: Turn, response: str) -> Events:
    """Say `response` with a button for each theme that applies, and wait for the choice."""
    turn.say(
        response,
        buttons=[
            {
                "title": theme.activity.title,
                "payload": f'/choisir_theme{{"theme": "{theme.activity.id}"}}',
            }
            for theme in turn.file.themes
        ],
    )
    return LEAVE
