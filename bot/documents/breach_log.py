"""The register of breaches: a line for each, notified or not, with the grounds (RGPD art. 33(5))."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.compliance.answers import Answers
from bot.compliance.breach import Dossier
from bot.documents.log import Content, Layout, Register
from bot.knowledge.model import Knowledge

LAYOUT = Layout(
    subject="Registre prévu par l'article 33(5) du RGPD",
    keywords=("RGPD", "registre des violations de données"),
    columns=(
        ("Incident", ("numero", "faits", "dates")),
        ("Nature et cause", ("nature", "cause", "supports")),
        ("Personnes et données", ("personnes", "donnees")),
        ("Conséquences et mesures", ("consequences", "mesures")),
        ("Risque", ("risque",)),
        ("Notification et information", ("notification", "information")),
        ("Justification et clôture", ("justification", "cloture")),
    ),
    widths=(1.15, 0.85, 0.9, 0.95, 1.2, 0.75, 1.2),
    sheet="Violations",
    none_yet="Aucune violation n'est enregistrée à cette date.",
)


def breach_log_pdf(
    knowledge: Knowledge, answers: Answers, dossiers: Sequence[Dossier], now: datetime
) -> bytes:
    """The register as a tagged PDF, a table on A4 landscape; `answers` are the practice's."""
    return _register(knowledge, dossiers).pdf(knowledge, answers, now)


def breach_log_ods(
    knowledge: Knowledge, answers: Answers, dossiers: Sequence[Dossier], now: datetime
) -> bytes:
    """The register as a spreadsheet: a row for each breach, a column for each field."""
    return _register(knowledge, dossiers).ods(knowledge, answers, now)


def content(knowledge: Knowledge, answers: Answers, dossiers: Sequence[Dossier], now: datetime) -> Content:
    """What the register says, the breaches in the order given."""
    return _register(knowledge, dossiers).content(knowledge, answers, now)


def _register(knowledge: Knowledge, dossiers: Sequence[Dossier]) -> Register:
    return Register(knowledge.breach.log, LAYOUT, [dossier.log for dossier in dossiers])
