"""The YAML files of `knowledge/`, read into typed structures; where in them a mistake is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

T = TypeVar("T")
#: From the root of a file to a field: keys and places in lists.
_Path = tuple[str | int, ...]
_STEP = re.compile(r"([^.\[\]$]+)|\[(\d+)\]")
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


class File:
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


def where(files: Iterable[File], owner: str, what: str) -> str:
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
