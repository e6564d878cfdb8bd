"""Practices and their notices, for the tests of compliance and of documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from bot.compliance import interview, register
from bot.compliance.answers import Answer
from bot.compliance.notices import PracticeNotices, Version, effective
from bot.compliance.register import FieldDecision, FieldName
from bot.knowledge import load
from tests.compliance.general_practitioner import answer, fill, practice

KNOWLEDGE = load()

#: Every tool and every tie that asks something more of a notice, each told.
TOLD: dict[str, object] = {
    "profil.nom": "Cabinet du Parc",
    "profil.coordonnees": "3 rue du Parc, 31000 Toulouse, 05 61 00 00 00",
    "profil.profession": "medecin_generaliste",
    "profil.mode_exercice": "dossiers_partages",
    "profil.dpo": True,
    "profil.dpo_contact": "dpo@parc.example",
    "profil.personnel": ("secretaire", "remplacant", "stagiaire"),
    "profil.locaux": ("cabinet", "domicile_patients"),
    "profil.logiciel": "Weda",
    "profil.rendez_vous": True,
    "profil.outils": (
        "mobiles", "teleconsultation", "recherche", "site_internet", "video_surveillance", "communication",
    ),
    "dossiers_patients.support": "informatique",
    "dossiers_patients.hebergement": ("en_ligne",),
    "dossiers_patients.roles": True,
    "rendez_vous.canaux": ("telephone", "en_ligne", "secretariat_externe"),
    "rendez_vous.prestataire": "Doctolib",
    "telemedecine.actes": ("teleconsultation", "teleexpertise", "telesurveillance"),
    "telemedecine.outil_type": ("sante",),
    "telemedecine.outil": "Hellocare",
    "telemedecine.dispositif": "Cardiolien",
    "telemedecine.enregistrement": False,
    "recherches.nature": ("partenaire",),
    "recherches.partenaire": "CHU de Toulouse",
    "recherches.fichier": "code_separe",
    "facturation.logiciel": "Weda",
    "facturation.hebergement": "en_ligne",
    "personnel.controle": True,
    "personnel.recrutement": True,
    "site_internet.nature": ("site_propre",),
    "site_internet.hebergeur": "OVH",
    "site_internet.formulaire": "simple",
    "site_internet.traceurs": ("audience", "carte"),
    "site_internet.bandeau": True,
    "videosurveillance.lieux": ("entree",),
    "communication.canaux": ("lettre",),
    "communication.abonnes": ("patients",),
    "mentions.acces_notice": ("accueil", "site"),
    "mentions.decision_automatisee": True,
    "mentions.decision_logique": "Le logiciel classe les demandes par urgence.",
    "mentions.outil_suivi": "Une badgeuse, pour compter les heures, vue par moi seul.",
    "mentions.etude_objet": "Sommeil et diabète : mieux dormir aide-t-il ?",
    "mentions.etude_responsable": "CHU de Toulouse, 05 61 77 00 00",
    "mentions.directeur_publication": "Camille Durand",
    "mentions.hebergeur_contact": "2 rue Kellermann, 59100 Roubaix, 09 72 10 10 07",
}  # fmt: skip
#: What the practitioner writes where Vigie cannot know.
WRITTEN: dict[FieldName, str] = {
    "transfers": "Rien ne quitte l'Union européenne, d'après le contrat",
    "retention": "Un an après le dernier échange, puis effacement",
}


def recorded(told: Mapping[str, object]) -> dict[str, Answer]:
    """All answers of a practice that was told so, those on notices included."""
    own = {key: answer(value) for key, value in told.items() if key.startswith("mentions.")}
    return {**fill(KNOWLEDGE, told), **own}


def notices(
    answers: Mapping[str, Answer],
    decisions: Mapping[tuple[str, FieldName], FieldDecision] | None = None,
    versions: Mapping[str, tuple[Version, ...]] | None = None,
) -> PracticeNotices:
    """The notices that follow from recorded answers and what was decided in the register."""
    kept = interview.effective(KNOWLEDGE, answers)
    entries = register.build(KNOWLEDGE, kept, decisions)
    return PracticeNotices(KNOWLEDGE, entries, effective(KNOWLEDGE, kept, answers), versions or {})


def decided(answers: Mapping[str, Answer]) -> dict[tuple[str, FieldName], FieldDecision]:
    """The register completed and confirmed: what is missing or left to set is written."""
    kept = interview.effective(KNOWLEDGE, answers)
    found: dict[tuple[str, FieldName], FieldDecision] = {}
    for entry in register.build(KNOWLEDGE, kept):
        for name in get_args(FieldName):
            field = entry.field(name)
            to_fix = any(line.told.to_fix for line in field.lines)
            if name in WRITTEN and (to_fix or field.status == "unknown"):
                found[entry.id, name] = FieldDecision("changed", WRITTEN[name])
            elif field.confirmable:
                found[entry.id, name] = register.confirmation(field)
    return found


def whole() -> dict[str, Answer]:
    """A practice to which every notice applies, and nearly every item."""
    return recorded(TOLD)


def general_practitioner(**changed: object) -> dict[str, Answer]:
    """The general practitioner of the other tests."""
    return practice(KNOWLEDGE, **changed)
