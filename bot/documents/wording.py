"""How the chat, the pages and the documents write statuses, priorities, states and numbers in French."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Literal

from bot.clock import french_date
from bot.compliance.answers import Answers, in_words
from bot.compliance.breach.followup import NotificationKind
from bot.compliance.dpia.officer import OfficerVerdict
from bot.compliance.dpia.screening import Screening
from bot.compliance.interview import ThemeState
from bot.compliance.lines import Status
from bot.compliance.measures import Recommendation
from bot.compliance.notices import PracticeNotice
from bot.knowledge.dpia import VerdictName
from bot.knowledge.model import Effort, Knowledge, MeasurePage, Priority

STATUSES: dict[Status, str] = {
    "proposed": "proposé",
    "confirmed": "confirmé",
    "changed": "modifié",
    "unknown": "à préciser",
}
STATUS_MEANINGS: dict[Status, str] = {
    "proposed": "Vigie le propose d'après ses sources. Relisez-le avant de le tenir pour acquis.",
    "confirmed": "Cela vient de vos réponses, ou vous avez validé la proposition.",
    "changed": "Vous avez remplacé la proposition par votre propre texte.",
    "unknown": "L'information manque ou reste à vérifier. La ligne dit ce qu'il faut savoir.",
}
OUTDATED = "À relire : vos réponses ont changé depuis."
PRIORITIES: dict[Priority, str] = {
    "urgent": "Mesures urgentes",
    "important": "Mesures importantes",
    "utile": "Mesures utiles",
}
EFFORTS: dict[Effort, str] = {
    "faible": "moins d'une heure",
    "moyen": "une journée ou un achat",
    "fort": "un projet",
}
#: The titles of the pages where measures are carried out, notices included.
PAGES: dict[MeasurePage | Literal["information"], str] = {
    "registre": "Registre des activités de traitement",
    "information": "Informer les personnes",
    "prestataires": "Vos prestataires et leurs contrats",
    "analyse-impact": "Analyse d'impact et délégué (DPO)",
    "demandes": "Registre des demandes",
    "violations": "Registre des violations",
}
THEME_STATES: dict[ThemeState, str] = {
    "not_started": "à faire",
    "in_progress": "en cours",
    "to_confirm": "à confirmer",
    "confirmed": "confirmé",
}
NOTIFICATIONS: dict[NotificationKind, str] = {
    "initial": "Notification initiale",
    "complementary": "Notification complémentaire",
    "complete": "Notification complète",
}

MISSING_CHARACTER = "□"
UNPRINTABLE = f"Le signe {MISSING_CHARACTER} remplace un caractère que ce document ne sait pas écrire."

#: How many titles a sentence names before it only counts.
_NAMED = 3
_NAME = "profil.nom"
NO_NAME = "Cabinet à nommer"

_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_HELD_TOGETHER = re.compile(r"(?<=«) | (?=[:;?!%»])")
#: What the fonts inside Typst cannot draw; a PDF/UA file must not hold a character without its glyph.
_UNDRAWABLE = re.compile(
    "[^\n\u0020-\u007e\u00a0-\u024f\u0370-\u045f\u1e00-\u1eff\u2000-\u2027\u202f-\u2040"
    "\u2070-\u20bf\u2190-\u22ff\u2500-\u25ff\u2713-\u2718]+"
)


def counted(number: int, singular: str, plural: str = "") -> str:
    """The number with its noun: « 1 fiche », « 3 fiches ». As French has it, zero is singular.

    `plural` is needed only when it is not the singular with an « s ».
    """
    return f"{number} {singular if number < 2 else plural or f'{singular}s'}"


def number(value: int) -> str:
    """A whole number as French writes it, its thousands apart."""
    return f"{value:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def screened(screening: Screening) -> str:
    """How many entries call for an impact assessment, and which; how many are to be examined."""
    titles: dict[VerdictName, list[str]] = {"requise": [], "a_examiner": [], "non_requise": []}
    for one in screening.entries:
        titles[one.verdict].append(one.entry.title)
    required, unsure = titles["requise"], titles["a_examiner"]
    said = ["aucune n'appelle d'analyse d'impact, en principe"]
    if required:
        verb = "appelle" if len(required) < 2 else "appellent"
        said = [f"{len(required)} {verb} une analyse d'impact ({_named(required)})"]
    if unsure:
        said.append(f"{len(unsure)} {'est' if len(unsure) < 2 else 'sont'} à examiner ({_named(unsure)})")
    if unsure and not required:
        said[0] = "aucune n'appelle à coup sûr une analyse d'impact"
    return f"Sur {counted(len(screening.entries), 'fiche')}, {' ; '.join(said)}."


def officer(verdict: OfficerVerdict) -> str:
    """The verdict on the officer as a sentence; the shortest title does not say what it is about."""
    if verdict.verdict == "a_examiner":
        return f"Délégué (DPO) : {verdict.title.lower()}."
    return f"{verdict.title}."


def notice_state(notice: PracticeNotice) -> str:
    """Where a notice stands: what it misses, whether it is up, or to be made again."""
    if notice.missing:
        return f"{counted(len(notice.missing), 'mention')} à compléter"
    if not notice.standing.displayed:
        return "prête"
    return "à refaire" if notice.standing.stale else notice.notice.done


def _named(titles: list[str]) -> str:
    """The first titles, and how many more there are."""
    shown = ", ".join(f"« {title} »" for title in titles[:_NAMED])
    return f"{shown} et {counted(more, 'autre')}" if (more := len(titles) - _NAMED) > 0 else shown


def measure_state(item: Recommendation, today: date) -> tuple[str, str]:
    """Where a measure stands: `todo`, `late`, `planned`, `done` or `not_applicable`, and its label."""
    decision = item.decision
    if decision is None:
        return "todo", "à faire"
    if decision.state == "done":
        return "done", "fait"
    if decision.state == "not_applicable":
        return "not_applicable", "sans objet"
    if decision.due is None:
        return "planned", "prévu"
    label = f"prévu le {french_date(decision.due)}"
    return ("late", f"{label}, date passée") if decision.due < today else ("planned", label)


def legend() -> list[dict[str, str]]:
    """Each status, its label and what it means."""
    return [
        {"status": status, "label": label, "meaning": STATUS_MEANINGS[status]}
        for status, label in STATUSES.items()
    ]


def practice_name(knowledge: Knowledge, answers: Answers) -> str:
    """The name of the practice, fit for a heading; a stand-in as long as it is not known."""
    answer = answers.get(_NAME)
    if answer is None or not answer.known:
        return NO_NAME
    return printable(in_words(knowledge.question(_NAME), answer)).strip() or NO_NAME


def readable(text: str) -> str:
    """The text with French spaces and apostrophes, without what is invisible and XML cannot hold."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\t", " ")
    text = _APOSTROPHE.sub("\N{RIGHT SINGLE QUOTATION MARK}", "".join(map(_visible, text)))
    return _HELD_TOGETHER.sub(_NO_BREAK_SPACE, text)


def printable(text: str) -> str:
    """The text made readable, with a □ in place of what no bundled font can draw."""
    return readable(_UNDRAWABLE.sub(MISSING_CHARACTER, readable(text)))


def _visible(char: str) -> str:
    """The character; nothing for one that is invisible by nature; a stand-in for one not yet assigned."""
    category = unicodedata.category(char)
    if char != "\n" and (category in ("Cc", "Cf", "Cs") or "\ufe00" <= char <= "\ufe0f"):
        return ""
    return "\N{REPLACEMENT CHARACTER}" if category == "Cn" else char
