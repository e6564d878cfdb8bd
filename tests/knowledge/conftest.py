"""A small knowledge folder, written file by file, in which one text can be spoilt at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.knowledge.small_breach import BREACH_FILES
from tests.knowledge.small_dpia import DPIA_FILES
from tests.knowledge.small_notices import NOTICES_FILES
from tests.knowledge.small_processors import PROCESSORS_FILES
from tests.knowledge.small_requests import REQUESTS_FILES

FILES = {
    "sources.yml": """\
loi: {title: La loi, url: "https://example.org/loi", checked: 2026-11-01, grade: V1}
guide-accueil: {title: Le guide, checked: 2026-11-01, grade: guide}
""",
    "lawful_bases.yml": """\
interet_legitime: {label: Intérêt légitime, article: "art. 6(1)(f)", sources: [loi]}
""",
    "article_9.yml": """\
h: {label: Soins, article: "art. 9(2)(h)", sources: [loi]}
""",
    "grades.yml": """\
V1: relu
guide: guide professionnel
""",
    "vendors.yml": """\
- {name: Agendix, also: [agendix.example]}
""",
    "register.yml": """\
sources: [loi]
controller:
  - {text: "{accueil.nom}"}
joint_controllers:
  - {text: Aucun}
dpo:
  - {text: Aucun}
""",
    "safeguards.yml": """\
- {id: porte_fermee, text: Porte fermée à clé, when: {accueil.porte: true}, sources: [loi]}
""",
    "activities/10_accueil.yml": """\
id: accueil
title: L'accueil
guide: Accueil
intro: Comment vous recevez.
position: 10
questions:
  - id: nom
    label: Nom
    ask: Sous quel nom exercez-vous ?
    why: Le registre le nomme.
    kind: text
    sources: [loi]
  - id: porte
    label: Porte
    ask: La porte ferme-t-elle à clé ?
    why: On entre autrement.
    kind: bool
    sources: [loi]
  - id: contrat
    label: Contrat
    ask: Avez-vous un contrat ?
    why: Il le faut.
    kind: bool
    sources: [loi]
""",
    "activities/20_agenda.yml": """\
id: agenda
title: L'agenda
guide: La prise de rendez-vous
intro: Qui vient, et quand.
position: 20
asks_when: {accueil.porte: true}
questions:
  - id: canaux
    label: Canaux
    ask: Comment vient-on ?
    why: Chaque canal a ses risques.
    kind: many
    none: aucun
    options:
      telephone: Par téléphone
      en_ligne: En ligne
      aucun: Sans rendez-vous
    words:
      telephone: [appel]
    sources: [loi]
  - id: contrat
    label: Contrat du service
    ask: Avez-vous lu son contrat ?
    why: Il vous engage.
    kind: bool
    when: {canaux: en_ligne}
    sources: [loi]
  - id: patients
    label: Patients
    ask: Combien de patients ?
    why: Le nombre compte.
    kind: number
    unit: patients
    sources: [loi]
register:
  - id: rendez_vous
    title: Les rendez-vous
    sources: [loi]
    purposes:
      - {text: Donner rendez-vous, basis: interet_legitime, article_9: h}
    software:
      - {text: "Agenda de {accueil.nom}"}
    media:
      - {text: Papier}
    data:
      - {text: Motif, sensitive: true}
    data_subjects:
      - {text: "{patients} par an"}
    recipients:
      internal:
        - {text: Vous}
    transfers:
      - {text: Aucun, when: {canaux: {none: [en_ligne]}}}
    retention:
      - {data: Agenda, active: Un an, archive: Sans objet, starts: Rendez-vous, then: Effacement}
""",
    "measures/agenda.yml": """\
- id: lire-contrat
  title: Lire le contrat
  priority: urgent
  effort: faible
  steps:
    - Ouvrez-le.
    - Lisez-le.
  triggers:
    - {when: {agenda.contrat: {not: true}}, because: Vous ne l'avez pas lu.}
  sources: [loi]
""",
    "faq/accueil.yml": """\
- id: accueil-affiche
  question: Faut-il une affiche ?
  wordings: [affiche obligatoire, afficher quoi, une affiche suffit, panneau accueil]
  answer: Oui.
  detail: À l'accueil.
  todo: Affichez-la.
  sources: [loi, guide-accueil]
  checked: 2026-11-01
""",
}

FILES |= BREACH_FILES | REQUESTS_FILES | PROCESSORS_FILES | DPIA_FILES | NOTICES_FILES

Spoil = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Spoil:
    """Writes the folder, with `old` (which must stand there once) replaced by `new` in one file."""

    def spoil(name: str = "", old: str = "", new: str = "") -> Path:
        root = tmp_path / "knowledge"
        for path, text in FILES.items():
            if path == name:
                assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {path}"
                text = text.replace(old, new)
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, "utf-8")
        return root

    return spoil
