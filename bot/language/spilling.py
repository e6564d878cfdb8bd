"""What a sentence given to one question also answers: « par Doctolib » says how, and which service."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.compliance.answers import Answer
from bot.compliance.conditions import holds
from bot.knowledge.model import Activity, Question, Vendor
from bot.language.lookup import clauses, joined, mentions
from bot.language.normal import contains, contains_any, normal
from bot.language.options import named
from bot.language.products import product_names
from bot.language.sayings import says
from bot.language.topics import topics

#: Shorter wordings, as « nas » or « mail », are too often said of something else.
_SHORTEST = 6


def spilled(
    activity: Activity, pending: Question, text: str, answers: Mapping[str, Answer], vendors: Sequence[Vendor]
) -> dict[str, Answer]:
    """The answers, by qualified id, that a text gives beside the one to `pending`.

    `answers` hold what is recorded, that one included. Only questions of the theme without an answer are
    filled, which that one opened or that ask about the same thing; and only by what is named in so many
    words: nothing is guessed.
    """
    if "?" in text or says("ne_sait_pas", text) or not answers[f"{activity.id}.{pending.id}"].known:
        return {}
    left = [
        question
        for question in activity.questions
        if f"{activity.id}.{question.id}" not in answers and holds(question.when, answers)
    ]
    opened = [question for question in left if _opened(activity, question, pending, answers)]
    found = {question.id: outright(question, text) for question in opened}
    found |= {
        question.id: outright(question, _about(question, text)) for question in left if question not in opened
    }
    if pending.kind in ("bool", "one", "many"):
        kin = [question for question in left if question in opened or _alike(question, pending)]
        found |= _products(activity, pending, kin, text, answers, vendors)
    return {f"{activity.id}.{key}": answer for key, answer in found.items() if answer}


def plainly(activity: Activity, text: str, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """The answer, by qualified id, that a text gives in so many words, whatever was asked.

    Only to a question that applies and has no answer yet; nothing when it may be that of several.
    """
    if "?" in text or says("ne_sait_pas", text):
        return {}
    found = {
        key: answer
        for question in activity.questions
        if (key := f"{activity.id}.{question.id}") not in answers and holds(question.when, answers)
        if (answer := outright(question, text))
    }
    return found if len(found) == 1 else {}


def _opened(activity: Activity, question: Question, by: Question, answers: Mapping[str, Answer]) -> bool:
    """Whether the answer to `by` is why the question is asked."""
    without = {key: answer for key, answer in answers.items() if key != f"{activity.id}.{by.id}"}
    return not holds(question.when, without)


def _alike(question: Question, other: Question) -> bool:
    return bool(topics(question.ask, question.label) & topics(other.ask, other.label))


def _about(question: Question, text: str) -> str:
    """The clauses of a text that have a word of the question: « la secrétaire y accède »."""
    asked = topics(question.ask, question.label)
    return ", ".join(joined(words) for words in clauses(text) if asked & {word.stem for word in words})


def outright(question: Question, text: str) -> Answer | None:
    """The option, or options, that a text names in so many words; None when it names none, or too many."""
    if question.kind not in ("one", "many"):
        return None
    said = normal(text)
    there = [
        option
        for option in named(question, text)[0]
        if option != question.none and _in_so_many_words(question, option, said)
    ]
    if question.kind == "many":
        return Answer.given(tuple(there)) if there else None
    return Answer.given(there[0]) if len(there) == 1 else None


def _in_so_many_words(question: Question, option: str, said: str) -> bool:
    wordings = map(normal, (question.options[option], *question.words.get(option, ())))
    return any(len(wording) >= _SHORTEST and contains(said, wording) for wording in wordings)


def _products(
    activity: Activity,
    pending: Question,
    opened: Iterable[Question],
    text: str,
    answers: Mapping[str, Answer],
    vendors: Sequence[Vendor],
) -> dict[str, Answer | None]:
    """The known products that are named, each for the one question that it can only answer."""
    names = product_names(vendors)
    said = normal(text)
    there = dict.fromkeys(
        one.key for one in mentions(text, names) if not one.denied and contains_any(said, names[one.key])
    )
    asked = [question for question in opened if question.kind == "vendor"]
    chosen: dict[str, list[str]] = {}
    for name in there:
        fitting = _fitting(activity, pending, asked, names[name], answers)
        if len(fitting) == 1:
            chosen.setdefault(fitting[0].id, []).append(name)
    return {key: Answer.given(", ".join(products)) for key, products in chosen.items()}


def _fitting(
    activity: Activity,
    pending: Question,
    asked: Sequence[Question],
    names: Sequence[str],
    answers: Mapping[str, Answer],
) -> Sequence[Question]:
    """Those asked because of the option of which the product is a wording; all, if it is of none."""
    options = [option for option, words in pending.words.items() if {*map(normal, words)} & {*names}]
    value = answers[f"{activity.id}.{pending.id}"].value
    if not options or not isinstance(value, tuple):
        return asked
    left = tuple(option for option in value if option not in options)
    without = {**answers, f"{activity.id}.{pending.id}": Answer.given(left)}
    return [question for question in asked if not holds(question.when, without)]
