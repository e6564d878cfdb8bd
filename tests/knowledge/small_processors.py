"""The smallest `processors/` folder that can be read, for the small knowledge of conftest.py."""

from __future__ import annotations

_ROLES = ("sous_traitant", "responsable", "conjoint", "destinataire", "tiers", "debattu")
_DUTIES = ("contrat", "rien", "accord", "rien", "rien", "a_decider")
_HOSTING = ("hds", "culture", "non", "a_verifier")
_STATES = ("presente", "floue", "absente", "inconnue", "a_confirmer", "non_trouvee")
_OVERALL = (
    "rien_a_signer", "accord", "a_decider", "pas_de_contrat", "contrat_inconnu", "a_completer", "a_verifier",
    "mentions_reperees",
)  # fmt: skip


def _options(names: tuple[str, ...]) -> str:
    return "{" + ", ".join(f'"{name}": {name}' for name in names) + "}"


def _question(name: str, kind: str, more: str = "") -> str:
    return f"  - {{id: {name}, label: {name}, ask: Et {name} ?, why: Pour juger., kind: {kind}, sources: [loi]{more}}}\n"


_HEAD = "position: 0\ntitle: {0}\nguide: Sous-traitance\nintro: ''\nquestions:\n"
_MADE = ', when: {qualification.suite: contrat}, options: {signe: Oui, "non": Non}'

PROCESSORS_FILES = {
    "processors/questions.yml": "id: contrat\n"
    + _HEAD.format("Contrat")
    + _question("genre", "one")
    + _question("nom", "vendor")
    + _question("acces", "bool")
    + _question("existe", "one", _MADE)
    + _question("date_contrat", "date", ", when: {existe: signe}")
    + _question("hds_vu", "one", ", options: {a_jour: Oui, pas_vu: Non}"),
    "processors/findings.yml": "id: qualification\n"
    + _HEAD.format("Rôle")
    + _question("role", "one", f", options: {_options(_ROLES)}")
    + _question("suite", "one", ", options: {contrat: Contrat, accord: Accord, rien: Rien, a_decider: Voir}")
    + _question("hebergement", "one", f", options: {_options(_HOSTING)}"),
    "processors/kinds.yml": """\
agenda:
  title: Agenda
  words: [agenda]
  service: l'agenda
  data: des noms
  persons: les patients
  role: sous_traitant
  why: [{text: Il agit pour vous., sources: [loi]}]
  cases: [{when: {acces: false}, role: tiers, because: Aucun accès., sources: [loi]}]
  hosting: [{need: hds, because: De la santé., sources: [loi]}]
  presumes: [{when: {accueil.porte: true}, implies: {acces: true}}]
poste:
  title: Poste
  words: [poste]
  service: le courrier
  data: des lettres
  persons: les patients
  role: tiers
  why: [{text: Elle transporte., sources: [loi]}]
  hosting: [{need: "non", because: Elle ne garde rien., sources: [loi]}]
""",
    "processors/roles.yml": "".join(
        f"{name}: {{label: {name}, meaning: Sens., follows: Suite., duty: {duty}, sources: [loi]}}\n"
        for name, duty in zip(_ROLES, _DUTIES, strict=True)
    ),
    "processors/hosting.yml": "".join(
        f'"{name}": {{label: {name}, text: Texte., sources: [loi]}}\n' for name in _HOSTING
    ),
    "processors/transfers.yml": """\
- {id: inconnu, level: a_verifier, when: {acces: unknown}, text: À voir., sources: [loi]}
""",
    "processors/suppliers.yml": """\
- {supplier: agenda, when: {accueil.porte: true}, text: "{accueil.nom}"}
""",
    "processors/clauses.yml": """\
sources: [loi]
why: "Il faut : {says}"
ask_whom: le prestataire
options: {presente: Oui, floue: En partie, absente: Non}
words: {presente: [écrit]}
guide: [Secret]
when: {existe: signe}
clauses:
  - id: secret
    title: Secret
    article: "28(3)(b)"
    guide: 1
    ask: Le secret est-il promis ?
    says: le secret.
    sources: [loi]
    groups: [[secret], [personne*]]
    samples: [Les personnes gardent le secret.]
    amendment: ["Le secret est gardé pour {service}."]
    letter: promettre le secret
""",
    "processors/wordings.yml": "states: {"
    + ", ".join(f"{name}: {name}" for name in _STATES)
    + """}
because: {answer: Dit., confirmed: Vu., rejected: Écarté., found: Trouvé., not_found: Non trouvé., nothing: Rien.}
overall:
"""
    + "".join(f"  {name}: {{title: {name}, text: Texte., sources: [loi]}}\n" for name in _OVERALL)
    + """\
never_compliant: Jamais.
presumed_role: Par prudence.
change: "{question} {answer} {role}"
pivots: [acces]
old: {before: 2018-05-25, text: Ancien., sources: [loi]}
measures: [{measure: lire-contrat, when: {hds_vu: pas_vu}, because: "Pas vu chez {nom}."}]
english: En anglais.
letter:
  title: Lettre
  subject: Objet
  opening: Bonjour,
  no_contract: "Pour {service} :"
  undecided: "Pour {service} ?"
  incomplete: "Pour {service} :"
  hosting: Certificat ?
  hosting_maybe: Certificat ?
  culture: Agrément ?
  place: Où ?
  closing: Merci.
  reply: Vite.
  note: À relire.
  sources: [loi]
amendment:
  title: Avenant
  warning: Modèle.
  parties: ["Entre {cabinet}", "et {nom}"]
  preamble: Avenant.
  to_complete: nom
  closing: Fin.
  signature: Signatures
  sources: [loi]
list: {title: Liste, about: Tous., unnamed: à nommer, sources: [loi]}
""",
}
