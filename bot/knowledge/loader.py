"""Read `knowledge/` into `bot.knowledge.model`, and say where a mistake is: file, line and field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.knowledge import model
from bot.knowledge.validation import problems

ROOT = Path(__file__).resolve().parents[2] / "knowledge"
T = TypeVar("T")
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")


class KnowledgeError(Exception):
    """One or more mistakes in `knowledge/`, each a line `file:line: field: what is wrong`."""


class _File:
    """A parsed YAML file that remembers on which line each of its fields stands."""

    def __init__(self, path: Path, root: Path) -> None:
        self.path, self.name = path, str(path.relative_to(root.parent))
        try:
            self.content = YAML(typ="rt").load(path.read_text("utf-8"))
        except FileNotFoundError as error:
            raise KnowledgeError(f"{self.name}:1: fichier absent") from error
        except YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 1 if mark else 1
            raise KnowledgeError(f"{self.name}:{line}: YAML illisible: {error}") from error
        except UnicodeDecodeError as error:
            raise KnowledgeError(f"{self.name}:1: texte à enregistrer en UTF-8") from error

    def line(self, path: str) -> int:
        """The line, from 1, of the deepest known part of a msgspec path such as `$[0].kind`."""
        node, line = self.content, 1
        for name, index in _STEP.findall(path):
            try:
                key: Any = name if name else int(index)
                position = node.lc.key(key) if name else node.lc.item(key)
                line, node = position[0] + 1, node[key]
            except (AttributeError, KeyError, ValueError, IndexError, TypeError):
                break
        return line

    def read(self, kind: type[T]) -> T:
        """The content as `kind`; raises KnowledgeError at the first field that does not fit."""
        try:
            return msgspec.convert(_plain(self.content), kind)
        except msgspec.ValidationError as error:
            message, _, path = str(error).partition(" - at `")
            path = path.rstrip("`")
            raise KnowledgeError(f"{self.name}:{self.line(path)}: {path or '$'}: {message}") from error


def _plain(node: Any) -> Any:
    if isinstance(node, dict):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, (list, tuple)):
        return [_plain(item) for item in node]
    return node


@lru_cache(maxsize=4)
def load(root: Path = ROOT) -> model.Knowledge:
    """Read and check a `knowledge/` folder.

    Returns the whole knowledge, themes in the order of their `position`.
    Raises KnowledgeError, whose text has one line for each mistake found.
    """
    files: list[tuple[_File, str]] = []

    def one(name: str, kind: type[T]) -> T:
        file = _File(root / name, root)
        files.append((file, ""))
        return file.read(kind)

    def folder(name: str, kind: type[T]) -> Iterator[T]:
        for path in sorted((root / name).glob("*.yml")):
            file = _File(path, root)
            files.append((file, ""))
            yield file.read(kind)

    def flat(name: str, kind: type[T]) -> tuple[T, ...]:
        groups: Iterator[tuple[T, ...]] = folder(name, tuple[kind, ...])  # type: ignore[valid-type]
        return tuple(item for group in groups for item in group)

    activities = sorted(folder("activities", model.Activity), key=lambda activity: activity.position)
    knowledge = model.Knowledge(
        activities=tuple(_qualified(activity) for activity in activities),
        measures=flat("measures", model.Measure),
        safeguards=one("safeguards.yml", tuple[model.Safeguard, ...]),
        register=one("register.yml", model.CommonFields),
        faq=flat("faq", model.FaqEntry),
        sources=one("sources.yml", dict[str, model.Source]),
        lawful_bases=one("lawful_bases.yml", dict[str, model.LawfulBasis]),
        article_9=one("article_9.yml", dict[str, model.LawfulBasis]),
        vendors=one("vendors.yml", tuple[model.Vendor, ...]),
        grades=one("grades.yml", dict[model.Grade, str]),
    )
    mistakes = [f"{_where(files, needle)}: {what}" for needle, what in problems(knowledge)]
    if mistakes:
        raise KnowledgeError("\n".join(mistakes))
    return knowledge


def _where(files: list[tuple[_File, str]], needle: str) -> str:
    """`file:line` where the id `needle` is declared; `theme.id` for a question or an entry of a theme."""
    theme, local = needle.split(".", 1) if "." in needle else ("", needle)
    # Ids first: an option may bear the name of a question.
    indent = r"\s+" if theme else r"\s*"
    for form in (indent + r"(-\s*)?(\{\s*)?id:\s*%s\s*([,}#]|$)", r"%s:"):
        declared = re.compile(form % re.escape(local))
        for file, _ in files:
            if theme and not (isinstance(file.content, dict) and file.content.get("id") == theme):
                continue
            for number, text in enumerate(file.path.read_text("utf-8").splitlines(), start=1):
                if declared.match(text):
                    return f"{file.name}:{number}"
    return "knowledge"


def _qualified(activity: model.Activity) -> model.Activity:
    """The same theme with every condition's and placeholder's question id as `theme.question`."""
    local = {question.id for question in activity.questions}

    def name(key: str) -> str:
        return f"{activity.id}.{key}" if key in local else key

    def fill(text: str) -> str:
        return re.sub(r"\{([a-z0-9_.]+)\}", lambda match: f"{{{name(match[1])}}}", text)

    return msgspec.convert(_rewrite(msgspec.to_builtins(activity), name, fill), model.Activity)


def _rewrite(node: Any, name: Callable[[str], str], fill: Callable[[str], str]) -> Any:
    if isinstance(node, dict):
        return {
            key: _condition(value, name) if key in ("when", "asks_when") else _rewrite(value, name, fill)
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
