"""Leading to the pages where what is not asked in the chat is done."""

from __future__ import annotations

from actions.base import VigieAction
from actions.faq import answer_if_asked
from actions.turn import Events, Turn
from bot.documents import wording

#: By intent, the link's title and its address.
_PAGES = {
    "affiches": ("Informer les personnes", "/information"),
    "aipd": ("Analyse d'impact et DPO", "/analyse-impact"),
}


class OpenPage(VigieAction):
    """Says what a page is for or where the practice stands, links to it, and comes back to the interview."""

    def name(self) -> str:
        return "action_ouvrir"

    def act(self, turn: Turn) -> Events:
        # « C'est quoi le verdict DPO ? » wants its own, and may want to know what one is.
        self._lead(turn)
        answered = answer_if_asked(turn)
        return turn.resume() if answered is None else answered

    def _lead(self, turn: Turn) -> None:
        title, address = _PAGES[turn.intent]
        links = [{"title": title, "href": address}]
        file = turn.file
        if turn.intent == "aipd" and file.register:
            links += [
                {"title": one.title, "href": f"{address}/{one.number}"}
                for one in file.assessments
                if one.open
            ]
            standing = {"fiches": wording.screened(file.screening), "delegue": wording.officer(file.officer)}
            turn.say("utter_aipd_bilan", {"links": links}, **standing)
        elif turn.intent == "affiches" and file.register:
            stands = (f"- {one.notice.title} : {wording.notice_state(one)}" for one in file.notices.needed)
            turn.say("utter_affiches_bilan", {"links": links}, lignes="\n".join(stands))
        else:
            turn.say(f"utter_{turn.intent}", {"links": links})
