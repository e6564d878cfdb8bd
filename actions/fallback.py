"""What to do with a message that no intent fits."""

from __future__ import annotations

from actions import breach, request
from actions.base import VigieAction
from actions.breach import is_rather_told
from actions.correction import correct
from actions.faq import answer_from_faq
from actions.hearing import interrogative
from actions.measures import answer_awaited
from actions.request import is_rather_asked_for
from actions.themes import offer_themes
from actions.turn import Events, Turn

#: From this likeness on, words alone are a theme's name.
_NAMES_THEME = 0.6


class NotUnderstood(VigieAction):
    """Tries, in turn: what was awaited, the FAQ, a correction of the recap, a theme's name; else says so."""

    def name(self) -> str:
        return "action_incompris"

    def act(self, turn: Turn) -> Events:
        settled = answer_awaited(turn)
        if settled is not None:
            return settled
        # « On m'a volé mon portable le 10 novembre » hesitates between a story and a date that is planned.
        if is_rather_told(turn):
            return breach.tell(turn)
        if is_rather_asked_for(turn):
            return request.tell(turn)
        asks = interrogative(turn.text)
        if asks and (answered := answer_from_faq(turn)) is not None:
            return answered
        if turn.phase == "recap" and turn.intent == "passer":
            return offer_themes(turn, "utter_choisir_theme")
        if turn.phase == "recap" and turn.text:
            return correct(turn)
        themes = turn.context.themes.search(turn.text, 1) if turn.phase != "asking" else []
        if themes and themes[0][1] >= _NAMES_THEME:
            return turn.open(turn.knowledge.activity(themes[0][0]))
        # A few words alone, as « les photocopies », are a question to which the answer may be known.
        if not asks and turn.phase != "asking" and (answered := answer_from_faq(turn)) is not None:
            return answered
        turn.say("utter_incompris")
        return turn.resume()
