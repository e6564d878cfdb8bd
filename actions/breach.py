"""A personal data breach in the chat: told, opened with what to do first, asked about, judged, followed."""

from __future__ import annotations

from actions import cases
from actions.base import VigieAction
from actions.cases import (
    Button,
    asked_as_well,
    chosen,
    complete_button,
    follow,
    follow_button,
    in_order,
    link,
    only_asked_button,
    story_button,
)
from actions.hearing import interrogative, supposes
from actions.turn import LEAVE, Events, Turn
from bot.assistant import intent
from bot.compliance.answers import Answer, in_words
from bot.compliance.breach import checks
from bot.compliance.breach.recognition import likely_same
from bot.compliance.breach.verdict import Verdict
from bot.knowledge.breach import INCIDENT
from bot.knowledge.model import Activity
from bot.language import names, story
from bot.language.normal import contains_any, normal, wordings
from bot.records.practice_file import BreachFile

#: A story that has the form of a question is taken for one, unless it is this sure and one's own.
_SURE = 0.6
#: From this likeness on, what was taken for a question may be a story as well.
_MAYBE = 0.15
#: A told story that was taken for a question all the same.
_LIKELIER = 0.3
#: The same of one that is so surely of one kind of incident.
_HINTED, _OF_A_KIND = 0.1, 0.6
#: A question that speaks so surely of a kind of incident may hide one.
_KIND = 0.8
_CHANGES = 3


class TellIncident(VigieAction):
    """Opens the file of an incident that was told, unless it is known already or may be a question."""

    def name(self) -> str:
        return "action_violation"

    def act(self, turn: Turn) -> Events:
        return tell(turn)


def tell(turn: Turn) -> Events:
    """Take what was said as the story of an incident."""
    text, kind = _told(turn)
    if not turn.pressed:
        unsure = turn.confidence < _SURE or supposes(text) or not _of_oneself(text)
        if interrogative(text) and turn.near and unsure:
            return _ask_which(turn)
        several = [part for part in turn.parts if part[2] >= story.SURE]
        if len({part[1] for part in several}) > 1:
            return _open_all(turn, [(part, its_kind) for part, its_kind, _ in several])
        if known := _already(turn, text, kind):
            return _ask_same(turn, known, text, kind)
    return _begin(turn, _open(turn, text, kind))


def is_rather_told(turn: Turn) -> bool:
    """Whether what was taken for a question is rather a story: it asks nothing, and resembles one."""
    least = _HINTED if any(sure >= _OF_A_KIND for _, sure in turn.kinds) else _LIKELIER
    return bool(turn.text) and not interrogative(turn.text) and turn.ranking.get(names.STORY, 0) >= least


def happened(turn: Turn) -> list[Button]:
    """The button that says that what was asked about has happened, when it may have."""
    likely = turn.ranking.get(names.STORY, 0) >= _MAYBE or any(sure >= _KIND for _, sure in turn.kinds)
    if not turn.text or turn.breach or not likely:
        return []
    return [_story_button("Cela vient de m'arriver", *_told(turn))]


def conclude(turn: Turn, breach: BreachFile) -> Events:
    """Say the verdict on the breach whose recap was confirmed, and what to do next."""
    _say_verdict(turn, breach)
    _say_next(turn, breach)
    for other in turn.file.breaches:
        if other.number != breach.number and other.open and not other.complete:
            turn.say("utter_violation_autre_ouverte", buttons=[follow_button(other)], titre=other.title)
            break
    return turn.stop("idle")


def remind(turn: Turn) -> bool:
    """Speak of a breach that waits: to be told to its end, or to be notified. False when none does."""
    return cases.remind(turn, [one for one in turn.file.breaches if one.open and _waits(one)])


class FollowIncident(VigieAction):
    """Comes back to a breach: its next question, or where it stands; completes it when asked to."""

    def name(self) -> str:
        return "action_suivre_violation"

    def act(self, turn: Turn) -> Events:
        breach = chosen_breach(turn)
        if breach is None:
            return turn.resume()
        if turn.activity and turn.breach and turn.breach.number == breach.number and not turn.pressed:
            turn.tell_time()
            return turn.resume()
        turn.take_up(_questionnaire(turn), breach.number)
        if turn.intent == "completer_violation":
            return _complete(turn, breach)
        if not breach.complete:
            return turn.open(_questionnaire(turn))
        _say_state(turn, breach)
        return LEAVE


def chosen_breach(turn: Turn) -> BreachFile | None:
    """The breach that is meant; None once it was asked which, or none is."""
    case = chosen(turn, _questionnaire(turn), BreachFile.page)
    return case if isinstance(case, BreachFile) else None


# --- Opening ---


def _told(turn: Turn) -> tuple[str, str]:
    """The story, from the message or from the button that repeats it, and its kind when that is sure."""
    said, kinds = turn.entities("recit"), turn.entities("genre")
    if turn.pressed:
        return said[0] if said else "", kinds[0] if kinds else ""
    kind, sure = turn.kinds[0] if turn.kinds else ("", 0.0)
    return turn.text, kind if sure >= story.SURE else ""


def _of_oneself(text: str) -> bool:
    """Whether it speaks of who is speaking: « un envoi à la mauvaise personne est-il… ? » only asks."""
    return contains_any(normal(text), wordings("soi"))


def _facts(turn: Turn, text: str, kind: str) -> dict[str, Answer]:
    breach = turn.knowledge.breach
    kind = kind if kind in breach.incidents else ""
    found = story.told(breach, text, kind, turn.knowledge.vendors, turn.now)
    # What cannot be right is asked again instead of being kept.
    for wrong in checks.mistakes(turn.knowledge, found, turn.now):
        for key in wrong.questions:
            found.pop(key, None)
    return found


def _open(turn: Turn, text: str, kind: str) -> int:
    """A new breach with what the story tells; its number."""
    record = turn.unit.cases.open(turn.practice_id, "breach")
    for key, answer in _facts(turn, text, kind).items():
        turn.unit.cases.save(record.id, key, answer)
    return record.number


def _begin(turn: Turn, number: int) -> Events:
    """Say what to do first and what was noted, then ask."""
    turn.take_up(_questionnaire(turn), number)
    breach = turn.breach
    if breach is None:
        return LEAVE
    if breach.dossier.incident:
        say_first_actions(turn, breach)
    else:
        turn.say("utter_violation_commence")
    _say_noted(turn, breach)
    turn.tell_time()
    return turn.ask(_questionnaire(turn))


def _open_all(turn: Turn, told: list[tuple[str, str]]) -> Events:
    """A file for each of several incidents told at once; the first is asked about now."""
    numbers = [_open(turn, text, kind) for text, kind in told]
    opened = [breach for number in numbers if (breach := turn.file.breach(number))]
    turn.say(
        "utter_violation_plusieurs",
        premier=opened[0].title,
        autres=" ; ".join(breach.title for breach in opened[1:]),
    )
    return _begin(turn, numbers[0])


def _already(turn: Turn, text: str, kind: str) -> BreachFile | None:
    """A breach that what is told may be: likely the same, or open and of no other kind."""
    told, current = _facts(turn, text, kind), turn.breach
    key = turn.knowledge.breach.key(INCIDENT)
    for breach in turn.file.breaches:
        other = breach.recorded.get(key)
        alike = breach.open and (key not in told or other is None or other.value == told[key].value)
        in_hand = turn.activity and current and current.number == breach.number
        if alike or in_hand:
            return breach
        if likely_same(turn.knowledge.breach, told, breach.recorded):
            return breach
    return None


def _ask_same(turn: Turn, known: BreachFile, text: str, kind: str) -> Events:
    recorded = known.recorded.get(turn.knowledge.breach.key(INCIDENT))
    differs = kind in turn.knowledge.breach.incidents and recorded and recorded.value != kind
    turn.say(
        "utter_violation_en_cours" if differs else "utter_violation_deja",
        buttons=[
            {"title": "C'est le même", "payload": follow(known)},
            _story_button("C'est un autre incident", text, kind),
        ],
        titre=known.title,
        date=f"{known.record.opened_at:%d/%m/%Y}",
    )
    return LEAVE


def _ask_which(turn: Turn) -> Events:
    turn.say(
        "utter_violation_ou_question",
        buttons=[
            _story_button("Oui, c'est arrivé", *_told(turn)),
            only_asked_button(turn),
        ],
    )
    return LEAVE


# --- What is said ---


def say_first_actions(turn: Turn, breach: BreachFile) -> None:
    lines = breach.dossier.first_actions
    sources = tuple(dict.fromkeys(source for line in lines for source in line.sources))
    turn.say(
        "utter_violation_gestes",
        genre=breach.kind,
        lignes=in_order(line.text for line in lines),
        sources=turn.cite(sources),
    )


def _say_noted(turn: Turn, breach: BreachFile) -> None:
    """What the story told, shown back."""
    sheet = breach.sheet
    noted = [
        f"- {question.label} : {in_words(question, sheet.answers[sheet.key(question)])}"
        for question in sheet.activity.questions
        if sheet.key(question) in breach.recorded
    ]
    if not noted:
        return
    key = turn.knowledge.breach.key(INCIDENT)
    wrong = [{"title": "Ce n'est pas ce qui est arrivé", "payload": intent("modifier", question=key)}]
    buttons = [*(wrong if key in breach.recorded else []), *asked_as_well(turn)]
    turn.say("utter_violation_note", buttons=buttons, lignes="\n".join(noted))


def _say_verdict(turn: Turn, breach: BreachFile) -> None:
    verdict, wordings = breach.dossier.verdict, turn.knowledge.breach.wordings
    late = [wordings.late] if breach.dossier.late and not breach.dossier.followup.notifications else []
    changes = [f"- {change.text}" for change in breach.dossier.changes[:_CHANGES]]
    turn.say(
        "utter_violation_verdict",
        titre=verdict.title,
        texte=" ".join([verdict.text, *late]),
        motifs="\n".join(f"- {text}" for text in _grounds(verdict)),
        reserves=" ".join(verdict.cautions),
        sources=turn.cite(verdict.sources),
    )
    if changes:
        turn.say("utter_violation_changement", lignes="\n".join(changes))


def _grounds(verdict: Verdict) -> list[str]:
    decisive = [ground.text for ground in verdict.grounds if ground.decisive]
    grounds = decisive or [ground.text for ground in verdict.grounds]
    return [*grounds, *(rule.text for rule in verdict.exceptions)]


def _say_next(turn: Turn, breach: BreachFile) -> None:
    """Where the dossier is, what only the practitioner can do, and what is still missing."""
    dossier, texts = breach.dossier, turn.knowledge.breach
    buttons = [] if dossier.followup.notifications else _sent_buttons(breach)
    if dossier.complement:
        buttons.append(complete_button(breach))
    buttons.append({"title": "Reprendre l'entretien", "payload": "/reprendre"})
    missing = ", ".join(question.label.lower() for question in dossier.complement)
    turn.tell_time()
    turn.say(
        "utter_violation_suite" if dossier.verdict.notify else "utter_violation_consignee",
        {"links": [link(breach)]},
        buttons=buttons,
        responsabilite=texts.wordings.responsibility,
        adresse=texts.form.address,
        manque=f"Il manque encore : {missing}." if missing else "Toutes les questions ont une réponse.",
    )


def _say_state(turn: Turn, breach: BreachFile) -> None:
    turn.say("utter_violation_etat", titre=breach.title, verdict=breach.dossier.verdict.title)
    _say_next(turn, breach)


def _complete(turn: Turn, breach: BreachFile) -> Events:
    """Ask only what is missing: what was not known is open again."""
    for question in breach.dossier.complement:
        turn.unit.cases.forget(breach.record.id, turn.knowledge.breach.key(question.id))
    if not breach.dossier.complement:
        turn.say("utter_violation_rien_ne_manque", {"links": [link(breach)]})
        return LEAVE
    return turn.open(_questionnaire(turn))


# --- Buttons and links ---


def _story_button(title: str, text: str, kind: str) -> Button:
    return story_button(title, names.STORY, text, genre=kind)


def _sent_buttons(breach: BreachFile) -> list[Button]:
    if not breach.dossier.verdict.notify:
        return []
    payload = intent("violation_notifiee", violation=str(breach.number))
    return [{"title": "J'ai notifié la CNIL", "payload": payload}]


def _waits(breach: BreachFile) -> bool:
    dossier = breach.dossier
    return not breach.complete or (dossier.verdict.notify and not dossier.followup.notifications)


def _questionnaire(turn: Turn) -> Activity:
    return turn.knowledge.breach.questionnaire
