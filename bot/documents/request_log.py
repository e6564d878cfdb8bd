"""The register of requests: a line for each, with its analysis, its period and its answer (guide)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.compliance.answers import Answers
from bot.compliance.requests import Dossier
from bot.documents.log import Content, Layout, Register
from bot.knowledge.model import Knowledge

LAYOUT = Layout(
    subject="Suivi des demandes d'exercice de droits (RGPD, articles 12 à 22)",
    keywords=("RGPD", "registre des demandes", "droits des personnes"),
    columns=(
        ("Demande", ("numero", "reference", "recue")),
        ("Qui et quoi", ("qui", "droit", "traitement")),
        ("Identité", ("identite",)),
        ("Analyse", ("analyse",)),
        ("Délai et étapes", ("delai", "suivi")),
        ("Réponse et état", ("reponse", "etat")),
    ),
    widths=(0.85, 1.1, 0.85, 1.5, 0.95, 0.9),
    sheet="Demandes",
    none_yet="Aucune demande n'est enregistrée à cette date.",
)


def request_log_pdf(
    knowledge: Knowledge, answers: Answers, dossiers: Sequence[Dossier], now: datetime
) -> bytes:
    """The register as a tagged PDF, a table on A4 landscape; `answers` are the practice's."""
    return _register(knowledge, dossiers).pdf(knowledge, answers, now)


def request_log_ods(
    knowledge: Knowledge, answers: Answers, dossiers: Sequence[Dossier], now: datetime
) -> bytes:
    """The register as a spreadsheet: a row for each request, a column for each field."""
    return _register(knowledge, dossiers).ods(knowledge, answers, now)


def content(knowledge: Knowledge, answers: Answers, dossiers: Sequence[Dossier], now: datetime) -> Content:
    """What the register says, the requests in the order given."""
    return _register(knowledge, dossiers).content(knowledge, answers, now)


def _register(knowledge: Knowledge, dossiers: Sequence[Dossier]) -> Register:
    return Register(knowledge.requests.log, LAYOUT, [dossier.log for dossier in dossiers])
