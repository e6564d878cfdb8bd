"""Helpers to tell a breach, and the table of decisions that the law and the authorities call for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.clock import PARIS
from bot.compliance.answers import SKIPPED, UNKNOWN, Answer
from bot.compliance.breach import Dossier, FollowUp
from bot.knowledge import load

KNOWLEDGE = load()
#: A Friday evening: the 72 hours run through the week-end.
AWARE = "2026-11-20T18:30+01:00"
DUE = datetime(2026, 11, 23, 18, 30, tzinfo=PARIS)
NOW = datetime(2026, 11, 21, 9, tzinfo=PARIS)
NO_FOLLOWUP = FollowUp()

C = "confidentialite"


def told(values: dict[str, object]) -> dict[str, Answer]:
    """Answers on a breach from plain values by the short ids of questions; "?" is not known yet, "-" skipped.

    What is None was not asked.
    """
    special = {"?": UNKNOWN, "-": SKIPPED}
    return {
        name if "." in name else f"violation.{name}": (
            special[value] if isinstance(value, str) and value in special else Answer.given(value)
        )
        for name, value in values.items()
        if value is not None
    }


def dossier(followup: FollowUp = NO_FOLLOWUP, now: datetime = NOW, **values: object) -> Dossier:
    """The dossier of a breach that was told so; a practice's answers are given as `profil__nom`."""
    named = {name.replace("__", "."): value for name, value in values.items()}
    return Dossier(KNOWLEDGE, told(named), now, followup)


@dataclass(frozen=True)
class Case:
    """A row of the table: the facts, and what follows.

    `sure` is E when the authority's word was read, K when known and not read, R when it is reasoning.
    """

    id: str
    facts: dict[str, object]
    types: str
    risk: str
    cnil: bool
    persons: bool
    sure: str
    exceptions: str = ""
    verdict: str = ""


NAMES = ("identite", "coordonnees")
ORDERS = (*NAMES, "facturation")
FILES = ("identite", "coordonnees", "sante")
NONE = ("aucune",)
SAFE = {"protections": ("chiffrement", "code", "sauvegarde"), "cle": "sure"}
WIPED = {"protections": ("chiffrement", "code", "sauvegarde", "effacement_distance"), "cle": "sure"}
OPEN = {"protections": NONE}
PIRATE = {"acces": "avere", "destinataire": "malveillant"}
BACK = {"retablissement": "rapide", "soins": False}
WRONG = {"incident": "mauvais_destinataire", "atteinte": (C,), "acces": "avere"}

TABLE = [
    Case("V01", {"incident": "rancongiciel", "donnees": ORDERS, "acces": "exclu", **SAFE, **BACK}, "CD", "aucun", False, False, "E", "a"),
    Case("V02", {"incident": "rancongiciel", "donnees": ORDERS, "nombre_personnes": 20, "retablissement": "tard", "soins": False, **OPEN}, "D", "risque", True, False, "K"),
    Case("V03", {"incident": "rancongiciel", "donnees": FILES, "nombre_personnes": 9000, "retablissement": "tard", "soins": True, "protections": ("sauvegarde",)}, "D", "eleve", True, True, "E"),
    Case("V04", {"incident": "rancongiciel", "donnees": (*NAMES, "piece_identite", "bancaires"), **PIRATE, "retablissement": "jamais", "soins": False, **OPEN}, "CD", "eleve", True, True, "K"),
    Case("V05", {"incident": "intrusion", "cause": "externe_malveillant", "personnes": ("candidats",), "nombre_personnes": 213, "donnees": (*NAMES, "parcours"), **PIRATE, **OPEN}, "C", "eleve", True, True, "K"),
    Case("V06", {"incident": "intrusion", "cause": "externe_malveillant", "nombre_personnes": 1200, "donnees": ("identifiants",), **PIRATE, "protections": ("chiffrement",), "cle": "sure"}, "C", "aucun", False, False, "K", "a"),
    Case("V07", {"incident": "compte_pirate", "nombre_personnes": 2000, "donnees": (*NAMES, "bancaires"), **PIRATE, **OPEN}, "C", "eleve", True, True, "K"),
    Case("V08", {"incident": "acces_interne", "cause": "interne_malveillant", "donnees": NAMES, "protections": ("acces_limites",)}, "C", "risque", True, False, "K"),
    Case("V09", {**WRONG, "donnees": ORDERS, "destinataire": "professionnel", "recupere": "confirme"}, "C", "aucun", False, False, "E", "b"),
    Case("V10", {"incident": "vol_appareil", "cause": "externe_malveillant", "personnes": ("mineurs",), "donnees": NAMES, "acces": "possible", **WIPED, **BACK}, "CD", "aucun", False, False, "K", "a"),
    Case("V11", {"incident": "vol_appareil", "cause": "externe_malveillant", "nombre_personnes": 100_000, "donnees": NAMES, "acces": "possible", **OPEN}, "C", "eleve", True, True, "K"),
    Case("V12", {"incident": "papier", "cause": "externe_malveillant", "donnees": (*NAMES, "tres_sensible"), "acces": "possible", "retablissement": "jamais", "soins": False, "protections": ("sous_cle",)}, "CD", "eleve", True, True, "K"),
    Case("V13", {**WRONG, "donnees": ORDERS, "nombre_personnes": 2, "destinataire": "tiers_connu", "recupere": "confirme"}, "C", "aucun", False, False, "E", "b"),
    Case("V14", {**WRONG, "donnees": (*NAMES, "nir"), "nombre_personnes": 60_000, "destinataire": "tiers_connu", "recupere": "demande"}, "C", "eleve", True, True, "E"),
    Case("V15", {**WRONG, "donnees": (*NAMES, "sante_benigne"), "nombre_personnes": 15, "destinataire": "tiers_connu", "recupere": "demande"}, "C", "aucun", False, False, "K"),
    Case("V16", {**WRONG, "donnees": ORDERS, "nombre_personnes": 1, "destinataire": "tiers_connu", "recupere": "non"}, "C", "risque", True, False, "E"),
    Case("V16 sensitive", {**WRONG, "donnees": (*ORDERS, "sante"), "nombre_personnes": 1, "destinataire": "tiers_connu", "recupere": "non"}, "C", "eleve", True, True, "R"),
    Case("V17", {"incident": "imposteur", "donnees": ORDERS, "nombre_personnes": 1}, "C", "eleve", True, True, "K"),
    Case("V18", {"incident": "compte_pirate", "donnees": ORDERS, "nombre_personnes": 99, "supports": ("messagerie",), **PIRATE, **OPEN}, "C", "eleve", True, True, "K"),
    Case("V19", {"incident": "vol_appareil", "cause": "externe_malveillant", "donnees": NAMES, "supports": ("cle_disque", "sauvegarde"), "acces": "possible", **SAFE}, "C", "aucun", False, False, "K", "a"),
    Case("V20", {"incident": "panne", "cause": "externe_accidentel", "donnees": NAMES, **BACK, **OPEN}, "D", "aucun", False, False, "K"),
    Case("V21", {"incident": "panne", "cause": "externe_malveillant", "donnees": FILES, "retablissement": "tard", "soins": True, **OPEN}, "D", "eleve", True, True, "K"),
    Case("V22 few, ordinary", {"incident": "copie_visible", "donnees": ("coordonnees",), "nombre_personnes": 8, "acces": "avere", "destinataire": "tiers_connu", "recupere": "demande"}, "C", "aucun", False, False, "R"),
    Case("V22 many", {"incident": "copie_visible", "donnees": ("coordonnees",), "nombre_personnes": 400, "acces": "avere", "destinataire": "tiers_connu", "recupere": "demande"}, "C", "risque", True, False, "E"),
    Case("V22 specialised practice", {"incident": "copie_visible", "donnees": ("coordonnees", "sante"), "nombre_personnes": 40, "acces": "avere", "destinataire": "tiers_connu", "recupere": "demande"}, "C", "eleve", True, True, "R"),
    Case("V23 addresses", {"incident": "prestataire", "cause": "externe_malveillant", "donnees": NAMES, "acces": "possible", **OPEN}, "C", "risque", True, False, "E"),
    Case("V23 files", {"incident": "prestataire", "cause": "externe_malveillant", "donnees": FILES, "nombre_personnes": 1500, **PIRATE, **OPEN}, "C", "eleve", True, True, "E"),
    Case("V24", {**WRONG, "donnees": FILES, "nombre_personnes": 1, "destinataire": "tiers_connu", "recupere": "confirme"}, "C", "eleve", True, True, "R"),
    Case("V25", {**WRONG, "donnees": FILES, "nombre_personnes": 1, "destinataire": "professionnel", "recupere": "confirme"}, "C", "aucun", False, False, "R", "b"),
    Case("V26 taken back unread", {**WRONG, "donnees": FILES, "nombre_personnes": 1, "destinataire": "tiers_connu", "recupere": "non_lu"}, "C", "aucun", False, False, "R", "b"),
    Case("V26 read", {**WRONG, "donnees": FILES, "nombre_personnes": 1, "destinataire": "tiers_connu", "recupere": "confirme"}, "C", "eleve", True, True, "R"),
    Case("V27", {"incident": "vol_appareil", "cause": "interne_accidentel", "donnees": FILES, "acces": "possible", **WIPED, **BACK}, "CD", "aucun", False, False, "R", "a"),
    Case("V28", {"incident": "vol_appareil", "cause": "interne_accidentel", "donnees": ("sante", "images"), "identification": "oui", "acces": "possible", **OPEN}, "C", "eleve", True, True, "R"),
    Case("V29", {"incident": "cambriolage", "atteinte": NONE, "protections": ("sous_cle", "chiffrement"), "cle": "sure"}, "", "aucun", False, False, "R", verdict="pas_une_violation"),
    Case("V30", {"incident": "rebut", "donnees": FILES, "acces": "avere", "destinataire": "public", **OPEN}, "C", "eleve", True, True, "R"),
    Case("V31", {"incident": "intrusion", "cause": "interne_accidentel", "donnees": FILES, "nombre_personnes": 1200, "acces": "possible", **OPEN}, "C", "eleve", True, True, "R"),
    Case("V32 no care affected", {"incident": "perte_donnees", "cause": "externe_accidentel", "donnees": FILES, "retablissement": "jamais", "soins": False, **OPEN}, "D", "risque", True, False, "R"),
    Case("V32 care affected", {"incident": "perte_donnees", "cause": "externe_accidentel", "donnees": FILES, "retablissement": "jamais", "soins": True, **OPEN}, "D", "eleve", True, True, "R"),
    Case("V33", {"incident": "panne", "cause": "externe_accidentel", "donnees": FILES, **BACK, **OPEN}, "D", "aucun", False, False, "R"),
    Case("V34", {"incident": "compte_pirate", "donnees": FILES, "supports": ("messagerie",), **PIRATE, **OPEN}, "C", "eleve", True, True, "R"),
    Case("V35", {"incident": "acces_interne", "cause": "interne_malveillant", "donnees": FILES, **OPEN}, "C", "eleve", True, True, "R"),
    Case("V36", {"incident": "acces_interne", "cause": "interne_malveillant", "donnees": FILES, "nombre_personnes": 1, "protections": ("journaux",)}, "C", "eleve", True, True, "R"),
    Case("V37", {"incident": "imposteur", "donnees": FILES, "nombre_personnes": 1}, "C", "eleve", True, True, "R"),
    Case("V38", {"incident": "carte_professionnelle", "cause": "interne_accidentel", "atteinte": NONE, "protections": ("code",)}, "", "aucun", False, False, "R", verdict="pas_une_violation"),
    Case("V39", {"incident": "erreur_dossier", "donnees": FILES, "nombre_personnes": 2, **BACK, **OPEN}, "I", "aucun", False, False, "R"),
    Case("V40", {"incident": "erreur_dossier", "donnees": FILES, "nombre_personnes": 2, "retablissement": "tard", "soins": True, **OPEN}, "I", "eleve", True, True, "R"),
    Case("V41", {"incident": "courrier_perdu", "cause": "externe_accidentel", "donnees": FILES, "nombre_personnes": 1, "acces": "possible", **BACK, **OPEN}, "CD", "eleve", True, True, "R"),
    Case("V42 benign", {"incident": "divulgation_orale", "donnees": ("sante_benigne",), "nombre_personnes": 1, "identification": "oui", "acces": "avere", "destinataire": "tiers_connu", "recupere": "non"}, "C", "aucun", False, False, "R"),
    Case("V42 sensitive", {"incident": "divulgation_orale", "donnees": ("tres_sensible",), "nombre_personnes": 1, "identification": "oui", "acces": "avere", "destinataire": "tiers_connu", "recupere": "non"}, "C", "eleve", True, True, "R"),
    Case("V43", {"incident": "rancongiciel", "donnees": FILES, "acces": "possible", "retablissement": "jamais", "soins": False, **OPEN}, "CD", "eleve", True, True, "R"),
    Case("V44", {"incident": "intrusion", "cause": "interne_accidentel", "decouvert_par": "cnil", "donnees": FILES, "acces": "possible", **OPEN}, "C", "eleve", False, True, "E", verdict="cnil_deja_saisie_et_informer"),
    Case("V44 lesser risk", {"incident": "intrusion", "cause": "interne_accidentel", "decouvert_par": "cnil", "donnees": (*NAMES, "facturation"), "acces": "possible", **OPEN}, "C", "risque", False, False, "E", verdict="cnil_deja_saisie"),
    # Beyond the table: situations that the guide and the issue name.
    Case("persons out of reach", {"incident": "vol_appareil", "cause": "externe_malveillant", "donnees": FILES, "acces": "possible", "joignables": "certaines", **OPEN}, "C", "eleve", True, True, "R", "c", "notifier_et_publier"),
    Case("staff only", {"incident": "exposition", "cause": "interne_accidentel", "personnes": ("salaries",), "nombre_personnes": 2, "donnees": (*NAMES, "bancaires"), "acces": "avere", "destinataire": "public", **OPEN}, "C", "eleve", True, True, "R"),
    Case("for another", {"incident": "vol_appareil", "cause": "externe_malveillant", "responsabilite": "pour_un_autre", "donnees": FILES, "acces": "possible", **OPEN}, "C", "eleve", False, False, "R", verdict="prevenir_le_responsable"),
    Case("joint practices", {"incident": "vol_appareil", "cause": "externe_malveillant", "responsabilite": "en_commun", "donnees": FILES, "acces": "possible", **OPEN}, "C", "eleve", True, True, "R"),
    Case("maintenance", {"incident": "maintenance", "cause": "externe_accidentel", "donnees": FILES, **BACK}, "D", "aucun", False, False, "R", verdict="pas_une_violation"),
    Case("no personal data", {"incident": "panne", "cause": "externe_accidentel", "donnees": NONE, **BACK}, "D", "aucun", False, False, "R", verdict="pas_une_violation"),
    Case("a code for a name", {"incident": "vol_appareil", "cause": "interne_accidentel", "donnees": ("sante",), "identification": "code", "acces": "possible", **OPEN}, "C", "risque", True, False, "R"),
    Case("minors", {**WRONG, "personnes": ("mineurs",), "donnees": FILES, "nombre_personnes": 1, "destinataire": "professionnel", "recupere": "non"}, "C", "risque", True, False, "R"),
]  # fmt: skip

TYPES = {"C": C, "I": "integrite", "D": "disponibilite"}
_BY_RISK = {"aucun": "consigner", "risque": "notifier", "eleve": "notifier_et_informer"}
CERTAINTY = {"E": "read", "K": "known", "R": "reasoning"}


def case_dossier(case: Case, **more: object) -> Dossier:
    """The dossier of a row, with what all rows share."""
    types = tuple(TYPES[letter] for letter in case.types)
    shared: dict[str, object] = {
        "atteinte": types, "responsabilite": "moi_seul", "decouvert_par": "vous", "personnes": ("patients",),
        "nombre_personnes": 30, "connaissance": AWARE,
    }  # fmt: skip
    return dossier(**{**shared, **case.facts, **more})


def expected_verdict(case: Case) -> str:
    """The verdict of a row: that of its risk unless it names another."""
    return case.verdict or _BY_RISK[case.risk]


PRACTICE: dict[str, object] = {
    "profil__nom": "Dr Camille Durand", "profil__coordonnees": "12 rue du Parc, 01 02 03 04 05", "profil__dpo": False,
}  # fmt: skip
#: A laptop with files, told as a whole.
WHOLE: dict[str, object] = {
    **PRACTICE,
    "incident": "vol_appareil", "circonstances": "Sacoche volée dans la voiture.", "decouverte": AWARE,
    "decouvert_par": "vous", "connaissance": AWARE, "debut": "2026-11-20 soir", "responsabilite": "moi_seul",
    "atteinte": (C,), "cause": "externe_malveillant", "personnes": ("patients",), "nombre_personnes": 300,
    "donnees": ("identite", "sante"), "nombre_enregistrements": 300, "supports": ("portable",),
    "protections": ("aucune",), "acces": "possible", "consequences": ("secret", "controle"),
    "gravite": "importante", "mesures_prises": ("mots_de_passe", "preuves"),
    "mesures_prevues": "Chiffrer les portables.", "prevenus": ("police",), "joignables": "oui",
    "information": "prevue",
}  # fmt: skip
