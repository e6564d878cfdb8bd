"""Breaches of many kinds, whose documents are made and opened again."""

from __future__ import annotations

from datetime import timedelta

from bot.compliance.breach import Dossier, FollowUp, Notification, Told
from tests.compliance.breaches import KNOWLEDGE, NOW, TABLE, WHOLE, case_dossier, dossier

HOSTILE = (
    '#panic("x") *gras* _italique_ @nulle-part $x$ `code` // fin \\ [crochet] <etiquette> "cité" {nom} '
    "& ]]> <b>gras</b> &amp; %s =1+1 l'été, où çà ? « œuvre » !"
)
LONG = "\n".join(
    f"Fait {number} : " + " ".join(f"mot{number}x{place}" for place in range(60)) for number in range(25)
)
#: The questions whose answers are free texts.
FREE_TEXTS = ("circonstances", "mesures_prevues", "profil__nom", "profil__coordonnees")
NUMBERED = FollowUp("V-2026-003")

PARTIAL = {**WHOLE, "mesures_prevues": "?", "nombre_enregistrements": "-"}


def case(name: str) -> Dossier:
    """The dossier of a row of the table of decisions."""
    return case_dossier(next(one for one in TABLE if one.id == name))


def followed() -> Dossier:
    """A breach that was notified before all was known, and told to the persons; a complement is due."""
    first = dossier(NUMBERED, **PARTIAL).form.content
    sent = FollowUp(
        "V-2026-003",
        (Notification("initial", NOW, "CNIL-77", NOW + timedelta(hours=1), first),),
        (Told("personnes", NOW, "lettre"),),
    )
    return dossier(sent, NOW + timedelta(days=1), **{**PARTIAL, "nombre_enregistrements": 300})


DOSSIERS: dict[str, Dossier] = {
    "nothing told": dossier(),
    "all unknown": dossier(NUMBERED, **dict.fromkeys(WHOLE, "?")),
    "no risk": case("V20"),
    "risk": case("V16"),
    "high risk": dossier(NUMBERED, **WHOLE),
    "partly unknown": dossier(NUMBERED, **PARTIAL),
    "persons out of reach": case("persons out of reach"),
    "no breach": case("V29"),
    "for another": case("for another"),
    "the supervisory authority knows": case("V44"),
    "late": dossier(NUMBERED, NOW + timedelta(days=5), **WHOLE),
    "complement": followed(),
    "long texts": dossier(NUMBERED, **{**WHOLE, "circonstances": LONG, "mesures_prevues": LONG}),
    "hostile texts": dossier(
        NUMBERED,
        **{**WHOLE, **dict.fromkeys(FREE_TEXTS, HOSTILE)},
    ),
}
__all__ = ["KNOWLEDGE", "NOW", "WHOLE", "dossier"]
