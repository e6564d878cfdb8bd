"""Whether what was typed under a question is its answer, or something else said at that moment."""

from __future__ import annotations

import re
from itertools import chain

from rapidfuzz import fuzz

from actions.turn import Turn
from bot.knowledge.breach import INCIDENT
from bot.knowledge.model import Question
from bot.language import names, requested
from bot.language.dates import in_figures
from bot.language.lookup import clauses, joined
from bot.language.moments import find_moment
from bot.language.normal import contains, contains_any, normal, only, opening, wordings
from bot.language.products import product_names
from bot.language.sayings import (
    opens_correction,
    says_only,
    unknown,
    without_opening,
    without_presentation,
)
from bot.language.spilling import outright
from bot.language.told import to_come

#: Intents that hold an answer, or may; inside a breach what happened is told at any question.
ANSWERS = ("repondre", "affirmer", "nier", "ne_sait_pas", "nlu_fallback")
#: Intents of a sentence that gives no name and no address.
_NOTHING = ("hors_sujet", "nlu_fallback", "poser_question", "repondre")
#: Told rather than asked, these resemble a question only because they are about the same things.
_TOLD = ("poser_question", "hors_sujet")
#: Kinds whose answer may be any words at all.
_NAMING = ("text", "vendor")
#: Intents of words that also open an answer: « bonjour, oui, on a Doctolib ».
_OPENINGS = ("bonjour", "merci")
_OPENING_WORDS = 3
#: From the first confidence on, a short text is taken as the command it resembles; from the second, any.
_LIKELY, _SURE = 0.55, 0.8
_SHORT = 6
#: A product's name has hardly more words.
_NAME = 3
#: Kinds whose answer has a figure in it.
_COUNTED = ("number", "duration", "date", "moment")
_FIGURE = re.compile(r"\d")
#: Addresses and names of persons or places have one of these.
_PROPER = re.compile(r"[\d@]|\s[A-ZÀ-Ý]")
#: What stops the interview rather than tells when.
_STOPS = re.compile(r"\b(?:arret\w*|stop\w*|pause|suffit|reprend\w*|continue\w*)\b")
#: What is told to do rather than named: « raconte-moi… ».
_ORDER = re.compile(r"\w+ (?:moi|nous)\b")
#: A text of so many letters is taken for an option's wording from that likeness on, out of 100.
_SPELT_OUT, _ALIKE = 6, 85
#: More than there are questions.
_MANY = 1000


def is_answer(turn: Turn, question: Question) -> bool:
    """Whether a typed text is to be read as the answer to the pending `question`."""
    said = normal(turn.text)
    if question.kind == "bool" and any(says_only(word, turn.text) for word in ("oui", "non")):
        return True
    if not turn.breach and turn.ranking.get(names.STORY, 0) >= _SURE:
        return _names_an_option(question, said)
    if opens_correction(turn.text):
        return not _is_about_another(turn, question)
    if (
        question.personal
        and turn.intent in _NOTHING
        and _is_sentence(turn.text)
        and not _is_proper(turn.text)
    ):
        return False
    if turn.intent in ANSWERS:
        return True
    if question.kind == "moment" and (find_moment(turn.text, turn.now) or to_come(turn.text, turn.now)):
        # « On arrête là pour aujourd'hui » stops, and tells no day; « à l'instant » does.
        stops = turn.intent == "pause" and is_sure(turn) and _STOPS.search(said)
        return not interrogative(turn.text) and not stops
    if turn.intent == names.STORY:
        if tells_another(turn) and contains_any(said, wordings("recit_autre", "aussi")):
            return False
        return _is_told(turn) or _names_an_option(question, said)
    if turn.intent == names.REQUEST:
        if _asked_by_another(turn):
            return False
        return bool(turn.request) or turn.confidence < _LIKELY or _names_an_option(question, said)
    if turn.intent == names.CONTRACTS and turn.contract and question.kind not in _NAMING:
        # « Le contrat n'en parle pas »: what is no answer after all is taken as asked for.
        return not interrogative(turn.text)
    if turn.intent in _TOLD and interrogative(turn.text):
        return False
    if turn.intent == "poser_question" or (turn.intent == "hors_sujet" and question.kind not in _NAMING):
        return True
    if _names_an_option(question, said):
        return True
    if turn.intent in _OPENINGS:
        return len(said.split()) > _OPENING_WORDS
    if turn.intent == "autre_langue" and turn.confidence >= _SURE and len(said.split()) > _NAME:
        return False
    if question.kind == "text":
        # An address or a name resembles something else or other: only its form tells.
        named = _is_proper(turn.text) or (turn.intent == "hors_sujet" and not _is_sentence(turn.text))
        return not interrogative(turn.text) and (not is_sure(turn) or named)
    if question.kind in _COUNTED and len(said.split()) <= _SHORT and _FIGURE.search(in_figures(turn.text)):
        # « Le 3 mars 2027 » alone resembles the date planned for a measure.
        return not interrogative(turn.text)
    if question.kind == "vendor":
        # A name that nobody has heard of resembles anything but an order.
        unheard = turn.intent == "hors_sujet" and (len(said.split()) <= _NAME or _is_proper(turn.text))
        unlike = turn.intent != "hors_sujet" and turn.confidence < _LIKELY
        likely = unlike or names_vendor(turn) or unheard
        return not interrogative(turn.text) and likely
    return not is_sure(turn)


def names_vendor(turn: Turn) -> bool:
    """Whether the text names a product or supplier that is known."""
    names = product_names(turn.knowledge.vendors).values()
    return contains_any(normal(turn.text), chain.from_iterable(names))


def called(turn: Turn) -> str:
    """The question whose answer the text calls by a name of its own, as « mon adresse »; or empty."""
    said, knowledge = normal(turn.text), turn.knowledge
    return next(
        (key for key in turn.answers if contains_any(said, map(normal, knowledge.question(key).called))),
        "",
    )


def interrogative(text: str) -> bool:
    """Whether a text has the form of a question, be it an indirect one."""
    said = normal(text)
    if text.rstrip().endswith("?") or opening(said, wordings("interrogatifs")):
        return True
    if said.endswith((" ou pas", " ou non")) and not unknown(text):
        return True
    return contains_any(said, wordings("demandes")) or any(
        opening(joined(clause), wordings("interrogatifs_partout")) for clause in clauses(text)
    )


def asks_patience(text: str) -> bool:
    """Whether a text asks for a moment, and for nothing else."""
    return only(normal(text), wordings("patience"), wordings("remplissage"))


def asks_how_long(text: str) -> bool:
    """« Combien de temps il me reste », about the case in hand."""
    return contains_any(normal(text), wordings("temps_qui_reste"))


def supposes(text: str) -> bool:
    """Whether a text asks what would be to do: « que faire si… »."""
    return contains_any(normal(text), wordings("cas_supposes"))


def _is_told(turn: Turn) -> bool:
    """Whether a story goes on the breach in hand; in a theme, what looks like one is hardly an answer."""
    breach = turn.breach
    if not breach:
        return turn.confidence < _LIKELY
    incident = breach.dossier.incident
    return incident is None or not any(kind for _, kind, sure in turn.parts if sure >= _LIKELY)


def tells_another(turn: Turn) -> bool:
    """Whether a story is likely that of another kind of incident than the one in hand."""
    breach = turn.breach
    told = breach.sheet.answers.get(turn.knowledge.breach.key(INCIDENT)) if breach else None
    likely = turn.kinds[0] if turn.kinds else ("", 0.0)
    another = told is not None and likely[1] >= _LIKELY and likely[0] != told.value
    return turn.intent == names.STORY and another and len(turn.text.split()) > _SHORT


def _asked_by_another(turn: Turn) -> bool:
    """« Et l'assureur d'un patient veut un certificat » while somebody else's request is in hand."""
    request = turn.request
    if not request or turn.confidence < _LIKELY:
        return False
    who = turn.knowledge.requests.key("qui")
    told = requested.told(turn.knowledge.requests, turn.text, turn.now).get(who)
    before = request.recorded.get(who)
    return bool(told and before and before.known and told != before)


def _is_proper(text: str) -> bool:
    return bool(_PROPER.search(text))


def _is_sentence(text: str) -> bool:
    """« Il fait beau » or « raconte-moi une blague », where « Jean Petit » is none."""
    said = normal(without_presentation(text))
    return bool(opening(said, wordings("pronoms")) or _ORDER.match(said))


def is_doubtful(turn: Turn) -> bool:
    """Whether the intent is no more than a guess."""
    return turn.confidence < _LIKELY


def is_sure(turn: Turn) -> bool:
    """Whether the intent is sure enough to be acted upon in the middle of the interview."""
    return turn.confidence >= (_LIKELY if len(turn.text.split()) <= _SHORT else _SURE)


def _is_about_another(turn: Turn, pending: Question) -> bool:
    """Whether a correction is about an answer given before rather than about the pending question."""
    recorded, said = turn.answers, normal(turn.text)
    if called(turn) not in ("", turn.pending):
        return True
    if any(
        contains(said, normal(str(answer.value)))
        for key, answer in recorded.items()
        if answer.known and turn.knowledge.question(key).kind == "vendor"
    ):
        return True
    if pending.kind == "vendor" and names_vendor(turn):
        return False
    near = turn.context.questions.search(without_opening(turn.text), _MANY)
    return next((key in recorded for key, _ in near if key in recorded or key == turn.pending), False)


def _names_an_option(question: Question, said: str) -> bool:
    """Whether a text is the wording of an option, or words of one; a long one may be misspelt."""
    if outright(question, said):
        return True
    labels = [*question.options.values(), *chain.from_iterable(question.words.values())]
    return any(
        contains(label, said) or (len(said) >= _SPELT_OUT and fuzz.ratio(label, said) >= _ALIKE)
        for label in map(normal, labels)
    )
