"""Why a file is refused."""

from __future__ import annotations

from typing import Literal

from bot.uploads import texts

Reason = Literal[
    "vide", "trop_lourd", "format", "autre_contenu", "ancien_word", "chiffre", "macros", "entites", "bombe",
    "abime", "numerise", "trop_de_pages", "trop_de_texte", "trop_long",
]  # fmt: skip


class Refused(Exception):
    """A file that is not read: `reason` says why in a word, `text` in French with what to do."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason
        self.text = texts.REFUSALS[reason]
