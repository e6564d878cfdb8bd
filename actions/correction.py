"""Correcting an earlier answer, in words or from a button."""

from __future__ import annotations

import re
from collections.abc import Iterator

from actions.base import VigieAction
from actions.breach import tell
from actions.cases import refuses
from actions.hearing import asks_patience, called, names_vendor
from actions.recap import answered, offer_questions
from actions.turn import Events, Turn
from bot.compliance.answers import Answer, in_words
from bot.knowledge.model import Question
from bot.language import dates, names
from bot.language.moments import find_moment
from bot.language.normal import contains, normal
from bot.language.options import named
from bot.language.reading import Misunderstood
from bot.language.sayings import says, without_opening
from bot.language.told import read

#: Below this likeness the question is asked for rather than guessed.
_ALIKE = 0.3
#: Two questions this near in likeness: the theme that is spoken of wins.
_TIE = 0.1
_SEARCHED = 12
#: From this confidence on, what opens like a correction is the story of an incident.
_STORY = 0.8
#: Kinds whose new answer a sentence can give beside the question's own words.
_READABLE = ("bool", "one", "many", "number", "duration", "date", "moment")
_NOT = re.compile(r"[ ,]+(?:et )?(?:pas|plus|au lieu de|et non)\s+[^,.]*$", re.IGNORECASE)


class Correct(VigieAction):
    """Replaces the answer when the sentence gives the new one, else asks the question again."""

    def name(self) -> str:
        return "action_corriger"

    def act(self, turn: Turn) -> Events:
        return correct(turn)


def correct(turn: Turn) -> Events:
    """Correct the answer that was chosen or that the sentence is about, else ask which one."""
    if turn.text and not turn.breach and turn.ranking.get(names.STORY, 0) >= _STORY:
        # « Oups, j'ai envoyé… » opens like a correction.
        return tell(turn)
    if turn.text and asks_patience(turn.text):
        # « Attendez » opens corrections too.
        turn.say("utter_patience")
        return turn.resume()
    take_up_named(turn)
    answers = turn.answers
    if not answers:
        turn.say("utter_rien_a_corriger")
        return turn.resume()
    chosen = [question for question in turn.entities("question") if question in answers]
    if chosen:
        return _ask(turn, chosen[0])
    about, new = _find(turn) if turn.text else ([], None)
    if len(about) == 1:
        return _replace(turn, about[0], new) if new else _ask(turn, about[0])
    theme = turn.activity or turn.theme or turn.knowledge.activities[0]
    return offer_questions(turn, about or answered(turn, theme))


def take_up_named(turn: Turn) -> None:
    """Speak from now on of the case that a page named, if it named one."""
    for questionnaire in turn.knowledge.cases:
        for number in turn.entities(questionnaire.id):
            if number.isdigit() and turn.file.case(questionnaire.id, int(number)):
                turn.take_up(questionnaire, int(number))


def _find(turn: Turn) -> tuple[list[str], Answer | None]:
    """The questions that the sentence may be about; of a single one, the new answer if it gives one."""
    if vendor := _vendor(turn):
        return vendor
    denied = _denied(turn)
    if len(denied) > 1:
        return denied, None
    near = denied[0] if denied else called(turn) or _nearest(turn)
    if not near:
        return _by_value(turn)
    question = turn.knowledge.question(near)
    return [near], _new(turn, question, turn.answers[near]) if question.kind in _READABLE else None


def _vendor(turn: Turn) -> tuple[list[str], Answer] | None:
    """The supplier that the sentence names to replace it, as in « pas Doctolib », and the new one."""
    # A name shows its question better than any likeness.
    said = normal(turn.text)
    for key, question, answer in _recorded(turn, "vendor"):
        if answer.known and contains(said, normal(str(answer.value))):
            new = _new(turn, question, answer)
            if new:
                return [key], new
    return None


def _denied(turn: Turn) -> list[str]:
    """The questions whose answer the sentence takes back: « en fait, je n'ai pas de secrétaire »."""
    text = without_opening(turn.text)
    denied = [
        key
        for key, question, answer in _recorded(turn, "one", "many")
        if set(named(question, text)[1]).intersection(
            answer.value if isinstance(answer.value, tuple) else (answer.value,)
        )
    ]
    theme = f"{turn.theme.id}." if turn.theme else ""
    here = [key for key in denied if theme and key.startswith(theme)]
    return here if len(here) == 1 else denied


def _nearest(turn: Turn) -> str:
    """The answered question whose wordings are nearest to the sentence, or empty."""
    answers = turn.answers
    found = turn.context.questions.search(without_opening(turn.text), _SEARCHED)
    near = [(key, score) for key, score in found if key in answers and score >= _ALIKE]
    theme = f"{turn.theme.id}." if turn.theme else ""
    if find_moment(turn.text, turn.now):
        # « Je l'ai découvert ce matin » says when rather than who.
        told = [key for key, _, _ in _recorded(turn, "moment") if key.startswith(theme)] if theme else []
        moments = [(key, score) for key, score in near if turn.knowledge.question(key).kind == "moment"]
        # « C'était mercredi » names no question: the only moment that was told is meant.
        near = moments or ([(told[0], 1.0)] if len(told) == 1 else near)
    elif theme and not near and dates.number(turn.text) is not None:
        counts = [key for key, _, _ in _recorded(turn, "number") if key.startswith(theme)]
        near = [(counts[0], 1.0)] if len(counts) == 1 else near
    close = [key for key, score in near if score >= near[0][1] - _TIE]
    return next((key for key in close if theme and key.startswith(theme)), close[0] if close else "")


def _by_value(turn: Turn) -> tuple[list[str], Answer | None]:
    """The question of the current theme for which the sentence is a new answer, if just one is."""
    theme = turn.theme.id if turn.theme else ""
    fits = [
        ([key], value)
        for key, question, answer in _recorded(turn, "one", "many", "vendor")
        if key.startswith(f"{theme}.")
        and (question.kind != "vendor" or names_vendor(turn))
        and (value := _new(turn, question, answer))
    ]
    return fits[0] if len(fits) == 1 else ([], None)


def _recorded(turn: Turn, *kinds: str) -> Iterator[tuple[str, Question, Answer]]:
    for key, answer in turn.answers.items():
        question = turn.knowledge.question(key)
        if question.kind in kinds:
            yield key, question, answer


def _new(turn: Turn, question: Question, before: Answer) -> Answer | None:
    """The answer that the sentence gives in place of `before`, None when it gives no other."""
    text = without_opening(turn.text)
    if question.kind == "many" and isinstance(before.value, tuple):
        answer = _changed(question, before.value, text)
    else:
        # Only the first half of « Maiia, pas Doctolib » is the answer; a yes or no may be all of it.
        new = text if question.kind == "bool" else _NOT.sub("", text)
        try:
            answer = read(question, new, turn.knowledge.vendors, turn.now, {})
        except Misunderstood:
            return None
    return answer if answer and answer.known and answer != before else None


def _changed(question: Question, before: tuple[str, ...], text: str) -> Answer | None:
    """Several options with those that are said « aussi » added, and those denied taken away."""
    chosen, denied = named(question, text)
    kept: set[str] = set()
    if denied or says("aussi", text):
        kept = {option for option in before if option not in (*denied, question.none)}
    options = tuple(option for option in question.options if option in {*kept, *chosen})
    if not options and denied and question.none:
        options = (question.none,)
    return Answer.given(options) if options else None


def _replace(turn: Turn, key: str, answer: Answer) -> Events:
    question = turn.knowledge.question(key)
    before = turn.answer_in_words(key)
    if refuses(turn, key, answer):
        return turn.resume()
    turn.save(key, answer)
    turn.say("utter_corrige", intitule=question.label, avant=before, apres=in_words(question, answer))
    if turn.phase in ("asking", "recap"):
        return turn.resume()
    return turn.finish(turn.knowledge.activity(key.partition(".")[0]))


def _ask(turn: Turn, key: str) -> Events:
    activity = turn.knowledge.activity(key.partition(".")[0])
    return turn.ask_again(activity, activity.question(key))
