"""The register of breaches: a line for each, notified or not, with the grounds (RGPD art. 33(5))."""

from __future__ import annotations

from collections.abc import Iterable

from bot.compliance.breach import Dossier
from bot.documents.log import Layout, Register
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


def breach_register(knowledge: Knowledge, dossiers: Iterable[Dossier]) -> Register:
    """The register of these breaches, in the order given; it writes itself as PDF and as ODS."""
    return Register(knowledge.breach.log, LAYOUT, [dossier.log for dossier in dossiers])
