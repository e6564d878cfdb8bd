"""Answering questions on the RGPD from the FAQ."""

from __future__ import annotations

from actions.base import Events, Turn, VigieAction

#: Below this likeness no answer is given: a wrong one harms.
_ALIKE = 0.35


class AnswerFaq(VigieAction):
    """Answers from the FAQ, or says that Vigie does not know, and comes back to the interview."""

    def name(self) -> str:
        return "action_repondre_question"

    def act(self, turn: Turn) -> Events:
        if not answer_from_faq(turn):
            turn.say("utter_question_inconnue")
        return turn.resume()


def answer_from_faq(turn: Turn) -> bool:
    """Answer the question that was typed with its sources, if an entry is near; tells whether it did."""
    found = turn.context.faq.search(turn.text, 1)
    if not found or found[0][1] < _ALIKE:
        return False
    entry = next(entry for entry in turn.knowledge.faq if entry.id == found[0][0])
    sources = f"{turn.cite(entry.sources)}. Vérifié le {entry.checked:%d/%m/%Y}."
    turn.say("utter_reponse_question", reponse=entry.answer, sources=sources)
    return True
