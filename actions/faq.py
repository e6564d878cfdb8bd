"""Answering questions on the RGPD from the FAQ."""

from __future__ import annotations

from actions.base import VigieAction
from actions.turn import Events, Turn
from bot.knowledge.model import FaqEntry

#: From this likeness on, and this far ahead of the next entry, the answer is given at once.
_SURE, _AHEAD = 0.5, 0.05
#: Below this likeness nothing is even offered: a wrong answer harms.
_ALIKE = 0.3
_OFFERED = 3


class AnswerFaq(VigieAction):
    """Answers from the FAQ, or says that Vigie does not know, and comes back to the interview."""

    def name(self) -> str:
        return "action_repondre_question"

    def act(self, turn: Turn) -> Events:
        if not answer_from_faq(turn):
            turn.say("utter_question_inconnue")
        return turn.resume()


def answer_from_faq(turn: Turn) -> bool:
    """Answer what was asked with its sources, or offer the nearest questions; tells whether any is near."""
    entries = {entry.id: entry for entry in turn.knowledge.faq}
    chosen = [entries[entry] for entry in turn.entities("entree") if entry in entries]
    if chosen:
        _answer(turn, chosen[0])
        return True
    near = [(entries[key], score) for key, score in turn.context.faq.search(turn.text, _OFFERED)]
    near = [(entry, score) for entry, score in near if score >= _ALIKE]
    if not near:
        return False
    ahead = near[0][1] - near[1][1] if len(near) > 1 else 1.0
    if near[0][1] >= _SURE and ahead >= _AHEAD:
        _answer(turn, near[0][0])
    else:
        turn.say("utter_question_laquelle", buttons=[_button(entry) for entry, _ in near])
    return True


def _answer(turn: Turn, entry: FaqEntry) -> None:
    sources = f"{turn.cite(entry.sources)}. Vérifié le {entry.checked:%d/%m/%Y}."
    turn.say("utter_reponse_question", question=entry.question, reponse=entry.answer, sources=sources)


def _button(entry: FaqEntry) -> dict[str, str]:
    return {"title": entry.question, "payload": f'/poser_question{{"entree": "{entry.id}"}}'}
