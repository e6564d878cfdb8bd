"""Helpers to tell a request, and the table of decisions that the law calls for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.clock import PARIS
from bot.compliance.answers import UNKNOWN, Answer
from bot.compliance.requests import Dossier, FollowUp
from bot.knowledge import load

KNOWLEDGE = load()
REQUESTS = KNOWLEDGE.requests
#: A Monday.
RECEIVED = "2026-11-02T10:00+01:00"
NOW = datetime(2026, 11, 3, 9, tzinfo=PARIS)
NOTHING = FollowUp()

#: What every row shares, unless it says otherwise.
SHARED: dict[str, object] = {
    "recue": RECEIVED, "moyen": "courrier", "identite": "connue", "precise": True, "deja_obtenu": False,
    "fait": ("rien",), "reference": "D-2026-04",
}  # fmt: skip
PRACTICE: dict[str, object] = {
    "profil.nom": "Dr Camille Durand", "profil.coordonnees": "12 rue du Parc, 01 02 03 04 05", "profil.dpo": False,
    "profil.profession": "medecin_generaliste",
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A row of the table: what is told, and what follows."""

    id: str
    told: dict[str, object]
    verdict: str
    clocks: str
    letter: str | None
    profession: str = "medecin_generaliste"


def _cases() -> list[Case]:
    rows: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("request_cases.yml"))
    return [Case(**row) for row in rows]


TABLE = _cases()


def told(values: dict[str, object]) -> dict[str, Answer]:
    """Answers from plain values by the short ids of questions; "?" is not known, "-" was not asked."""
    return {
        name if "." in name else REQUESTS.key(name): UNKNOWN if value == "?" else Answer.given(value)
        for name, value in values.items()
        if value not in (None, "-")
    }


def dossier(record: FollowUp = NOTHING, now: datetime = NOW, **values: object) -> Dossier:
    """The dossier of a request that was told so; a practice's answers are given as `profil__nom`."""
    named = {name.replace("__", "."): value for name, value in values.items()}
    return Dossier(KNOWLEDGE, told({**PRACTICE, **SHARED, **named}), now, record)


def case_dossier(case: Case, record: FollowUp = NOTHING, now: datetime = NOW, **more: object) -> Dossier:
    """The dossier of a row."""
    return dossier(record, now, **{"profil__profession": case.profession, **case.told, **more})


def row(name: str) -> Case:
    """The row whose id begins so."""
    return next(case for case in TABLE if case.id.startswith(name))
