"""Practices for the screening, the officer and the assessment: a plain one, and the tables of decisions.

What is expected comes from the references on the law, not from the code: `R` is named by an authority, `N` spared by one
or under two criteria, `E` neither. Rows whose reference is reasoning say so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.compliance.answers import SKIPPED, UNKNOWN, Answer
from bot.knowledge import load

KNOWLEDGE = load()

#: Alone, with a secretary and a locum, without anything that reopens the question.
PLAIN: dict[str, object] = {
    "profil.nom": "Dr Camille Durand",
    "profil.coordonnees": "12 rue des Lilas, 69003 Lyon",
    "profil.profession": "medecin_generaliste",
    "profil.mode_exercice": "seul",
    "profil.dpo": False,
    "profil.personnel": ("secretaire", "remplacant"),
    "profil.locaux": ("cabinet",),
    "profil.logiciel": "Weda",
    "profil.rendez_vous": True,
    "profil.outils": ("mobiles", "teleconsultation", "site_internet", "video_surveillance", "communication"),
    "dossiers_patients.support": "informatique",
    "dossiers_patients.hebergement": ("cabinet",),
    "dossiers_patients.statistiques": False,
    "dossiers_patients.dmp": ("depot",),
    "dossiers_patients.reutilisation": ("rien",),
    "dossiers_patients.ia": "aucun",
    "rendez_vous.canaux": ("telephone",),
    "rendez_vous.motif": "libre",
    "messagerie.confreres": ("mssante",),
    "messagerie.patients": ("aucun",),
    "mobiles.appareils": ("telephone",),
    "mobiles.usages": ("dossiers",),
    "telemedecine.actes": ("teleconsultation",),
    "telemedecine.outil_type": ("sante",),
    "telemedecine.enregistrement": False,
    "facturation.teletransmission": True,
    "facturation.recouvrement": ("moi",),
    "personnel.dossier_salarie": ("arrets",),
    "personnel.controle": False,
    "personnel.recrutement": True,
    "comptabilite.tenue": ("moi",),
    "comptabilite.pieces_patients": False,
    "comptabilite.commandes_patients": False,
    "site_internet.nature": ("site_propre",),
    "site_internet.formulaire": "simple",
    "site_internet.contenus": ("personne",),
    "videosurveillance.lieux": ("reserve",),
    "communication.canaux": ("pairs",),
    "communication.cas": "aucun",
    "relations.information": ("affiche",),
    "aipd_seuil.particuliers": ("aucune",),
    "aipd_seuil.usages": ("aucun",),
    "aipd_seuil.innovations": ("aucun",),
    "aipd_seuil.profilage_salaries": False,
}
RESEARCH: dict[str, object] = {
    "profil.outils": ("recherche",),
    "recherches.nature": ("etude",),
    "recherches.conditions": ("suivi", "soignants", "exclusif"),
    "recherches.personne_humaine": False,
}
GROUP: dict[str, object] = {"profil.mode_exercice": "dossiers_partages"}
HOUSE: dict[str, object] = {"profil.mode_exercice": "maison_de_sante", "aipd_seuil.public": False}
_LARGE = "profil.plus_de_10000_patients"


def answer(value: object) -> Answer:
    """The answer of a plain value; "?" is « je ne sais pas », "-" is skipped."""
    return {"?": UNKNOWN, "-": SKIPPED}[value] if value in ("?", "-") else Answer.given(value)  # type: ignore


def practice(changed: Mapping[str, object] = {}, base: Mapping[str, object] = PLAIN) -> dict[str, Answer]:
    """The answers of a practice that differs from the plain one; None takes an answer away."""
    return {key: answer(value) for key, value in {**base, **changed}.items() if value is not None}


@dataclass(frozen=True)
class Row:
    """A case: the verdict that is expected on an entry."""

    id: str
    entry: str
    verdict: str
    changed: Mapping[str, object] = field(default_factory=dict)


R, E, N = "requise", "a_examiner", "non_requise"
_TELE = {
    "telemedecine.actes": ("teleconsultation", "telesurveillance"),
    "aipd_seuil.telesurveillance_large": False,
}
_CARE = ("dossiers_patients", "rendez_vous", "messagerie", "telemedecine", "dmp", "mobiles")
_AROUND = ("facturation", "impayes", "demandes_droits", "violations")
_PLAIN_ONES = (
    "correspondants", "personnel", "recrutement", "remplacants", "comptabilite", "fournisseurs", "site_internet",
    "communication",
)  # fmt: skip
_PROFESSIONS = (
    "medecin_specialiste", "dentiste", "infirmier", "kinesitherapeute", "sage_femme", "orthophoniste", "podologue",
    "orthoptiste",
)  # fmt: skip


def _special(option: str) -> dict[str, object]:
    return {"aipd_seuil.particuliers": (option,)}


def _use(option: str) -> dict[str, object]:
    return {"aipd_seuil.usages": (option,)}


def _new(option: str) -> dict[str, object]:
    return {"aipd_seuil.innovations": (option,)}


def _filmed(*places: str, **more: object) -> dict[str, object]:
    return {"videosurveillance.lieux": places, **more}


def _study(**changed: object) -> dict[str, object]:
    return {**RESEARCH, **{f"recherches.{name}": value for name, value in changed.items()}}


ROWS: tuple[Row, ...] = (
    # Deliberation 2019-118: care by a health professional on their own; recital 91 (legal-1 §7, legal-2 §2.2).
    *(Row(f"alone, {entry}", entry, N) for entry in _CARE),
    *(Row(f"alone, around care, {entry}", entry, N) for entry in _AROUND),
    *(Row(f"alone, {entry}", entry, N) for entry in _PLAIN_ONES),
    *(Row(f"{one}, alone", "dossiers_patients", N, {"profil.profession": one}) for one in _PROFESSIONS),
    Row("shared premises, own records", "dossiers_patients", N, {"profil.mode_exercice": "locaux_partages"}),
    Row("shared premises, billing", "facturation", N, {"profil.mode_exercice": "locaux_partages"}),
    Row("accounts that show patients", "comptabilite", N, {"comptabilite.tenue": ("expert",), "comptabilite.pieces_patients": True}),
    Row("orders in a patient's name", "fournisseurs", N, {"comptabilite.commandes_patients": True}),
    # The exemption is for health professionals: by analogy only for others (legal-1 §3.1).
    Row("psychologist, alone", "dossiers_patients", E, {"profil.profession": "psychologue"}),
    Row("psychologist, appointments", "rendez_vous", E, {"profil.profession": "psychologue"}),
    Row("another health profession", "dossiers_patients", N, {"profil.profession": "autre", "aipd_seuil.professionnel_de_sante": True}),
    Row("outside the health code", "dossiers_patients", E, {"profil.profession": "autre", "aipd_seuil.professionnel_de_sante": False}),
    Row("perhaps a health profession", "dossiers_patients", E, {"profil.profession": "autre", "aipd_seuil.professionnel_de_sante": "?"}),
    Row("a profession not asked about", "dossiers_patients", E, {"profil.profession": "autre"}),
    Row("profession unknown", "dossiers_patients", E, {"profil.profession": "?"}),
    # The CNIL's mark: a shared system and more than 10,000 patients a year, both (legal-2 §2.2).
    *(Row(f"shared, large, {entry}", entry, R, {**GROUP, _LARGE: True}) for entry in (*_CARE, "facturation")),
    *(Row(f"shared, small, {entry}", entry, N, {**GROUP, _LARGE: False}) for entry in (*_CARE, "facturation")),
    Row("shared, size unknown", "dossiers_patients", E, {**GROUP, _LARGE: "?"}),
    Row("shared, size skipped", "dossiers_patients", E, {**GROUP, _LARGE: "-"}),
    Row("shared, size not asked", "dossiers_patients", E, GROUP),
    Row("health house, large", "dossiers_patients", R, {**HOUSE, _LARGE: True}),
    Row("health house, small", "dossiers_patients", N, {**HOUSE, _LARGE: False}),
    Row("health house, size unknown", "rendez_vous", E, {**HOUSE, _LARGE: "?"}),
    Row("shared, large, address book", "correspondants", N, {**GROUP, _LARGE: True}),
    Row("shared, large, staff", "personnel", N, {**GROUP, _LARGE: True}),
    Row("how they practise is unknown", "dossiers_patients", E, {"profil.mode_exercice": "?"}),
    Row("how they practise was not asked", "dossiers_patients", E, {"profil.mode_exercice": None}),
    Row("psychologists, shared, small", "dossiers_patients", E, {**GROUP, _LARGE: False, "profil.profession": "psychologue"}),
    # What reopens the question: our reading, a contrario (legal-2 §2.3).
    Row("AI for health", "dossiers_patients", E, {"dossiers_patients.ia": "sante"}),
    Row("AI for everyone", "dossiers_patients", E, {"dossiers_patients.ia": "generaliste"}),
    Row("AI unknown", "dossiers_patients", E, {"dossiers_patients.ia": "?"}),
    Row("AI, and large", "dossiers_patients", R, {**GROUP, _LARGE: True, "dossiers_patients.ia": "sante"}),
    Row("AI, and small", "dossiers_patients", E, {**GROUP, _LARGE: False, "dossiers_patients.ia": "sante"}),
    Row("AI does not touch appointments", "rendez_vous", N, {"dossiers_patients.ia": "sante"}),
    Row("AI that helps to decide", "dossiers_patients", E, _new("ia_decision")),
    Row("connected things", "dossiers_patients", E, _new("objets")),
    Row("a robot gives appointments", "rendez_vous", E, _new("robot")),
    Row("a robot does not touch records", "dossiers_patients", N, _new("robot")),
    Row("new tools unknown", "dossiers_patients", E, {"aipd_seuil.innovations": "?"}),
    Row("remote monitoring", "telemedecine", E, _TELE),
    Row("remote monitoring does not touch records", "dossiers_patients", N, _TELE),
    Row("what is done at a distance is unknown", "telemedecine", E, {"telemedecine.actes": "?"}),
    Row("the editor's observatory", "dossiers_patients", E, {"dossiers_patients.statistiques": True}),
    Row("an observatory, perhaps", "dossiers_patients", E, {"dossiers_patients.statistiques": "?"}),
    Row("another use than care", "dossiers_patients", E, {"dossiers_patients.reutilisation": ("hors_soin",)}),
    Row("counting one's activity", "dossiers_patients", N, {"dossiers_patients.reutilisation": ("activite",)}),
    Row("teaching, the records", "dossiers_patients", N, {"dossiers_patients.reutilisation": ("enseignement",)}),
    Row("teaching, the cases", "cas_presentes", E, {"dossiers_patients.reutilisation": ("enseignement",)}),
    Row("files crossed", "dossiers_patients", E, _use("croisement")),
    Row("patients scored", "dossiers_patients", E, _use("score")),
    Row("a program decides", "rendez_vous", E, _use("decision")),
    Row("patients kept out", "impayes", E, _use("exclusion")),
    Row("uses unknown", "dossiers_patients", E, {"aipd_seuil.usages": "?"}),
    # The CNIL's list of what requires an assessment (2018-327; legal-1 §7, legal-2 §2.2).
    Row("a warehouse", "dossiers_patients", R, _use("entrepot")),
    Row("patients known by their body", "dossiers_patients", R, _special("biometrie_patients")),
    Row("social support", "dossiers_patients", R, _special("social")),
    Row("alerts for others", "dossiers_patients", R, _special("signalements")),
    Row("genetic data: both lists", "dossiers_patients", E, _special("genetique")),
    Row("the team known by its body", "personnel", E, _special("biometrie_equipe")),
    Row("the list unknown", "dossiers_patients", E, {"aipd_seuil.particuliers": "?"}),
    # Video: of patients reopens; a worker's post filmed without end is on the list.
    Row("store room filmed", "videosurveillance", N),
    Row("waiting room filmed", "videosurveillance", E, _filmed("salle_attente")),
    Row("entrance filmed", "videosurveillance", E, _filmed("entree")),
    Row("care filmed", "videosurveillance", E, _filmed("salle_soins")),
    Row("street filmed", "videosurveillance", E, _filmed("rue")),
    Row("desk filmed", "videosurveillance", E, _filmed("accueil", **{"videosurveillance.poste_filme": False})),
    Row("worker filmed", "videosurveillance", R, _filmed("accueil", **{"videosurveillance.poste_filme": True})),
    Row("worker filmed, perhaps", "videosurveillance", E, _filmed("accueil", **{"videosurveillance.poste_filme": "?"})),
    Row("what is filmed is unknown", "videosurveillance", E, {"videosurveillance.lieux": "?"}),
    # Staff: exempt under 250 without profiling; constant monitoring is on the list.
    Row("staff monitored", "personnel", E, {"personnel.controle": True, "aipd_seuil.suivi_constant": False}),
    Row("staff monitored all the time", "personnel", R, {"personnel.controle": True, "aipd_seuil.suivi_constant": True}),
    Row("staff monitored, how is unknown", "personnel", E, {"personnel.controle": True, "aipd_seuil.suivi_constant": "?"}),
    Row("staff profiled", "personnel", E, {"aipd_seuil.profilage_salaries": True}),
    Row("applicants profiled", "recrutement", E, {"aipd_seuil.profilage_salaries": True}),
    Row("profiling unknown", "personnel", E, {"aipd_seuil.profilage_salaries": "?"}),
    # Research (legal-2 §2.3 and §3).
    Row("internal study", "recherches", E, _study()),
    Row("base for several projects", "recherches", R, _study(nature=("base",))),
    Row("reference methodology", "recherches", R, _study(conditions=("suivi",), cadre="mr")),
    Row("sponsor's study", "recherches", E, _study(nature=("partenaire",), cadre="promoteur")),
    Row("authorised study", "recherches", E, _study(nature=("partenaire",), cadre="autorisation")),
    Row("what is studied is unknown", "recherches", E, _study(nature="?")),
    Row("framework unknown", "recherches", E, _study(conditions=("suivi",), cadre="?")),
    # Two criteria and no exemption (WP248).
    Row("letters to patients", "communication", E, {"communication.canaux": ("lettre",), "communication.abonnes": ("patients",)}),
    Row("letters to colleagues", "communication", N, {"communication.canaux": ("lettre",), "communication.abonnes": ("confreres",)}),
    Row("cases that can be recognised", "communication", E, {"communication.cas": "reconnaissables"}),
    Row("free messages on the site", "site_internet", E, {"site_internet.formulaire": "libre"}),
    Row("patients on the site", "site_internet", E, {"site_internet.contenus": ("patients",)}),
    Row("unpaid bills of a large group", "impayes", E, {**GROUP, _LARGE: True}),
)  # fmt: skip


@dataclass(frozen=True)
class OfficerRow:
    """A case: the verdict that is expected on the officer."""

    id: str
    verdict: str
    changed: Mapping[str, object] = field(default_factory=dict)


_TELE_LARGE = {**_TELE, "aipd_seuil.telesurveillance_large": True}
# Art. 37(1) and recital 91; the CNIL's mark; health houses: recommended (legal-1 §7).
OFFICER_ROWS: tuple[OfficerRow, ...] = (
    OfficerRow("alone", "non_obligatoire"),
    OfficerRow("shared premises", "non_obligatoire", {"profil.mode_exercice": "locaux_partages"}),
    *(OfficerRow(f"{one}, alone", "non_obligatoire", {"profil.profession": one}) for one in _PROFESSIONS),
    OfficerRow("psychologist, alone", "non_obligatoire", {"profil.profession": "psychologue"}),
    OfficerRow("alone, with an officer", "non_obligatoire", {"profil.dpo": True}),
    OfficerRow("shared, small", "non_obligatoire", {**GROUP, _LARGE: False}),
    OfficerRow("shared, large", "attendu", {**GROUP, _LARGE: True}),
    OfficerRow("shared, size unknown", "a_examiner", {**GROUP, _LARGE: "?"}),
    OfficerRow("shared, size not asked", "a_examiner", GROUP),
    OfficerRow("health house, small", "recommande", {**HOUSE, _LARGE: False}),
    OfficerRow("health house, large", "attendu", {**HOUSE, _LARGE: True}),
    OfficerRow("health house, size unknown", "a_examiner", {**HOUSE, _LARGE: "?"}),
    OfficerRow("public, small", "obligatoire", {**HOUSE, _LARGE: False, "aipd_seuil.public": True}),
    OfficerRow("public, large", "obligatoire", {**HOUSE, _LARGE: True, "aipd_seuil.public": True}),
    OfficerRow("public, size unknown", "obligatoire", {**HOUSE, _LARGE: "?", "aipd_seuil.public": True}),
    OfficerRow("perhaps public, small", "a_examiner", {**HOUSE, _LARGE: False, "aipd_seuil.public": "?"}),
    OfficerRow("public not asked, small", "a_examiner", {**HOUSE, _LARGE: False, "aipd_seuil.public": None}),
    OfficerRow("perhaps public, large", "attendu", {**HOUSE, _LARGE: True, "aipd_seuil.public": "?"}),
    OfficerRow("how they practise is unknown", "a_examiner", {"profil.mode_exercice": "?"}),
    OfficerRow("many monitored at a distance", "a_examiner", _TELE_LARGE),
    OfficerRow("few monitored at a distance", "non_obligatoire", _TELE),
    OfficerRow("how many is unknown", "a_examiner", {**_TELE, "aipd_seuil.telesurveillance_large": "?"}),
    OfficerRow("many monitored, large group", "attendu", {**_TELE_LARGE, **GROUP, _LARGE: True}),
    OfficerRow("a warehouse", "a_examiner", _use("entrepot")),
    OfficerRow("uses unknown", "a_examiner", {"aipd_seuil.usages": "?"}),
    OfficerRow("a base for research", "a_examiner", _study(nature=("base",))),
    OfficerRow("an internal study", "non_obligatoire", _study()),
    OfficerRow("a warehouse in a small house", "a_examiner", {**HOUSE, _LARGE: False, **_use("entrepot")}),
)  # fmt: skip
