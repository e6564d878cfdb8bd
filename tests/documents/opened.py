"""What can be read in a PDF that was made."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property

from pypdf import PageObject, PdfReader

from bot.documents import wording


def squashed(text: str) -> str:
    """The text without what typesetting adds: hyphens, spaces, ligatures and curly apostrophes."""
    text = unicodedata.normalize("NFKC", wording.printable(text)).replace("\u2019", "'")
    return re.sub(r"[\s\u00ad\u200b\u2010\u2011-]", "", text)


def pattern(*texts: str) -> str:
    """The texts, one right after the other, as a pattern to find in what was read."""
    return "".join(re.escape(squashed(text)) for text in texts)


def body(page: PageObject) -> str:
    """A page's text without its header and footer, which would cut a sentence that runs on."""
    parts: list[str] = []
    width, height = (float(side) for side in page.mediabox[2:])
    top, bottom = (height - 67, 60) if height > width else (height - 52, 46)

    def keep(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        if bottom < tm[4] * cm[1] + tm[5] * cm[3] + cm[5] < top:
            parts.append(text)

    page.extract_text(visitor_text=keep)
    return "".join(parts)


class Opened:
    """A PDF, and what can be read in it; `repeated` is a header that a table repeats on each page."""

    def __init__(self, pdf: bytes, repeated: str = "") -> None:
        self.reader = PdfReader(io.BytesIO(pdf))
        self.text = squashed("".join(body(page) for page in self.reader.pages))
        self._repeated = repeated

    @cached_property
    def pages(self) -> list[str]:
        """Each page's text, header and footer included."""
        return [page.extract_text() for page in self.reader.pages]

    def __contains__(self, text: str) -> bool:
        return squashed(text) in self.text

    def missing(self, *texts: str) -> list[str]:
        return [text for text in texts if text not in self]

    def first_missing(self, parts: Iterable[str]) -> str | None:
        """The first part (a pattern) that does not come right after the one before it, if any."""
        place: int | None = None
        for part in parts:
            if place is None:
                found = re.search(part, self.text)
            else:
                again = self._repeated and self.text.startswith(self._repeated, place)
                place += len(self._repeated) if again and part != self._repeated else 0
                found = re.compile(part).match(self.text, place)
            if found is None:
                return part
            place = found.end()
        return None
