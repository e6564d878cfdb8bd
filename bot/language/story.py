"""What a practitioner tells of an incident in one sentence: when, how many, on what, protected how."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby

from bot.compliance import moments
from bot.compliance.answers import Answer
from bot.knowledge.breach import INCIDENT, Breach
from bot.knowledge.model import Vendor
from bot.language import dates
from bot.language.entities import extract
from bot.language.lookup import Word, clauses, joined
from bot.language.moments import find_moment
from bot.language.normal import contains_any, normal, wordings
from bot.language.options import named
from bot.language.spelling import spelled, words_of
from bot.language.spilling import outright
from bot.language.told import about

#: From this confidence on, a kind of incident is taken; it is shown back, and can be corrected.
SURE = 0.5
#: A shorter sentence describes nothing.
_DESCRIBES, _LONGEST = 8, 500
_FEW_WORDS = 3
_DISCOVERY = wordings("recit_decouvre", "recit_previent")
_FIGURE = r"(?P<count>\d{1,3}(?: \d{3})+|\d+)"
#: « 1 patient » may stand for « un patient », which counts nothing.
_FEWEST = 2
#: Kinds whose cause, or whose recipient, the same words tell.
_TAKEN, _SENT = ("vol_appareil", "papier"), ("mauvais_destinataire", "divulgation_orale")


def told(breach: Breach, text: str, kind: str, vendors: Sequence[Vendor], now: datetime) -> dict[str, Answer]:
    """The answers, by qualified id, that a story gives; `kind` is that of the incident, empty when unsure.

    Only what is said in so many words is taken: nothing is guessed.
    """
    found: dict[str, Answer | None] = {INCIDENT: Answer.given(kind) if kind else None}
    found |= _when(text, now)
    if kind == "prestataire" and found.get("debut") == found.get("decouverte"):
        # « Mon éditeur vient de m'écrire »: when it began at the supplier's is not told.
        found["debut"] = None
    found |= {
        "nombre_personnes": _counted(text, "recit_personnes"),
        "nombre_enregistrements": _counted(text, "recit_documents"),
        "supports": _chosen(breach, "supports", text),
        "protections": _chosen(breach, "protections", text),
        "decouvert_par": _discoverer(breach, text, kind),
        "cause": _only(breach, "cause", text) if kind in _TAKEN else None,
        "destinataire": _chosen(breach, "destinataire", text) if kind in _SENT else None,
        "prestataire": _vendor(text, vendors, now) if kind == "prestataire" else None,
        "circonstances": _description(text),
    }
    return {breach.key(name): answer for name, answer in found.items() if answer}


def incidents_of(text: str) -> list[str]:
    """The parts of a text that tell one incident each, when it says that there is another."""
    others = "|".join(re.escape(phrase) for phrase in sorted(wordings("recit_autre"), key=len, reverse=True))
    # The words of the original stand where those of its normal form do.
    words = [word for clause in clauses(text) for word in clause]
    said = joined(words)
    starts = [0]
    for match in re.finditer(rf"\b(?:{others})\b", said):
        place = said[: match.start()].count(" ")
        if place > 1:
            starts.append(words[place].start)
    ends = [*starts[1:], len(text)]
    return [text[start:end].strip(" ,.;") for start, end in zip(starts, ends, strict=True)]


def _when(text: str, now: datetime) -> dict[str, Answer | None]:
    """When it began and when it was discovered, each in its own part of the text."""
    found: dict[str, Answer | None] = {}
    for discovered, part in _parts(text):
        name = "decouverte" if discovered else "debut"
        if moment := find_moment(part, now):
            found.setdefault(name, Answer.given(moment.text(), approximate=about(part)))
        elif contains_any(normal(part), wordings("recit_vient_de")):
            just_now = Answer.given(moments.instant(now.replace(second=0, microsecond=0)).text())
            found.setdefault("decouverte", just_now)
            if not discovered:
                found.setdefault("debut", just_now)
    return found


def _parts(text: str) -> Iterator[tuple[bool, str]]:
    """The text in parts that tell the discovery, or the rest."""
    for discovered, group in groupby(_whole(clauses(text)), _tells_discovery):
        words = [word for clause in group for word in clause]
        split = _what_was_discovered(words) if discovered else len(words)
        yield discovered, text[words[0].start : words[split - 1].end]
        if split < len(words):
            yield False, text[words[split].start : words[-1].end]


def _what_was_discovered(words: Sequence[Word]) -> int:
    """Where the discovery ends: « je me suis aperçue ce matin | que mon sac avait disparu hier »."""
    found = False
    for place, word in enumerate(words):
        found = found or contains_any(joined(words[: place + 1]), _DISCOVERY)
        if found and place and word.text in ("que", "qu", "dont"):
            return place
    return len(words)


def _whole(parts: Iterable[list[Word]]) -> Iterator[list[Word]]:
    """The clauses, with one of few words, as « ce matin », at the head of the next."""
    held: list[Word] = []
    for clause in parts:
        held = [*held, *clause]
        if len(held) > _FEW_WORDS:
            yield held
            held = []
    if held:
        yield held


def _tells_discovery(clause: list[Word]) -> bool:
    return contains_any(joined(clause), _DISCOVERY)


def _counted(text: str, what: str) -> Answer | None:
    """How many of what the lexicon's list names."""
    names = "|".join(f"{name}s?" for name in wordings(what)).replace(" ", "s? ")
    said = normal(dates.in_figures(text))
    found = re.search(rf"\b{_FIGURE} (?:de |d )?(?:\w+ )?(?:{names})\b", said)
    if not found:
        return None
    count = int(found["count"].replace(" ", ""))
    single = contains_any(found[0], wordings("un_seul_chiffre"))
    return Answer.given(count, approximate=about(text)) if count >= _FEWEST or single else None


def _chosen(breach: Breach, question_id: str, text: str) -> Answer | None:
    """The options that are named outright, in the text as it was typed or with its spelling undone."""
    question = breach.questionnaire.question(question_id)
    words = words_of(
        (*question.options.values(), *(word for all_of in question.words.values() for word in all_of))
    )
    return outright(question, text) or outright(question, spelled(text, words))


def _only(breach: Breach, question_id: str, text: str) -> Answer | None:
    """The one option that is named at all."""
    there, _ = named(breach.questionnaire.question(question_id), text)
    return Answer.given(there[0]) if len(there) == 1 else None


def _discoverer(breach: Breach, text: str, kind: str) -> Answer | None:
    """Who told the practitioner, or the practitioner."""
    for clause in clauses(text):
        said = joined(clause)
        if contains_any(said, wordings("recit_previent")):
            who = _chosen(breach, "decouvert_par", said)
            return who or (Answer.given("prestataire") if kind == "prestataire" else None)
        if contains_any(said, wordings("recit_decouvre")) and re.search(r"\b(?:je|j)\b", said):
            return Answer.given("vous")
    return None


def _vendor(text: str, vendors: Sequence[Vendor], now: datetime) -> Answer | None:
    names = [str(one.value) for one in extract(text, vendors, now) if one.kind == "vendor"]
    return Answer.given(names[0]) if len(set(names)) == 1 else None


def _description(text: str) -> Answer | None:
    text = text.strip()
    if len(text.split()) < _DESCRIBES or len(text) > _LONGEST or text.endswith("?"):
        return None
    return Answer.given(text[:1].upper() + text[1:])
