"""From a name and bytes to a contract's paragraphs, or a refusal."""

from __future__ import annotations

from pathlib import PurePosixPath

from bot.compliance.processors.contract import Contract
from bot.compliance.processors.reading import paragraphs
from bot.uploads import isolated
from bot.uploads.isolated import Limits
from bot.uploads.refusal import Refused

#: The largest file that is read.
MOST_BYTES = 5_000_000
#: The longest text that is pasted: a file may hold more, but nobody pastes it.
_MOST_PASTED = 400_000
_PDF, _ZIP, _OLE = b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: A PDF may have some bytes before its head.
_HEAD = 1024
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read(name: str, content: bytes, limits: Limits | None = None) -> Contract:
    """The paragraphs of a PDF, DOCX or TXT; `name` is what the file is called by whoever gives it.

    Raises Refused. Nothing of the file is kept, on disk or elsewhere.
    """
    if not content.strip(b"\0 \r\n\t"):
        raise Refused("vide")
    if len(content) > MOST_BYTES:
        raise Refused("trop_lourd")
    kind = _kind(name, content)
    pages = isolated.run(f"bot.uploads.parts:{kind}", content, limits)
    if kind == "txt":
        pages = pages[0].split("\f")
    contract = paragraphs(pages, paged=kind == "pdf")
    if not contract.paragraphs:
        raise Refused("vide")
    return contract


def paste(text: str) -> Contract:
    """The paragraphs of a text that was pasted. Raises Refused when it is empty or too long."""
    if not any(char.isalpha() for char in text):
        raise Refused("vide")
    if len(text) > _MOST_PASTED:
        raise Refused("trop_de_texte")
    return paragraphs([text.replace("\0", "")], paged=False)


def _kind(name: str, content: bytes) -> str:
    """How to read a file whose bytes are what its name says."""
    ending = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if ending in (".docm", ".dotm"):
        raise Refused("macros")
    if content.startswith(_OLE):
        # Word encrypts a DOCX by wrapping it in the format of its old files.
        if _ENCRYPTED in content:
            raise Refused("chiffre")
        raise Refused("ancien_word" if ending in (".doc", ".dot") else "autre_contenu")
    if ending in (".doc", ".dot"):
        raise Refused("ancien_word")
    if ending not in (".pdf", ".docx", ".txt"):
        raise Refused("format")
    found = "pdf" if _PDF in content[:_HEAD] else "docx" if content.startswith(_ZIP) else "txt"
    if ending != f".{found}":
        raise Refused("autre_contenu")
    return found
