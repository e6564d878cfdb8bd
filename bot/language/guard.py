"""Stops what looks like a patient's data before it is stored, logged or sent anywhere."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Masked:
    """A text without patients' data, and what was taken out of it, in French and once each."""

    text: str
    found: tuple[str, ...]


# A NIR: sex, year, month, department (2A and 2B for Corsica), town, order, and often its key.
_NIR = re.compile(
    r"(?<!\d)[12378][ .-]?\d{2}[ .-]?(?:0[1-9]|1[0-2]|[2-9]\d)[ .-]?(?:\d{2}|2[ABab])"
    r"[ .-]?\d{3}[ .-]?\d{3}(?:[ .-]?\d{2})?(?!\d)"
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<!\d)(?:(?:\+|00)33[ .-]?(?:\(0\)[ .-]?)?|0)[1-9](?:[ .-]?\d{2}){4}(?!\d)")
# A courtesy title or « patient », then a capitalised name: practitioners go by « Dr ».
_TITLE = r"(?:[Mm]me|[Mm]lle|[Mm]r|M|[Mm]onsieur|[Mm]adame|[Mm]ademoiselle)\b\.?"
_WORD = r"[A-ZÀ-ÖØ-Þ][\w'’-]*"
_NAME = re.compile(
    rf"\b((?:[Pp]atiente?[ \u00a0]+)?{_TITLE}|[Pp]atiente?)[ \u00a0]+({_WORD}(?:[ \u00a0-]+{_WORD})*)"
)


def mask(text: str, contact: bool = False) -> Masked:
    """`text` with NIR, phone numbers, e-mail addresses and patients' names masked.

    `contact` leaves phone numbers, addresses and names as they are, for the questions on the practice's
    own contact details; a NIR is masked always.
    """
    found: list[str] = []

    def hide(pattern: re.Pattern[str], what: str, replacement: str) -> None:
        nonlocal text
        text, times = pattern.subn(replacement, text)
        if times and what not in found:
            found.append(what)

    hide(_NIR, "un numéro de sécurité sociale", "[numéro masqué]")
    if not contact:
        hide(_EMAIL, "une adresse électronique", "[adresse masquée]")
        hide(_PHONE, "un numéro de téléphone", "[téléphone masqué]")
        hide(_NAME, "le nom d'une personne", r"\1 [nom masqué]")
    return Masked(text, tuple(found))
