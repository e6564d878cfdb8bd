"""Reads what was said as the answer to a question, by the question's kind."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from bot.compliance.answers import UNKNOWN, Answer
from bot.knowledge.model import Question, Vendor
from bot.language import dates
from bot.language.analysis import rewritten
from bot.language.facts import negated, told
from bot.language.lookup import Mention, Word, clauses, joined, mentions, split
from bot.language.normal import contains, contains_any, made_of, normal, opening, wordings
from bot.language.normal import lexicon as lexicon
from bot.language.products import product_names
from bot.language.spelling import spelled, words_of
from bot.language.spoken import spoken

_LONGEST_TEXT = 500
_LONGEST_VENDOR = 80
#: A longer name of a product that is not known is a sentence.
_MOST_WORDS_OF_A_NAME = 6
#: An abbreviation, as « dermato », is only guessed at in so short a text, from so many letters on.
_SHORT, _SHORTEST_ABBREVIATION = 3, 5
#: The lexicon's lists that say it when they make a whole text or clause, and those that may stand by.
_SAYING = {
    "oui": ("oui", "oui_seul"),
    "non": ("non", "non_seul"),
    "ne_sait_pas": ("ne_sait_pas", "ne_sait_pas_seul", "a_verifier"),
}
# « Non, aucune idée » refuses nothing.
_BESIDE = {"oui": ("nuances",), "non": ("nuances",), "ne_sait_pas": ("nuances", "non")}
# « Je n'utilise que ça » denies nothing; « je ne crois pas que ce soit fait » does.
_ONLY = re.compile(r"\b(?:ne|n) (?:(?!pas\b|jamais\b|rien\b|aucune?\b)\w+ ){1,4}?que?\b")
# « Ouiii », « nooon ».
_STRETCHED = re.compile(r"\b(?:(ou+i+)|no+n+)\b", re.IGNORECASE)
#: Kinds whose answers are read a second time with their spelling undone.
_RESPELLED = ("bool", "one", "many", "number", "duration")
#: A word of the question that is shorter says too little of what it is about.
_SHORTEST_TOPIC = 4
#: Of so many words that a text is about, one at least has to be an option's.
_TOPICS_A_WORD = 4
#: A shorter text states nothing by itself.
_SHORTEST_STATEMENT = 4
_CAPITALS = re.compile(
    r"\b[A-ZÀ-Ý][\w’'-]*[^\W_](?: (?:(?:&|et|de|du|des|la|le|les|l['’]|d['’]) ?)*[A-ZÀ-Ý][\w’'-]*)*"
)
_SENTENCE_END = re.compile(r"[.!?…]\s+$")
_TRIMMED = " ,:;.!…\n\u00a0\u202f"


class Misunderstood(ValueError):
    """What was said is no answer to the question; its argument names the reason.

    Reasons: `empty`, `choice`, `exclusive`, `bool`, `number`, `duration`, `date`, `no_such_date`,
    `vendor`, `long`.
    """


def says(what: str, text: str) -> bool:
    """Whether a text says one of the lexicon's wordings of `what`, such as `oui` or `ne_sait_pas`."""
    if what == "ne_sait_pas":
        return _unknown(text)
    return contains_any(normal(text), wordings(what))


def says_only(what: str, text: str) -> bool:
    """Whether a text is nothing but wordings of `what` (`oui`, `non` or `ne_sait_pas`) and small words.

    « Bah oui merci » only says `oui`; « oui mais pas pour tous » does not.
    """
    return _only(normal(text), wordings(*_SAYING[what]), wordings(*_BESIDE[what], "remplissage"))


def opens_correction(text: str) -> bool:
    """Whether a text begins as a correction does: « en fait », « non pardon », « je me suis trompé »."""
    return _corrects(split(_nfc(text))) > 0


def without_opening(text: str) -> str:
    """The text without the words that open a correction, if it begins with any."""
    text = _nfc(text)
    words = split(text)
    length = _corrects(words)
    if not length:
        return text.strip()
    return text[words[length].start :].strip(_TRIMMED) if length < len(words) else ""


def without_presentation(text: str) -> str:
    """« Moi c'est Camille Durand » without what introduces the name; a text that is nothing else stays."""
    words = split(_nfc(text))
    rest = words[len(opening(joined(words), wordings("presentations")).split()) :]
    return _nfc(text)[rest[0].start :] if rest else text


def named(question: Question, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The options of a question that a text names, and those that it denies, in the question's order.

    « Plus de stagiaire, mais une secrétaire » names the secretary and denies the trainees. What excludes
    all others counts only when nothing else is named.
    """
    return _named(question, dates.in_figures(text))


def _named(question: Question, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
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


def read(question: Question, said: str | Sequence[str], vendors: Sequence[Vendor], today: date) -> Answer:
    """The answer that `said` gives: typed text, or the ids of the buttons that were chosen.

    `vendors` are the names to recognise, `today` (Europe/Paris) what dates count from.
    Raises Misunderstood.
    """
    if not isinstance(said, str):
        return _chosen(question, said)
    text = _nfc(said).strip()
    if not normal(text):
        raise Misunderstood("empty")
    if question.kind not in _RESPELLED:
        return _read(question, text, vendors, today)
    again = spelled(dates.in_figures(text), _expected(question))
    try:
        answer = _read(question, text, vendors, today)
    except Misunderstood:
        return _read(question, again, vendors, today)
    return _fuller(answer, question, text, again)


def _fuller(answer: Answer, question: Question, text: str, again: str) -> Answer:
    """The answer, or what the same text spelled out tells more of: « fax + insta »."""
    if question.kind == "one" and len(_said(question, text)) > 1 and len(one := _said(question, again)) == 1:
        # « chirurgien dantiste » seems to name a surgeon and a dentist.
        return Answer.given(one.pop())
    if not isinstance(answer.value, tuple):
        return answer
    more = _named(question, dates.in_figures(again))[0]
    return Answer.given(more) if set(more) > set(answer.value) else answer


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
    said = [phrase for option in question.options for phrase in _phrases(question, option)]
    return _vocabulary() | words_of((question.ask, question.label, *said))


def _read(question: Question, text: str, vendors: Sequence[Vendor], today: date) -> Answer:
    plain = _STRETCHED.sub(lambda found: "oui" if found[1] else "non", text)
    readers: Mapping[str, Callable[[], Answer]] = {
        "bool": lambda: _bool(question, plain),
        "one": lambda: _choice(question, dates.in_figures(plain), _one),
        "many": lambda: _choice(question, dates.in_figures(plain), _many),
        "number": lambda: _measured(plain, "number", dates.number),
        "duration": lambda: _measured(text, "duration", dates.duration),
        "date": lambda: _measured(text, "date", lambda words: _date(words, today)),
        "vendor": lambda: _vendor(text, vendors),
        "text": lambda: _text(text),
    }
    return readers[question.kind]()


def _only(said: str, own: tuple[str, ...], beside: tuple[str, ...]) -> bool:
    return contains_any(said, own) and made_of(said, (*own, *beside))


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


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


# --- « Je ne sais pas » ---


def _unknown(text: str) -> bool:
    if contains_any(normal(text), wordings("ne_sait_pas", "a_verifier")):
        return True
    return any(_alone_unknown(words) for words in clauses(_nfc(text)))


def _alone_unknown(clause: list[Word]) -> bool:
    if "".join(word.text for word in clause) in _run_together(wordings("ne_sait_pas")):
        return True
    return _only(joined(clause), wordings("ne_sait_pas_seul"), wordings("remplissage"))


@cache
def _run_together(phrases: tuple[str, ...]) -> frozenset[str]:
    """The phrases as « jenesaispas », so that a slip of the space bar does not matter."""
    return frozenset(phrase.replace(" ", "") for phrase in phrases)


def _begins_unknown(text: str) -> bool:
    """Whether « je ne sais pas » comes first: what follows then wonders rather than answers."""
    begins = opening(_bare(normal(text)), wordings("ne_sait_pas"))
    return bool(begins) or any(_alone_unknown(words) for words in clauses(text)[:1])


def _wonders(text: str) -> bool:
    """« Je ne sais pas si c'est Doctolib » names Doctolib without saying that it is."""
    said = normal(text)
    return any(
        contains(said, f"{start} {then}")
        for start in wordings("ne_sait_pas")
        if contains(said, start)
        for then in wordings("indirectes")
    )


def _bare(said: str) -> str:
    """The normal text without the small words and the reservations that it begins with."""
    while word := opening(said, wordings("remplissage", "nuances")):
        # « Bien sûr » and « trop tard » begin with small words and are none.
        if len(opening(said, wordings("oui", "non", "ne_sait_pas"))) > len(word):
            break
        said = said[len(word) :].strip()
    return said


# --- Yes and no ---


def _bool(question: Question, text: str) -> Answer:
    found = _leaning(text)
    if _led(text) is None and found != UNKNOWN:
        fact = told(question.ask, text)
        found = found if fact is None else Answer.given(fact)
    if found is None and _states(question, text):
        return Answer.given(True)
    if found is None:
        raise Misunderstood("bool")
    return found


def _states(question: Question, text: str) -> bool:
    """« Les disques sont chiffrés depuis mai » says, without a yes, that what the question asks is so."""
    said = split(text)
    whole = joined(said)
    if len(said) < _SHORTEST_STATEMENT or "?" in text or contains_any(whole, _unsettled()):
        return False
    if (
        opening(whole, wordings("suppositions"))
        or negated(whole)
        or contains_any(whole, wordings("oui", "non"))
    ):
        return False
    return bool(topics(question.ask, question.label, question.help) & {word.stem for word in said})


@cache
def _unsettled() -> tuple[str, ...]:
    lists = (
        "partiel",
        "quelquefois",
        "oui_et_non",
        "ne_sait_pas",
        "a_verifier",
        "nie_devant",
        "nie_apres",
        "souhaits",
    )
    return wordings(*lists)


@cache
def topics(*texts: str) -> frozenset[str]:
    """The stems of the words that say what texts in French are about."""
    small = {*wordings("liaisons", "interrogatifs", "remplissage", "sujets")}
    words = [word for text in texts for word in split(_nfc(text))]
    return frozenset(
        word.stem for word in words if len(word.text) >= _SHORTEST_TOPIC and word.text not in small
    )


def _leaning(text: str) -> Answer | None:
    """Yes, no or « je ne sais pas »; None when the text says none of them, or both."""
    said = normal(text)
    begun = [joined(words) for words in clauses(text)]
    # « Oui pour l'agenda, non pour les dossiers ».
    both = all(any(opening(part, [what]) for part in begun) for what in ("oui", "non"))
    if both or contains_any(said, wordings("oui_et_non")):
        return None
    if (led := _led(text)) is not None:
        return led
    if _unknown(text):
        return UNKNOWN
    if contains_any(said, wordings("partiel", "quelquefois")):
        return None
    rest = _ONLY.sub(" ", _without_each(said, wordings("neutres")))
    if contains(rest, "oui") and contains(rest, "non"):
        return None
    if negated(rest) or contains_any(rest, wordings("non")):
        return Answer.given(False)
    # A reservation alone, as « en principe », is a yes.
    if contains_any(rest, wordings("oui")) or _only(said, wordings("nuances"), wordings("remplissage")):
        return Answer.given(True)
    return None


def _led(text: str) -> Answer | None:
    """The yes, no or « je ne sais pas » that a text begins with, which decides whatever follows."""
    parts = [joined(words) for words in clauses(text)]
    said = " ".join(parts)
    for what in ("oui", "non"):
        if parts and says_only(what, parts[0]):
            return _unless_unknown(" ".join(parts[1:]), what == "oui")
    if len(parts) > 1 and _closes_with_yes(parts):
        return Answer.given(True)
    bare = _bare(said)
    neutral = len(opening(bare, wordings("neutres")))
    starts = {what: opening(bare, wordings(what)) for what in ("ne_sait_pas", "non", "oui")}
    what = max(starts, key=lambda name: len(starts[name]))
    if len(starts[what]) <= neutral:
        return None
    if what == "ne_sait_pas":
        return UNKNOWN
    return _unless_unknown(bare[len(starts[what]) :].strip(), what == "oui")


def _closes_with_yes(parts: Sequence[str]) -> bool:
    """« Le fax oui, pas moyen de s'en défaire », not « la cave oui, le grenier pas encore »."""
    closes = parts[0].endswith(" oui") and not parts[0].endswith(("que oui", "ou oui"))
    return closes and not contains_any(" ".join(parts[1:]), wordings("non", "ne_sait_pas"))


def _unless_unknown(rest: str, value: bool) -> Answer:
    """« Non, aucune idée » says nothing but that; « oui, à vérifier » is a yes."""
    unknown = _only(rest, wordings("ne_sait_pas", "ne_sait_pas_seul"), wordings("remplissage", "nuances"))
    return UNKNOWN if unknown else Answer.given(value)


def _without_each(said: str, phrases: Iterable[str]) -> str:
    for phrase in phrases:
        said = f" {said} ".replace(f" {phrase} ", " ").strip()
    return said


# --- Options ---


def _phrases(question: Question, option: str) -> list[str]:
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
            for each in _phrases(question, option)
            if not _confused(each, text)
            for said in dict.fromkeys((_comparable(each), _written_out(each)))
        ]
        for option in question.options
    }
    silent = wordings("ne_sait_pas", "a_verifier", "neutres")
    found = mentions(_nfc(text), names, silent, wordings("mots_courants"))
    # In « aucun stagiaire », « aucun » is no answer of its own.
    denied = {one.start for one in found if one.denied}
    return [one for one in found if one.key != question.none or one.denied or one.end not in denied]


def _choices(question: Question) -> tuple[str, ...]:
    return tuple(option for option in question.options if option != question.none)


def _choice(question: Question, text: str, reader: Callable[[Question, str], Answer | None]) -> Answer:
    whole = _whole(question, text)
    if whole:
        return Answer.given((whole,) if question.kind == "many" else whole)
    if _begins_unknown(text):
        return UNKNOWN
    found = reader(question, text)
    if found is None and _unknown(text):
        return UNKNOWN
    if found is None:
        raise Misunderstood("choice")
    return found


def _whole(question: Question, text: str) -> str:
    """The one option of which the text is a wording."""
    said = normal(text)
    found = [option for option in question.options if said in map(_comparable, _phrases(question, option))]
    # Of two options with one wording, the one whose id it is is meant.
    exact = [option for option in found if said == normal(option)]
    return next(iter(exact or (found if len(found) == 1 else ())), "")


def _one(question: Question, text: str) -> Answer | None:
    found = _mentions(question, text)
    said = [one for one in found if not one.denied]
    if said:
        both = _both(question) if len({one.key for one in said}) > 1 else ""
        return Answer.given(both or max(said, key=lambda one: (one.weight, one.start)).key)
    if found:
        return None
    near = (
        _abbreviated(question, text)
        or _by_yes_or_no(question, _led(text))
        or _within_a_label(question, text)
        or _by_yes_or_no(question, _leaning(text))
        or _by_shared_words(question, text)
    )
    return Answer.given(near) if near else None


def _said(question: Question, text: str) -> set[str]:
    """The options that a text names and does not deny."""
    return {one.key for one in _mentions(question, dates.in_figures(text)) if not one.denied}


def _both(question: Question) -> str:
    """The option that stands for several others, if the question has one."""
    found = [option for option in question.options if "les 2" in map(_comparable, _phrases(question, option))]
    return found[0] if found else ""


def _many(question: Question, text: str) -> Answer | None:
    there, denied = _named(question, text)
    if (there or denied) and there != (question.none,) and _all_but(question, text) is None:
        also = {_by_shared_words(question, part) for part in _unnamed(question, text)} - set(denied)
        there = tuple(option for option in question.options if option in also or option in there)
    if there:
        return Answer.given(there)
    if denied or _all_but(question, text) is not None:
        return None
    if _says_all(question, text):
        return Answer.given(_choices(question))
    if question.none and _led(text) == Answer.given(False):
        return Answer.given((question.none,))
    near = _abbreviated(question, text) or _within_a_label(question, text) or _by_shared_words(question, text)
    return Answer.given((near,)) if near else None


def _unnamed(question: Question, text: str) -> Iterator[str]:
    """The parts of a text, between commas and « et », that name no option."""
    named_at = {place for one in _mentions(question, text) for place in range(one.start, one.end)}
    part: list[str] = []
    clause, free = 0, True
    for place, word in enumerate(split(_nfc(text))):
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
    return _only(normal(text), all_of_them, wordings("remplissage", "introductions"))


def _all_but(question: Question, text: str) -> tuple[str, ...] | None:
    """What « tout sauf X » leaves, empty when X is not known; None when the text is no such phrase."""
    words = split(_nfc(text))
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
        for phrase in map(_comparable, _phrases(question, option))
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
    words = {option: topics(*_phrases(question, option)) for option in _choices(question)}
    having = Counter(word for own in words.values() for word in own)
    stems = {word.stem for word in split(text)}
    scores = sorted((sum(1 / having[word] for word in own & stems), option) for option, own in words.items())
    least = max(1, len(topics(text)) / _TOPICS_A_WORD)
    if not scores or scores[-1][0] < least or (len(scores) > 1 and scores[-2][0] == scores[-1][0]):
        return ""
    return scores[-1][1]


def _by_yes_or_no(question: Question, said: Answer | None) -> str:
    """The one option whose label begins with the yes or no that was said."""
    if said is None or not said.known:
        return ""
    word = "oui" if said.value else "non"
    found = [option for option, label in question.options.items() if opening(normal(label), [word])]
    return found[0] if len(found) == 1 else ""


# --- Numbers, durations, dates, texts ---


def _measured(text: str, reason: str, find: Callable[[str], str | int | None]) -> Answer:
    found = find(text)
    if _wonders(text) or (found is None and _unknown(text)):
        return UNKNOWN
    if found is None and reason == "number":
        found = _none_at_all(text)
    if found is None:
        raise Misunderstood(reason)
    return Answer.given(found)


def _none_at_all(text: str) -> int | None:
    said = normal(text)
    if contains_any(said, wordings("vague")):
        return None
    # « Une dizene ».
    if (misspelt := dates.number(spoken(text).text)) is not None:
        return misspelt
    nobody = contains_any(said, (*wordings("non"), "personne"))
    return 0 if nobody or negated(said) else dates.single(text)


def _date(text: str, today: date) -> str | None:
    try:
        found = dates.find(text, today)
    except dates.NoSuchDate as error:
        raise Misunderstood("no_such_date") from error
    return found.isoformat() if found else None


def _text(text: str) -> Answer:
    # A longer text that also says « je ne sais pas » is the answer itself.
    if says_only("ne_sait_pas", text):
        return UNKNOWN
    if len(text) > _LONGEST_TEXT:
        raise Misunderstood("long")
    return Answer.given(without_presentation(text))


# --- Products ---


def _vendor(text: str, vendors: Sequence[Vendor]) -> Answer:
    if says_only("ne_sait_pas", text):
        return UNKNOWN
    names = product_names(vendors)
    found = mentions(text, names, usual=wordings("mots_courants"))
    there = dict.fromkeys(one.key for one in found if not one.denied)
    if there and not _wonders(text):
        return Answer.given(", ".join(there))
    if contains_any(normal(text), wordings("ne_sait_pas")) or _someone_knows(text):
        return UNKNOWN
    words = split(text)
    denied = {word for one in found if one.denied for word in words[one.start : one.end]}
    try:
        return Answer.given(_product(text, denied))
    except Misunderstood:
        if _unknown(text):
            return UNKNOWN
        raise


def _someone_knows(text: str) -> bool:
    """« C'est ma secrétaire qui gère »: who can tell, and no name."""
    said = normal(text)
    someone = mentions(text, {"": wordings("personnes")}, usual=wordings("mots_courants"))
    return contains_any(said, ("qui sait", "qui saura", "qui connait")) or (
        bool(someone) and contains_any(said, wordings("s_en_occupe"))
    )


def _product(text: str, denied: set[Word]) -> str:
    """The name of a product that is not known, as it was typed."""
    kept = [
        part
        for part in clauses(text)
        if not denied.intersection(part)
        and not negated(joined(part))
        and not any(says_only(what, joined(part)) for what in _SAYING)
    ]
    name = _capitalised(text, kept) or ", ".join(filter(None, (_name(text, part) for part in kept)))
    if not normal(name):
        raise Misunderstood("vendor")
    if len(name.split()) > _MOST_WORDS_OF_A_NAME or opening(normal(name), wordings("pronoms")):
        raise Misunderstood("vendor")
    if len(name) > _LONGEST_VENDOR:
        raise Misunderstood("long")
    return name


def _capitalised(text: str, parts: Sequence[list[Word]]) -> str:
    """The one name with capitals in a sentence that has other words: « le voisin d'en face, Octet & Cie »."""
    if text.isupper() or len(split(text)) < _SHORTEST_STATEMENT:
        return ""
    places = {word.start for part in parts for word in part}
    found = [one for one in _CAPITALS.finditer(text) if one.start() in places]
    inside = [one for one in found if one.start() and not _SENTENCE_END.search(text[: one.start()])]
    # A first word has its capital anyway, unless it stands alone: « Octet & Cie, une start-up ».
    alone = [one for one in found if text[one.end() :].startswith((",", " ("))]
    small = wordings("remplissage", "introductions", "nuances")
    names = [one for one in alone if not made_of(normal(one[0]), small)] or inside
    return names[0][0] if len(names) == 1 else ""


def _name(text: str, part: list[Word]) -> str:
    """A clause as typed, without what introduces a name and what only hesitates after it."""
    while part and (word := opening(joined(part), wordings("introductions", "remplissage", "nuances"))):
        part = part[len(word.split()) :]
    while part and (size := _ends_with(joined(part), wordings("remplissage", "nuances", "a_verifier"))):
        part = part[:-size]
    return text[part[0].start : part[-1].end] if part else ""


def _ends_with(said: str, phrases: Iterable[str]) -> int:
    return max((len(phrase.split()) for phrase in phrases if f" {said}".endswith(f" {phrase}")), default=0)


# --- Corrections ---


def _corrects(words: list[Word]) -> int:
    """How many words open a correction: « ah non pardon, en fait » is one opening."""
    length, corrects = 0, False
    around = (*wordings("remplissage"), "non")
    while length < len(words):
        said = joined(words[length:])
        own, small = opening(said, wordings("corrections")), opening(said, around)
        if not own and not small:
            break
        corrects |= bool(own)
        # After an opening, « non » is the answer itself: « en fait non ».
        if corrects and not own and contains(small, "non"):
            break
        length += len(max(own, small, key=len).split())
    return length if corrects else 0
