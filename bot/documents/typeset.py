"""PDFs, typeset by Typst from the templates beside this file.

The templates are fixed. Everything a practice wrote reaches them as JSON and is only ever shown as text, so
that no answer can be read as Typst source.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import typst

from bot.documents import wording

_TEMPLATES = Path(__file__).parent


def typeset(template: str, content: Mapping[str, Any], now: datetime) -> bytes:
    """The PDF of a template filled with `content`, tagged (PDF/UA-1); `now` bears its time zone.

    The same content at the same time gives the same bytes.
    """
    data = _printable(content)
    lossy = wording.MISSING_CHARACTER in json.dumps(data, ensure_ascii=False)
    data["unprintable"] = wording.UNPRINTABLE if lossy else ""
    return typst.compile(
        _TEMPLATES / template,
        sys_inputs={"data": json.dumps(data)},
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        # Typst takes a fixed offset only, which a zone of the tz database is not.
        timestamp=now.replace(microsecond=0).astimezone(timezone.utc),
    )


def _printable(node: Any) -> Any:
    if isinstance(node, Mapping):
        return {key: _printable(value) for key, value in node.items()}
    if isinstance(node, (list, tuple)):
        return [_printable(item) for item in node]
    return wording.printable(node) if isinstance(node, str) else node
