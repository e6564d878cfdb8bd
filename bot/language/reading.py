"""Reads what was said as the answer to a question, by the question's kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path

import yaml
from rapidfuzz import fuzz, process
from text_to_num import alpha2digit

from bot.compliance.answers import UNKNOWN, Answer
from bot.knowledge.model import Question, Vendor
from bot.language import dates
from bot.language.normal import contains, normal

_LONGEST_TEXT = 500
_LONGEST_VENDOR = 80
#: Below this likeness (0 to 100) two wordings are not taken for one another.
_ALIKE = 86
_DURATION = re.compile(r"(\d+)\s*(jours?|semaines?|mois|ans?|annees?)")
_LEAD = re.compile(
    r"^(?:oui|ben|bah|alors|euh)?[ ,]*(?:on a|on utilise|j['’]ai|j['’]utilise|je suis (?:sur|sous|chez)"
    r"|nous avons|nous utilisons|c['’]est|avec|sur|chez)\s+",
    re.IGNORECASE,
)


class Misunderstood(ValueError):
    """What was said is no answer to the question; its argument names the reason.

    Reasons: `empty`, `choice`, `exclusive`, `bool`, `number`, `duration`, `date`, `no_such_date`, `long`.
    """


@cache
def lexicon() -> dict[str, object]:
    """The words for yes, no, and numbers."""
    content: dict[str, object] = yaml.safe_load((Path(__file__).parent / "lexicon.yml").read_text("utf-8"))
    return content


def says(what: str, text: str) -> bool:
    """Whether a text says one of the lexicon's wordings of `what`, such as `oui` or `ne_sait_pas`."""
    said = normal(text)
    words: Iterable[str] = lexicon()[what]  # type: ignore[assignment]
    return any(contains(said, word) for word in words)


def read(question: Question, said: str | Sequence[str], vendors: Sequence[Vendor], today: date) -> Answer:
    """The answer that `said` gives: typed text, or the ids of the buttons that were chosen.

    `vendors` are the names to recognise, `today` (Europe/Paris) what dates count from.
    Raises Misunderstood.
    """
    if not isinstance(said, str):
        return _chosen(question, said)
    text = said.strip()
    if not normal(text):
        raise Misunderstood("empty")
    if question.kind in ("bool", "one", "many") and normal(text).replace(" ", "_") in _ids(question):
        return _chosen(question, [normal(text).replace(" ", "_")])
    if _unknown(question, text):
        return UNKNOWN
    if question.kind == "bool":
        return _bool(text)
    if question.kind == "one":
        return _one(question, text)
    if question.kind == "many":
        return _many(question, text)
    if question.kind == "number":
        return _number(text)
    if question.kind == "duration":
        return _duration(text)
    if question.kind == "date":
        return _date(text, today)
    if question.kind == "vendor":
        return _vendor(text, vendors)
    if len(text) > _LONGEST_TEXT:
        raise Misunderstood("long")
    return Answer.given(text)


def _ids(question: Question) -> Iterable[str]:
    return ("oui", "non") if question.kind == "bool" else question.options


def _unknown(question: Question, text: str) -> bool:
    """« Je ne sais pas », alone for open questions: there a longer text is the answer itself."""
    if question.kind in ("text", "vendor"):
        words: Iterable[str] = lexicon()["ne_sait_pas"]  # type: ignore[assignment]
        return normal(text) in words
    return says("ne_sait_pas", text)


def _chosen(question: Question, ids: Sequence[str]) -> Answer:
    if not ids or any(choice not in _ids(question) for choice in ids):
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


def _bool(text: str) -> Answer:
    # « Non » first: « pas encore », « on n'en fait plus » also hold words of a yes.
    for word, value in (("non", False), ("oui", True)):
        if says(word, text):
            return Answer.given(value)
    if re.search(r"\b(ne|n|pas|plus|jamais)\b", normal(text)):
        return Answer.given(False)
    raise Misunderstood("bool")


def _phrases(question: Question, option: str) -> list[str]:
    label = question.options[option]
    bare = re.sub(r"\(.*?\)", "", label)
    return [
        normal(phrase) for phrase in (label, bare, option.replace("_", " "), *question.words.get(option, ()))
    ]


def _scores(question: Question, text: str) -> dict[str, tuple[int, int]]:
    """For each option that the text names: the length and the place of the wording that shows it."""
    said = normal(text)
    found: dict[str, tuple[int, int]] = {}
    for option in question.options:
        for phrase in _phrases(question, option):
            stem = phrase.rstrip("s")
            place = f" {said} ".find(f" {stem}")
            whole = contains(said, phrase) or contains(said, stem) or contains(said, f"{stem}s")
            alike = len(phrase) > 4 and fuzz.ratio(said, phrase) >= _ALIKE
            if (whole or alike) and not _denied(said, max(place, 0)):
                found[option] = max(found.get(option, (0, 0)), (len(phrase), max(place, 0)))
    return found


def _denied(said: str, place: int) -> bool:
    return bool(
        re.search(r"\b(pas|sans|plus|ni|aucun|aucune) (de |d |par |sur |la |le |un |une )?$", said[:place])
    )


def _one(question: Question, text: str) -> Answer:
    scores = _scores(question, text)
    if scores:
        return Answer.given(max(scores, key=lambda option: scores[option]))
    choices = {option: normal(label) for option, label in question.options.items()}
    best = process.extractOne(normal(text), choices, scorer=fuzz.token_set_ratio, score_cutoff=_ALIKE)
    if best is None:
        raise Misunderstood("choice")
    return Answer.given(best[2])


def _many(question: Question, text: str) -> Answer:
    options = [option for option in question.options if option != question.none]
    scores = _scores(question, text)
    named = [option for option in options if option in scores]
    if named:
        return Answer.given(tuple(named))
    if question.none and (question.none in scores or says("non", text)):
        return Answer.given((question.none,))
    words: Iterable[str] = lexicon()["tout"]  # type: ignore[assignment]
    if normal(text) in words:
        return Answer.given(tuple(options))
    raise Misunderstood("choice")


def _number(text: str) -> Answer:
    # A space inside a number separates thousands: « 10 000 ».
    digits = re.search(r"\d{1,3}(?:[ \u00a0\u202f.]\d{3})+|\d+", alpha2digit(text, "fr"))
    if digits:
        return Answer.given(int(re.sub(r"\D", "", digits[0])))
    approximations: dict[str, int] = lexicon()["approximations"]  # type: ignore[assignment]
    for word, value in approximations.items():
        if contains(normal(text), word):
            return Answer.given(value)
    if says("non", text):
        return Answer.given(0)
    raise Misunderstood("number")


def _duration(text: str) -> Answer:
    found = _DURATION.search(normal(alpha2digit(text.replace("un an", "1 an"), "fr")))
    if found is None:
        raise Misunderstood("duration")
    number, unit = int(found[1]), found[2]
    name = {"j": "jour", "s": "semaine", "m": "mois", "a": "an"}[unit[0]]
    return Answer.given(f"{number} {name}{'s' if number > 1 and name != 'mois' else ''}")


def _date(text: str, today: date) -> Answer:
    try:
        found = dates.find(text, today)
    except dates.NoSuchDate as error:
        raise Misunderstood("no_such_date") from error
    if found is None:
        raise Misunderstood("date")
    return Answer.given(found.isoformat())


def _vendor(text: str, vendors: Sequence[Vendor]) -> Answer:
    said = normal(text)
    names = [
        vendor.name
        for vendor in vendors
        if any(contains(said, normal(n)) for n in (vendor.name, *vendor.also))
    ]
    if not names:
        known = {normal(name): vendor.name for vendor in vendors for name in (vendor.name, *vendor.also)}
        for word in said.split():
            # Short words resemble too many names to guess from.
            if len(word) > 4 and (
                best := process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=_ALIKE)
            ):
                names.append(known[best[0]])
    if names:
        return Answer.given(", ".join(dict.fromkeys(names)))
    name = _LEAD.sub("", text).strip(" .")
    if not normal(name):
        raise Misunderstood("empty")
    if len(name) > _LONGEST_VENDOR:
        raise Misunderstood("long")
    return Answer.given(name)
