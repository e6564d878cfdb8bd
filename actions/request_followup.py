"""What was done about a request: noted from what the practitioner says."""

from __future__ import annotations

from typing import get_args

from rasa_sdk.events import SlotSet

from actions.base import AWAITING, VigieAction
from actions.cases import link
from actions.request import chosen_request
from actions.turn import AWAITED, LEAVE, Events, Turn
from bot.assistant import intent
from bot.compliance.moments import Moment, in_words, instant
from bot.compliance.requests import Step, checks
from bot.knowledge.breach import NOW
from bot.knowledge.requests import StepKind, VerdictName
from bot.language.moments import find_moment
from bot.language.normal import contains_any, normal, wordings
from bot.records.practice_file import RequestFile

_DONE = "demande_repondue"
_KINDS: tuple[StepKind, ...] = get_args(StepKind)
#: What is said of a step, the more special first: « j'ai refusé » before « j'ai répondu ».
_SAID: tuple[StepKind, ...] = (
    "identite_recue", "identite_demandee", "precision_recue", "precision_demandee", "prolongee", "accuse",
    "refusee", "accordee_en_partie", "accordee",
)  # fmt: skip
#: « J'ai répondu » alone: the answer that the verdict calls for.
_FOLLOWS: dict[VerdictName, StepKind] = {
    "accorder": "accordee",
    "accorder_en_partie": "accordee_en_partie",
    "refuser": "refusee",
    "hors_rgpd": "refusee",
}


class NoteStep(VigieAction):
    """Notes what was done about a request, and when."""

    def name(self) -> str:
        return "action_demande_repondue"

    def act(self, turn: Turn) -> Events:
        request = chosen_request(turn)
        return note_step(turn, request, _kind(turn, request)) if request else turn.resume()


def note_awaited(turn: Turn) -> Events | None:
    """Take the message as the time that was asked for; None when it tells none."""
    _, number, kind = [*str(turn.slot(AWAITED) or "").split(":"), "", ""][:3]
    request = turn.file.request(int(number)) if number.isdigit() else None
    if request is None or kind not in _KINDS or _when(turn) is None:
        return None
    return note_step(turn, request, kind)


def note_step(turn: Turn, request: RequestFile, kind: StepKind | None) -> Events:
    """Note a step; asks which it is, or when it was, as long as that is not said."""
    titles, number = turn.knowledge.requests.wordings.steps, str(request.number)
    if kind is None:
        turn.say(
            "utter_demande_quoi",
            buttons=[
                {"title": titles[one], "payload": intent(_DONE, demande=number, etape=one)} for one in _SAID
            ],
        )
        return LEAVE
    when = _when(turn)
    if when is None:
        payload = intent(_DONE, demande=number, etape=kind, quand=NOW)
        turn.say(
            "utter_demande_quand", buttons=[{"title": "À l'instant", "payload": payload}], etape=titles[kind]
        )
        return [*LEAVE, SlotSet(AWAITED, f"{_DONE}:{number}:{kind}")]
    step = Step(kind, when)
    if wrong := checks.step_mistake(turn.knowledge, request.dossier.answers, request.dossier.followup, step):
        turn.say("utter_demande_impossible", texte=wrong)
        return [*LEAVE, SlotSet(AWAITED, f"{_DONE}:{number}:{kind}")]
    turn.unit.requests.note(request.record.id, step)
    turn.say(
        "utter_demande_etape",
        {"links": [link(request)]},
        etape=titles[kind],
        date=in_words(when.text()),
    )
    return turn.resume()


def _kind(turn: Turn, request: RequestFile) -> StepKind | None:
    chosen = [one for one in _KINDS if one in turn.entities("etape")]
    if chosen or turn.pressed:
        return chosen[0] if chosen else None
    said = normal(turn.text)
    kind = next((one for one in _SAID if contains_any(said, wordings(f"etape_{one}"))), None)
    if kind == "accordee" and not contains_any(said, wordings("etape_fait")):
        return _FOLLOWS.get(request.dossier.verdict.name)
    return kind


def _when(turn: Turn) -> Moment | None:
    """When it was done; never later than now."""
    if NOW in turn.entities("quand"):
        return instant(turn.now)
    found = find_moment(turn.text, turn.now) if turn.text else None
    return None if found is None or found.earliest > turn.now else found


AWAITING[_DONE] = note_awaited
