"""What must hold across the files of `knowledge/`: ids, conditions, placeholders and sources."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

from bot.knowledge import model
from bot.knowledge.breach import LEVELS, RISKS, Level, RiskLevel

#: The id of what is wrong, `theme.id` inside a theme, and a sentence that begins with the field's path.
Problem = tuple[str, str]
Item = model.Line | model.Purpose | model.Retention

_ID = re.compile(r"[a-z][a-z0-9_]*")
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
_PLACEHOLDER = re.compile(r"\{([a-z0-9_.]+)\}")
_CHOICES = ("one", "many")
_YES_NO = ("oui", "non")
_LIST_TESTS = ("any", "all", "none")
_LONGEST_ASK = 160
_MOST_STEPS = 3
_FEWEST_WORDINGS = 4


def problems(knowledge: model.Knowledge) -> Iterator[Problem]:
    """Every mistake in `knowledge`: the id of what is wrong, and a sentence on it.

    A sentence on one field begins with its path inside what is wrong: `when: …`, `data[0].text: …`.
    """
    yield from _duplicates(knowledge)
    asked: dict[str, model.Question] = {}
    for activity in knowledge.activities:
        yield from check_condition(activity.asks_when, asked, activity.id, "asks_when")
        for question in activity.questions:
            key = f"{activity.id}.{question.id}"
            yield from check_question(question, asked, key)
            asked[key] = question
    for activity in knowledge.activities:
        for entry in activity.register:
            yield from _check_entry(entry, knowledge, asked, f"{activity.id}.{entry.id}")
    for path, line in _common_lines(knowledge.register):
        yield from check_line(line, asked, "register", path)
    for measure in knowledge.measures:
        yield from _check_measure(measure, asked)
    for safeguard in knowledge.safeguards:
        yield from check_condition(safeguard.when, asked, safeguard.id)
        yield from check_text(safeguard.text, asked, safeguard.id, "text")
    for owner, path, sources in _cited(knowledge):
        if not sources:
            yield owner, f"{path}: aucune source"
        for source in sources:
            if source not in knowledge.sources:
                yield owner, f"{path}: source inconnue « {source} »"
    known_faq = {entry.id for entry in knowledge.faq}
    for faq in knowledge.faq:
        if len(faq.wordings) < _FEWEST_WORDINGS:
            yield faq.id, f"wordings: au moins {_FEWEST_WORDINGS} formulations"
        for related in set(faq.related) - known_faq:
            yield faq.id, f"related: entrée liée inconnue « {related} »"
        for place, case in enumerate(faq.cases):
            yield from check_condition(case.when, asked, faq.id, f"cases[{place}].when")


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


def check_question(
    question: model.Question, asked: dict[str, model.Question], owner: str
) -> Iterator[Problem]:
    yield from check_condition(question.when, asked, owner)
    if question.kind in _CHOICES and len(question.options) < 2:
        yield owner, f"options: une question « {question.kind} » en demande au moins deux"
    if question.kind not in (*_CHOICES, "moment") and question.options:
        yield owner, f"options: inutiles pour une question « {question.kind} »"
    if question.none and (question.kind != "many" or question.none not in question.options):
        yield owner, f"none: « {question.none} » n'est pas une option de cette question"
    known = _YES_NO if question.kind == "bool" else question.options
    for option in set(question.words) - {*known}:
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
    yield from check_condition(entry.when, asked, owner)
    for place, purpose in enumerate(entry.purposes):
        if purpose.basis not in knowledge.lawful_bases:
            yield owner, f"purposes[{place}].basis: base légale inconnue « {purpose.basis} »"
        if purpose.article_9 and purpose.article_9 not in knowledge.article_9:
            yield owner, f"purposes[{place}].article_9: condition inconnue « {purpose.article_9} »"
    if any(line.sensitive for line in entry.data) and not any(p.article_9 for p in entry.purposes):
        yield owner, "purposes: des données sensibles sans condition de l'article 9"
    for field, items in (("purposes", entry.purposes), ("retention", entry.retention)):
        if not items:
            yield owner, f"{field}: au moins une ligne"
    for path, line in _lines(entry):
        yield from check_line(line, asked, owner, path)


def check_line(line: Item, asked: dict[str, model.Question], owner: str, path: str) -> Iterator[Problem]:
    yield from check_condition(line.when, asked, owner, f"{path}.when")
    for field, text in msgspec.to_builtins(line).items():
        if isinstance(text, str):
            yield from check_text(text, asked, owner, f"{path}.{field}")


def check_text(text: str, asked: dict[str, model.Question], owner: str, path: str) -> Iterator[Problem]:
    for name in _PLACEHOLDER.findall(text):
        if name not in asked:
            yield owner, f"{path}: question inconnue dans le texte « {{{name}}} »"


def parts(entry: model.Entry) -> Iterator[Item]:
    """Every line of every field of a register entry."""
    return (line for _, line in _lines(entry))


def _lines(entry: model.Entry) -> Iterator[tuple[str, Item]]:
    recipients = entry.recipients
    fields: dict[str, tuple[Item, ...]] = {
        "purposes": entry.purposes,
        "retention": entry.retention,
        "data": entry.data,
        "data_subjects": entry.data_subjects,
        "recipients.internal": recipients.internal,
        "recipients.external": recipients.external,
        "recipients.processors": recipients.processors,
        "transfers": entry.transfers,
        "software": entry.software,
        "media": entry.media,
        "joint_controllers": entry.joint_controllers,
        "security": entry.security,
    }
    return _numbered(fields)


def _common_lines(common: model.CommonFields) -> Iterator[tuple[str, Item]]:
    fields: dict[str, tuple[Item, ...]] = {
        "controller": common.controller,
        "joint_controllers": common.joint_controllers,
        "dpo": common.dpo,
    }
    return _numbered(fields)


def _numbered(fields: dict[str, tuple[Item, ...]]) -> Iterator[tuple[str, Item]]:
    """Each line with its path, such as `data[0]`."""
    return (
        (f"{field}[{place}]", line) for field, lines in fields.items() for place, line in enumerate(lines)
    )


def _check_measure(measure: model.Measure, asked: dict[str, model.Question]) -> Iterator[Problem]:
    if not 1 <= len(measure.steps) <= _MOST_STEPS:
        yield measure.id, f"steps: {len(measure.steps)} lignes, de 1 à {_MOST_STEPS}"
    if not measure.triggers:
        yield measure.id, "triggers: aucun"
    for place, trigger in enumerate(measure.triggers):
        path = f"triggers[{place}].when"
        if not trigger.when:
            yield measure.id, f"{path}: condition vide"
        yield from check_condition(trigger.when, asked, measure.id, path)


def _cited(knowledge: model.Knowledge) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """What cites sources, the path of the field that does, and the sources."""
    for activity in knowledge.activities:
        for question in activity.questions:
            yield f"{activity.id}.{question.id}", "sources", question.sources
        for entry in activity.register:
            yield f"{activity.id}.{entry.id}", "sources", entry.sources
            yield from _cited_by_lines(f"{activity.id}.{entry.id}", _lines(entry))
    yield "register", "sources", knowledge.register.sources
    yield from _cited_by_lines("register", _common_lines(knowledge.register))
    yield from ((measure.id, "sources", measure.sources) for measure in knowledge.measures)
    yield from ((safeguard.id, "sources", safeguard.sources) for safeguard in knowledge.safeguards)
    yield from ((faq.id, "sources", faq.sources) for faq in knowledge.faq)
    for file, bases in (("lawful_bases", knowledge.lawful_bases), ("article_9", knowledge.article_9)):
        yield from ((f"{file}.{name}", "sources", basis.sources) for name, basis in bases.items())


def _cited_by_lines(
    owner: str, lines: Iterable[tuple[str, Item]]
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    # A line without sources of its own has those of what it belongs to.
    return ((owner, f"{path}.sources", line.sources) for path, line in lines if line.sources)


def check_sources(
    knowledge: model.Knowledge, sources: tuple[str, ...], owner: str, path: str
) -> Iterator[Problem]:
    """A statement names its sources, and each is known."""
    if not sources:
        yield owner, f"{path}: aucune source"
    for source in sources:
        if source not in knowledge.sources:
            yield owner, f"{path}: source inconnue « {source} »"


def check_rising(table: Mapping[Level, Sequence[RiskLevel]], owner: str) -> Iterator[Problem]:
    """A table from severity and likelihood to the risk is whole, and never less for a worse harm."""
    rows = [table.get(level, ()) for level in LEVELS]
    if any(len(row) != len(LEVELS) for row in rows):
        yield owner, f"table: quatre lignes de quatre niveaux ({', '.join(LEVELS)})"
        return
    ranks = [[RISKS.index(cell) for cell in row] for row in rows]
    columns = [list(column) for column in zip(*ranks, strict=True)]
    if any(one > other for line in (*ranks, *columns) for one, other in pairwise(line)):
        yield owner, "table: un risque plus grave ou plus vraisemblable ne peut pas être moindre"


def check_condition(
    condition: model.Condition, asked: dict[str, model.Question], owner: str, path: str = "when"
) -> Iterator[Problem]:
    for key, test in condition.items():
        if key == "any_of":
            if not isinstance(test, (list, tuple)) or not all(isinstance(part, dict) for part in test):
                yield owner, f"{path}: any_of demande une liste de conditions"
                continue
            for part in test:
                yield from check_condition(part, asked, owner, path)
        elif key not in asked:
            yield owner, f"{path}: question inconnue, ou posée plus tard: « {key} »"
        else:
            yield from ((owner, f"{path}: {what}") for what in _check_test(test, key, asked[key]))


def _check_test(test: object, key: str, question: model.Question) -> Iterator[str]:
    if test in ("known", "unknown"):
        return
    if not isinstance(test, dict):
        yield from check_value(test, key, question)
        return
    for operator, operand in test.items():
        if operator in _LIST_TESTS and isinstance(operand, list):
            for value in operand:
                yield from check_value(value, key, question)
        elif operator == "not":
            yield from check_value(operand, key, question)
        elif operator not in ("at_least", "below") or question.kind != "number" or type(operand) is not int:
            yield f"test impossible sur « {key} »: {operator}"


def check_value(value: object, key: str, question: model.Question) -> Iterator[str]:
    allowed = question.options if question.kind in _CHOICES else (True, False)
    if question.kind not in (*_CHOICES, "bool"):
        yield f"« {key} » n'a pas de réponses fixes; employer known, unknown, at_least ou below"
    elif isinstance(value, (list, dict)) or value not in allowed:
        yield f"« {value} » n'est pas une réponse de « {key} »"
