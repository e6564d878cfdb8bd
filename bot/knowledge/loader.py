"""Read `knowledge/` into `bot.knowledge.model`, with every question named in full."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

import msgspec

from bot.knowledge import breach, case, dpia, model, notices, processors, requests
from bot.knowledge.breach_validation import breach_problems
from bot.knowledge.dpia_validation import dpia_problems
from bot.knowledge.files import File, KnowledgeError, where
from bot.knowledge.notices_validation import notices_problems
from bot.knowledge.processors_validation import processors_problems
from bot.knowledge.requests_validation import requests_problems
from bot.knowledge.validation import Problem, problems

ROOT = Path(__file__).resolve().parents[2] / "knowledge"
T = TypeVar("T")
#: The fields that map questions' ids to something.
_BY_QUESTION = ("when", "asks_when", "implies", "supposes", "health", "not_health")


@lru_cache(maxsize=4)
def load(root: Path = ROOT) -> model.Knowledge:
    """Read and check a `knowledge/` folder.

    Returns the whole knowledge, themes in the order of their `position`.
    Raises KnowledgeError, whose text has one line for each mistake found.
    """
    files: dict[str, File] = {}

    def one(name: str, kind: type[T]) -> T:
        if name not in files:
            files[name] = File(root / name, root)
        return files[name].read(kind)

    def folder(name: str, kind: type[T]) -> Iterator[T]:
        for path in sorted((root / name).glob("*.yml")):
            yield one(f"{name}/{path.name}", kind)

    def flat(name: str, kind: type[T]) -> tuple[T, ...]:
        groups: Iterator[tuple[T, ...]] = folder(name, tuple[kind, ...])  # type: ignore[valid-type]
        return tuple(item for group in groups for item in group)

    activities = sorted(folder("activities", model.Activity), key=lambda activity: activity.position)
    themes = tuple(_qualified(activity) for activity in activities)
    bases = one("lawful_bases.yml", dict[str, model.LawfulBasis])
    knowledge = model.Knowledge(
        activities=themes,
        measures=flat("measures", model.Measure),
        safeguards=one("safeguards.yml", tuple[model.Safeguard, ...]),
        register=one("register.yml", model.CommonFields),
        faq=flat("faq", model.FaqEntry),
        sources=one("sources.yml", dict[str, model.Source]),
        lawful_bases=bases,
        article_9=one("article_9.yml", dict[str, model.LawfulBasis]),
        vendors=one("vendors.yml", tuple[model.Vendor, ...]),
        grades=one("grades.yml", dict[model.Grade, str]),
        breach=_breach(one),
        requests=_requests(one),
        processors=_processors(one),
        dpia=_dpia(one, themes),
        notices=_notices(one, folder("notices/kinds", notices.Notice), bases),
    )
    found = [
        *problems(knowledge),
        *_within("breach", breach_problems(knowledge)),
        *_within("requests", requests_problems(knowledge)),
        *_within("processors", processors_problems(knowledge)),
        *_within("dpia", dpia_problems(knowledge)),
        *_within("notices", notices_problems(knowledge)),
    ]
    mistakes = [f"{where(files.values(), owner, what)}: {what}" for owner, what in found]
    if mistakes:
        raise KnowledgeError("\n".join(mistakes))
    return knowledge


class _Read(Protocol):
    def __call__(self, name: str, kind: type[T]) -> T: ...


def _breach(one: _Read) -> breach.Breach:
    """`breach/`, with every condition's and placeholder's question id qualified."""
    incidents = one("breach/incidents.yml", dict[str, breach.Incident])
    asked = _with_kinds(one("breach/questions.yml", model.Activity), breach.INCIDENT, incidents)
    qualified = _qualifier(one, "breach", asked)
    return breach.Breach(
        questionnaire=_qualified(asked),
        findings=qualified("findings", model.Activity),
        followup=qualified("followup", model.Activity),
        incidents=qualified("incidents", dict[str, breach.Incident]),
        risk=qualified("risk", breach.RiskMethod),
        wordings=qualified("verdicts", breach.Wordings),
        form=qualified("form", breach.Form),
        log=qualified("log", case.Log),
        letters=qualified("letters", breach.Messages),
        reports=qualified("reports", tuple[breach.Report, ...]),
        checks=qualified("checks", breach.Checks),
    )


def _requests(one: _Read) -> requests.Requests:
    """`requests/`, with every condition's and placeholder's question id qualified."""
    processings = one("requests/processings.yml", dict[str, requests.Processing])
    asked = _with_kinds(one("requests/questions.yml", model.Activity), requests.PROCESSING, processings)
    qualified = _qualifier(one, "requests", asked)
    return requests.Requests(
        questionnaire=_qualified(asked),
        findings=qualified("findings", model.Activity),
        followup=qualified("followup", model.Activity),
        processings=processings,
        rights=qualified("rights", requests.Rights),
        identity=qualified("identity", tuple[requests.IdentityCheck, ...]),
        clocks=qualified("clocks", requests.Clocks),
        actions=qualified("actions", tuple[requests.Action, ...]),
        wordings=qualified("wordings", requests.Wordings),
        letters=qualified("letters", requests.RequestLetters),
        log=qualified("log", case.Log),
        checks=qualified("checks", requests.Checks),
    )


class _Kind(Protocol):
    @property
    def title(self) -> str: ...
    @property
    def words(self) -> tuple[str, ...]: ...


def _with_kinds(asked: model.Activity, question_id: str, kinds: Mapping[str, _Kind]) -> model.Activity:
    """The questionnaire whose question on the kind has the kinds as options, and their words."""
    titles = {name: kind.title for name, kind in kinds.items()}
    return asked.with_options(question_id, titles, {name: kind.words for name, kind in kinds.items()})


def _qualifier(one: _Read, folder: str, asked: model.Activity, fills: bool = True) -> _Read:
    """Reads a file of a folder whose conditions name the questions asked there without prefix.

    Its texts do so as well when they are filled with answers.
    """
    qualify, fill = _naming(asked)

    def qualified(name: str, kind: type[T]) -> T:
        content = msgspec.to_builtins(one(f"{folder}/{name}.yml", kind))
        return msgspec.convert(_rewrite(content, qualify, fill if fills else str), kind)

    return qualified


def _within(folder: str, found: Iterable[Problem]) -> Iterator[Problem]:
    """Problems of one folder, whose files may bear the same names as another's."""
    return ((f"{folder}/{owner}", what) for owner, what in found)


def _processors(one: _Read) -> processors.Processors:
    """`processors/`, with every condition's question id qualified."""
    kinds = one("processors/kinds.yml", dict[str, processors.Kind])
    clauses = one("processors/clauses.yml", processors.Clauses)
    questions = _with_kinds(one("processors/questions.yml", model.Activity), processors.KIND, kinds)
    asked = processors.with_clauses(questions, clauses)
    # Texts are filled by name, and not with answers.
    qualified = _qualifier(one, "processors", asked, fills=False)
    return processors.Processors(
        questionnaire=_qualified(asked),
        findings=qualified("findings", model.Activity),
        kinds=qualified("kinds", dict[str, processors.Kind]),
        roles=qualified("roles", dict[processors.RoleName, processors.RoleText]),
        hosting=qualified("hosting", dict[processors.Hosting, processors.HostingText]),
        transfers=qualified("transfers", tuple[processors.TransferRule, ...]),
        feeds=qualified("suppliers", tuple[processors.Feed, ...]),
        clauses=qualified("clauses", processors.Clauses),
        wordings=qualified("wordings", processors.ContractWordings),
    )


def _dpia(one: _Read, activities: tuple[model.Activity, ...]) -> dpia.Dpia:
    """`dpia/`, whose conditions name all questions as `theme.question`."""
    titles = {entry.id: entry.title for activity in activities for entry in activity.register}
    return dpia.Dpia(
        questionnaire=_qualified(one("dpia/threshold.yml", model.Activity)),
        entry=dpia.with_entries(one("dpia/entry.yml", model.Activity), titles),
        analysis=dpia.with_entries(_qualified(one("dpia/analysis.yml", model.Activity)), titles),
        screening=one("dpia/screening.yml", dpia.Screening),
        officer=one("dpia/officer.yml", dpia.Officer),
        form=one("dpia/assessment.yml", dpia.AssessmentForm),
        risks=one("dpia/risks.yml", dpia.Risks),
    )


def _notices(
    one: _Read, kinds: Iterable[notices.Notice], bases: dict[str, model.LawfulBasis]
) -> notices.Notices:
    """`notices/`, whose texts and conditions name every question with its theme."""
    labels = {name: basis.label for name, basis in bases.items()}
    return notices.Notices(
        questionnaire=_qualified(one("notices/questions.yml", model.Activity)),
        findings=one("notices/findings.yml", model.Activity).with_options(notices.BASES, labels),
        items=one("notices/items.yml", dict[str, notices.Item]),
        shared=one("notices/shared.yml", dict[str, tuple[model.Line, ...]]),
        kinds=tuple(sorted(kinds, key=lambda notice: notice.position)),
    )


def _qualified(activity: model.Activity) -> model.Activity:
    """The same theme with every condition's and placeholder's question id as `theme.question`."""
    name, fill = _naming(activity)
    return msgspec.convert(_rewrite(msgspec.to_builtins(activity), name, fill), model.Activity)


def _naming(activity: model.Activity) -> tuple[Callable[[str], str], Callable[[str], str]]:
    """How a question's id is qualified that stands alone, and those that stand in a text."""
    local = {question.id for question in activity.questions}

    def name(key: str) -> str:
        return f"{activity.id}.{key}" if key in local else key

    def fill(text: str) -> str:
        return re.sub(r"\{([a-z0-9_.]+)\}", lambda match: f"{{{name(match[1])}}}", text)

    return name, fill


def _rewrite(node: Any, name: Callable[[str], str], fill: Callable[[str], str]) -> Any:
    if isinstance(node, dict):
        return {
            key: _condition(value, name) if key in _BY_QUESTION else _rewrite(value, name, fill)
            for key, value in node.items()
        }
    if isinstance(node, (list, tuple)):
        return [_rewrite(item, name, fill) for item in node]
    return fill(node) if isinstance(node, str) else node


def _condition(condition: Any, name: Callable[[str], str]) -> Any:
    if isinstance(condition, (list, tuple)):
        return [_condition(part, name) for part in condition]
    if not isinstance(condition, dict):
        return condition
    return {
        name(key): _condition(value, name) if key == "any_of" else value for key, value in condition.items()
    }
