"""Answering questions on the RGPD from the FAQ, and what is asked about an answer: details, sources."""

from __future__ import annotations

import re
from operator import itemgetter

from rasa_sdk.events import SlotSet

from actions import breach, request
from actions.base import VigieAction
from actions.breach import happened, is_rather_told
from actions.hearing import asks_how_long, interrogative
from actions.request import asked_for, is_rather_asked_for
from actions.turn import Events, Turn
from bot.compliance.conditions import holds
from bot.knowledge.model import FaqEntry, Source
from bot.language import faq
from bot.language.normal import normal
from bot.language.retriever import thresholds

#: The slot that holds the id of the entry that was answered last.
LAST = "entree_lue"
_OFFERED = 3
_RELATED = 2
#: « et pour les mineurs ? » completes the question before it; a longer text is a question of its own.
_FOLLOW_UP = re.compile(r"^(?:et|ou|meme chose|idem|pareil)\b")
_FOLLOW_UP_WORDS = 8
#: How many times farther than alone other entries seem beside the question before.
_BEHIND = 10
_COMPARED = re.compile(
    r"\b(?:diff[ée]rences?|distinction|distinguer)\b.*?\bentre\s+(.+?)\s+et\s+(.+)", re.IGNORECASE
)


class AnswerFaq(VigieAction):
    """Answers from the FAQ, or says that Vigie does not know, and comes back to the interview."""

    def name(self) -> str:
        return "action_repondre_question"

    def act(self, turn: Turn) -> Events:
        if is_rather_told(turn):
            return breach.tell(turn)
        if is_rather_asked_for(turn):
            return request.tell(turn)
        return answer_or_admit(turn)


class Deepen(VigieAction):
    """Gives the details or the sources of the last answer."""

    def name(self) -> str:
        return "action_approfondir"

    def act(self, turn: Turn) -> Events:
        entry = last_entry(turn)
        if entry is None and turn.pending:
            explain(turn)
        elif entry is None:
            turn.say("utter_rien_a_approfondir")
        elif turn.intent == "source":
            turn.say("utter_sources", sources=_references(turn, entry), date=f"{entry.checked:%d/%m/%Y}")
        else:
            tell_more(turn, entry)
        return turn.resume()


def explain(turn: Turn) -> None:
    """Say what the pending question is for, with its sources."""
    question = turn.knowledge.question(turn.pending)
    turn.say("utter_pourquoi", pourquoi=question.why, sources=turn.cite(question.sources))


def last_entry(turn: Turn) -> FaqEntry | None:
    """The entry that was answered last, if any."""
    return _entries(turn).get(turn.slot(LAST) or "")


def tell_more(turn: Turn, entry: FaqEntry) -> None:
    """Say the entry's details and what to do."""
    turn.say(
        "utter_details",
        detail=entry.detail,
        conseil=entry.todo,
        buttons=[_button(_entries(turn)[related]) for related in entry.related[:_RELATED]],
    )


def answer_if_asked(turn: Turn) -> Events | None:
    """Answer what has the form of a question and surely is one; None when it is none.

    « Dois-je nommer un DPO ? » wants to know, and not to see a page.
    """
    asks = interrogative(turn.text) and turn.near and turn.near[0][1] >= thresholds()[0]
    return answer_from_faq(turn) if asks else None


def answer_or_admit(turn: Turn) -> Events:
    """Answer what was asked from the FAQ, or say that Vigie does not know."""
    answered = answer_from_faq(turn)
    if answered is not None:
        return answered
    turn.say("utter_question_inconnue")
    return turn.resume()


def answer_from_faq(turn: Turn) -> Events | None:
    """Answer what was asked with its sources, or offer the nearest questions; None when nothing is near."""
    if turn.text and (case := turn.case) and case.deadline and asks_how_long(turn.text):
        turn.tell_time()
        return turn.resume()
    entries = _entries(turn)
    chosen = [entries[entry] for entry in turn.entities("entree") if entry in entries]
    if chosen:
        return _answer(turn, chosen[0])
    compared = _compared(turn)
    if compared:
        return _compare(turn, *compared)
    sure, offered = thresholds()
    last = last_entry(turn) if is_follow_up(turn) else None
    if last and turn.near and turn.near[0][0] == last.id:
        # « Et Signal ? » asks again what the answer told.
        tell_more(turn, last)
        return turn.resume()
    found = _completed(turn, last) if last else turn.near
    near = [(entries[key], confidence) for key, confidence in found if confidence >= offered]
    if not near:
        return None
    if near[0][1] >= sure:
        return _answer(turn, near[0][0])
    turn.say("utter_question_laquelle", buttons=[_button(entry) for entry, _ in near])
    return turn.resume()


def _entries(turn: Turn) -> dict[str, FaqEntry]:
    return {entry.id: entry for entry in turn.knowledge.faq}


def is_follow_up(turn: Turn) -> bool:
    """Whether the text completes the question that was answered before it."""
    said = normal(turn.text)
    short = len(said.split()) <= _FOLLOW_UP_WORDS
    return short and bool(_FOLLOW_UP.match(said)) and last_entry(turn) is not None


def _completed(turn: Turn, last: FaqEntry) -> list[tuple[str, float]]:
    """The other entries that are near to the text, or to the last question as the text completes it.

    « Et par SMS ? » finds its entry by itself, « et pour les mineurs ? » with the question before it.
    """
    alone, together = dict(turn.near), dict(faq.index().search(f"{last.question} {turn.text}", _OFFERED + 1))
    # The question before finds itself above all: the others seem farther than they are.
    near = {
        key: alone.get(key, 0) / 2 + min(1, _BEHIND * together.get(key, 0))
        for key in {**alone, **together}
        if key != last.id
    }
    return sorted(near.items(), key=itemgetter(1), reverse=True)[:_OFFERED]


def _compared(turn: Turn) -> tuple[FaqEntry, FaqEntry] | None:
    """The two entries that the question asks to tell apart."""
    halves = _COMPARED.search(turn.text)
    if not halves:
        return None
    _, offered = thresholds()
    found = [faq.index().search(f"définition {half}", 1) for half in halves.groups()]
    near = [hits[0][0] for hits in found if hits and hits[0][1] >= offered]
    entries = _entries(turn)
    return (entries[near[0]], entries[near[1]]) if len(set(near)) > 1 else None


def _compare(turn: Turn, one: FaqEntry, other: FaqEntry) -> Events:
    turn.say(
        "utter_comparaison",
        question=one.question,
        reponse=_words(turn, one),
        autre_question=other.question,
        autre_reponse=_words(turn, other),
        sources=turn.cite(tuple(dict.fromkeys((*one.sources, *other.sources)))),
    )
    return [SlotSet(LAST, one.id), *turn.resume()]


def _answer(turn: Turn, entry: FaqEntry) -> Events:
    sources = f"{turn.cite(entry.sources)}. Vérifié le {entry.checked:%d/%m/%Y}."
    turn.say(
        "utter_reponse_question",
        buttons=[{"title": "Plus de détails", "payload": "/details"}, *happened(turn), *asked_for(turn)],
        question=entry.question,
        reponse=_words(turn, entry),
        sources=sources,
    )
    return [SlotSet(LAST, entry.id), *turn.resume()]


def _words(turn: Turn, entry: FaqEntry) -> str:
    """The answer for this practice."""
    answers = turn.answers
    return next((case.answer for case in entry.cases if holds(case.when, answers)), entry.answer)


def _references(turn: Turn, entry: FaqEntry) -> str:
    return "\n".join(f"- {_reference(turn, turn.knowledge.sources[source])}" for source in entry.sources)


def _reference(turn: Turn, source: Source) -> str:
    title = f"[{source.title}]({source.url})" if source.url.startswith("https://") else source.title
    caution = turn.caution(source)
    return f"{title} : {caution}" if caution else title


def _button(entry: FaqEntry) -> dict[str, str]:
    return {"title": entry.question, "payload": f'/poser_question{{"entree": "{entry.id}"}}'}
