"""Leading to the pages where what is not asked in the chat is done."""

from __future__ import annotations

from actions.base import VigieAction
from actions.faq import answer_from_faq
from actions.hearing import interrogative
from actions.turn import Events, Turn
from bot.language.retriever import thresholds

#: By intent, the link's title and its address.
_PAGES = {
    "affiches": ("Informer les personnes", "/information"),
    "contrats": ("Vos prestataires", "/prestataires"),
    "aipd": ("Analyse d'impact et DPO", "/analyse-impact"),
}


class OpenPage(VigieAction):
    """Says what a page is for, links to it, and comes back to the interview."""

    def name(self) -> str:
        return "action_ouvrir"

    def act(self, turn: Turn) -> Events:
        # « Dois-je nommer un DPO ? » wants to know, and not to see a page.
        asks = interrogative(turn.text) and turn.near and turn.near[0][1] >= thresholds()[0]
        if asks and (answered := answer_from_faq(turn)) is not None:
            return answered
        title, address = _PAGES[turn.intent]
        turn.say(f"utter_{turn.intent}", {"links": [{"title": title, "href": address}]})
        return turn.resume()
