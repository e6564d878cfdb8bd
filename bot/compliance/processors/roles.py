"""What a supplier is for the practice's data, and why: processor, controller, joint, recipient, third party.

Sources: RGPD art. 4(7) to 4(10), 26, 28, 29; CSP L. 1111-8; each reason names its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.compliance.answers import Answer, Answers, Value, in_words
from bot.compliance.conditions import holds
from bot.compliance.processors import facts
from bot.knowledge.model import Knowledge, Line, Question
from bot.knowledge.processors import Duty, Hosting, Kind, RoleName


@dataclass(frozen=True)
class Role:
    """The role with its reasons, and what is to be put in writing; `besides` is what to know whatever it is.

    `presumed` when it rests on an answer that nobody gave, on the cautious side.
    """

    name: RoleName
    label: str
    meaning: str
    follows: str
    duty: Duty
    why: tuple[Line, ...]
    besides: tuple[Line, ...]
    sources: tuple[str, ...]
    presumed: bool = False


@dataclass(frozen=True)
class HostingNeed:
    """Whether keeping the data takes an HDS certificate or the Culture ministry's approval, and why."""

    name: Hosting
    label: str
    text: str
    because: str
    steps: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """Another role, and the answer that would lead to it; `text` is the sentence."""

    text: str
    role: RoleName


def role(knowledge: Knowledge, kind: Kind, answers: Answers) -> Role:
    """The role of a supplier of that kind, on facts as `facts.read` gives them."""
    processors = knowledge.processors
    case = facts.case_of(kind, answers)
    name = case.role if case else kind.role
    told = processors.roles[name]
    decided = (Line(text=case.because, sources=case.sources),) if case else ()
    open_access = answers.get(processors.key("acces"))
    presumed = case is None and bool(kind.cases) and open_access is not None and not open_access.known
    besides = tuple(line for line in kind.besides if holds(line.when, answers))
    return Role(
        name=name,
        label=told.label,
        meaning=told.meaning,
        follows=told.follows,
        duty=told.duty,
        # The case decides where there is one; the usual reason may then be untrue.
        why=decided or tuple(line for line in kind.why if holds(line.when, answers)),
        besides=besides,
        sources=told.sources,
        presumed=presumed and name == "sous_traitant",
    )


def hosting(knowledge: Knowledge, kind: Kind, answers: Answers) -> HostingNeed:
    """What hosting the data of a supplier of that kind takes."""
    rule = facts.hosting_of(kind, answers)
    told = knowledge.processors.hosting[rule.need]
    sources = tuple(dict.fromkeys((*rule.sources, *told.sources)))
    return HostingNeed(rule.need, told.label, told.text, rule.because, told.steps, sources)


def changes(knowledge: Knowledge, answers: Answers) -> tuple[Change, ...]:
    """What would change the role, each answer tried; `answers` are those given, before `facts.read`."""
    processors = knowledge.processors
    known = facts.read(knowledge, answers)
    kind = facts.kind_of(processors, known.answers)
    if kind is None:
        return ()
    now, found = role(knowledge, kind, known.answers).name, []
    for question in known.asked:
        if question.id not in processors.wordings.pivots:
            continue
        key = processors.key(question.id)
        for value in _values(question):
            tried = Answer.given(value)
            then = role(knowledge, kind, facts.read(knowledge, {**answers, key: tried}).answers)
            if then.name != now:
                text = processors.wordings.change.format(
                    question=question.ask, answer=in_words(question, tried), role=then.label.lower()
                )
                found.append(Change(text, then.name))
    return tuple(found)


def _values(question: Question) -> tuple[Value, ...]:
    return (True, False) if question.kind == "bool" else tuple(question.options)
