"""Suppliers of many kinds, whose documents are made and opened again."""

from __future__ import annotations

from bot.compliance.processors import Finding, Review
from tests.compliance.breaches import NOW
from tests.compliance.contracts import KNOWLEDGE, QUOTE, all_clauses, review
from tests.documents.dossiers import HOSTILE

PRACTICE = {"profil__nom": "Dr Camille Durand"}
_SIGNED = {
    **PRACTICE,
    "genre": "hebergement",
    "nom": "Nuage SA",
    "existe": "signe",
    "date_contrat": "2016-09-12",
}

#: Those for which there is something to ask.
ASKING: dict[str, Review] = {
    "no contract": review(**PRACTICE, genre="telesecretariat", nom="Allô Cabinet", existe="non"),
    "nothing known": review(genre="logiciel_en_ligne"),
    "role to decide": review(**PRACTICE, genre="comptable", nom="Lefort", existe="?"),
    "incomplete": review(**_SIGNED, **all_clauses("presente", fin="absente", duree="floue")),
    "read": review({"fin": Finding("fin", QUOTE), "audits": Finding("audits")}, **_SIGNED),
    "paper archives": review(**PRACTICE, genre="archives", nom="Garde-Papier", existe="non", hds_vu="pas_vu"),
    "far away": review(**_SIGNED, lieu=["etats_unis", "autre_pays"], garantie="aucune", acces_exterieur=True),
    "hostile": review(profil__nom=HOSTILE, genre="autre", nom=HOSTILE, existe="non"),
}
REVIEWS: dict[str, Review] = {
    **ASKING,
    "recipient": review(**PRACTICE, genre="laboratoire"),
    "joint": review(**PRACTICE, genre="structure", nom="SCM du Parc", decision="ensemble"),
    "all seen": review(
        **_SIGNED, **all_clauses("presente"), hds_vu="a_jour", lieu=["france"], acces_exterieur=False
    ),
    "kind unknown": review(**PRACTICE, nom="Sans genre"),
}
__all__ = ["ASKING", "KNOWLEDGE", "NOW", "PRACTICE", "REVIEWS"]
