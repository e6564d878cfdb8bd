"""The register in the chat."""

from __future__ import annotations

from actions.base import VigieAction
from actions.turn import Events, Turn
from bot.documents.wording import counted


class ShowRegister(VigieAction):
    """Names the register's entries and where to read and download them."""

    def name(self) -> str:
        return "action_registre"

    def act(self, turn: Turn) -> Events:
        entries = turn.file.register
        if not entries:
            turn.say("utter_registre_vide")
            return turn.resume()
        links = [
            {"title": "Ouvrir le registre", "href": "/registre"},
            {"title": "Télécharger le PDF", "href": "/documents/registre.pdf"},
        ]
        names = ", ".join(entry.title for entry in entries)
        turn.say("utter_registre", {"links": links}, nombre=counted(len(entries), "fiche"), fiches=names)
        return turn.resume()
