"""The smallest `breach/` folder that can be read, for the small knowledge of conftest.py."""

from __future__ import annotations

_MOMENTS = ("decouverte", "connaissance", "debut", "fin", "prestataire_connaissance")
_CHOICES = {
    "decouvert_par": "{vous: Vous, cnil: La CNIL}",
    "responsabilite": "{moi_seul: Moi, pour_un_autre: Un autre}",
    "joignables": "{oui: Tous, certaines: Certains}",
    "information": "{faite: Oui, prevue: Bientôt}",
}
_NUMBERS = ("nombre_personnes", "nombre_enregistrements")


def _question(name: str, kind: str, more: str = "") -> str:
    return f"  - {{id: {name}, label: {name}, ask: Et {name} ?, why: Pour juger., kind: {kind}, sources: [loi]{more}}}"


_ATTEINTE = ", none: aucune, options: {confidentialite: Vues, integrite: Faussées, disponibilite: Perdues, aucune: Rien}"
_QUESTIONS = [
    _question("incident", "one"),
    *(_question(name, "moment") for name in _MOMENTS),
    *(_question(name, "one", f", options: {options}") for name, options in _CHOICES.items()),
    _question("atteinte", "many", _ATTEINTE),
    *(_question(name, "number") for name in _NUMBERS),
    _question("prevenus", "many", ", options: {police: Police, assureur: Assureur}"),
]
_HEAD = "position: 0\ntitle: {0}\nguide: Violations\nintro: ''\nquestions:\n"
_VERDICTS = (
    "pas_une_violation", "consigner", "notifier", "notifier_et_informer", "notifier_et_publier",
    "cnil_deja_saisie", "cnil_deja_saisie_et_informer", "prevenir_le_responsable",
)  # fmt: skip
_CHECKS = (
    "future", "far_past", "end_before_start", "awareness_before_discovery", "discovery_before_start",
    "awareness_before_start", "processor_before_start", "nobody", "too_many",
)  # fmt: skip

BREACH_FILES = {
    "breach/questions.yml": "id: violation\n" + _HEAD.format("Violation") + "\n".join(_QUESTIONS) + "\n",
    "breach/findings.yml": "id: constat\n"
    + _HEAD.format("Constat")
    + _question("risque", "one", ", options: {aucun: Aucun, eleve: Élevé}")
    + "\n",
    "breach/followup.yml": "id: suivi\n" + _HEAD.format("Suivi") + _question("numero", "text") + "\n",
    "breach/incidents.yml": """\
vol:
  title: Vol
  words: [volé]
  origin: Vol
  told: Un vol a eu lieu.
  first:
    - {text: Portez plainte., sources: [loi]}
  affects: [confidentialite]
  implies: {decouvert_par: vous}
  avoided_by: [lire-contrat]
  sources: [loi]
panne:
  title: Panne
  words: [en panne]
  origin: Panne
  told: Une panne a eu lieu.
  first:
    - {text: Attendez., sources: [loi]}
  sources: [loi]
""",
    "breach/risk.yml": """\
method: Deux axes.
sources: [loi]
levels: {negligeable: N, limitee: L, importante: I, maximale: M}
table:
  negligeable: [aucun, aucun, aucun, risque]
  limitee: [aucun, aucun, risque, eleve]
  importante: [aucun, risque, eleve, eleve]
  maximale: [aucun, risque, eleve, eleve]
factors:
  - {id: nombre, axis: gravite, level: limitee, when: {nombre_personnes: {at_least: 51}}, because: Beaucoup., sources: [loi]}
not_a_breach:
  - {text: Rien n'est touché., when: {atteinte: aucune}, sources: [loi]}
exceptions:
  - {id: c, text: Injoignables., when: {joignables: certaines}, of: [confidentialite], sources: [loi]}
precedents:
  - {id: cas, title: Un cas, grade: known, risk: risque, when: {incident: vol}, sources: [loi]}
pivots:
  - {supposes: {nombre_personnes: 51}, text: Si plus de cinquante}
notes:
  - {text: Prenez votre temps., when: {incident: panne}, sources: [loi]}
""",
    "breach/verdicts.yml": "verdicts:\n"
    + "\n".join(f"  {name}: {{title: {name}, text: Voilà., sources: [loi]}}" for name in _VERDICTS)
    + """
certainty: {read: Lu., known: Su., reasoning: Raisonné.}
doubt: Un doute.
doubt_sources: [loi]
responsibility: À vous de l'envoyer.
change: "{pivot} : {verdict}"
outcomes: {aucun: consigner, risque: notifier, eleve: notifier_et_informer, pas_une_violation: pas_une_violation}
clocks:
  notification: {label: Notification, hours: 72, text: Trois jours., sources: [loi]}
  complement: {label: Complément, hours: 72, text: Trois jours encore., sources: [loi]}
late: Trop tard.
presumed: Au plus tôt.
presumed_discovery: Depuis la découverte.
late_sources: [loi]
avoided: "À cause de : {title}"
links: []
""",
    "breach/form.yml": """\
title: Formulaire
address: https://example.org
checked: 2026-11-24
note: À relire
sources: [loi]
sections:
  - id: faits
    title: Faits
    fields:
      - {id: debut, label: Début, lines: [{text: "{debut}"}]}
""",
    "breach/log.yml": """\
title: Registre
retention: Cinq ans
sources: [loi]
fields:
  - {id: numero, label: Numéro, lines: [{text: "{suivi.numero}"}]}
""",
    "breach/letters.yml": """\
sources: [loi]
letters:
  - id: lettre
    title: Lettre
    subject: Incident
    opening: Bonjour,
    closing: Merci.
    parts:
      - {id: faits, title: Faits, lines: [{text: "Depuis le {debut}."}]}
""",
    "breach/reports.yml": """\
- id: plainte
  title: Plainte
  text: Portez plainte.
  when: {incident: vol}
  clock: Sous 72 heures.
  hours: 72
  starts: decouverte
  informed: police
  sources: [loi]
""",
    "breach/checks.yml": "".join(f"{name}: Impossible.\n" for name in _CHECKS),
}
