"""The notices by which the persons concerned are informed (RGPD art. 12 to 14), in each of their formats.

They bear no reference and no status: the practitioner reads those on the page of the notices.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TypedDict

from markupsafe import Markup, escape

from bot.clock import french_date
from bot.compliance.answers import Answers
from bot.compliance.notices import PracticeNotice
from bot.compliance.notices.content import FilledBlock, Part, Said
from bot.documents import wording
from bot.documents.content import Cover, cover
from bot.documents.typeset import typeset
from bot.documents.word import WordDocument
from bot.knowledge.model import Knowledge

KEYWORDS = ("RGPD", "information des personnes")

_TEMPLATES = {"poster": "poster.typ", "sheet": "notice.typ", "web": "notice.typ"}


class Text(TypedDict):
    """A text and what refines it; `missing` when it is to be completed."""

    text: str
    note: str
    missing: bool


class Row(TypedDict):
    """What is told of one activity on one item."""

    label: str
    texts: list[Text]


class Group(TypedDict):
    """What is told of one activity."""

    title: str
    rows: list[Row]


class BlockContent(TypedDict):
    """A part of the notice."""

    title: str
    texts: list[Text]
    groups: list[Group]
    large: bool
    listed: bool
    boxed: bool


class Content(Cover):
    """All that a notice shows, whatever its format."""

    head_title: str
    head: list[Text]
    blocks: list[BlockContent]
    version: str


def notice_pdf(knowledge: Knowledge, answers: Answers, one: PracticeNotice, now: datetime) -> bytes:
    """The notice as a tagged A4 PDF: the poster on one page, the others on as many as they need."""
    return typeset(_TEMPLATES[one.notice.layout], content(knowledge, answers, one, now), now)


def notice_docx(knowledge: Knowledge, answers: Answers, one: PracticeNotice, now: datetime) -> bytes:
    """The notice as a DOCX, to complete."""
    told = content(knowledge, answers, one, now)
    document = WordDocument(told, now)
    document.heading(told["head_title"], 1)
    for text in told["head"]:
        document.text(text["text"], text["missing"])
    for block in told["blocks"]:
        document.heading(block["title"], 1)
        _write(document, block["texts"], listed=block["listed"])
        for group in block["groups"]:
            document.heading(group["title"], 2)
            for row in group["rows"]:
                document.heading(row["label"], 3)
                _write(document, row["texts"], listed=True)
    document.note(told["version"])
    return document.content()


def notice_html(knowledge: Knowledge, answers: Answers, one: PracticeNotice, now: datetime) -> bytes:
    """The notice as a piece of HTML, to paste into a page: no style, no script, nothing from elsewhere."""
    told = content(knowledge, answers, one, now)
    lines = [Markup("<h1>{}</h1>").format(_readable(told["title"]))]
    lines += _section(told["head_title"], told["head"], listed=False)
    for block in told["blocks"]:
        lines += _section(block["title"], block["texts"], block["listed"])
        for group in block["groups"]:
            lines.append(Markup("<h3>{}</h3>").format(_readable(group["title"])))
            for row in group["rows"]:
                lines.append(Markup("<p><strong>{}</strong></p>").format(_readable(row["label"])))
                lines += _list(row["texts"])
    lines.append(Markup("<p><small>{}</small></p>").format(_readable(told["version"])))
    inner = Markup("\n").join(lines)
    return str(Markup('<section lang="fr">\n{}\n</section>\n').format(inner)).encode()


def notice_txt(knowledge: Knowledge, answers: Answers, one: PracticeNotice, now: datetime) -> bytes:
    """The notice as plain text, to paste anywhere."""
    told = content(knowledge, answers, one, now)
    lines = [told["title"], "", told["head_title"], *map(_in_full, told["head"])]
    for block in told["blocks"]:
        mark = "- " if block["listed"] else ""
        lines += ["", block["title"], *(f"{mark}{_in_full(text)}" for text in block["texts"])]
        for group in block["groups"]:
            lines += ["", group["title"]]
            for row in group["rows"]:
                lines += [f"{row['label']} :", *(f"- {_in_full(text)}" for text in row["texts"])]
    return (wording.readable("\n".join([*lines, "", told["version"]])) + "\n").encode()


def content(knowledge: Knowledge, answers: Answers, one: PracticeNotice, now: datetime) -> Content:
    """What the notice says, in its order; a poster leaves out what is missing, the others mark it."""
    notice = one.notice
    blocks = [_block(block, one) for block in one.filled.blocks if not block.block.head]
    head = next(block for block in one.filled.blocks if block.block.head)
    return {
        **cover(notice.headline, knowledge, answers, now, notice.title, KEYWORDS),
        "head_title": head.title,
        "head": _block(head, one)["texts"],
        "blocks": [block for block in blocks if block["texts"] or block["groups"]],
        "version": f"Version du {french_date(now)}",
    }


def _block(block: FilledBlock, one: PracticeNotice) -> BlockContent:
    missing = [] if one.notice.layout == "poster" else list(_to_complete(block, one))
    return {
        "title": block.title,
        "texts": [*map(_text, block.said), *missing],
        "groups": [
            {
                "title": group.title,
                "rows": [{"label": part.label, "texts": _told(part)} for part in group.parts],
            }
            for group in block.groups
        ],
        "large": block.block.large,
        "listed": block.block.listed,
        "boxed": block.block.boxed,
    }


def _to_complete(block: FilledBlock, one: PracticeNotice) -> Iterator[Text]:
    """A text to complete stands in brackets, so that it is seen without its colour too."""
    elsewhere = {part.item for group in block.groups for part in group.parts}
    for item in one.missing:
        if item.id in block.block.holds and item.id not in elsewhere:
            yield {"text": f"[À compléter : {item.item.title}]", "note": "", "missing": True}


def _told(part: Part) -> list[Text]:
    missing: list[Text] = [{"text": "[À compléter]", "note": "", "missing": True}] if part.gaps else []
    return [*map(_text, part.said), *missing]


def _text(said: Said) -> Text:
    return {"text": said.text, "note": said.note, "missing": False}


def _write(document: WordDocument, texts: Iterable[Text], *, listed: bool) -> None:
    for text in texts:
        document.item(text["text"], text["note"], listed=listed, to_complete=text["missing"])


def _section(title: str, texts: list[Text], listed: bool) -> list[Markup]:
    heading = Markup("<h2>{}</h2>").format(_readable(title))
    if listed:
        return [heading, *_list(texts)]
    return [heading, *(Markup("<p>{}</p>").format(_readable(_in_full(text))) for text in texts)]


def _list(texts: list[Text]) -> list[Markup]:
    items = (Markup("<li>{}</li>").format(_readable(_in_full(text))) for text in texts)
    return [Markup("<ul>"), *items, Markup("</ul>")]


def _in_full(text: Text) -> str:
    return f"{text['text']} ({text['note']})" if text["note"] else text["text"]


def _readable(text: str) -> Markup:
    return escape(wording.readable(text))
