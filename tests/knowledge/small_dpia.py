"""The smallest `dpia/` folder that can be read, for the small knowledge of conftest.py."""

from __future__ import annotations

_HEAD = "position: 0\ntitle: {0}\nguide: Définitions\nintro: ''\nquestions:\n"
_LEVELS = ", options: {negligeable: A, limitee: B, importante: C, maximale: D}"
_LIST = ", options: {un: Un, deux: Deux}"


def _question(name: str, kind: str, more: str = "") -> str:
    return f"  - {{id: {name}, label: {name}, ask: Et {name} ?, why: Pour juger., kind: {kind}, sources: [loi]{more}}}\n"


_OF_EVENT = "".join(
    [_question(f"acces_{name}", "many", _LIST) for name in ("impacts", "menaces", "sources")]
    + [
        _question(f"acces_{name}", "one", _LEVELS)
        for name in ("gravite", "vraisemblance", "gravite_apres", "vraisemblance_apres")
    ]
)

DPIA_FILES = {
    "dpia/threshold.yml": "id: aipd_seuil\n"
    + _HEAD.format("Seuil")
    + _question("usages", "many", ", none: aucun, options: {score: Un score, aucun: Aucun}"),
    "dpia/entry.yml": "id: fiche\n"
    + _HEAD.format("Fiche")
    + _question("traitement", "one")
    + _question("sensibles", "bool"),
    "dpia/analysis.yml": "id: aipd\n" + _HEAD.format("Analyse") + _question("apercu", "text") + _OF_EVENT,
    "dpia/screening.yml": """\
sources: [loi]
verdicts:
  requise: {title: Attendue, text: Faites-la., sources: [loi]}
  a_examiner: {title: À examiner, text: Voyez., sources: [loi]}
  non_requise: {title: Non, text: Gardez., sources: [loi]}
lean: "Critères : {criteria}, sans dispense."
lean_sources: [loi]
settle: "« {question} »."
change: "Si {what}, « {verdict} »."
caution: Prudence.
justification:
  opening: {requise: "« {entry} » oui.", a_examiner: "« {entry} » peut-être.", non_requise: "« {entry} » non."}
  criteria: "Critères : {criteria}."
  exempted: "Dispense malgré {criteria}."
  one_criterion: "Un critère : {criteria}."
  no_criterion: Aucun critère.
  open: "Restent : {questions}."
  closing: À relire.
  closing_sources: [loi]
needed: 2
criteria:
  - id: sensibles
    title: Sensibles
    sources: [loi]
    cases:
      - {when: {fiche.sensibles: true}, because: Des données sensibles., sources: [loi]}
rules:
  - {id: score, verdict: a_examiner, when: {fiche.sensibles: true, aipd_seuil.usages: score}, because: Un score., added: un score, sources: [loi]}
exemptions:
  - {id: petit, title: Petit, when: {accueil.porte: true}, because: C'est petit., lost: vous grandissez, sources: [loi]}
notes:
  - {text: Une note., sources: [loi]}
""",
    "dpia/officer.yml": """\
sources: [loi]
verdicts:
  obligatoire: {title: Oui, text: Désignez., sources: [loi]}
  attendu: {title: Attendu, text: Désignez., sources: [loi]}
  a_examiner: {title: À examiner, text: Voyez., sources: [loi]}
  recommande: {title: Conseillé, text: Pensez-y., sources: [loi]}
  non_obligatoire: {title: Non, text: Gardez., sources: [loi]}
rules:
  - {id: porte, verdict: non_obligatoire, when: {accueil.porte: true}, because: C'est petit., sources: [loi]}
conflicts: []
notes: []
settle: "« {question} »."
justification:
  opening: {obligatoire: Oui., attendu: Attendu., a_examiner: À voir., recommande: Conseillé., non_obligatoire: Non.}
  open: "Restent : {questions}."
  closing: À relire.
""",
    "dpia/assessment.yml": """\
title: Analyse
checked: 2026-11-01
note: Le plan.
sources: [loi]
measures_title: Mesures
review:
  label: à revoir
  text: Le registre a changé.
  sources: [loi]
sections:
  - id: contexte
    title: Contexte
    parts:
      - id: vue
        title: Vue
        fields:
          - question: apercu
            pia: 111
            takes: [purposes]
            lines:
              - {text: "Nom : {accueil.nom}", sources: [loi]}
""",
    "dpia/risks.yml": """\
method: La méthode.
sources: [loi]
levels:
  negligeable: {title: A, severity: a, likelihood: a}
  limitee: {title: B, severity: b, likelihood: b}
  importante: {title: C, severity: c, likelihood: c}
  maximale: {title: D, severity: d, likelihood: d}
risks: {aucun: Faible, risque: Moyen, eleve: Élevé}
table:
  negligeable: [aucun, aucun, aucun, risque]
  limitee: [aucun, aucun, risque, risque]
  importante: [aucun, risque, eleve, eleve]
  maximale: [risque, risque, eleve, eleve]
doubt: Des réponses manquent.
undecided: Rien.
consultation: {title: Consulter, text: Consultez., sources: [loi]}
no_consultation: Rien à demander.
incomplete: À compléter.
shared_themes: [accueil]
events:
  - id: acces
    of: confidentialite
    title: Accès
    pia: 32
    impacts: [{option: un, when: {fiche.sensibles: true}}]
    threats: [{option: deux}]
    origins: [{option: un}]
    safeguards: [porte_fermee]
factors:
  - {id: porte, axis: vraisemblance, of: [confidentialite], level: importante, when: {accueil.porte: false}, because: La porte ne ferme pas., sources: [loi], cured_by: [lire-contrat]}
""",
}
