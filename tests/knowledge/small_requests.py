"""The smallest `requests/` folder that can be read, for the small knowledge of conftest.py."""

from __future__ import annotations

from typing import get_args

from bot.knowledge.requests import LetterId, State, StepKind, VerdictName

_HEAD = "position: 0\ntitle: {0}\nguide: Demandes\nintro: ''\nquestions:\n"
_MOMENTS = ("accuse_le", "identite_demandee_le", "identite_recue_le", "prolongee_le", "repondu_le")
_FINDINGS = ("droit_dit", "motifs", "motifs_dits", "echeance", "au_plus_tot", "prolongation")


def _question(name: str, kind: str, more: str = "") -> str:
    return f"  - {{id: {name}, label: {name}, ask: Et {name} ?, why: Pour juger., kind: {kind}, sources: [loi]{more}}}"


_BASES = ", options: {consentement: Accord, interet_legitime: Intérêt}"
_QUESTIONS = [
    _question("droit", "one", ", options: {acces: Voir, effacement: Effacer}"),
    _question("recue", "moment", ", options: {maintenant: À l'instant}"),
    _question("traitement", "one"),
    _question("base", "one", _BASES),
    *(_question(name, "moment") for name in _MOMENTS),
    _question("reponse", "one", ", options: {accordee: Oui, refusee: Non}"),
]

REQUESTS_FILES = {
    "requests/questions.yml": "id: demande\n" + _HEAD.format("Demande") + "\n".join(_QUESTIONS) + "\n",
    "requests/findings.yml": "id: avis\n"
    + _HEAD.format("Avis")
    + "\n".join(
        [
            _question("base", "one", _BASES),
            *(_question(name, "bool") for name in ("soin", "sante", "repere", "retard")),
            *(_question(name, "text") for name in (*_FINDINGS, "verdict", "etat")),
        ]
    )
    + "\n",
    "requests/followup.yml": "id: etapes\n"
    + _HEAD.format("Étapes")
    + "\n".join([_question("numero", "text"), *(_question(name, "moment") for name in get_args(StepKind))])
    + "\n",
    "requests/processings.yml": """\
dossier:
  title: Le dossier
  words: [fiche]
  basis: interet_legitime
  sources: [loi]
autre:
  title: Autre
  words: [autre chose]
  sources: [loi]
""",
    "requests/rights.yml": """\
titles: {acces: droit d'accès, effacement: droit à l'effacement}
health: {accueil.porte: true}
not_health: {accueil.porte: false}
rules:
  - {id: acces, when: {droit: acces}, verdict: accorder, letter: accord, because: Toujours., told: Voici., certainty: text, sources: [loi]}
  - {id: effacement, when: {droit: effacement}, verdict: refuser, letter: refus, because: Jamais., told: Non., certainty: text, sources: [loi]}
  - {id: inconnu, when: {droit: unknown}, verdict: examiner, letter: precision, because: À voir., certainty: reasoning, sources: [loi]}
reserves:
  - {text: Sans hâte., when: {droit: acces}, sources: [loi]}
pivots:
  - {supposes: {droit: acces}, text: Si c'est un accès}
""",
    "requests/identity.yml": "- {id: tous, when: {}, text: Rien de plus., sources: [loi]}\n",
    "requests/clocks.yml": """\
periods:
  - {id: mois, label: Mois, when: {droit: acces}, months: 1, extension: 2, text: Un mois., sources: [loi]}
words:
  postponed: Reporté.
  month_end: "Pas de {day}."
  extended: Prolongé.
  extended_late: Trop tard.
  suspended: "Jusqu'au {day}."
  running: Suspendu.
  presumed: À peu près.
  late: En retard.
  sources: [loi]
""",
    "requests/actions.yml": "- {id: agir, text: 'Répondez avant le délai.', done: [accordee], sources: [loi]}\n",
    "requests/wordings.yml": "verdicts:\n"
    + "\n".join(
        f"  {name}: {{title: {name}, text: Voilà., sources: [loi]}}" for name in get_args(VerdictName)
    )
    + "\ncertainty: {text: Écrit., authority: Dit., reasoning: Raisonné.}\n"
    + "states: {"
    + ", ".join(f"{name}: {name}" for name in get_args(State))
    + "}\nsteps: {"
    + ", ".join(f"{name}: {name}" for name in get_args(StepKind))
    + '}\nchange: "{pivot} : {verdict}"\nresponsibility: À vous.\noverdue: En retard\n',
    "requests/letters.yml": "sources: [loi]\nletters:\n"
    + "".join(
        f"""\
  - id: {name}
    title: Lettre {name}
    subject: Demande
    opening: Bonjour,
    closing: Merci.
    parts:
      - {{id: texte, title: Texte, lines: [{{text: "Reçue le {{recue}}, {name}."}}]}}
"""
        for name in get_args(LetterId)
    ),
    "requests/log.yml": """\
title: Registre
retention: Cinq ans
sources: [loi]
fields:
  - {id: numero, label: Numéro, lines: [{text: "{etapes.numero}"}]}
""",
    "requests/checks.yml": "".join(
        f"{name}: Impossible.\n" for name in ("future", "far_past", "before_reception", "identity_order")
    ),
}
