"""The message to the persons that a breach concerns, by each channel (RGPD art. 34(2)).

It says nothing of anyone's health: its texts are those of `knowledge/breach/letters.yml`.
"""

from __future__ import annotations

from bot.clock import french_time
from bot.compliance.breach import Dossier
from bot.documents.channel import Content, channel, docx, missing, pdf
from bot.documents.content import cited, cover, facts
from bot.documents.sources import Citations, Source

TITLE = "Message aux personnes concernées"
KEYWORDS = ("RGPD", "violation de données", "information des personnes")


def message_pdf(dossier: Dossier) -> bytes:
    """The message by each channel as a tagged A4 PDF, whether or not it is due."""
    return pdf(content(dossier), dossier.now)


def message_docx(dossier: Dossier) -> bytes:
    """The same as a DOCX, to complete and to send."""
    return docx(content(dossier), dossier.now)


def content(dossier: Dossier) -> Content:
    """What the document says, in its order."""
    knowledge, verdict, citations = dossier.knowledge, dossier.verdict, Citations(dossier.knowledge)
    subject = f"{TITLE} {dossier.followup.number}".strip()
    told = dossier.messages
    rows = [
        ("Violation", dossier.followup.number or "à numéroter"),
        ("Établi le", french_time(dossier.now)),
        ("Informer les personnes", "oui, d'après vos réponses" if verdict.tell else "non obligatoire"),
    ]
    cautions = [cited(text, (), citations) for text in verdict.cautions]
    return {
        **cover(TITLE, knowledge, dossier.answers, dossier.now, subject, KEYWORDS),
        "summary": facts(rows),
        "verdict_title": verdict.title,
        "verdict": [cited(verdict.text, verdict.sources, citations), *cautions],
        "missing": missing(told),
        "channels": [
            channel(
                message,
                knowledge,
                dossier.answers,
                letter=message.id == "lettre",
                signed=message.id != "sms",
            )
            for message in told
        ],
        # The message itself bears no reference: those who receive it get a letter, not a file.
        "sources": _listed(dossier, citations),
    }


def _listed(dossier: Dossier, citations: Citations) -> list[Source]:
    citations.refs(dossier.knowledge.breach.letters.sources)
    return citations.listed()
