"""Stops what looks like a patient's data before it is stored, logged or sent anywhere."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Masked:
    """A text without patients' data, and what was taken out of it, in French and once each."""

    text: str
    found: tuple[str, ...]


# What stands between groups of digits: a space of any width, a full stop or a dash.
_GAP = r"[ .\u00a0\u202f-]?"
# A NIR: sex, year, month, department (2A and 2B for Corsica), town, order, and often its key.
_NIR = re.compile(
    rf"(?<!\d)[12378]{_GAP}\d{{2}}{_GAP}(?:0[1-9]|1[0-2]|[2-9]\d){_GAP}(?:\d{{2}}|2[ABab])"
    rf"{_GAP}\d{{3}}{_GAP}\d{{3}}(?:{_GAP}\d{{2}})?(?!\d)"
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(rf"(?<!\d)(?:(?:\+|00)33{_GAP}(?:\(0\){_GAP})?|0)[1-9](?:{_GAP}\d{{2}}){{4}}(?!\d)")
# A courtesy title or « patient », then a capitalised name: practitioners go by « Dr ».
_TITLE = r"(?:(?i:mme|mlle|mr|monsieur|madame|mademoiselle)|M)\b\.?"
_PATIENT = r"(?i:patiente?)\b"
_WORD = r"(?:(?:de la|de|du|des|van|von|ben|el) |[dl]['’])*[A-ZÀ-ÖØ-Þ][\w'’-]*"
_NAME = re.compile(
    rf"\b((?:{_PATIENT}[ \u00a0]+)?{_TITLE}|{_PATIENT})[ \u00a0]+({_WORD}(?:[ \u00a0-]+{_WORD})*)"
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
