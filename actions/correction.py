"""Correcting an earlier answer, in words or from a button."""

from __future__ import annotations

import re

from actions.base import Events, Turn, VigieAction
from actions.interview import answer_in_words, ask_again, recap
from actions.recap import question_buttons
from bot.compliance import interview
from bot.compliance.answers import Answer, in_words
from bot.knowledge.model import Question
from bot.language.normal import contains, normal
from bot.language.reading import Misunderstood, read

#: Below this likeness the question is asked for rather than guessed.
_ALIKE = 0.3
_INTRODUCTION = re.compile(
    r"^\s*(?:non[ ,]*)?(?:en fait|en réalité|finalement|erreur|rectification|je corrige|pardon"
    r"|je me suis trompée?)[ ,:]*",
    re.IGNORECASE,
)
_NOT = re.compile(r"[ ,]+(?:et )?(?:pas|plus|au lieu de|et non)\s+[^,.]*$", re.IGNORECASE)


class Correct(VigieAction):
    """Replaces the answer when the sentence gives the new one, else asks the question again."""

    def name(self) -> str:
        return "action_corriger"

    def act(self, turn: Turn) -> Events:
        return correct(turn)


def correct(turn: Turn) -> Events:
    """Correct the answer that was chosen or that the sentence is about, else ask which one."""
    answers = turn.file.answers
    chosen = [question for question in turn.entities("question") if question in answers]
    if chosen:
        return _ask(turn, chosen[0])
    if not answers:
        turn.say("utter_rien_a_corriger")
        return turn.resume()
    if not turn.text.startswith("/"):
        found, direct = _find(turn)
        if found and direct:
            return _replace(turn, found, direct)
        if found:
            return _ask(turn, found)
    activity = turn.activity or turn.knowledge.activity(turn.conversation.theme_id or "profil")
    turn.say(
        "utter_corriger_laquelle",
        {"links": [{"title": "Toutes mes réponses", "href": "/reponses"}]},
        buttons=question_buttons(turn, activity),
    )
    return []


def _find(turn: Turn) -> tuple[str, Answer | None]:
    """The question that the sentence is about, and its new answer when the sentence gives one."""
    answers, said = turn.file.answers, normal(turn.text)
    new = _NOT.sub("", _INTRODUCTION.sub("", turn.text))
    # An answer that is named, as in « pas Doctolib », shows its question better than any likeness.
    for key, answer in answers.items():
        question = turn.knowledge.question(key)
        if question.kind == "vendor" and answer.known:
            named = contains(said, normal(str(answer.value)))
            if named and (value := _different(turn, question, new, answer)):
                return key, value
    near = [(key, score) for key, score in turn.context.questions.search(turn.text, 5) if key in answers]
    if near and near[0][1] >= _ALIKE:
        key = near[0][0]
        question = turn.knowledge.question(key)
        if question.kind in ("bool", "one", "many", "number", "duration"):
            return key, _different(turn, question, new, answers[key])
        return key, None
    return _by_value(turn, new)


def _by_value(turn: Turn, new: str) -> tuple[str, Answer | None]:
    """The question of the current theme for which the sentence is a new answer, if just one is."""
    theme = turn.activity.id if turn.activity else turn.conversation.theme_id
    fits = []
    for key, answer in turn.file.answers.items():
        question = turn.knowledge.question(key)
        if key.startswith(f"{theme}.") and question.kind in ("one", "many", "vendor"):
            if question.kind == "vendor" and not _names_vendor(turn, new):
                continue
            if value := _different(turn, question, new, answer):
                fits.append((key, value))
    return fits[0] if len(fits) == 1 else ("", None)


def _replace(turn: Turn, key: str, answer: Answer) -> Events:
    question = turn.knowledge.question(key)
    before = answer_in_words(turn, key)
    turn.unit.answers.save(turn.practice_id, key, answer)
    turn.say("utter_corrige", intitule=question.label, avant=before, apres=in_words(question, answer))
    if turn.activity:
        return turn.resume()
    activity = turn.knowledge.activity(key.partition(".")[0])
    if interview.next_question(activity, turn.file.answers) is not None:
        return turn.enter(activity)
    return recap(turn, activity)


def _ask(turn: Turn, key: str) -> Events:
    activity = turn.knowledge.activity(key.partition(".")[0])
    return ask_again(turn, activity, activity.question(key))


def _names_vendor(turn: Turn, text: str) -> bool:
    said = normal(text)
    return any(
        contains(said, normal(n)) for vendor in turn.knowledge.vendors for n in (vendor.name, *vendor.also)
    )


def _different(turn: Turn, question: Question, text: str, before: Answer) -> Answer | None:
    try:
        answer = read(question, text, turn.knowledge.vendors, turn.context.clock.now().date())
    except Misunderstood:
        return None
    return answer if answer != before and answer.known else None
