"""Whether the right applies, and why: the first rule of `knowledge/requests/rights.yml` that holds.

Sources: RGPD art. 12 to 22; loi 78-17, art. 84 to 86; CSP art. L.1110-4, L.1111-5, L.1111-7, R.1111-1.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.compliance.answers import Answers, given
from bot.compliance.conditions import holds
from bot.compliance.requests import facts
from bot.knowledge.model import Knowledge, Line
from bot.knowledge.requests import Certainty, IdentityCheck, LetterId, Rule, VerdictName


@dataclass(frozen=True)
class Verdict:
    """The decision and its grounds.

    `because` is for the practice, `told` for the person; `sources` are those of the rule, `letter` what the
    rule has one send, empty when nothing; `reserves` are what to mind besides; `cautions` how sure it is.
    """

    rule: str
    name: VerdictName
    title: str
    text: str
    because: str
    told: str
    sources: tuple[str, ...]
    letter: LetterId | str
    certainty: Certainty
    cautions: tuple[str, ...]
    reserves: tuple[Line, ...]

    @property
    def guidance(self) -> bool:
        """Whether it is Vigie's reasoning and no text's word."""
        return self.certainty == "reasoning"


@dataclass(frozen=True)
class Change:
    """Another verdict, and what would have to turn out for it; `text` is the sentence."""

    text: str
    verdict: Verdict


def decide(knowledge: Knowledge, answers: Answers) -> Verdict:
    """The verdict on facts as `facts.read` gives them."""
    requests = knowledge.requests
    rule = _rule(requests.rights.rules, answers)
    told = requests.wordings.verdicts[rule.verdict]
    return Verdict(
        rule=rule.id,
        name=rule.verdict,
        title=told.title,
        text=told.text,
        because=rule.because,
        told=rule.told,
        sources=rule.sources,
        letter=rule.letter,
        certainty=rule.certainty,
        cautions=(requests.wordings.certainty[rule.certainty],),
        reserves=tuple(line for line in requests.rights.reserves if holds(line.when, answers)),
    )


def changes(knowledge: Knowledge, answers: Answers) -> tuple[Change, ...]:
    """What would change the verdict, each tried: the request is judged again with other answers.

    `answers` are those given, before `facts.read`.
    """
    known = facts.read(knowledge, answers).answers
    now = decide(knowledge, known)
    found: dict[str, Change] = {}
    for pivot in knowledge.requests.rights.pivots:
        if not holds(pivot.when, known):
            continue
        supposed = given(pivot.supposes)
        tried = facts.read(knowledge, {**answers, **supposed}).answers
        then = decide(knowledge, tried)
        # A supposition that nothing asks about has no effect.
        if then.rule != now.rule and then.title != now.title and supposed.keys() <= tried.keys():
            text = knowledge.requests.wordings.change.format(pivot=pivot.text, verdict=f"« {then.title} »")
            found.setdefault(text, Change(text, then))
    return tuple(found.values())


def identity_check(knowledge: Knowledge, answers: Answers) -> IdentityCheck:
    """What check of the identity is proportionate (RGPD art. 12(6), CSP art. R.1111-1)."""
    return next(check for check in knowledge.requests.identity if holds(check.when, answers))


def _rule(rules: tuple[Rule, ...], answers: Answers) -> Rule:
    return next(rule for rule in rules if holds(rule.when, answers))
