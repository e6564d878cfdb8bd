"""What to do with a message that no intent fits."""

from __future__ import annotations

from actions.base import Events, Turn, VigieAction
from actions.correction import correct
from actions.faq import answer_from_faq
from actions.interview import asks


class NotUnderstood(VigieAction):
    """Tries the FAQ for what has the form of a question, a correction under a recap; else says so."""

    def name(self) -> str:
        return "action_incompris"

    def act(self, turn: Turn) -> Events:
        if asks(turn.text) and answer_from_faq(turn):
            return turn.resume()
        if turn.conversation.phase == "recap" and not turn.text.startswith("/"):
            return correct(turn)
        turn.say("utter_incompris")
        return turn.resume()
