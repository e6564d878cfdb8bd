"""The register of requests: a line for each, with its analysis, its period and its answer (guide)."""

from __future__ import annotations

from collections.abc import Iterable

from bot.compliance.requests import Dossier
from bot.documents.log import Layout, Register
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


def request_register(knowledge: Knowledge, dossiers: Iterable[Dossier]) -> Register:
    """The register of these requests, in the order given; it writes itself as PDF and as ODS."""
    return Register(knowledge.requests.log, LAYOUT, [dossier.log for dossier in dossiers])
