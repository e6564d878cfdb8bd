"""What a practitioner tells of a request in one sentence: which right, who asks, when and how it came."""

from __future__ import annotations

from datetime import datetime

from bot.compliance import moments
from bot.compliance.answers import Answer
from bot.knowledge.requests import PROCESSING, Requests
from bot.language.lookup import Mention, mentions, split
from bot.language.moments import find_moment
from bot.language.normal import contains_any, normal, wordings
from bot.language.options import named
from bot.language.spilling import outright
from bot.language.told import about

#: Someone near the person, who asks as an heir once that person is dead.
_NEAR = ("proche", "parent", "patient", "representant")
#: Named with another right, these only say what it bears on.
_GENERAL = ("acces", "copie")
#: Who asks for what is kept on themselves, and is no patient.
_NO_PATIENT = ("salarie", "autre_personne")
_DEAD, _HEIR = "defunt", "ayant_droit"


def told(requests: Requests, text: str, now: datetime) -> dict[str, Answer]:
    """The answers, by qualified id, that a sentence on a request gives.

    Only what is said in so many words is taken: nothing is guessed.
    """
    right = _right(requests, text)
    who = _who(requests, text, right)
    found = {
        "droit": right,
        "qui": who,
        "recue": _when(text, now),
        "moyen": outright(requests.questionnaire.question("moyen"), text),
        PROCESSING: _bears_on(requests, text, who),
    }
    return {
        requests.key(name): Answer.given(value) if isinstance(value, str) else value
        for name, value in found.items()
        if value
    }


def _right(requests: Requests, text: str) -> str:
    """The right that is named; what is asked for of a dead person is a matter of its own."""
    there = named(requests.questionnaire.question("droit"), text)[0]
    if _DEAD in there:
        return _DEAD
    special = [one for one in there if one not in _GENERAL]
    # « Une copie pour lire son dossier » asks for the copy.
    left = special or [one for one in there if one == _GENERAL[-1]] or list(there)
    return left[0] if len(left) == 1 else ""


def _who(requests: Requests, text: str, right: str) -> str:
    """Who asks: the first who is named, and not as the one whose data it is about."""
    found = _mentioned(requests, "qui", text)
    words = [word.text for word in split(text)]
    asking = [one.key for one in found if not _of_whom(words[: one.start])] or [one.key for one in found]
    if right == _DEAD and all(one in (*_NEAR, _HEIR) for one in asking):
        return _HEIR
    return asking[0] if asking else ""


def _of_whom(before: list[str]) -> bool:
    """« Le dossier d'une patiente », « de mon patient »: whose it is."""
    return any(word in ("de", "d", "du", "des") for word in before[-2:])


def _when(text: str, now: datetime) -> Answer | None:
    if moment := find_moment(text, now):
        return Answer.given(moment.text(), approximate=about(text))
    if contains_any(normal(text), wordings("recit_vient_de")):
        return Answer.given(moments.instant(now.replace(second=0, microsecond=0)).text())
    return None


def _bears_on(requests: Requests, text: str, who: str) -> str:
    """What it bears on: the first that is named, and not as the means (« par mail », « écrit un mail »)."""
    words = [word.text for word in split(text)]
    found = [
        one.key
        for one in _mentioned(requests, PROCESSING, text)
        if not _is_means(requests, words[max(0, one.start - 1) : one.end])
    ]
    # An employee's « dossier » is none of care.
    return next((one for one in found if not (who in _NO_PATIENT and requests.processings[one].care)), "")


def _is_means(requests: Requests, words: list[str]) -> bool:
    """Whether what is named, with the word before it, is how the request came."""
    means = requests.questionnaire.question("moyen")
    return words[0] == "par" or (words[0] in ("un", "une") and bool(named(means, " ".join(words))[0]))


def _mentioned(requests: Requests, question_id: str, text: str) -> list[Mention[str]]:
    """The options of a question that a text names, in its order."""
    question = requests.questionnaire.question(question_id)
    names = {
        option: tuple(normal(word) for word in (*question.words.get(option, ()), title))
        for option, title in question.options.items()
    }
    return [one for one in mentions(text, names) if not one.denied]
