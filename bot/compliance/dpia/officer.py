"""Whether a data protection officer is needed, and who cannot be one (RGPD art. 37 and 38, recital 91)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.compliance.answers import Answers, to_whom
from bot.compliance.breach.risk import Ground
from bot.compliance.dpia.facts import read
from bot.compliance.dpia.screening import Settling
from bot.knowledge.dpia import OFFICER_VERDICTS, OfficerVerdictName
from bot.knowledge.model import Knowledge

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
    rank = OFFICER_VERDICTS.index
    held = [rule for rule in told.rules if facts.holds(rule.when)]
    verdict = max((rule.verdict for rule in held), key=rank, default="a_examiner")
    open_ = [
        question
        for rule in told.rules
        if (not held or rank(rule.verdict) > rank(verdict)) and (question := facts.waits_for(rule.when))
    ]
    graver = [
        rule for rule in told.rules if rank(rule.verdict) >= rank("a_examiner") and facts.waits_for(rule.when)
    ]
    if graver and rank(verdict) < rank("a_examiner"):
        verdict = "a_examiner"
    settles = tuple(_settling(knowledge, question) for question in dict.fromkeys(open_))
    grounds = tuple(Ground(rule.because, rule.sources) for rule in held)
    if settles:
        questions = ", ".join(f"« {one.question.label} »" for one in settles)
        left = told.justification.open.format(questions=questions)
        grounds = (*grounds, Ground(left, told.sources, doubt=True))
    text = told.verdicts[verdict]
    paragraph = [getattr(told.justification, verdict), *(ground.text for ground in grounds)]
    cited = dict.fromkeys((*text.sources, *(one for ground in grounds for one in ground.sources)))
    designated = facts.answers.get(_DESIGNATED)
    return OfficerVerdict(
        verdict=verdict,
        title=text.title,
        text=text.text,
        sources=text.sources,
        grounds=grounds,
        settles=settles,
        designated=bool(designated.value) if designated and designated.known else None,
        conflicts=tuple(Ground(line.text, line.sources) for line in told.conflicts if facts.holds(line.when)),
        notes=tuple(Ground(line.text, line.sources) for line in told.notes if facts.holds(line.when)),
        justification=Ground(" ".join([*paragraph, told.justification.closing]), tuple(cited)),
    )


def _settling(knowledge: Knowledge, question_id: str) -> Settling:
    question = knowledge.question(question_id)
    whom = f" À demander {to_whom(question.ask_whom)}." if question.ask_whom else ""
    return Settling(question_id, question, knowledge.dpia.officer.settle.format(question=question.ask) + whom)
