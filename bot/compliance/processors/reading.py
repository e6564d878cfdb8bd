"""A contract's text as numbered paragraphs under their headings, whatever file it came in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.compliance.processors.contract import Contract, Paragraph

#: A line that opens a paragraph: an article, a number, a bullet.
_OPENS = re.compile(
    r"(?:article|section|clause|annexe|annex|chapitre|§)\s+\w+|\d{1,2}(?:\.\d{1,2})*\s*[.)–-]?\s+\S|"
    r"[-–•●▪*]\s+\S|\(?[a-z]\)\s+\S",
    re.IGNORECASE,
)
#: A line that is a heading by its form: numbered or in capitals, short, and no sentence.
_NUMBERED = re.compile(
    r"(?:(?:article|section|clause|annexe|annex|chapitre)\s+\S+|\d{1,2}(?:\.\d{1,2})*\s*[.)–-]?\s).{0,80}",
    re.IGNORECASE,
)
_LONGEST_HEADING = 90
#: Stands before a line that its file says is a heading; no text holds it, as Unicode gives it to nobody.
HEADING = "\ufdd0"
_ENDS_SENTENCE = re.compile(r"[.;:!?»\")]\s*$")


def paragraphs(pages: Iterable[str], paged: bool) -> Contract:
    """The contract of texts, one for each page; `paged` when pages are told by number.

    Lines that a page's width cut are joined again.
    """
    found: list[Paragraph] = []
    heading, silent, number = "", [], 0
    for number, page in enumerate(pages, start=1):
        blocks = list(_blocks(page))
        if not blocks:
            silent.append(number)
        for raw in blocks:
            block = raw.lstrip(HEADING)
            if block != raw or is_heading(block):
                heading = block.rstrip(" .:")
            found.append(Paragraph(block, len(found) + 1, number if paged else 0, heading))
    return Contract(tuple(found), number if paged else 0, tuple(silent) if paged else ())


def is_heading(text: str) -> bool:
    """Whether a line of text reads as a heading."""
    text = text.strip()
    if text.startswith(HEADING):
        return True
    if not text or len(text) > _LONGEST_HEADING or "\n" in text or re.search(r"[;,]$", text):
        return False
    # « Et s'il y a une fuite ? »
    if (text.isupper() and len(text) > 3) or text.endswith("?"):
        return True
    # « 9.2 Les informations traitées sont … . » is a sentence, and no heading.
    return bool(_NUMBERED.fullmatch(text)) and not re.search(r"[a-zà-ÿ][.;:]$", text)


def _blocks(page: str) -> Iterator[str]:
    block: list[str] = []
    for raw in page.splitlines():
        line = " ".join(raw.split())
        if block and (not line or _starts(block, line)):
            yield " ".join(block)
            block = []
        if line:
            block.append(line)
    if block:
        yield " ".join(block)


def _starts(block: list[str], line: str) -> bool:
    """Whether a line begins a paragraph after those of a block."""
    if line[:1].islower() and not _OPENS.match(line):
        # « 3.1 Le prestataire n'agit | que sur instruction » is no heading, but a sentence that was cut.
        return False
    if is_heading(line) or is_heading(" ".join(block)):
        return True
    if _OPENS.match(line):
        return bool(_ENDS_SENTENCE.search(block[-1]))
    # A sentence that ended well before the margin ends its paragraph.
    return bool(_ENDS_SENTENCE.search(block[-1])) and len(block[-1]) < 60 and line[:1].isupper()
