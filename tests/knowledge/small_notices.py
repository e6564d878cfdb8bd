"""The smallest `notices/` folder that can be read, for the small knowledge of conftest.py."""

from __future__ import annotations

NOTICES_FILES = {
    "notices/questions.yml": """\
id: mentions
position: 0
title: Mentions
guide: Information
intro: ''
questions:
  - {id: ou, label: Où lire, ask: Où la lire ?, why: Pour la trouver., kind: many, options: {accueil: À l'accueil, site: Sur le site}, sources: [loi]}
  - {id: logique, label: Logique, ask: Selon quelle logique ?, why: Elle se dit., kind: text, when: {accueil.porte: true}, sources: [loi]}
""",
    "notices/findings.yml": """\
id: releve
position: 0
title: Relevé
guide: Information
intro: ''
questions:
  - {id: bases, label: Bases, ask: Quelles bases ?, why: Elles décident., kind: many, sources: [loi]}
""",
    "notices/items.yml": """\
qui:
  title: Qui
  article: art. 13
  supplied_by: [accueil.nom]
  sources: [loi]
buts:
  title: Buts
  article: art. 13
  label: Pourquoi
  fields: [purposes]
  needs: basis
  sources: [loi]
porte:
  title: La porte
  article: art. 13
  when: {accueil.porte: true}
  without: Il n'y a pas de porte.
  supplied_by: [mentions.logique]
  sources: [loi]
""",
    "notices/shared.yml": """\
qui:
  - {text: "{accueil.nom}"}
""",
    "notices/kinds/affiche.yml": """\
id: affichette
title: Affiche
called: votre affiche
position: 10
layout: poster
headline: Vos données
done: affichée
where: À l'entrée.
when: {accueil.porte: true}
because: Vous recevez.
otherwise: Vous ne recevez pas.
formats: [pdf]
sources: [loi]
measures: [lire-contrat]
notes:
  - {text: Relisez-la., when: {accueil.porte: true}, sources: [loi]}
entries: {}
blocks:
  - {id: qui, title: Qui, holds: [qui], shared: qui, head: true}
  - {id: buts, title: Buts, holds: [buts]}
  - {id: porte, title: Porte, holds: [porte], lines: [{text: "Ouverte selon {mentions.logique}", when: {accueil.porte: true}, sources: [loi]}]}
""",
}
