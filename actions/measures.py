"""The list of measures in the chat, and what the practitioner did about one."""

from __future__ import annotations

import re

from actions.base import Events, Turn, VigieAction, counted
from bot.compliance.measures import Decision, Recommendation
from bot.language import dates

_SHOWN = 5
_ALIKE = 0.3
#: Two measures this near in likeness are told apart by asking.
_TIE = 0.08
_REASON = re.compile(r"\b(?:parce qu[e'’]|car|puisqu[e'’]|vu qu[e'’]|:)\s*(.+)$", re.IGNORECASE | re.DOTALL)


class ListMeasures(VigieAction):
    """The first measures to take."""

    def name(self) -> str:
        return "action_mesures"

    def act(self, turn: Turn) -> Events:
        found = [item for item in turn.file.measures if item.open]
        if not found:
            turn.say("utter_mesures_vide")
            return turn.resume()
        lines = "\n".join(f"- {item.measure.title} ({item.measure.priority})" for item in found[:_SHOWN])
        links = {"links": [{"title": "Toutes mes mesures", "href": "/mesures"}]}
        turn.say("utter_mesures", links, nombre=counted(len(found), "mesure"), lignes=lines)
        return turn.resume()


class DecideMeasure(VigieAction):
    """Notes that a measure is done, planned for a date, or set aside for a reason."""

    def name(self) -> str:
        return "action_decider_mesure"

    def act(self, turn: Turn) -> Events:
        found = self._find(turn)
        if not found:
            turn.say("utter_mesure_inconnue")
        elif len(found) > 1:
            turn.say("utter_mesure_laquelle", buttons=[_button(turn, item) for item in found])
        else:
            self._decide(turn, found[0])
        return turn.resume()

    def _find(self, turn: Turn) -> list[Recommendation]:
        known = {item.measure.id: item for item in turn.file.measures}
        chosen = [known[measure] for measure in turn.entities("mesure") if measure in known]
        if chosen:
            return chosen[:1]
        near = [
            (known[key], score)
            for key, score in turn.context.measures.search(turn.text, len(turn.knowledge.measures))
            if key in known and score >= _ALIKE
        ]
        return [item for item, score in near[:_SHOWN] if score >= near[0][1] - _TIE]

    def _decide(self, turn: Turn, item: Recommendation) -> None:
        kind = turn.intent.removeprefix("mesure_")
        decision = getattr(self, f"_{kind}")(turn, item)
        if decision is not None:
            turn.unit.decisions.save_measure(turn.practice_id, item.measure.id, decision)

    def _faite(self, turn: Turn, item: Recommendation) -> Decision:
        turn.say("utter_mesure_faite", mesure=item.measure.title)
        return Decision("done")

    def _prevue(self, turn: Turn, item: Recommendation) -> Decision | None:
        today = turn.context.clock.now().date()
        try:
            due = dates.find(turn.text, today)
        except dates.NoSuchDate as error:
            turn.say("utter_mesure_date_impossible", date=str(error))
            return None
        if due is None:
            turn.say("utter_mesure_date", mesure=_short(item))
            return None
        if due < today:
            turn.say("utter_mesure_date_passee", date=f"{due:%d/%m/%Y}")
            return None
        turn.say("utter_mesure_prevue", mesure=item.measure.title, date=f"{due:%d/%m/%Y}")
        return Decision("planned", due)

    def _sans_objet(self, turn: Turn, item: Recommendation) -> Decision | None:
        reason = _REASON.search(turn.text)
        if turn.text.startswith("/") or reason is None:
            turn.say("utter_mesure_raison", mesure=_short(item))
            return None
        turn.say("utter_mesure_sans_objet", mesure=item.measure.title, raison=reason[1])
        return Decision("not_applicable", reason=reason[1].strip())


def _button(turn: Turn, item: Recommendation) -> dict[str, str]:
    return {"title": item.measure.title, "payload": f'/{turn.intent}{{"mesure": "{item.measure.id}"}}'}


def _short(item: Recommendation) -> str:
    return item.measure.words[0] if item.measure.words else item.measure.title
