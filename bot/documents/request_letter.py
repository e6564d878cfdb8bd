"""One letter to the person who exercises a right (RGPD art. 12): granting, refusing, asking, extending.

It names nobody and says nothing of anyone's health: its texts are those of `knowledge/requests/letters.yml`.
"""

from __future__ import annotations

from dataclasses import replace

from bot.clock import french_date, french_time
from bot.compliance.papers import Message
from bot.compliance.requests import Dossier
from bot.documents.channel import Content, channel, docx, missing, pdf
from bot.documents.content import Cited, cited, cover, facts
from bot.documents.sources import Citations, Source

KEYWORDS = ("RGPD", "droits des personnes", "réponse à une demande")
ASIDE = "Cette page et les sources sont pour vous : n'envoyez que la lettre."


def request_letter_pdf(dossier: Dossier, letter_id: str) -> bytes:
    """The letter as a tagged A4 PDF, after a page for the practice; see `content`."""
    return pdf(content(dossier, letter_id), dossier.now)


def request_letter_docx(dossier: Dossier, letter_id: str) -> bytes:
    """The same as a DOCX, to complete and to send; see `content`."""
    return docx(content(dossier, letter_id), dossier.now)


def content(dossier: Dossier, letter_id: str) -> Content:
    """What the document says, in its order. Raises KeyError when that letter makes no sense here."""
    letter = _letter(dossier, letter_id)
    knowledge, citations = dossier.knowledge, Citations(dossier.knowledge)
    number, deadline = dossier.followup.number, dossier.deadline
    rows = [
        ("Demande", number or "à numéroter"),
        ("Établi le", french_time(dossier.now)),
        ("État", dossier.state_text),
        (
            "Repère de réponse" if deadline and deadline.guide else "À répondre avant la fin du",
            french_date(deadline.due) if deadline else "",
        ),
        ("Pas de remise avant le", french_time(dossier.not_before.due) if dossier.not_before else ""),
    ]
    return {
        **cover(
            letter.title,
            knowledge,
            dossier.answers,
            dossier.now,
            f"Réponse à une demande {number}".strip(),
            KEYWORDS,
        ),
        "summary": facts(rows),
        "verdict_title": dossier.verdict.title,
        "verdict": _verdict(dossier, citations),
        "missing": [*([letter.note] if letter.note else []), *missing([letter])],
        # What is for the practice does not stand on the page that is sent.
        "channels": [channel(replace(letter, note=""), knowledge, dossier.answers, letter=True)],
        "sources": _listed(dossier, citations),
    }


def _letter(dossier: Dossier, letter_id: str) -> Message:
    for letter in dossier.letters:
        if letter.id == letter_id:
            return letter
    raise KeyError(letter_id)


def _verdict(dossier: Dossier, citations: Citations) -> list[Cited]:
    verdict = dossier.verdict
    return [
        cited(verdict.because, verdict.sources, citations),
        *(cited(line.text, line.sources, citations) for line in verdict.reserves),
        *(cited(text, (), citations) for text in verdict.cautions),
        cited(ASIDE, (), citations),
    ]


def _listed(dossier: Dossier, citations: Citations) -> list[Source]:
    citations.refs(dossier.knowledge.requests.letters.sources)
    return citations.listed()
