"""Leading to the pages where what is not asked in the chat is done."""

from __future__ import annotations

from actions.base import VigieAction
from actions.turn import Events, Turn

#: By intent, the link's title and its address.
_PAGES = {
    "affiches": ("Informer les personnes", "/information"),
    "aipd": ("Analyse d'impact et DPO", "/analyse-impact"),
}


class OpenPage(VigieAction):
    """Says what a page is for, links to it, and comes back to the interview."""

    def name(self) -> str:
        return "action_ouvrir"

    def act(self, turn: Turn) -> Events:
        title, address = _PAGES[turn.intent]
        turn.say(f"utter_{turn.intent}", {"links": [{"title": title, "href": address}]})
        return turn.resume()
