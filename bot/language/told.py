"""Reads answers that count from the present: a moment, and whether a number or a moment is only about so."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.compliance import moments
from bot.compliance.answers import UNKNOWN, Answer
from bot.knowledge.breach import NOW
from bot.knowledge.model import Question, Vendor
from bot.language import dates
from bot.language.moments import find_moment
from bot.language.normal import lexicon, normal, wordings
from bot.language.options import named
from bot.language.reading import Misunderstood
from bot.language.reading import read as read_answer
from bot.language.sayings import says

#: « Vers 22 h », « dans les 200 », « 300 environ ».
_ABOUT = re.compile(
    r"\b(?:environ|vers|a peu pres|a peu de choses? pres|plus ou moins|dans les|autour d|aux alentours"
    r"|presque|approximativ\w*|grosso modo|une? bonne|plus d une?|a vue de nez|peut etre|je crois|je pense)\b"
)


def read(
    question: Question,
    said: str | Sequence[str],
    vendors: Sequence[Vendor],
    now: datetime,
    others: Mapping[str, Answer],
) -> Answer:
    """The answer that `said` gives, as `reading.read` reads it, moments included.

    `now` is an aware time in Europe/Paris, `others` are the moments told before, by the question's short
    id. Raises Misunderstood; for a moment also with `moment` or `future`.
    """
    if question.kind == "moment":
        return _moment(question, said, now, others)
    answer = read_answer(question, said, vendors, now.date())
    if question.kind == "number" and isinstance(said, str) and isinstance(answer.value, int):
        return replace(answer, approximate=about(said))
    return answer


def about(text: str) -> bool:
    """Whether a text gives its number or its hour as no more than about right."""
    rounded: Mapping[str, int] = lexicon()["approximations"]  # type: ignore[assignment]
    words = set(normal(text).split())
    return bool(_ABOUT.search(normal(text))) or any({name, f"{name}s"} & words for name in rounded)


def _moment(
    question: Question, said: str | Sequence[str], now: datetime, others: Mapping[str, Answer]
) -> Answer:
    if not isinstance(said, str):
        return _meant(said[0] if len(said) == 1 else "", now, others)
    found, chosen = find_moment(said, now), named(question, said)[0]
    # « À l'instant » names today, and says more.
    if found and not (chosen == (NOW,) and found == moments.Moment(now.date())):
        return Answer.given(found.text(), approximate=about(said))
    if len(chosen) == 1 and chosen[0] in {NOW, *others}:
        return _meant(chosen[0], now, others)
    if says("ne_sait_pas", said):
        return UNKNOWN
    raise Misunderstood("future" if to_come(said, now) else "moment")


def _meant(option: str, now: datetime, others: Mapping[str, Answer]) -> Answer:
    """What an option stands for: the present, or what was answered about another moment."""
    if option == NOW:
        return Answer.given(moments.instant(now.replace(second=0, microsecond=0)).text())
    if option not in others:
        raise Misunderstood("moment")
    return others[option]


def to_come(text: str, now: datetime) -> bool:
    """Whether a text names a day that is still to come."""
    if any(f" {word} " in f" {normal(text)} " for word in wordings("a_venir")):
        return True
    try:
        found = dates.find(text, now.date())
    except dates.NoSuchDate:
        return False
    return found is not None and found > now.date()
