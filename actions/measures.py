"""The list of measures in the chat, and what the practitioner did about one."""

from __future__ import annotations

import re

from rasa_sdk.events import SlotSet

from actions import breach
from actions.base import VigieAction
from actions.breach import is_rather_told
from actions.turn import AWAITED, LEAVE, Events, Turn
from bot.compliance.measures import Decision, Recommendation
from bot.documents import wording
from bot.documents.wording import counted
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
        links = [{"title": "Toutes mes mesures", "href": "/mesures"}]
        links += (link for item in found[:_SHOWN] for link in _where(turn, item) if link not in links)
        turn.say("utter_mesures", {"links": links}, nombre=counted(len(found), "mesure"), lignes=lines)
        return turn.resume()


class DecideMeasure(VigieAction):
    """Notes that a measure is done, planned for a date, or set aside for a reason."""

    def name(self) -> str:
        return "action_decider_mesure"

    def act(self, turn: Turn) -> Events:
        found = _find(turn)
        if not found:
            settled = answer_awaited(turn)
            if settled is not None:
                return settled
            # « Je me suis fait piquer mon tel ce matin à 8 h » has the look of a date that is planned.
            if is_rather_told(turn):
                return breach.tell(turn)
            turn.say("utter_mesure_inconnue")
            return turn.resume()
        if len(found) > 1:
            turn.say("utter_mesure_laquelle", buttons=[_button(turn, item) for item in found])
            return LEAVE
        return _settle(turn, turn.intent, found[0])


def answer_awaited(turn: Turn) -> Events | None:
    """Take the message as the date or the reason that was asked for; None when it is not one."""
    intent, _, measure = (turn.slot(AWAITED) or "").partition(":")
    found = [item for item in turn.file.measures if item.measure.id == measure]
    if not found or not turn.text or (intent == "mesure_prevue" and not _is_dated(turn)):
        return None
    return _settle(turn, intent, found[0], awaited=True)


def _settle(turn: Turn, intent: str, item: Recommendation, awaited: bool = False) -> Events:
    """Note the decision that the message gives, or wait for what it lacks."""
    decisions = {"mesure_faite": _done, "mesure_prevue": _planned}
    decide = decisions.get(intent)
    decision = decide(turn, item) if decide else _set_aside(turn, item, awaited)
    if decision is None:
        return [*LEAVE, SlotSet(AWAITED, f"{intent}:{item.measure.id}")]
    turn.unit.decisions.save_measure(turn.practice_id, item.measure.id, decision)
    return turn.resume()


def _find(turn: Turn) -> list[Recommendation]:
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


def _done(turn: Turn, item: Recommendation) -> Decision | None:
    turn.say("utter_mesure_faite", mesure=item.measure.title)
    return Decision("done")


def _is_dated(turn: Turn) -> bool:
    try:
        return dates.find(turn.text, turn.today) is not None
    except dates.NoSuchDate:
        return True


def _planned(turn: Turn, item: Recommendation) -> Decision | None:
    try:
        due = dates.find(turn.text, turn.today)
    except dates.NoSuchDate as error:
        turn.say("utter_mesure_date_impossible", date=str(error))
        return None
    if due is None:
        turn.say("utter_mesure_date", mesure=item.measure.title)
        return None
    if due < turn.today:
        turn.say("utter_mesure_date_passee", date=f"{due:%d/%m/%Y}")
        return None
    links = {"links": _where(turn, item)}
    turn.say("utter_mesure_prevue", links, mesure=item.measure.title, date=f"{due:%d/%m/%Y}")
    return Decision("planned", due)


def _where(turn: Turn, item: Recommendation) -> list[dict[str, str]]:
    """A link to the page where a measure is carried out, when Vigie has one."""
    told = any(item.measure.id in notice.measures for notice in turn.knowledge.notices.kinds)
    page = "information" if told else item.measure.page
    return [{"title": wording.PAGES[page], "href": f"/{page}"}] if page else []


def _set_aside(turn: Turn, item: Recommendation, awaited: bool) -> Decision | None:
    given = _REASON.search(turn.text)
    reason = given[1] if given else turn.text if awaited else ""
    if not reason:
        turn.say("utter_mesure_raison", mesure=item.measure.title)
        return None
    turn.say("utter_mesure_sans_objet", mesure=item.measure.title, raison=reason.strip())
    return Decision("not_applicable", reason=reason.strip())


def _button(turn: Turn, item: Recommendation) -> dict[str, str]:
    return {"title": item.measure.title, "payload": f'/{turn.intent}{{"mesure": "{item.measure.id}"}}'}
