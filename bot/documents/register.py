"""The register and the plan of action as one PDF, typeset from `register.typ`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from bot.clock import PARIS, french_date
from bot.compliance import register
from bot.compliance.answers import to_whom
from bot.compliance.lines import RegisterLine
from bot.compliance.measures import Recommendation
from bot.compliance.register import FIELD_LABELS, RegisterEntry, RegisterField
from bot.documents import wording
from bot.documents.content import Fact, Statement, cover, facts, statement
from bot.documents.sources import Citations
from bot.documents.typeset import typeset
from bot.documents.wording import counted
from bot.knowledge.model import Priority
from bot.records.practice_file import PracticeFile

TITLE = "Registre des activités de traitement et plan d'action"
SUBJECT = "Registre prévu par l'article 30 du RGPD, mesures et points à vérifier"
KEYWORDS = ("RGPD", "registre des activités de traitement", "plan d'action")

ASSESSMENT_LABEL = "Analyse d'impact (AIPD)"
_WHOLE_PRACTICE = "Tout le cabinet"


def register_pdf(file: PracticeFile, now: datetime) -> bytes:
    """The practice's register, measures, tasks and sources as an A4 PDF; `now` bears its time zone.

    The same file at the same time gives the same bytes.
    """
    return typeset("register.typ", _Content(file, now.astimezone(PARIS)).data(), now)


class _Content:
    """Gathers what the template shows."""

    def __init__(self, file: PracticeFile, now: datetime) -> None:
        self.file, self.now = file, now
        self.citations = Citations(file.knowledge)

    def data(self) -> dict[str, Any]:
        """All that the template needs, ready for JSON."""
        file = self.file
        return {
            **cover(TITLE, file.knowledge, file.answers, self.now, SUBJECT, KEYWORDS),
            "empty": not file.answers,
            "about_refs": self.citations.refs(file.knowledge.register.sources),
            "summary": self._summary(),
            "head": [self._field(field) for field in register.head(file.knowledge, file.answers)],
            "shared": self._shared(),
            "entries": [self._entry(entry) for entry in file.register],
            "plan": [self._measures(priority) for priority in wording.PRIORITIES],
            "tasks": self._tasks(),
            "gaps": self._gaps(),
            "open_themes": [
                {"title": theme.activity.title, "state": _theme_state(theme.answered, theme.total)}
                for theme in file.themes
                if theme.answered < theme.total
            ],
            # Last, when every source has its number.
            "sources": self.citations.listed(),
        }

    def _summary(self) -> list[Fact]:
        file = self.file
        finished = sum(theme.answered == theme.total for theme in file.themes)
        rows = {
            "Registre": counted(len(file.register), "fiche"),
            **{
                label: f"{self._count_open(priority)} à prendre"
                for priority, label in wording.PRIORITIES.items()
            },
            "À vérifier": counted(len(file.tasks), "question"),
            "Entretien": (
                f"{counted(finished, 'thème')} sur {len(file.themes)} "
                f"{'terminé' if finished < 2 else 'terminés'}"
            ),
        }
        return facts(rows.items())

    def _count_open(self, priority: Priority) -> int:
        return sum(item.open for item in self.file.measures if item.measure.priority == priority)

    def _shared(self) -> list[Statement]:
        """The security measures of the whole practice, said once rather than on every sheet."""
        lines = [line for entry in self.file.register for line in entry.field("security").lines]
        return [statement(line, self.citations) for line in dict.fromkeys(lines) if line.shared]

    def _entry(self, entry: RegisterEntry) -> dict[str, Any]:
        return {
            "title": entry.title,
            "theme": self.file.knowledge.activity(entry.theme).title,
            "created": french_date(entry.created) if entry.created else "",
            "updated": french_date(entry.updated) if entry.updated else "",
            "fields": [*(self._field(field) for field in entry.fields), self._screened(entry)],
        }

    def _screened(self, entry: RegisterEntry) -> dict[str, Any]:
        """Whether the entry calls for an impact assessment, and why (RGPD art. 35)."""
        found = self.file.screening.of(entry.id)
        lines = [
            RegisterLine(found.title, "proposed", found.sources),
            *(
                RegisterLine(ground.text, "unknown" if ground.doubt else "proposed", ground.sources)
                for ground in found.grounds
            ),
        ]
        return {
            "label": ASSESSMENT_LABEL,
            "lines": [statement(line, self.citations) for line in lines],
            "phased": False,
            "shared": False,
            "outdated": "",
        }

    def _field(self, field: RegisterField) -> dict[str, Any]:
        own = [line for line in field.lines if not line.shared]
        return {
            "label": field.label,
            "lines": [statement(line, self.citations) for line in own],
            "phased": field.name == "retention",
            "shared": len(own) < len(field.lines),
            "outdated": wording.OUTDATED if field.outdated else "",
        }

    def _measures(self, priority: Priority) -> dict[str, Any]:
        chosen = [item for item in self.file.measures if item.measure.priority == priority]
        return {"title": wording.PRIORITIES[priority], "measures": [self._measure(item) for item in chosen]}

    def _measure(self, item: Recommendation) -> dict[str, Any]:
        state, label = wording.measure_state(item, self.now.date())
        return {
            "title": item.measure.title,
            "effort": f"effort : {wording.EFFORTS[item.measure.effort]}",
            "state": state,
            "state_label": label,
            "set_aside": item.decision.reason if item.decision else "",
            "reasons": item.reasons,
            "steps": item.measure.steps,
            "refs": self.citations.refs(item.measure.sources),
        }

    def _tasks(self) -> list[dict[str, Any]]:
        return [
            {
                "theme": task.activity.title,
                "question": task.question.ask,
                "help": task.question.help,
                "why": task.question.why,
                "whom": to_whom(task.ask_whom) if task.ask_whom else "",
                "skipped": task.state == "skipped",
                "refs": self.citations.refs(task.question.sources),
            }
            for task in self.file.tasks
        ]

    def _gaps(self) -> list[dict[str, Any]]:
        """The fields to complete, by sheet; what the whole practice lacks stands once, before them."""
        register = self.file.register
        common = any(line.shared for entry in register for line in _unknown(entry.unknown))
        gaps = [{"entry": _WHOLE_PRACTICE, "fields": [FIELD_LABELS["security"]]}] if common else []
        for entry in register:
            own = [
                field.label for field in entry.unknown if any(not line.shared for line in _unknown((field,)))
            ]
            gaps += [{"entry": entry.title, "fields": own}] if own else []
        return gaps


def _unknown(fields: Iterable[RegisterField]) -> Iterator[RegisterLine]:
    return (line for field in fields for line in field.lines if line.status == "unknown")


def _theme_state(answered: int, total: int) -> str:
    return f"{answered} sur {total} questions répondues" if answered else "pas encore abordé"
