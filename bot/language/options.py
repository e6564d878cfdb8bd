"""Reads which options of a question a text chooses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from bot.compliance.answers import UNKNOWN, Answer
from bot.knowledge.model import Question
from bot.language import dates
from bot.language.analysis import rewritten
from bot.language.facts import negated
from bot.language.lookup import Mention, joined, mentions, split
from bot.language.misunderstood import Misunderstood
from bot.language.normal import contains, contains_any, lexicon, made_of, normal, only, opening, wordings
from bot.language.sayings import begins_unknown, leaning, led, nfc, unknown
from bot.language.spoken import any_of
from bot.language.topics import sharing, topics

#: An abbreviation, as « dermato », is only guessed at in so short a text, from so many letters on.
_SHORT, _SHORTEST_ABBREVIATION = 3, 5
#: « Avec » so many words before tells of company.
_NEAR = 3
_PLACE = re.compile(
    rf"\b(?:(?P<many>\d) )?(?P<rank>{'|'.join(wordings('rangs'))})\b"
    rf"|\b{any_of('devant_un_rang')} (?P<number>\d)\b"
)


def read_one(question: Question, text: str) -> Answer:
    """The one option that a text chooses. Raises Misunderstood."""
    return _read(question, dates.in_figures(text), _one)


def read_many(question: Question, text: str) -> Answer:
    """The options that a text chooses. Raises Misunderstood."""
    return _read(question, dates.in_figures(text), _many)


def named(question: Question, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The options of a question that a text names, and those that it denies, in the question's order.

    « Plus de stagiaire, mais une secrétaire » names the secretary and denies the trainees. What excludes
    all others counts only when nothing else is named.
    """
    return _told_apart(question, dates.in_figures(text))


def _read(question: Question, text: str, reader: Callable[[Question, str], Answer | None]) -> Answer:
    whole = _whole(question, text)
    if whole:
        return Answer.given((whole,) if question.kind == "many" else whole)
    if begins_unknown(text):
        return UNKNOWN
    if placed := _by_place(question, text):
        return Answer.given(placed if question.kind == "many" else placed[0])
    found = reader(question, text)
    if found is None and unknown(text):
        return UNKNOWN
    if found is None:
        raise Misunderstood("choice")
    return found


def fuller(answer: Answer, question: Question, text: str, again: str) -> Answer:
    """The answer, or what the same text spelled out tells more of: « fax + insta »."""
    if question.kind == "one" and len(_said(question, text)) > 1 and len(one := _said(question, again)) == 1:
        # « chirurgien dantiste » seems to name a surgeon and a dentist.
        return Answer.given(one.pop())
    if not isinstance(answer.value, tuple):
        return answer
    more = _told_apart(question, dates.in_figures(again))[0]
    return Answer.given(more) if set(more) > set(answer.value) else answer


def _said(question: Question, text: str) -> set[str]:
    """The options that a text names and does not deny."""
    return {one.key for one in _mentions(question, dates.in_figures(text)) if not one.denied}


def _told_apart(question: Question, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    kept = _all_but(question, text)
    if kept:
        return kept, tuple(option for option in _choices(question) if option not in kept)
    said: dict[str, bool] = {}
    for one in _mentions(question, text):
        # What is said last stands.
        said[one.key] = not one.denied
    there = tuple(option for option in question.options if said.get(option) is True)
    others = tuple(option for option in there if option != question.none)
    return others or there, tuple(option for option in question.options if said.get(option) is False)


def phrases_of(question: Question, option: str) -> list[str]:
    """The wordings of an option, its id and its label among them."""
    label = question.options[option]
    # « Les réseaux (Facebook…) » is also said without what the brackets explain.
    bare = re.sub(r"\(.*?\)", "", label)
    # « Non, ou je ne l'ai pas lu » is said by « je ne l'ai pas lu ».
    then = re.sub(r"^(?:Oui|Non), (?:ou |et )?", "", label)
    # The id « mois » would be found in « 4 mois ».
    own = [] if dates.is_unit(option) else [option.replace("_", " ")]
    return [label, bare, then, *own, *question.words.get(option, ())]


@cache
def _comparable(wording: str) -> str:
    return normal(dates.in_figures(wording))


@cache
def _written_out(wording: str) -> str:
    return rewritten(dates.in_figures(wording))


def _confused(wording: str, text: str) -> bool:
    """An abbreviation that is also a small word, as « MES », has to be typed as one."""
    if not wording.isupper() or _comparable(wording) not in wordings("mots_vides"):
        return False
    return text.isupper() or not re.search(rf"\b{re.escape(wording)}\b", text)


def _mentions(question: Question, text: str) -> list[Mention[str]]:
    names = {
        option: [
            said
            for each in phrases_of(question, option)
            if not _confused(each, text)
            for said in dict.fromkeys((_comparable(each), _written_out(each)))
        ]
        for option in question.options
    }
    silent = wordings("ne_sait_pas", "a_verifier", "neutres")
    found = mentions(nfc(text), names, silent, wordings("mots_courants"))
    # In « aucun stagiaire », « aucun » is no answer of its own.
    denied = {one.start for one in found if one.denied}
    return [one for one in found if one.key != question.none or one.denied or one.end not in denied]


def _choices(question: Question) -> tuple[str, ...]:
    return tuple(option for option in question.options if option != question.none)


def _whole(question: Question, text: str) -> str:
    """The one option of which the text is a wording."""
    said = normal(text)
    found = [option for option in question.options if said in map(_comparable, phrases_of(question, option))]
    # Of two options with one wording, the one whose id it is is meant.
    exact = [option for option in found if said == normal(option)]
    return next(iter(exact or (found if len(found) == 1 else ())), "")


def _by_place(question: Question, text: str) -> tuple[str, ...]:
    """The options that are meant by their places alone: « les deux premières », « la 1re et la dernière »."""
    said = normal(text)
    options = _choices(question)
    places: set[int] = set()
    for found in _PLACE.finditer(said):
        first = _places()[found["rank"]] if found["rank"] else int(found["number"])
        many = int(found["many"] or 1)
        places |= {first + (step if first > 0 else -step) for step in range(many)}
    rest = _PLACE.sub(" ", said)
    if not places or (
        rest.strip()
        and not made_of(
            " ".join(rest.split()), wordings("liaisons", "et", "remplissage", "introductions", "nuances")
        )
    ):
        return ()
    if question.kind == "one" and len(places) > 1:
        return ()
    meant = {place - 1 if place > 0 else len(options) + place for place in places}
    return tuple(option for place, option in enumerate(options) if place in meant)


@cache
def _places() -> dict[str, int]:
    places: dict[str, int] = lexicon()["rangs"]  # type: ignore[assignment]
    return places


def _in_part(question: Question, text: str) -> str:
    """The one option that says « en partie », when a text says yes of one thing and no of another."""
    said = normal(text)
    if not (contains(said, "oui") and contains(said, "non")) or contains_any(said, wordings("oui_et_non")):
        return ""
    partly = {
        option
        for option in question.options
        if set(map(normal, phrases_of(question, option))) & {*wordings("quelquefois")}
    }
    return partly.pop() if len(partly) == 1 else ""


def _one(question: Question, text: str) -> Answer | None:
    if partly := _in_part(question, text):
        return Answer.given(partly)
    found = _mentions(question, text)
    said = [one for one in found if not one.denied]
    if said:
        both = _both(question) if len({one.key for one in said}) > 1 else ""
        return Answer.given(both or _meant(text, said).key)
    if found:
        return None
    near = (
        _abbreviated(question, text)
        or _by_yes_or_no(question, led(text))
        or _within_a_label(question, text)
        or _by_yes_or_no(question, leaning(text))
        or _by_shared_words(question, text)
    )
    return Answer.given(near) if near else None


def _meant(text: str, said: Sequence[Mention[str]]) -> Mention[str]:
    """Of several options the one said in most words, among those after « mais » if there are any."""
    words = [word.text for word in split(nfc(text))]
    after = [one for one in said if "mais" in words[: one.start]]
    # « Pédiatre, avec une consœur généraliste ».
    own = [one for one in said if "avec" not in words[max(0, one.start - _NEAR) : one.start]]
    return max(after or own or said, key=lambda one: (one.weight, one.start))


def _both(question: Question) -> str:
    """The option that stands for several others, if the question has one."""
    found = [
        option for option in question.options if "les 2" in map(_comparable, phrases_of(question, option))
    ]
    return found[0] if found else ""


def _many(question: Question, text: str) -> Answer | None:
    there, denied = _told_apart(question, text)
    if (there or denied) and there != (question.none,) and _all_but(question, text) is None:
        also = {_by_shared_words(question, part) for part in _unnamed(question, text)} - set(denied)
        there = tuple(option for option in question.options if option in also or option in there)
    if there:
        return Answer.given(there)
    if denied or _all_but(question, text) is not None:
        return None
    if _says_all(question, text):
        return Answer.given(_choices(question))
    if question.none and led(text) == Answer.given(False):
        return Answer.given((question.none,))
    near = _abbreviated(question, text) or _within_a_label(question, text) or _by_shared_words(question, text)
    return Answer.given((near,)) if near else None


def _unnamed(question: Question, text: str) -> Iterator[str]:
    """The parts of a text, between commas and « et », that name no option."""
    named_at = {place for one in _mentions(question, text) for place in range(one.start, one.end)}
    part: list[str] = []
    clause, free = 0, True
    for place, word in enumerate(split(nfc(text))):
        if word.clause != clause or word.text in wordings("et"):
            if free:
                yield " ".join(part)
            part, free, clause = [], True, word.clause
        part.append(word.text)
        free &= place not in named_at
    if free:
        yield " ".join(part)


def _says_all(question: Question, text: str) -> bool:
    all_of_them = (*wordings("tout"), f"les {len(_choices(question))}")
    return only(normal(text), all_of_them, wordings("remplissage", "introductions"))


def _all_but(question: Question, text: str) -> tuple[str, ...] | None:
    """What « tout sauf X » leaves, empty when X is not known; None when the text is no such phrase."""
    words = split(nfc(text))
    for start in range(1, len(words)):
        but = opening(joined(words[start:]), wordings("sauf"))
        whole = joined(words[:start])
        if but and contains_any(whole, wordings("tout")):
            if not made_of(whole, wordings("tout", "remplissage", "introductions", "liaisons")):
                return None
            end = start + len(but.split())
            but_these = {one.key for one in _mentions(question, joined(words[end:]))}
            left = tuple(option for option in _choices(question) if option not in but_these)
            return left if but_these else ()
    return None


def _abbreviated(question: Question, text: str) -> str:
    """The one option of which a short text has the first letters: « dermato »."""
    said = normal(text).split()
    if len(said) > _SHORT:
        return ""
    found = {
        option
        for option in question.options
        for phrase in map(_comparable, phrases_of(question, option))
        if " " not in phrase
        for word in said
        if len(word) >= _SHORTEST_ABBREVIATION and phrase.startswith(word)
    }
    return found.pop() if len(found) == 1 else ""


def _within_a_label(question: Question, text: str) -> str:
    """The one option whose label begins with the text, or has all that it says: « un réseau séparé »."""
    labels = {option: _comparable(label) for option, label in question.options.items()}
    begun = [option for option, label in labels.items() if opening(label, [normal(text)])]
    if len(begun) == 1 and not made_of(normal(text), wordings("liaisons")):
        return begun[0]
    said = [word for word in split(text) if word.text not in wordings("liaisons", "et", "remplissage")]
    if all(len(word.text) < _SHORTEST_ABBREVIATION for word in said):
        return ""
    stems = {word.stem for word in said}
    found = [option for option, label in labels.items() if stems <= {word.stem for word in split(label)}]
    return found[0] if len(found) == 1 else ""


def _by_shared_words(question: Question, text: str) -> str:
    """The option that has more words of the text than any other, rare ones counting for more."""
    said = normal(text)
    if negated(said) or contains_any(said, wordings("nie_devant", "nie_apres")):
        return ""
    words = {option: topics(*phrases_of(question, option)) for option in _choices(question)}
    return sharing(words, text)


def _by_yes_or_no(question: Question, said: Answer | None) -> str:
    """The one option whose label begins with the yes or no that was said."""
    if said is None or not said.known:
        return ""
    word = "oui" if said.value else "non"
    found = [option for option, label in question.options.items() if opening(normal(label), [word])]
    return found[0] if len(found) == 1 else ""
