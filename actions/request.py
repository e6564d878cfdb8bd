"""A request of a data subject in the chat: told, opened, asked about, judged, come back to."""

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
from bot.compliance.requests import RequestDeadline, checks
from bot.knowledge.model import Activity
from bot.language import names
from bot.language.requested import told
from bot.records.practice_file import RequestFile

#: A request that has the form of a question is taken for one, unless it is this sure.
_SURE = 0.6
#: From this likeness on, what was taken for a question may be a request as well.
_MAYBE = 0.1
#: A request that was taken for a question all the same.
_LIKELIER = 0.3
_CHANGES = 3
#: What is to be done first; the page has it all.
_FIRST = 5
#: What has to agree for two requests to be taken for one.
_TELLING = ("droit", "qui")


class TellRequest(VigieAction):
    """Opens the file of a request that was told, unless it is known already or may be a question."""

    def name(self) -> str:
        return "action_demande"

    def act(self, turn: Turn) -> Events:
        return tell(turn)


class FollowRequest(VigieAction):
    """Comes back to a request: its next question, or where it stands; completes it when asked to."""

    def name(self) -> str:
        return "action_suivre_demande"

    def act(self, turn: Turn) -> Events:
        request = chosen_request(turn)
        if request is None:
            return turn.resume()
        turn.take_up(_questionnaire(turn), request.number)
        if turn.intent == "completer_demande" and request.dossier.missing:
            for question in request.dossier.missing:
                turn.unit.cases.forget(request.record.id, turn.knowledge.requests.key(question.id))
            return turn.open(_questionnaire(turn))
        if not request.complete:
            return turn.open(_questionnaire(turn))
        turn.say("utter_demande_etat", titre=request.title, etat=request.dossier.state_text)
        _say_next(turn, request)
        return LEAVE


def tell(turn: Turn) -> Events:
    """Take what was said as a request that someone makes."""
    said = turn.entities("recit")[:1] if turn.pressed else [turn.text]
    text = said[0] if said else ""
    if not turn.pressed:
        if interrogative(text) and turn.near and (turn.confidence < _SURE or supposes(text)):
            return _ask_which(turn, text)
        if known := _already(turn, text):
            return _ask_same(turn, known, text)
    return _begin(turn, text)


def is_rather_asked_for(turn: Turn) -> bool:
    """Whether what was taken for a question is rather a request: it asks nothing, and resembles one."""
    return (
        bool(turn.text) and not interrogative(turn.text) and turn.ranking.get(names.REQUEST, 0) >= _LIKELIER
    )


def asked_for(turn: Turn) -> list[Button]:
    """The button that says that what was asked about is asked for by someone, when it may be."""
    if not turn.text or turn.request or turn.ranking.get(names.REQUEST, 0) < _MAYBE:
        return []
    return [story_button("On me le demande", names.REQUEST, turn.text)]


def chosen_request(turn: Turn) -> RequestFile | None:
    """The request that is meant; None once it was asked which, or none is."""
    case = chosen(turn, _questionnaire(turn), RequestFile.page)
    return case if isinstance(case, RequestFile) else None


def conclude(turn: Turn, request: RequestFile) -> Events:
    """Say the verdict on the request whose recap was confirmed, until when to answer, and what to do."""
    dossier = request.dossier
    verdict = dossier.verdict
    turn.say(
        "utter_demande_verdict",
        titre=verdict.title,
        texte=verdict.text,
        motif=verdict.because,
        reserves=" ".join(line.text for line in verdict.reserves),
        certitude=" ".join(verdict.cautions) if verdict.guidance else "",
        sources=turn.cite(verdict.sources),
    )
    if dossier.changes:
        changes = "\n".join(f"- {change.text}" for change in dossier.changes[:_CHANGES])
        turn.say("utter_demande_changement", lignes=changes)
    _say_clock(turn, request)
    _say_to_do(turn, request)
    _say_next(turn, request)
    for other in turn.file.requests:
        if other.number != request.number and other.open and not other.complete:
            turn.say("utter_demande_autre_ouverte", buttons=[follow_button(other)], titre=other.title)
            break
    return turn.stop("idle")


def remind(turn: Turn) -> bool:
    """Speak of the requests that wait for an answer, the most pressing first. False when none does."""
    waiting = [one for one in turn.file.requests if one.open and not one.dossier.followup.answered]
    waiting.sort(key=lambda one: one.dossier.deadline.due if one.dossier.deadline else turn.now)
    return cases.remind(turn, waiting)


# --- Opening ---


def _begin(turn: Turn, text: str) -> Events:
    """A new request with what the sentence tells, shown back; then its questions."""
    record = turn.unit.cases.open(turn.practice_id, "request")
    for key, answer in _facts(turn, text).items():
        turn.unit.cases.save(record.id, key, answer)
    turn.take_up(_questionnaire(turn), record.number)
    turn.say("utter_demande_commence")
    if request := turn.request:
        _say_noted(turn, request)
    return turn.ask(_questionnaire(turn))


def _facts(turn: Turn, text: str) -> dict[str, Answer]:
    found = told(turn.knowledge.requests, text, turn.now)
    # What cannot be right is asked again instead of being kept.
    for wrong in checks.mistakes(turn.knowledge, found, turn.now):
        for key in wrong.questions:
            found.pop(key, None)
    return found


def _already(turn: Turn, text: str) -> RequestFile | None:
    """An open request that what is told may be: of no other right, and by nobody else."""
    facts, requests = _facts(turn, text), turn.knowledge.requests
    for request in turn.file.requests:
        pairs = [(facts.get(key), request.recorded.get(key)) for key in map(requests.key, _TELLING)]
        alike = all(one is None or other is None or one.value == other.value for one, other in pairs)
        if alike and request.open and not request.dossier.followup.answered:
            return request
    # In the middle of one, another is asked about before it is opened.
    return turn.request if turn.activity == _questionnaire(turn) else None


def _ask_same(turn: Turn, known: RequestFile, text: str) -> Events:
    facts, recorded = _facts(turn, text), known.recorded
    pairs = [(facts.get(key), recorded.get(key)) for key in map(turn.knowledge.requests.key, _TELLING)]
    differs = any(one and other and one.value != other.value for one, other in pairs)
    turn.say(
        "utter_demande_en_cours" if differs else "utter_demande_deja",
        buttons=[
            {"title": "C'est la même", "payload": follow(known)},
            story_button("C'est une autre demande", names.REQUEST, text),
        ],
        titre=known.title,
        date=f"{known.record.opened_at:%d/%m/%Y}",
    )
    return LEAVE


def _ask_which(turn: Turn, text: str) -> Events:
    turn.say(
        "utter_demande_ou_question",
        buttons=[
            story_button("Oui, on me le demande", names.REQUEST, text),
            only_asked_button(turn),
        ],
    )
    return LEAVE


# --- What is said ---


def _say_noted(turn: Turn, request: RequestFile) -> None:
    sheet = request.sheet
    noted = [
        f"- {question.label} : {in_words(question, sheet.answers[sheet.key(question)])}"
        for question in sheet.answered
    ]
    if noted:
        turn.say("utter_demande_note", buttons=asked_as_well(turn), lignes="\n".join(noted))


def _say_clock(turn: Turn, request: RequestFile) -> None:
    """Until when to answer, and from when on the record may be handed over."""
    dossier = request.dossier
    if dossier.deadline is None:
        turn.say("utter_demande_sans_date")
        return
    wait, earliest = dossier.wait, dossier.not_before
    sources = dict.fromkeys(source for one in dossier.deadlines for source in one.sources)
    turn.say(
        "utter_demande_echeances",
        lignes="\n".join(f"- {_clock(one)}" for one in dossier.deadlines),
        attente=f"{wait.text} {earliest.text}" if wait and earliest else "",
        sources=turn.cite(tuple(sources)),
    )


def _clock(deadline: RequestDeadline) -> str:
    return f"**{deadline.until}** : {deadline.label}. {' '.join((deadline.text, *deadline.remarks))}"


def _say_to_do(turn: Turn, request: RequestFile) -> None:
    left = [one.text for one in request.dossier.to_do if not one.done]
    if left:
        turn.say("utter_demande_a_faire", lignes=in_order(left[:_FIRST]))


def _say_next(turn: Turn, request: RequestFile) -> None:
    """Where the file and its letters are, and what is still missing."""
    dossier, buttons = request.dossier, []
    if not dossier.followup.answered:
        payload = intent("demande_repondue", demande=str(request.number))
        buttons.append({"title": "Noter ce que j'ai fait", "payload": payload})
    if dossier.missing:
        buttons.append(complete_button(request))
    buttons.append({"title": "Reprendre l'entretien", "payload": "/reprendre"})
    missing = ", ".join(question.label.lower() for question in dossier.missing)
    turn.say(
        "utter_demande_suite",
        {"links": [link(request)]},
        buttons=buttons,
        responsabilite=turn.knowledge.requests.wordings.responsibility,
        manque=f"Il manque encore : {missing}." if missing else "",
    )


def _questionnaire(turn: Turn) -> Activity:
    return turn.knowledge.requests.questionnaire
