"""Turning what is known into HTML: templates, Markdown, and dates in French."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

from bot.clock import PARIS, in_french
from bot.compliance import moments
from bot.compliance.answers import to_whom
from bot.documents import wording
from bot.knowledge.model import Knowledge
from bot.knowledge.notices import Notice
from bot.web import typography
from bot.web.countdown import countdown
from bot.web.keys import TEMPLATES, VISITOR

_AFTER_LIST = re.compile(r"^([-*] .*\n)(?![-*] |\s)", re.MULTILINE)
_TEMPLATES = Path(__file__).parent / "templates"

FORMAT_WORDS = {"pdf": "PDF", "docx": "Word", "html": "page HTML", "txt": "texte"}
PRIORITY_WORDS = {"urgent": "Urgent", "important": "Important", "utile": "Utile"}


def environment(knowledge: Knowledge) -> Environment:
    """The templates, which escape all they are given, with the filters and words that they use."""
    templates = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    typography.install(templates)
    templates.filters.update(
        markdown=markdown,
        day=day,
        long_day=long_day,
        moment=in_french,
        told=told,
        number=wording.number,
        notice_state=wording.notice_state,
        to_whom=to_whom,
    )
    templates.globals.update(
        countdown=countdown,
        sources=knowledge.sources,
        grades=knowledge.grades,
        status_words=wording.STATUSES,
        outdated=wording.OUTDATED,
        theme_words=wording.THEME_STATES,
        priority_words=PRIORITY_WORDS,
        effort_words=wording.EFFORTS,
        kind_words=wording.NOTIFICATIONS,
        notices_of=_by_measure(knowledge),
        page_words=wording.PAGES,
        format_words=FORMAT_WORDS,
    )
    return templates


def _by_measure(knowledge: Knowledge) -> dict[str, list[Notice]]:
    """The notices that carry out a recommended measure, by its id."""
    found: dict[str, list[Notice]] = {}
    for notice in knowledge.notices.kinds:
        for measure in notice.measures:
            found.setdefault(measure, []).append(notice)
    return found


def page(request: web.Request, template: str, status: int = 200, **context: Any) -> web.Response:
    """The response that shows a template; `csrf` is there for its forms."""
    visitor = request.get(VISITOR)
    context.setdefault("csrf", visitor.csrf_token if visitor else "")
    html = request.app[TEMPLATES].get_template(template).render(path=request.path, **context)
    return web.Response(text=html, content_type="text/html", status=status)


def day(value: date) -> str:
    """A date as French writes it."""
    return f"{value:%d/%m/%Y}"


def long_day(value: date) -> str:
    """A day with its name: « mercredi 2 décembre 2026 »."""
    return in_french(datetime.combine(value, time(), PARIS)).rpartition(" à ")[0]


def told(value: moments.Moment) -> str:
    """A moment as sure or vague as it was told: « 24 novembre 2026 au matin »."""
    return moments.in_words(value.text())


def markdown(text: str) -> Markup:
    """Vigie's Markdown as HTML: emphasis, lists and links only, anything else stays plain text."""
    # Markdown would take the line after a list for the rest of its last item.
    text = _AFTER_LIST.sub(r"\1\n", text)
    # The reader knows no HTML: whatever stands in the text comes out escaped.
    return Markup(_MARKDOWN.render(text))  # noqa: S704


def is_safe_link(address: str) -> bool:
    """Whether a link may be followed: to a source over HTTPS, or to a page of our own."""
    return address.startswith(("https://", "#")) or (
        address.startswith("/") and not address.startswith(("//", "/\\"))
    )


class _Markdown(MarkdownIt):
    def validateLink(self, url: str) -> bool:
        return is_safe_link(url)


def _open_link(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    if str(tokens[index].attrGet("href")).startswith("https:"):
        tokens[index].attrSet("rel", "external noopener noreferrer")
    return renderer.renderToken(tokens, index, options, env)


def _markdown() -> MarkdownIt:
    reader = _Markdown("zero", {"html": False, "breaks": True})
    reader.enable(["emphasis", "link", "list", "newline"])
    reader.add_render_rule("link_open", _open_link)
    return reader


_MARKDOWN = _markdown()
