"""How the persons concerned are informed: each notice, what it lacks, and since when it is in place."""

from __future__ import annotations

from datetime import date, datetime

from aiohttp import web
from multidict import MultiDict

from bot.compliance.answers import UNKNOWN, Answer
from bot.compliance.notices import PracticeNotice
from bot.documents import notice_html, notice_txt
from bot.knowledge.model import Question
from bot.records import PracticeFile
from bot.web import texts
from bot.web.decisions import Mistake, Wrong, typed_day, typed_text
from bot.web.keys import FORM, RECORDS, VISITOR
from bot.web.pages import practice_file
from bot.web.rendering import page

_YES_NO = {"oui": True, "non": False}


async def show(request: web.Request) -> web.Response:
    """Every notice, those that the practice needs first, and the few answers that only they ask for."""
    return _page(request, practice_file(request))


async def note(request: web.Request) -> web.Response:
    """Note since when a version of a notice is in place, or that it no longer is."""
    file, form = practice_file(request), request[FORM]
    one = file.notices.find(request.match_info["notice"])
    if one is None:
        raise web.HTTPNotFound
    now, action = request.app[RECORDS].clock.now(), form.get("action", "")
    if action not in ("en_place", "retiree"):
        raise web.HTTPBadRequest
    try:
        day = _since(form, now) if action == "en_place" else None
    except Wrong as wrong:
        mistake = Mistake(
            one.id, str(wrong), action, date=form.get("date", ""), chosen=form.get("version", "")
        )
        return _page(request, file, mistake)
    practice_id, version = request[VISITOR].practice_id, _version(one, form.get("version", ""))
    with request.app[RECORDS].unit() as unit:
        number = version or unit.notices.keep(practice_id, one.id, one.filled.content)
        unit.notices.display(practice_id, one.id, number, day)
    raise web.HTTPSeeOther(f"/information#notice-{one.id}")


async def answer(request: web.Request) -> web.Response:
    """Keep an answer that only the notices need, « je ne sais pas » included."""
    file, form = practice_file(request), request[FORM]
    sheet = file.notices.sheet
    question = next((one for one in sheet.asked if one.id == request.match_info["question"]), None)
    if question is None:
        raise web.HTTPNotFound
    masked: tuple[str, ...] = ()
    try:
        if form.get("action") == "inconnu":
            given = UNKNOWN
        else:
            given, masked = _answer(question, form)
    except Wrong as wrong:
        return _page(request, file, Mistake(sheet.key(question), str(wrong), text=form.get("text", "")))
    with request.app[RECORDS].unit() as unit:
        unit.answers.save(request[VISITOR].practice_id, sheet.key(question), given)
    if masked:
        return _page(request, practice_file(request), removed=texts.removed(masked))
    raise web.HTTPSeeOther(f"/information#question-{question.id}")


def _answer(question: Question, form: MultiDict[str]) -> tuple[Answer, tuple[str, ...]]:
    """What a form answers, and what was masked in it; raises Wrong when it answers nothing."""
    chosen = form.getall("choix", [])
    if question.kind == "many":
        options = tuple(option for option in question.options if option in chosen)
        if not options:
            raise Wrong(texts.NO_CHOICE)
        return Answer.given(options), ()
    if question.kind == "bool":
        if len(chosen) != 1 or chosen[0] not in _YES_NO:
            raise Wrong(texts.NO_NOTICE_ANSWER)
        return Answer.given(_YES_NO[chosen[0]]), ()
    text, masked = typed_text(form, texts.NO_NOTICE_ANSWER, contact=question.personal)
    return Answer.given(" ".join(text.split())), masked


def _since(form: MultiDict[str], now: datetime) -> date:
    return typed_day(form.get("date", ""), now, texts.NO_NOTICE_DAY, texts.FUTURE_NOTICE_DAY)


def _version(one: PracticeNotice, number: str) -> int:
    """The version that a form means, 0 for the notice as it stands."""
    return int(number) if number in {str(version.number) for version in one.standing.versions} else 0


def _page(
    request: web.Request, file: PracticeFile, mistake: Mistake | None = None, removed: str = ""
) -> web.Response:
    now = request.app[RECORDS].clock.now()
    pasted = {
        one.id: [make(file.knowledge, file.answers, one, now).decode() for make in (notice_txt, notice_html)]
        for one in file.notices.needed
        if one.notice.layout == "web"
    }
    return page(
        request,
        "notices.html",
        422 if mistake else 200,
        file=file,
        notices=file.notices,
        entries={entry.id: entry.title for entry in file.register},
        pasted=pasted,
        mistake=mistake,
        removed=removed,
    )
