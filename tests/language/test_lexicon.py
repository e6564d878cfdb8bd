"""The lexicon's files hold each list once: a second one of the same name would silently take its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML
from ruamel.yaml.constructor import DuplicateKeyError

from bot.language import normal

FOLDER = Path(normal.__file__).parent


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yml")), ids=lambda path: path.stem)
def test_no_list_is_named_twice(path: Path) -> None:
    assert YAML(typ="safe").load(path.read_text("utf-8"))


def test_a_list_that_is_named_twice_is_noticed() -> None:
    with pytest.raises(DuplicateKeyError):
        YAML(typ="safe").load("oui: [oui]\noui: [ouais]\n")
