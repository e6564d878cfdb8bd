"""What was sent to the CNIL about a breach, and who was told: noted from what the practitioner says."""

from __future__ import annotations

import re
from datetime import datetime

from rasa_sdk.events import SlotSet

from actions.base import AWAITING, VigieAction
from actions.breach import chosen_breach, tell
from actions.turn import AWAITED, LEAVE, Events, Turn
from bot.assistant import intent
from bot.clock import in_french
from bot.compliance.answers import Answer
from bot.compliance.breach import Notification, Told
from bot.compliance.breach.followup import PERSONS, kind_of_next
from bot.knowledge.breach import NOW
from bot.language import names
from bot.language.moments import find_moment
from bot.language.normal import normal
from bot.language.options import named
from bot.records.practice_file import BreachFile

#: « Mon éditeur m'a prévenu d'une fuite » tells an incident where none is known.
_STORY = 0.15
_SENT, _TOLD = "violation_notifiee", "violation_prevenu"
#: A receipt's number has figures, and is neither a date, an hour nor a year.
_RECEIPT = re.compile(
    r"(?<![\w/-])(?=[\w/.-]*\d)(?!\d{1,2}\s?[h:]|\d{1,2}[/.]\d)[A-Za-z0-9][\w/-]{4,39}(?![\w/])"
)
_PERSONS = re.compile(r"\b(?:patiente?s?|personnes|familles|interesse[es]*|concerne[es]*|victimes)\b")
_MEANS = re.compile(
    r"\bpar (?:t[ée]l[ée]phone|courrier|lettre|mail|e-mail|courriel|sms|texto|affichage|recommand[ée])\b"
    r"|\ben (?:personne|main propre|consultation)\b",
    re.IGNORECASE,
)


class NoteSent(VigieAction):
    """Notes that the practitioner notified the CNIL, when, and the receipt's number."""

    def name(self) -> str:
        return "action_violation_notifiee"

    def act(self, turn: Turn) -> Events:
        breach = chosen_breach(turn)
        return note_sent(turn, breach, *turn.entities("numero")[:1]) if breach else turn.resume()


class NoteTold(VigieAction):
    """Notes that someone was told of the breach, and when."""

    def name(self) -> str:
        return "action_violation_prevenu"

    def act(self, turn: Turn) -> Events:
        if turn.text and not turn.file.breaches and turn.ranking.get(names.STORY, 0) >= _STORY:
            return tell(turn)
        breach = chosen_breach(turn)
        return note_told(turn, breach, tuple(turn.entities("destinataire"))) if breach else turn.resume()


def note_awaited(turn: Turn) -> Events | None:
    """Take the message as the date or the number that was asked for; None when it is not one."""
    what, number, said = [*str(turn.slot(AWAITED) or "").split(":"), "", "", ""][:3]
    breach = turn.file.breach(int(number)) if number.isdigit() else None
    if breach is None or not turn.text or not (_when(turn) or _receipt(turn)):
        return None
    if what == _SENT:
        return note_sent(turn, breach, said)
    if what == _TOLD:
        return note_told(turn, breach, tuple(one for one in said.split(",") if one))
    return None


def note_sent(turn: Turn, breach: BreachFile, receipt: str = "") -> Events:
    """Note a notification that was sent, or the receipt of the last one; asks when, if that is not said."""
    receipt, when = receipt or _receipt(turn), _when(turn)
    sent = breach.dossier.followup.notifications
    waiting = [place for place, one in enumerate(sent, 1) if not one.receipt]
    if receipt and waiting:
        turn.unit.breaches.acknowledge(breach.record.id, waiting[0], receipt, when or turn.now)
        turn.say("utter_violation_recepisse", numero=receipt)
        return turn.resume()
    if when is None:
        payload = intent(_SENT, violation=str(breach.number), quand=NOW, numero=receipt)
        turn.say("utter_violation_quand_notifiee", buttons=[{"title": "À l'instant", "payload": payload}])
        return _await(_SENT, breach, receipt)
    kind = kind_of_next(breach.dossier.followup, bool(breach.dossier.complement))
    content = breach.dossier.form.content
    turn.unit.breaches.notify(
        breach.record.id, Notification(kind, when, receipt, when if receipt else None, content)
    )
    turn.say(
        "utter_violation_notifiee" if receipt else "utter_violation_notifiee_sans_numero",
        _links(breach),
        date=in_french(when),
        numero=receipt,
    )
    return turn.resume() if receipt else _await(_SENT, breach, "")


def note_told(turn: Turn, breach: BreachFile, recipients: tuple[str, ...] = ()) -> Events:
    """Note who was told; asks whom, then when, if that is not said."""
    recipients = recipients or _recipients(turn)
    question = turn.knowledge.breach.questionnaire.question("prevenus")
    titles = {**question.options, PERSONS: "Les personnes touchées"}
    recipients = tuple(one for one in recipients if one in titles and one != question.none)
    if not recipients:
        turn.say(
            "utter_violation_qui",
            _links(breach),
            buttons=[_whom(breach, *one) for one in titles.items() if one[0] != question.none],
        )
        return LEAVE
    when = _when(turn)
    if when is None:
        payload = intent(_TOLD, violation=str(breach.number), quand=NOW, destinataire=list(recipients))
        turn.say("utter_violation_quand_prevenu", buttons=[{"title": "À l'instant", "payload": payload}])
        return _await(_TOLD, breach, ",".join(recipients))
    means = _MEANS.search(turn.text)
    for one in recipients:
        turn.unit.breaches.tell(breach.record.id, Told(one, when, means[0] if means else ""))
    if PERSONS in recipients:
        key = turn.knowledge.breach.key("information")
        turn.unit.cases.save(breach.record.id, key, Answer.given("faite"))
    who = ", ".join(titles[one].lower() for one in recipients)
    turn.say("utter_violation_prevenu", _links(breach), qui=who, date=in_french(when))
    return turn.resume()


def _recipients(turn: Turn) -> tuple[str, ...]:
    question = turn.knowledge.breach.questionnaire.question("prevenus")
    persons = (PERSONS,) if _PERSONS.search(normal(turn.text)) else ()
    return (*named(question, turn.text)[0], *persons) if turn.text else ()


def _when(turn: Turn) -> datetime | None:
    """When it was done: of a vague moment the latest time, as it is what a deadline is held against."""
    if NOW in turn.entities("quand"):
        return turn.now
    found = find_moment(turn.text, turn.now) if turn.text else None
    return min(found.latest, turn.now) if found else None


def _receipt(turn: Turn) -> str:
    found = _RECEIPT.search(turn.text)
    return found[0] if found else ""


def _await(what: str, breach: BreachFile, value: str) -> Events:
    return [*LEAVE, SlotSet(AWAITED, f"{what}:{breach.number}:{value}")]


def _whom(breach: BreachFile, recipient: str, title: str) -> dict[str, str]:
    return {
        "title": title,
        "payload": intent(_TOLD, **{names.STORY: str(breach.number), "destinataire": recipient}),
    }


def _links(breach: BreachFile) -> dict[str, object]:
    return {"links": [{"title": "Ouvrir le dossier", "href": f"/violations/{breach.number}"}]}


AWAITING[_SENT] = AWAITING[_TOLD] = note_awaited
