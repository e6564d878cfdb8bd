"""What follows from the risk: document, notify the CNIL, tell the persons, and how sure that is.

Sources: RGPD art. 33(1), 33(2), 33(5), 34(1) and 34(3); Conseil d'État, 22 July 2022, no. 449694.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.compliance.answers import Answer, Answers, given
from bot.compliance.breach import facts, risk
from bot.compliance.breach.risk import Ground, Risk
from bot.compliance.conditions import holds
from bot.knowledge.breach import Breach, Certainty, ExceptionRule, Precedent, RiskLevel, VerdictName
from bot.knowledge.model import Knowledge


@dataclass(frozen=True)
class Verdict:
    """The decision and its grounds. Every breach is documented, notified or not (RGPD art. 33(5)).

    `notify` the CNIL, `tell` the persons, `publish` for those who cannot be reached one by one.
    `exceptions` are those of art. 34(3) that apply; `precedents` found the same on a close case.
    """

    name: VerdictName
    title: str
    text: str
    sources: tuple[str, ...]
    breach: bool
    risk: Risk
    notify: bool
    tell: bool
    publish: bool
    grounds: tuple[Ground, ...]
    exceptions: tuple[ExceptionRule, ...]
    precedents: tuple[Precedent, ...]
    certainty: Certainty
    cautions: tuple[str, ...]

    @property
    def guidance(self) -> bool:
        """Whether it is Vigie's reasoning and no authority's word."""
        return self.certainty == "reasoning"

    @property
    def why(self) -> str:
        """The grounds that decided, as one text, for the log and the form."""
        texts = [ground.text for ground in self.grounds if ground.decisive]
        texts += [rule.text for rule in self.exceptions]
        return " ".join(texts)


@dataclass(frozen=True)
class Change:
    """Another verdict, and what would have to turn out for it; `text` is the sentence."""

    text: str
    verdict: Verdict


def decide(knowledge: Knowledge, answers: Answers) -> Verdict:
    """The verdict on facts as `facts.read` gives them; when in doubt it leans to notify, and says so."""
    breach, wordings = knowledge.breach, knowledge.breach.wordings
    denied = risk.not_a_breach(breach, answers)
    judged = Risk("aucun", "negligeable", "negligeable", (), False) if denied else risk.judge(breach, answers)
    exceptions = () if denied else _exceptions(breach, answers, judged)
    publish = judged.level == "eleve" and any(rule.id == "c" for rule in exceptions)
    name = _name(breach, answers, judged.level, not denied, publish)
    precedents = () if denied else _precedents(breach, answers, judged.level)
    certainty = _certainty(precedents)
    told = wordings.verdicts[name]
    processor = name == "prevenir_le_responsable"
    cautions = (wordings.doubt,) if judged.in_doubt else ()
    return Verdict(
        name=name,
        title=told.title,
        text=told.text,
        sources=told.sources,
        breach=not denied,
        risk=judged,
        notify=name.startswith("notifier"),
        tell=judged.level == "eleve" and not processor,
        publish=publish and not processor,
        grounds=denied or judged.grounds,
        exceptions=exceptions,
        precedents=precedents,
        certainty=certainty,
        cautions=(*cautions, wordings.certainty[certainty]),
    )


def changes(knowledge: Knowledge, answers: Answers) -> tuple[Change, ...]:
    """What would change the verdict, each tried: the facts are judged again with other answers.

    `answers` are those given, before `facts.read`.
    """
    wordings = knowledge.breach.wordings
    known = facts.read(knowledge, answers)
    now = decide(knowledge, known.answers)
    found: dict[str, Change] = {}
    for pivot in knowledge.breach.risk.pivots:
        if not holds(pivot.when, known.answers) or known.implied & set(pivot.supposes):
            continue
        tried = {**answers, **_supposed(knowledge, known.answers, pivot.supposes)}
        then = decide(knowledge, facts.read(knowledge, tried).answers)
        if then.name != now.name:
            text = wordings.change.format(pivot=pivot.text, verdict=_quoted(then.title))
            found.setdefault(text, Change(text, then))
    return tuple(found.values())


def _quoted(title: str) -> str:
    return f"« {title} »"


def _supposed(knowledge: Knowledge, answers: Answers, supposes: Mapping[str, Any]) -> dict[str, Answer]:
    """The answers that a pivot supposes; of several choices, besides those that were made."""
    found = {}
    for key, answer in given(supposes).items():
        question, before = knowledge.question(key), answers.get(key)
        if question.kind == "many" and before and isinstance(before.value, tuple):
            made = [one for one in before.value if one != question.none]
            answer = Answer.given(tuple(dict.fromkeys([*made, *_tuple(answer)])))
        found[key] = answer
    return found


def _tuple(answer: Answer) -> tuple[str, ...]:
    return answer.value if isinstance(answer.value, tuple) else ()


def _is(breach: Breach, answers: Answers, question_id: str, value: str) -> bool:
    answer = answers.get(breach.key(question_id))
    return answer is not None and answer.known and answer.value == value


def _name(breach: Breach, answers: Answers, level: RiskLevel, is_breach: bool, publish: bool) -> VerdictName:
    outcomes = breach.wordings.outcomes
    if not is_breach:
        return outcomes["pas_une_violation"]
    if _is(breach, answers, "responsabilite", "pour_un_autre"):
        return "prevenir_le_responsable"
    if level != "aucun" and _is(breach, answers, "decouvert_par", "cnil"):
        return "cnil_deja_saisie_et_informer" if level == "eleve" else "cnil_deja_saisie"
    return "notifier_et_publier" if publish else outcomes[level]


def _exceptions(breach: Breach, answers: Answers, judged: Risk) -> tuple[ExceptionRule, ...]:
    touched = {aspect.aspect for aspect in judged.aspects}
    return tuple(
        rule for rule in breach.risk.exceptions if touched & set(rule.of) and holds(rule.when, answers)
    )


def _precedents(breach: Breach, answers: Answers, level: RiskLevel) -> tuple[Precedent, ...]:
    """The close cases that were decided in the same way, those read again first."""
    found = [
        case for case in breach.risk.precedents if case.risk in ("", level) and holds(case.when, answers)
    ]
    return tuple(sorted(found, key=lambda case: case.grade != "read"))


def _certainty(precedents: tuple[Precedent, ...]) -> Certainty:
    return precedents[0].grade if precedents else "reasoning"
