"""Stops what looks like a patient's data before it is stored, logged or sent anywhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from bot.knowledge import load
from bot.language.normal import normal, opening, wordings
from bot.language.products import product_names


@dataclass(frozen=True)
class Masked:
    """A text without patients' data, and what was taken out of it, in French and once each."""

    text: str
    found: tuple[str, ...]


_SPACE = r" \u00a0\u202f"
# What stands between groups of digits: a space of any width, a full stop or a dash.
_GAP = rf"[{_SPACE}.-]?"
# In a NIR also a slash, and spaces around it: a date is too short to be taken for one.
_WIDE_GAP = rf"[{_SPACE}./-]{{0,3}}"
# A NIR: sex, year, month, department (2A and 2B for Corsica), town, order, and often its key.
_NIR = re.compile(
    rf"(?<!\d)[12378]{_WIDE_GAP}\d{{2}}{_WIDE_GAP}(?:0[1-9]|1[0-2]|[2-9]\d){_WIDE_GAP}(?:\d{{2}}|2[ABab])"
    rf"{_WIDE_GAP}\d{{3}}{_WIDE_GAP}\d{{3}}(?:{_WIDE_GAP}\d{{2}})?(?!\d)"
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(rf"(?<!\d)(?:(?:\+|00)33{_GAP}(?:\(0\){_GAP})?|0)[1-9](?:{_GAP}\d{{2}}){{4}}(?!\d)")
# Practitioners go by « Dr ». In lower case, « m » alone is a metre or the beginning of « m'a ».
_TITLE = r"(?:(?:(?i:mmes?|mlles?|mr)|MM?)\b\.?|m\.|(?i:messieurs|monsieur|mesdames|madame|mademoiselle)\b)"
_PATIENT = r"(?i:patiente?)\b"
_BETWEEN = rf"(?:(?<=\.)|[{_SPACE}:-])[{_SPACE}:-]*"
_CAPITAL = r"A-ZÀ-ÖØ-ÞŒ"
_NAMED = rf"(?!{_TITLE})(?:(?:de la|de|du|des|van|von|ben|el)[{_SPACE}]|[dl]['’])*[{_CAPITAL}][\w'’-]*"
_NAME = re.compile(
    rf"\b((?:{_PATIENT}{_BETWEEN})?{_TITLE}{_BETWEEN}|{_PATIENT}{_BETWEEN})"
    rf"({_NAMED}(?:[{_SPACE}-]+{_NAMED})*)"
)
# Typed without capitals: a name, or a first name and a name.
_WORD = rf"(?!{_TITLE})[^\W\d_][\w'’-]*"
_PLAIN_NAME = re.compile(rf"\b({_TITLE}{_BETWEEN})((?![{_CAPITAL}]){_WORD})(?:([{_SPACE}])({_WORD}))?")


def mask(text: str, contact: bool = False) -> Masked:
    """`text` with NIR, phone numbers, e-mail addresses and patients' names masked.

    `contact` leaves phone numbers, addresses and names as they are, for the questions on the practice's
    own contact details; a NIR is masked always.
    """
    found: list[str] = []

    def hide(pattern: re.Pattern[str], what: str, replacement: str | Callable[[re.Match[str]], str]) -> None:
        nonlocal text
        # Again, as a word that was read over may hide a title: « mme martin le-mme-durand ».
        while (less := pattern.sub(replacement, text)) != text:
            text = less
            if what not in found:
                found.append(what)

    hide(_NIR, "un numéro de sécurité sociale", "[numéro masqué]")
    if not contact:
        hide(_EMAIL, "une adresse électronique", "[adresse masquée]")
        hide(_PHONE, "un numéro de téléphone", "[téléphone masqué]")
        hide(_NAME, "le nom d'une personne", _without_name)
        hide(_PLAIN_NAME, "le nom d'une personne", _without_plain_name)
    return Masked(text, tuple(found))


def _without_name(match: re.Match[str]) -> str:
    called, name = match.groups()
    # « Le dossier patient Weda » is about a product; a product's name may go on without capitals.
    product = opening(normal(match.string[match.start(2) :]), _after_patient())
    if re.fullmatch(f"{_PATIENT}{_BETWEEN}", called) and len(product) >= len(normal(name)):
        return match[0]
    return f"{called}[nom masqué]"


def _without_plain_name(match: re.Match[str]) -> str:
    called, name, space, then = match.groups("")
    if _ordinary(name):
        return match[0]
    return f"{called}[nom masqué]" + (f"{space}{then}" if _ordinary(then) else "")


def _ordinary(word: str) -> bool:
    return not word or bool(opening(normal(word), wordings("pas_un_nom")))


@cache
def _after_patient() -> tuple[str, ...]:
    """What is written after « patient » and names nobody."""
    products = {name for names in product_names(load().vendors).values() for name in names}
    return (*wordings("apres_patient"), *(products - set(wordings("produits_prenoms"))))
