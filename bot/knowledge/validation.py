"""What must hold across the files of `knowledge/`: ids, conditions, placeholders and sources."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import msgspec

from bot.knowledge import model

Problem = tuple[str, str]

_ID = re.compile(r"[a-z][a-z0-9_]*")
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
_PLACEHOLDER = re.compile(r"\{([a-z0-9_.]+)\}")
_CHOICES = ("one", "many")
_LIST_TESTS = ("any", "all", "none")
_LONGEST_ASK = 160
_MOST_STEPS = 3


def problems(knowledge: model.Knowledge) -> Iterator[Problem]:
    """Every mistake in `knowledge`: the id of what is wrong, and a sentence on it."""
    yield from _duplicates(knowledge)
    asked: dict[str, model.Question] = {}
    for activity in knowledge.activities:
        yield from _check_condition(activity.asks_when, asked, activity.id)
        for question in activity.questions:
            key = f"{activity.id}.{question.id}"
            yield from _check_question(question, asked, key)
            asked[key] = question
    for activity in knowledge.activities:
        for entry in activity.register:
            yield from _check_entry(entry, knowledge, asked, f"{activity.id}.{entry.id}")
    common = knowledge.register
    for line in (*common.controller, *common.joint_controllers, *common.dpo):
        yield from _check_line(line, asked, "register")
    for measure in knowledge.measures:
        yield from _check_measure(measure, asked)
    for safeguard in knowledge.safeguards:
        yield from _check_condition(safeguard.when, asked, safeguard.id)
    for owner, sources in _cited(knowledge):
        if not sources:
            yield owner, "aucune source"
        for source in sources:
            if source not in knowledge.sources:
                yield owner, f"source inconnue « {source} »"
    known_faq = {entry.id for entry in knowledge.faq}
    for faq in knowledge.faq:
        for related in set(faq.related) - known_faq:
            yield faq.id, f"entrée liée inconnue « {related} »"


def _duplicates(knowledge: model.Knowledge) -> Iterator[Problem]:
    kinds = {
        "thème": [activity.id for activity in knowledge.activities],
        "fiche": [entry.id for activity in knowledge.activities for entry in activity.register],
        "mesure": [measure.id for measure in knowledge.measures],
        "mesure en place": [safeguard.id for safeguard in knowledge.safeguards],
        "entrée de FAQ": [entry.id for entry in knowledge.faq],
    }
    for activity in knowledge.activities:
        owners = {f"{activity.id}.{question.id}": question.id for question in activity.questions}
        kinds[f"question de {activity.id}"] = [
            f"{activity.id}.{question.id}" for question in activity.questions
        ]
        for owner, identifier in {activity.id: activity.id, **owners}.items():
            if not _ID.fullmatch(identifier) or "__" in identifier:
                yield owner, "identifiant à écrire en minuscules sans accent ni tiret"
    for kind, identifiers in kinds.items():
        for identifier, times in Counter(identifiers).items():
            if times > 1:
                yield identifier, f"{kind} déclarée {times} fois"
    for measure in knowledge.measures:
        if not _SLUG.fullmatch(measure.id):
            yield measure.id, "identifiant de mesure à écrire en minuscules avec des tirets"


def _check_question(
    question: model.Question, asked: dict[str, model.Question], owner: str
) -> Iterator[Problem]:
    yield from _check_condition(question.when, asked, owner)
    if question.kind in _CHOICES and len(question.options) < 2:
        yield owner, f"options: une question « {question.kind} » en demande au moins deux"
    if question.kind not in _CHOICES and question.options:
        yield owner, f"options: inutiles pour une question « {question.kind} »"
    if question.none and (question.kind != "many" or question.none not in question.options):
        yield owner, f"none: « {question.none} » n'est pas une option de cette question"
    for option in set(question.words) - set(question.options):
        yield owner, f"words: option inconnue « {option} »"
    for option in question.options:
        if not _ID.fullmatch(option):
            yield owner, f"options: « {option} » à écrire en minuscules sans accent"
    if len(question.ask) > _LONGEST_ASK:
        yield owner, f"ask: {len(question.ask)} caractères, {_LONGEST_ASK} au plus"
    if not question.why.strip():
        yield owner, "why: vide"


def _check_entry(
    entry: model.Entry, knowledge: model.Knowledge, asked: dict[str, model.Question], owner: str
) -> Iterator[Problem]:
    yield from _check_condition(entry.when, asked, owner)
    for purpose in entry.purposes:
        if purpose.basis not in knowledge.lawful_bases:
            yield owner, f"basis: base légale inconnue « {purpose.basis} »"
        if purpose.article_9 and purpose.article_9 not in knowledge.article_9:
            yield owner, f"article_9: condition inconnue « {purpose.article_9} »"
    if any(line.sensitive for line in entry.data) and not any(p.article_9 for p in entry.purposes):
        yield owner, "purposes: des données sensibles sans condition de l'article 9"
    if not entry.purposes or not entry.retention:
        yield owner, "purposes, retention: au moins une ligne chacun"
    for line in parts(entry):
        yield from _check_line(line, asked, owner)


def _check_line(
    line: model.Line | model.Purpose | model.Retention, asked: dict[str, model.Question], owner: str
) -> Iterator[Problem]:
    yield from _check_condition(line.when, asked, owner)
    for text in (value for value in msgspec.to_builtins(line).values() if isinstance(value, str)):
        for name in _PLACEHOLDER.findall(text):
            if name not in asked:
                yield owner, f"question inconnue dans le texte « {{{name}}} »"


def parts(entry: model.Entry) -> Iterator[model.Line | model.Purpose | model.Retention]:
    """Every line of every field of a register entry."""
    recipients = entry.recipients
    yield from entry.purposes
    yield from entry.retention
    for lines in (
        entry.data, entry.data_subjects, recipients.internal, recipients.external, recipients.processors,
        entry.transfers, entry.software, entry.media, entry.joint_controllers, entry.security,
    ):  # fmt: skip
        yield from lines


def _check_measure(measure: model.Measure, asked: dict[str, model.Question]) -> Iterator[Problem]:
    if not 1 <= len(measure.steps) <= _MOST_STEPS:
        yield measure.id, f"steps: {len(measure.steps)} lignes, de 1 à {_MOST_STEPS}"
    if not measure.triggers:
        yield measure.id, "triggers: aucun"
    for trigger in measure.triggers:
        if not trigger.when:
            yield measure.id, "triggers: une condition est vide"
        yield from _check_condition(trigger.when, asked, measure.id)


def _cited(knowledge: model.Knowledge) -> Iterator[tuple[str, tuple[str, ...]]]:
    for activity in knowledge.activities:
        for question in activity.questions:
            yield f"{activity.id}.{question.id}", question.sources
        for entry in activity.register:
            yield f"{activity.id}.{entry.id}", entry.sources
            for line in parts(entry):
                if line.sources:
                    yield f"{activity.id}.{entry.id}", line.sources
    yield "register", knowledge.register.sources
    yield from ((measure.id, measure.sources) for measure in knowledge.measures)
    yield from ((safeguard.id, safeguard.sources) for safeguard in knowledge.safeguards)
    yield from ((faq.id, faq.sources) for faq in knowledge.faq)
    for name, basis in (*knowledge.lawful_bases.items(), *knowledge.article_9.items()):
        yield name, basis.sources


def _check_condition(
    condition: model.Condition, asked: dict[str, model.Question], owner: str
) -> Iterator[Problem]:
    for key, test in condition.items():
        if key == "any_of":
            if not isinstance(test, (list, tuple)) or not all(isinstance(part, dict) for part in test):
                yield owner, "when: any_of demande une liste de conditions"
                continue
            for part in test:
                yield from _check_condition(part, asked, owner)
        elif key not in asked:
            yield owner, f"when: question inconnue, ou posée plus tard: « {key} »"
        else:
            yield from _check_test(test, key, asked[key], owner)


def _check_test(test: object, key: str, question: model.Question, owner: str) -> Iterator[Problem]:
    if test in ("known", "unknown"):
        return
    if not isinstance(test, dict):
        yield from _check_value(test, key, question, owner)
        return
    for operator, operand in test.items():
        if operator in _LIST_TESTS and isinstance(operand, list):
            for value in operand:
                yield from _check_value(value, key, question, owner)
        elif operator == "not":
            yield from _check_value(operand, key, question, owner)
        elif operator not in ("at_least", "below") or question.kind != "number" or type(operand) is not int:
            yield owner, f"when: test impossible sur « {key} »: {operator}"


def _check_value(value: object, key: str, question: model.Question, owner: str) -> Iterator[Problem]:
    allowed = question.options if question.kind in _CHOICES else (True, False)
    if question.kind not in (*_CHOICES, "bool"):
        yield owner, f"when: « {key} » n'a pas de réponses fixes; employer known, unknown, at_least ou below"
    elif isinstance(value, (list, dict)) or value not in allowed:
        yield owner, f"when: « {value} » n'est pas une réponse de « {key} »"
