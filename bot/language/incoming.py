"""What was typed, made fit to be stored and understood: cleaned, bounded, and without patients' data."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from bot.language.guard import mask
from bot.settings import LONGEST_MESSAGE

_ZERO_WIDTH_JOINER = "\u200d"
_BLANKS = f" \n\xa0\u202f{_ZERO_WIDTH_JOINER}"


@dataclass(frozen=True)
class Incoming:
    """A message that can be taken, and what was masked in it, in French."""

    text: str
    masked: tuple[str, ...]


class Empty(ValueError):
    """Nothing readable was typed."""


class TooLong(ValueError):
    """More was typed than is read; `length` is how many characters."""

    def __init__(self, length: int) -> None:
        super().__init__(length)
        self.length = length


def receive(text: str, contact: bool = False) -> Incoming:
    """The message in a typed text; `contact` leaves the practice's own contact details as they are.

    A leading « / », which Rasa would execute as an intent, is taken away. Raises Empty or TooLong.
    """
    cleaned = _clean(text)
    if len(cleaned) > LONGEST_MESSAGE:
        raise TooLong(len(cleaned))
    masked = mask(_plain(cleaned), contact)
    message = _plain(masked.text)
    if not message:
        raise Empty
    return Incoming(message, masked.found)


def _clean(text: str) -> str:
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    return "".join(
        letter
        for letter in text
        if letter in ("\n", _ZERO_WIDTH_JOINER) or unicodedata.category(letter) not in ("Cc", "Cf", "Cs")
    ).strip(_BLANKS)


def _plain(text: str) -> str:
    # Rasa strips any blank before it looks for the « / »; a joiner joins nothing there.
    while (bare := text.strip().strip(_ZERO_WIDTH_JOINER).lstrip("/").strip()) != text:
        text = bare
    return text
