"""Reads what was said as the answer to a question, by the question's kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import chain, pairwise
from typing import Any

from bot.compliance import days
from bot.compliance.answers import UNKNOWN, Answer
from bot.knowledge.model import Question, Vendor
from bot.language import dates
from bot.language.facts import negated
from bot.language.lookup import joined, split
from bot.language.misunderstood import Misunderstood as Misunderstood
from bot.language.naming import read_vendor
from bot.language.normal import contains_any, lexicon, normal, wordings
from bot.language.options import fuller, phrases_of, read_many, read_one
from bot.language.sayings import nfc, says_only, unknown, without_presentation, wonders
from bot.language.spelling import spelled, words_of
from bot.language.spoken import any_of, spoken
from bot.language.topics import topics
from bot.language.yes_no import read_bool

_LONGEST_TEXT = 500
# « Ouiii », « nooon ».
_STRETCHED = re.compile(r"\b(?:(ou+i+)|no+n+)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
#: The question asks of a year.
_RATE = re.compile(rf"\b(?P<count>\d+|une?) (?:fois )?par (?P<unit>{'|'.join(wordings('par_an'))})\b")
#: Kinds whose answers are read a second time with their spelling undone.
_RESPELLED = ("bool", "one", "many", "number", "duration")


def read(question: Question, said: str | Sequence[str], vendors: Sequence[Vendor], today: date) -> Answer:
    """The answer that `said` gives: typed text, or the ids of the buttons that were chosen.

    `vendors` are the names to recognise, `today` (Europe/Paris) what dates count from.
    Raises Misunderstood.
    """
    if not isinstance(said, str):
        return _chosen(question, said)
    text = _negations_spelled(nfc(said).strip())
    if not normal(text):
        raise Misunderstood("empty")
    if question.kind not in _RESPELLED:
        return _read(question, text, vendors, today)
    figures, expected = dates.in_figures(text), _expected(question)
    try:
        answer = _read(question, text, vendors, today)
    except Misunderstood:
        return _read(question, spelled(figures, expected), vendors, today)
    return fuller(answer, question, text, spelled(figures, expected, doubtful=False))


def _negations_spelled(text: str) -> str:
    """« Jverifi pa »: what turns an answer round is spelled right before anything is read."""
    right: dict[str, str] = lexicon()["negations_ecrites"]  # type: ignore[assignment]
    return _WORD.sub(lambda word: right.get(normal(word[0]), word[0]), text)


@cache
def _vocabulary() -> frozenset[str]:
    """The words that answers are made of, whatever the question."""
    lists = (
        "oui",
        "non",
        "negations",
        "nuances",
        "partiel",
        "quelquefois",
        "ne_sait_pas",
        "nie_devant",
        "nie_apres",
        "liaisons",
        "vague",
    )
    units: Any = lexicon()["unites"]
    counted: Any = lexicon()["approximations"]
    return words_of((*wordings(*lists), *units, *counted))


def _expected(question: Question) -> frozenset[str]:
    said = [phrase for option in question.options for phrase in phrases_of(question, option)]
    facts = () if question.options else chain.from_iterable(question.words.values())
    return _vocabulary() | words_of((question.ask, question.label, *said, *facts))


def _read(question: Question, text: str, vendors: Sequence[Vendor], today: date) -> Answer:
    plain = _STRETCHED.sub(lambda found: "oui" if found[1] else "non", text)
    readers: Mapping[str, Callable[[], Answer]] = {
        "bool": lambda: read_bool(question, plain),
        "one": lambda: read_one(question, plain),
        "many": lambda: read_many(question, plain),
        "number": lambda: _measured(plain, "number", lambda words: _number(question, words)),
        "duration": lambda: _measured(text, "duration", dates.duration),
        "date": lambda: _measured(text, "date", lambda words: _date(words, today)),
        "vendor": lambda: read_vendor(question, text, vendors),
        "text": lambda: _text(text),
    }
    return readers[question.kind]()


def _chosen(question: Question, ids: Sequence[str]) -> Answer:
    known: Iterable[str] = ("oui", "non") if question.kind == "bool" else question.options
    if not ids or any(choice not in known for choice in ids):
        raise Misunderstood("choice")
    if question.kind == "bool":
        return Answer.given(ids[0] == "oui")
    if question.kind == "one":
        if len(ids) > 1:
            raise Misunderstood("choice")
        return Answer.given(ids[0])
    if question.none in ids and len(set(ids)) > 1:
        raise Misunderstood("exclusive")
    return Answer.given(tuple(option for option in question.options if option in ids))


def _measured(text: str, reason: str, find: Callable[[str], str | int | None]) -> Answer:
    found = find(text)
    if wonders(text) or (found is None and unknown(text)):
        return UNKNOWN
    if found is None and reason == "number":
        found = _none_at_all(text)
    if found is None:
        raise Misunderstood(reason)
    return Answer.given(found)


def _number(question: Question, text: str) -> int | None:
    """The number, or one when a text counts a single one of what is asked: « j'ai eu une demande »."""
    if rate := _RATE.search(dates.in_figures(normal(text))):
        times: dict[str, int] = lexicon()["par_an"]  # type: ignore[assignment]
        return int(rate["count"].replace("une", "1").replace("un", "1")) * times[rate["unit"]]
    if (found := dates.number(text)) is not None:
        return found
    if contains_any(normal(text), wordings("un_seul")) and not negated(normal(text)):
        return 1
    said, asked = split(text), topics(question.ask)
    counted = [word for one, word in pairwise(said) if one.text in ("un", "une") and word.stem in asked]
    others = negated(joined(said)) or contains_any(joined(said), wordings("vague", "ne_sait_pas"))
    return 1 if len(counted) == 1 and not others else None


def _none_at_all(text: str) -> int | None:
    said = normal(text)
    if contains_any(said, wordings("vague")):
        return None
    # « Une dizene ».
    plain = spoken(text).text
    again = re.split(rf"\b{any_of('reprises')}\b", plain)[-1]
    for words in (plain, again):
        if (found := dates.number(words)) is not None:
            return found
    nobody = contains_any(said, (*wordings("non"), "personne")) or says_only("non", text)
    return 0 if nobody or negated(said) else dates.single(text)


def _date(text: str, today: date) -> str | None:
    told = dates.coarse(text, today)
    ended = days.latest(told) if told else None
    if ended and ended < today:
        return told
    try:
        # « Le douze fevrié deux mille vingt-huit ».
        found = dates.find(text, today) or dates.find(spoken(text).text, today)
    except dates.NoSuchDate as error:
        raise Misunderstood("no_such_date") from error
    return found.isoformat() if found else told


def _text(text: str) -> Answer:
    # A longer text that also says « je ne sais pas » is the answer itself.
    if says_only("ne_sait_pas", text):
        return UNKNOWN
    if len(text) > _LONGEST_TEXT:
        raise Misunderstood("long")
    return Answer.given(without_presentation(text))
