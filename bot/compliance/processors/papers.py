"""What a review leads to on paper, as data: the letter to the supplier and the model amendment.

Sources: RGPD art. 28(3) and 28(9); the wording is that of `knowledge/processors/`, and Vigie's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.compliance.processors.review import Review
from bot.compliance.processors.verdict import ClauseVerdict

#: What stands between brackets is to be completed by hand.
_OPEN = "["


@dataclass(frozen=True)
class Text:
    """A text, and whether something in it is to be completed."""

    text: str
    to_complete: bool = False


@dataclass(frozen=True)
class Letter:
    """The letter that asks a supplier for what its contract lacks; `points` are clauses with articles."""

    title: str
    subject: str
    opening: str
    request: str
    points: tuple[str, ...]
    also: tuple[str, ...]
    closing: tuple[str, ...]
    note: str
    recipient: Text
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Article:
    """An article of the model amendment, and the clause that it settles."""

    clause: str
    title: str
    article: str
    texts: tuple[Text, ...]


@dataclass(frozen=True)
class Amendment:
    """The model amendment: to be read by a lawyer before anyone signs it."""

    title: str
    warning: str
    parties: tuple[Text, ...]
    preamble: str
    articles: tuple[Article, ...]
    closing: str
    signature: Text
    sources: tuple[str, ...]


def wanted(review: Review) -> tuple[ClauseVerdict, ...]:
    """The clauses to ask for: absent, unclear, or that nobody found; all of art. 28's own without a contract.

    A passage that waits to be read is the practitioner's to confirm, and not asked of the supplier.
    """
    overall = review.overall
    if overall is not None and overall.name in ("pas_de_contrat", "contrat_inconnu", "a_decider"):
        return review.clauses
    return tuple(one for one in review.clauses if one.lacking or one.state in ("inconnue", "non_trouvee"))


def letter(review: Review) -> Letter | None:
    """The letter; None when no contract is to be signed, or nothing is to be asked."""
    asked, kind, overall = wanted(review), review.kind, review.overall
    also = tuple(_also(review))
    if kind is None or overall is None or not (asked or also) or not review.clauses:
        return None
    told = review.knowledge.processors.wordings.letter
    texts = {
        "pas_de_contrat": told.no_contract,
        "contrat_inconnu": told.no_contract,
        "a_decider": told.undecided,
    }
    request = texts.get(overall.name, told.incomplete).format(service=kind.service)
    return Letter(
        title=told.title,
        subject=told.subject,
        opening=told.opening,
        request=request if asked else "",
        points=tuple(_point(one, last=one is asked[-1]) for one in asked),
        also=also,
        closing=(told.reply, told.closing),
        note=told.note,
        recipient=_named(review),
        sources=_cited(told.sources, asked),
    )


def amendment(review: Review, practice: str) -> Amendment | None:
    """The model amendment with the clauses to ask for; None when there are none. `practice` is its name."""
    asked, kind = wanted(review), review.kind
    if kind is None or not asked:
        return None
    told = review.knowledge.processors.wordings.amendment
    named = _named(review)
    values = {
        "service": kind.service,
        "donnees": kind.data,
        "personnes": kind.persons,
        "nom": named.text,
        "cabinet": practice,
    }
    return Amendment(
        title=told.title,
        warning=told.warning,
        parties=tuple(_text(party.format(**values)) for party in told.parties),
        preamble=told.preamble,
        articles=tuple(
            Article(
                one.clause.id,
                one.clause.title,
                _article(one.clause.article),
                tuple(_text(text.format(**values)) for text in one.clause.amendment),
            )
            for one in asked
        ),
        closing=told.closing,
        signature=Text(f"[{told.signature}]", True),
        sources=_cited(told.sources, asked),
    )


def _also(review: Review) -> Iterable[str]:
    """What the letter asks besides clauses: the certificate or approval, the places and safeguards."""
    told, hosting = review.knowledge.processors.wordings.letter, review.hosting
    if hosting and hosting.name != "non" and not review.hosting_settled:
        yield {"hds": told.hosting, "a_verifier": told.hosting_maybe, "culture": told.culture}[hosting.name]
    if any(rule.level in ("a_verifier", "manque") for rule in review.transfers):
        yield told.place


def _point(one: ClauseVerdict, last: bool) -> str:
    return f"{one.clause.letter} ({_article(one.clause.article)}){'.' if last else ' ;'}"


def _named(review: Review) -> Text:
    if review.name:
        return Text(review.name)
    return Text(f"[{review.knowledge.processors.wordings.amendment.to_complete}]", True)


def _text(text: str) -> Text:
    return Text(text, _OPEN in text)


def _article(article: str) -> str:
    """« article 28(3)(a) », as the letter and the amendment refer to the law."""
    return article if article.startswith("CSP") else f"article {article}"


def _cited(sources: tuple[str, ...], asked: Iterable[ClauseVerdict]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*sources, *(source for one in asked for source in one.clause.sources))))
