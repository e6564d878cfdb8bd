"""What a text says whatever was asked: yes, no, « je ne sais pas », that it corrects."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

from bot.compliance.answers import UNKNOWN, Answer
from bot.language.facts import negated
from bot.language.lookup import Word, clauses, joined, split
from bot.language.normal import contains, contains_any, normal, only, opening, wordings

#: The lexicon's lists that say it when they make a whole text or clause, and those that may stand by.
SAYINGS = {
    "oui": ("oui", "oui_seul"),
    "non": ("non", "non_seul"),
    "ne_sait_pas": ("ne_sait_pas", "ne_sait_pas_seul", "a_verifier"),
}
# « Non, aucune idée » refuses nothing.
_BESIDE = {"oui": ("nuances",), "non": ("nuances",), "ne_sait_pas": ("nuances", "non")}
# « Je n'utilise que ça » denies nothing; « je ne crois pas que ce soit fait » does.
_ONLY = re.compile(r"\b(?:ne|n) (?:(?!pas\b|jamais\b|rien\b|aucune?\b)\w+ ){1,4}?que?\b")
_TRIMMED = " ,:;.!…\n\u00a0\u202f"


def says(what: str, text: str) -> bool:
    """Whether a text says one of the lexicon's wordings of `what`, such as `oui` or `ne_sait_pas`."""
    if what == "ne_sait_pas":
        return unknown(text)
    return contains_any(normal(text), wordings(what))


def says_only(what: str, text: str) -> bool:
    """Whether a text is nothing but wordings of `what` (`oui`, `non` or `ne_sait_pas`) and small words.

    « Bah oui merci » only says `oui`; « oui mais pas pour tous » does not.
    """
    return only(normal(text), wordings(*SAYINGS[what]), wordings(*_BESIDE[what], "remplissage"))


def opens_correction(text: str) -> bool:
    """Whether a text begins as a correction does: « en fait », « non pardon », « je me suis trompé »."""
    return _corrects(split(nfc(text))) > 0


def without_opening(text: str) -> str:
    """The text without the words that open a correction, if it begins with any."""
    text = nfc(text)
    words = split(text)
    length = _corrects(words)
    if not length:
        return text.strip()
    return text[words[length].start :].strip(_TRIMMED) if length < len(words) else ""


def without_presentation(text: str) -> str:
    """« Moi c'est Camille Durand » without what introduces the name; a text that is nothing else stays."""
    text = nfc(text)
    words = split(text)
    rest = words[len(opening(joined(words), wordings("presentations")).split()) :]
    return text[rest[0].start :] if rest else text


def unknown(text: str) -> bool:
    """Whether a text says anywhere that the answer is not known, or is to be found out."""
    if contains_any(normal(text), wordings("ne_sait_pas", "a_verifier")):
        return True
    return any(_alone_unknown(words) for words in clauses(nfc(text)))


def begins_unknown(text: str) -> bool:
    """Whether « je ne sais pas » comes first: what follows then wonders rather than answers."""
    begins = opening(_bare(normal(text)), wordings("ne_sait_pas"))
    return bool(begins) or any(_alone_unknown(words) for words in clauses(text)[:1])


def wonders(text: str) -> bool:
    """« Je ne sais pas si c'est Doctolib » names Doctolib without saying that it is."""
    said = normal(text)
    return any(
        contains(said, f"{start} {then}")
        for start in wordings("ne_sait_pas")
        if contains(said, start)
        for then in wordings("indirectes")
    )


def leaning(text: str) -> Answer | None:
    """Yes, no or « je ne sais pas »; None when the text says none of them, or both."""
    said = normal(text)
    begun = [joined(words) for words in clauses(text)]
    # « Oui pour l'agenda, non pour les dossiers ».
    both = all(any(opening(part, [what]) for part in begun) for what in ("oui", "non"))
    if both or contains_any(said, wordings("oui_et_non")):
        return None
    if (begun_with := led(text)) is not None:
        return begun_with
    if unknown(text):
        return UNKNOWN
    if contains_any(said, wordings("partiel", "quelquefois")):
        return None
    rest = _ONLY.sub(" ", _without_each(said, wordings("neutres")))
    if contains(rest, "oui") and contains(rest, "non"):
        return None
    if negated(rest) or contains_any(rest, wordings("non")):
        return Answer.given(False)
    # A reservation alone, as « en principe », is a yes.
    if contains_any(rest, wordings("oui")) or only(said, wordings("nuances"), wordings("remplissage")):
        return Answer.given(True)
    return None


def led(text: str) -> Answer | None:
    """The yes, no or « je ne sais pas » that a text begins with, which decides whatever follows."""
    parts = [joined(words) for words in clauses(text)]
    said = " ".join(parts)
    for what in ("oui", "non"):
        if parts and says_only(what, parts[0]):
            return _unless_unknown(" ".join(parts[1:]), what == "oui")
    if concluded := _concluded(said):
        return Answer.given(concluded == "oui")
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


def nfc(text: str) -> str:
    """The text with each accent in its letter."""
    return unicodedata.normalize("NFC", text)


def firmly_led(text: str) -> bool:
    """Whether a text begins with a yes or a no, and not with « jamais » or « toujours », of some fact."""
    parts = clauses(text)
    if led(text) is None:
        return False
    begins = _bare(" ".join(map(joined, parts)))
    word = opening(begins, wordings("oui", "non"))
    return word not in wordings("de_quelque_chose") or any(
        says_only(what, joined(parts[0])) for what in ("oui", "non")
    )


def _concluded(said: str) -> str:
    """What « …, donc non » comes to."""
    ends = ((what, f" {joint} {what}") for what in ("oui", "non") for joint in wordings("conclusions"))
    return next((what for what, end in ends if f" {said}".endswith(end)), "")


def _closes_with_yes(parts: Sequence[str]) -> bool:
    """« Le fax oui, pas moyen de s'en défaire », not « la cave oui, le grenier pas encore »."""
    closes = parts[0].endswith(" oui") and not parts[0].endswith(("que oui", "ou oui"))
    return closes and not contains_any(" ".join(parts[1:]), wordings("non", "ne_sait_pas"))


def _unless_unknown(rest: str, value: bool) -> Answer:
    """« Non, aucune idée » says nothing but that; « oui, à vérifier » is a yes."""
    unknown = only(rest, wordings("ne_sait_pas", "ne_sait_pas_seul"), wordings("remplissage", "nuances"))
    return UNKNOWN if unknown else Answer.given(value)


def _without_each(said: str, phrases: Iterable[str]) -> str:
    for phrase in phrases:
        said = f" {said} ".replace(f" {phrase} ", " ").strip()
    return said


def _alone_unknown(clause: list[Word]) -> bool:
    if "".join(word.text for word in clause) in _run_together(wordings("ne_sait_pas")):
        return True
    return only(joined(clause), wordings("ne_sait_pas_seul"), wordings("remplissage"))


@cache
def _run_together(phrases: tuple[str, ...]) -> frozenset[str]:
    """The phrases as « jenesaispas », so that a slip of the space bar does not matter."""
    return frozenset(phrase.replace(" ", "") for phrase in phrases)


def _bare(said: str) -> str:
    """The normal text without the small words and the reservations that it begins with."""
    while word := opening(said, wordings("remplissage", "nuances")):
        # « Bien sûr » and « trop tard » begin with small words and are none.
        if len(opening(said, wordings("oui", "non", "ne_sait_pas"))) > len(word):
            break
        said = said[len(word) :].strip()
    return said


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
