"""Requests of many kinds, whose documents are made and opened again."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.clock import PARIS
from bot.compliance.requests import Dossier, FollowUp, Step
from tests.compliance.requests import KNOWLEDGE, NOW, case_dossier, dossier, row
from tests.documents.dossiers import HOSTILE, LONG

NUMBERED = FollowUp("D-2026-003")
#: What the practice tells in words of its own.
FREE_TEXTS = ("profil__nom", "profil__coordonnees", "reference", "motif_prolongation")
EXTENDED = {"fait": ("prolongee",), "prolongee_le": "2026-11-03"}


def followed() -> Dossier:
    """A request whose identity was awaited, then answered in part and closed."""
    steps = (
        Step.at("accuse", NOW), Step.at("identite_demandee", NOW + timedelta(hours=1)),
        Step.at("identite_recue", NOW + timedelta(days=1)), Step.at("accordee_en_partie", NOW + timedelta(days=3)),
        Step.at("close", NOW + timedelta(days=4)),
    )  # fmt: skip
    return case_dossier(row("B04"), FollowUp("D-2026-004", steps), NOW + timedelta(days=5))


DOSSIERS: dict[str, Dossier] = {
    "nothing told": Dossier(KNOWLEDGE, {}, NOW),
    "copy of a record": case_dossier(row("B01"), NUMBERED),
    "old record": case_dossier(row("B03"), NUMBERED),
    "doubt on the identity": case_dossier(row("B12"), NUMBERED),
    "a minor's secret": case_dossier(row("C02"), NUMBERED),
    "mandate without proof": case_dossier(row("D05"), NUMBERED),
    "heir": case_dossier(row("E01"), NUMBERED),
    "diagnosis contested": case_dossier(row("F03"), NUMBERED),
    "erasure refused": case_dossier(row("G01"), NUMBERED),
    "insurer": case_dossier(row("A01"), NUMBERED),
    "police with a requisition": case_dossier(row("A08"), NUMBERED),
    "withdrawal": case_dossier(row("L01"), NUMBERED),
    "extended": case_dossier(
        row("B21"), NUMBERED, motif_prolongation="Archives hors du cabinet.", **EXTENDED
    ),
    "late": case_dossier(row("B01"), NUMBERED, datetime(2026, 12, 24, 9, tzinfo=PARIS)),
    "followed": followed(),
    "long texts": case_dossier(row("B21"), NUMBERED, motif_prolongation=LONG, reference=LONG, **EXTENDED),
    "hostile texts": case_dossier(row("B21"), NUMBERED, **dict.fromkeys(FREE_TEXTS, HOSTILE), **EXTENDED),
}
__all__ = ["KNOWLEDGE", "NOW", "dossier"]
