"""Read `knowledge/` into `bot.knowledge.model`, and say where a mistake is: file, line and field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

import msgspec
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.knowledge import breach, case, dpia, model, notices, processors, requests
from bot.knowledge.breach_validation import breach_problems
from bot.knowledge.dpia_validation import dpia_problems
from bot.knowledge.notices_validation import notices_problems
from bot.knowledge.processors_validation import processors_problems
from bot.knowledge.requests_validation import requests_problems
from bot.knowledge.validation import Problem, problems

ROOT = Path(__file__).resolve().parents[2] / "knowledge"
T = TypeVar("T")
#: From the root of a file to a field: keys and places in lists.
_Path = tuple[str | int, ...]
_STEP = re.compile(r"([^.\[\]$]+)|\[(\d+)\]")
#: The fields that map questions' ids to something.
_BY_QUESTION = ("when", "asks_when", "implies", "supposes", "health", "not_health")
#: A problem that names a field begins with its path.
_FIELD = re.compile(r"([a-z0-9_]+(?:\.[a-z0-9_]+|\[\d+\])*): ")
_DATED = re.compile(r"(\w+): *(\d{4}-\d\d-\d\d)")
#: What msgspec says of a field, and the same for authors.
_FRENCH = [
    (re.compile(pattern), french)
    for pattern, french in (
        (r"Object missing required field `(.+)`", r"il manque le champ « \1 »"),
        (r"Object contains unknown field `(.+)`", r"champ inconnu « \1 »"),
        (r"Invalid enum value '(.*)'", r"valeur inconnue « \1 »"),
        (r"Invalid RFC3339 encoded date", r"date à écrire comme 2026-11-24"),
        (r"Expected `array`, got `.+`", r"une liste est attendue : [un, deux] ou des lignes « - un »"),
        (r"Expected `object`, got `.+`", r"des lignes « nom: valeur » sont attendues"),
        (r"Expected `int`, got `.+`", r"un nombre entier est attendu"),
        (r"Expected `bool`, got `.+`", r"true ou false est attendu"),
        (r"Expected `str`, got `.+`", r"un texte est attendu : mettez-le entre guillemets"),
    )
]


class KnowledgeError(Exception):
    """One or more mistakes in `knowledge/`, each a line `file:line: field: what is wrong`."""


class _File:
    """A parsed YAML file that can tell on which line each of its fields stands."""

    def __init__(self, path: Path, root: Path) -> None:
        self.path, self.name = path, str(path.relative_to(root.parent))
        try:
            self._text = path.read_text("utf-8")
        except FileNotFoundError as error:
            raise KnowledgeError(f"{self.name}:1: fichier absent") from error
        except UnicodeDecodeError as error:
            raise KnowledgeError(f"{self.name}:1: texte à enregistrer en UTF-8") from error
        try:
            self.content = _plain(YAML(typ="safe").load(self._text))
        except (YAMLError, ValueError):
            # A dozen times faster, it refuses a little that is right and tells less of what is wrong.
            self.content = _plain(self._with_lines)

    @cached_property
    def _with_lines(self) -> Any:
        """The content, each field with its line; raises KnowledgeError where it cannot be read."""
        try:
            return YAML(typ="rt").load(self._text)
        except YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 1 if mark else 1
            told = getattr(error, "problem", None) or str(error).partition("\n")[0]
            raise KnowledgeError(f"{self.name}:{line}: YAML illisible : {told}") from error
        except ValueError as error:
            # The reader makes dates itself, and does not say where it stopped.
            line, told = _impossible_date(self._text)
            raise KnowledgeError(f"{self.name}:{line}: {told}") from error

    def find(self, path: _Path) -> tuple[int, int]:
        """How many steps of a path the file has, and the line, from 1, of the last of them."""
        node, line = self._with_lines, 1
        for depth, key in enumerate(path):
            try:
                position = node.lc.key(key) if isinstance(key, str) else node.lc.item(key)
                line, node = position[0] + 1, node[key]
            except (AttributeError, KeyError, IndexError, TypeError):
                return depth, line
        return len(path), line

    def declarations(self, owner: str) -> Iterator[_Path]:
        """Where the file declares `owner`: an id, the file's own name, or an id inside a theme or a file."""
        scope, _, local = owner.partition(".")
        content = self.content
        if owner == self.path.stem:
            yield ()
        elif local and scope == self.path.stem:
            yield (local,)
        elif not local:
            yield from _with_id(content, owner)
        elif isinstance(content, dict) and content.get("id") == scope:
            # A question or an entry may bear the name of its theme.
            yield from (path for path in _with_id(content, local) if path)

    def read(self, kind: type[T]) -> T:
        """The content as `kind`; raises KnowledgeError at the first field that does not fit."""
        try:
            return msgspec.convert(self.content, kind)
        except msgspec.ValidationError as error:
            message, _, path = str(error).partition(" - at `")
            path = self._named(path.rstrip("`"), kind)
            _, line = self.find(_steps(path))
            where = path.removeprefix("$").lstrip(".") or "$"
            raise KnowledgeError(f"{self.name}:{line}: {where}: {_in_french(message)}") from error

    def _named(self, path: str, kind: type[Any]) -> str:
        """The path with the name of the entry for which msgspec writes `[...]`: the one wrong by itself."""
        before, gap, after = path.partition("[...]")
        content = node = _plain(self.content)
        for step in _steps(before):
            node = node[step]
        for name, entry in list(node.items()) if gap else ():
            node.clear()
            node[name] = entry
            try:
                msgspec.convert(content, kind)
            except msgspec.ValidationError:
                return self._named(f"{before}.{name}{after}", kind)
        return path


def _impossible_date(text: str) -> tuple[int, str]:
    for number, line in enumerate(text.splitlines(), 1):
        for field, written in _DATED.findall(line):
            try:
                date.fromisoformat(written)
            except ValueError:
                return number, f"{field}: la date {written} n'existe pas"
    return 1, "une date ou un nombre est illisible"


def _in_french(message: str) -> str:
    for pattern, french in _FRENCH:
        if found := pattern.fullmatch(message):
            return found.expand(french)
    return message


def _steps(path: str) -> _Path:
    """The steps of a path such as `$[0].kind` or `register[1].data`, up to one that names no place."""
    return tuple(name or int(index) for name, index in _STEP.findall(path.partition("[...]")[0]))


def _with_id(node: Any, identifier: str, path: _Path = ()) -> Iterator[_Path]:
    if isinstance(node, dict):
        if node.get("id") == identifier:
            yield path
        children: Iterable[tuple[str | int, Any]] = node.items()
    else:
        children = enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        yield from _with_id(child, identifier, (*path, key))


def _plain(node: Any) -> Any:
    if isinstance(node, dict):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, (list, tuple)):
        return [_plain(item) for item in node]
    # A folded text is a kind of its own to the YAML reader.
    return str(node) if isinstance(node, str) else node


@lru_cache(maxsize=4)
def load(root: Path = ROOT) -> model.Knowledge:
    """Read and check a `knowledge/` folder.

    Returns the whole knowledge, themes in the order of their `position`.
    Raises KnowledgeError, whose text has one line for each mistake found.
    """
    files: dict[str, _File] = {}

    def one(name: str, kind: type[T]) -> T:
        if name not in files:
            files[name] = _File(root / name, root)
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
    mistakes = [f"{_where(files.values(), owner, what)}: {what}" for owner, what in found]
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


def _where(files: Iterable[_File], owner: str, what: str) -> str:
    """`file:line` of the field that a problem begins with; where its owner is declared when it names none."""
    named = _FIELD.match(what)
    field = _steps(named[1]) if named else ()
    folder, _, owner = owner.rpartition("/")
    places = []
    for file in files:
        if folder and folder not in Path(file.name).parts[:-1]:
            continue
        for declared in file.declarations(owner):
            depth, line = file.find(declared + field)
            reached = depth - len(declared)
            if reached <= 0:
                _, line = file.find((*declared, "id"))
            places.append((reached, file.name, line))
    if not places:
        return "knowledge"
    # A question and an entry may bear the same id: the one that has the field is meant.
    _, name, line = max(places, key=lambda place: place[0])
    return f"{name}:{line}"


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
