"""Whether a data protection officer is needed, and who cannot be one (RGPD art. 37 and 38, recital 91)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.compliance.answers import Answers
from bot.compliance.breach.risk import Ground
from bot.compliance.dpia.facts import Facts, read
from bot.compliance.dpia.screening import Settling, settling
from bot.knowledge.dpia import OFFICER_VERDICTS, Officer, OfficerRule, OfficerVerdictName
from bot.knowledge.model import Knowledge, Line

#: Where the profile says whether an officer is designated.
_DESIGNATED = "profil.dpo"


@dataclass(frozen=True)
class OfficerVerdict:
    """Whether an officer is needed, why, and the paragraph to keep.

    `designated` is None when it is not known; `conflicts` say why the one designated may not be able to.
    """

    verdict: OfficerVerdictName
    title: str
    text: str
    sources: tuple[str, ...]
    grounds: tuple[Ground, ...]
    settles: tuple[Settling, ...]
    designated: bool | None
    conflicts: tuple[Ground, ...]
    notes: tuple[Ground, ...]
    justification: Ground

    @property
    def missing(self) -> bool:
        """Whether an officer is needed, or awaited, and none is known."""
        return self.verdict in ("attendu", "obligatoire") and self.designated is not True


def officer(knowledge: Knowledge, answers: Answers) -> OfficerVerdict:
    """The verdict on answers, those to the screening's own questions included.

    The gravest rule that holds counts. What is unknown counts on the cautious side: it is to be examined when
    a graver verdict may follow.
    """
    facts, told = read(knowledge, answers), knowledge.dpia.officer
    held = [rule for rule in told.rules if facts.holds(rule.when)]
    surely: OfficerVerdictName = max((rule.verdict for rule in held), key=_rank, default="non_obligatoire")
    graver = [rule for rule in told.rules if not held or _rank(rule.verdict) > _rank(surely)]
    waiting = [(rule, question) for rule in graver if (question := facts.waits_for(rule.when))]
    doubtful = not held or any(_rank(rule.verdict) >= _rank("a_examiner") for rule, _ in waiting)
    verdict = max(surely, "a_examiner", key=_rank) if doubtful else surely
    settles = tuple(
        settling(knowledge, question, told.settle) for question in dict.fromkeys(one for _, one in waiting)
    )
    grounds = _grounds(told, held, settles)
    text = told.verdicts[verdict]
    designated = facts.answers.get(_DESIGNATED)
    return OfficerVerdict(
        verdict=verdict,
        title=text.title,
        text=text.text,
        sources=text.sources,
        grounds=grounds,
        settles=settles,
        designated=bool(designated.value) if designated and designated.known else None,
        conflicts=_said(facts, told.conflicts),
        notes=_said(facts, told.notes),
        justification=_paragraph(told, verdict, grounds),
    )


def _rank(verdict: OfficerVerdictName) -> int:
    return OFFICER_VERDICTS.index(verdict)


def _said(facts: Facts, lines: Iterable[Line]) -> tuple[Ground, ...]:
    return tuple(Ground(line.text, line.sources) for line in lines if facts.holds(line.when))


def _grounds(told: Officer, held: Iterable[OfficerRule], settles: tuple[Settling, ...]) -> tuple[Ground, ...]:
    """Why, and what is left to know."""
    found = tuple(Ground(rule.because, rule.sources) for rule in held)
    if not settles:
        return found
    questions = ", ".join(f"« {one.question.label} »" for one in settles)
    left = told.justification.open.format(questions=questions)
    return (*found, Ground(left, told.sources, doubt=True))


def _paragraph(told: Officer, verdict: OfficerVerdictName, grounds: tuple[Ground, ...]) -> Ground:
    """The paragraph to keep (RGPD art. 5(2) and 24)."""
    texts = told.justification
    sentences = [texts.opening[verdict], *(ground.text for ground in grounds), texts.closing]
    cited = (*told.verdicts[verdict].sources, *(one for ground in grounds for one in ground.sources))
    return Ground(" ".join(sentences), tuple(dict.fromkeys(cited)))
