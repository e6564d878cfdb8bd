"""The register and the plan of action as one PDF, typeset by Typst from `register.typ`.

The template is fixed. Everything a practice wrote reaches it as JSON and is only ever shown as text, so
that no answer can be read as Typst source.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import typst

from bot.clock import PARIS, french_date
from bot.compliance import register
from bot.compliance.answers import in_words, to_whom
from bot.compliance.lines import RegisterLine
from bot.compliance.measures import Recommendation
from bot.compliance.register import FIELD_LABELS, RegisterEntry, RegisterField
from bot.documents import wording
from bot.documents.wording import counted
from bot.knowledge.model import Priority
from bot.records.practice_file import PracticeFile

TEMPLATE = Path(__file__).with_name("register.typ")
TITLE = "Registre des activités de traitement et plan d'action"

_NAME = "profil.nom"
_NO_NAME = "Cabinet à nommer"
_WHOLE_PRACTICE = "Tout le cabinet"


def register_pdf(file: PracticeFile, now: datetime) -> bytes:
    """The practice's register, measures, tasks and sources as an A4 PDF; `now` bears its time zone.

    The same file at the same time gives the same bytes. The PDF is tagged (PDF/UA-1).
    """
    moment = now.astimezone(PARIS)
    data = _printable(_Content(file, moment).data())
    data["unprintable"] = wording.MISSING_CHARACTER in json.dumps(data, ensure_ascii=False)
    return typst.compile(
        TEMPLATE,
        sys_inputs={"data": json.dumps(data)},
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        # Typst takes a fixed offset only, which a zone of the tz database is not.
        timestamp=moment.replace(microsecond=0).astimezone(timezone.utc),
    )


class _Content:
    """Gathers what the template shows, and numbers the sources in the order they are first cited."""

    def __init__(self, file: PracticeFile, now: datetime) -> None:
        self.file, self.now = file, now
        self.numbers: dict[str, int] = {}

    def data(self) -> dict[str, Any]:
        """All that the template needs, ready for JSON."""
        file = self.file
        return {
            "title": TITLE,
            "practice": self._practice(),
            "date": french_date(self.now),
            "empty": not file.answers,
            "about_refs": self._refs(file.knowledge.register.sources),
            "summary": self._summary(),
            "legend": [
                {"status": status, "label": label, "meaning": wording.STATUS_MEANINGS[status]}
                for status, label in wording.STATUSES.items()
            ],
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
            "sources": [self._source(source_id) for source_id in self.numbers],
        }

    def _practice(self) -> str:
        answer = self.file.answers.get(_NAME)
        if answer is None or not answer.known:
            return _NO_NAME
        name = in_words(self.file.knowledge.question(_NAME), answer)
        return wording.printable(name).strip() or _NO_NAME

    def _summary(self) -> list[dict[str, str]]:
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
        return [{"label": label, "value": value} for label, value in rows.items()]

    def _count_open(self, priority: Priority) -> int:
        return sum(item.open for item in self.file.measures if item.measure.priority == priority)

    def _shared(self) -> list[dict[str, Any]]:
        """The security measures of the whole practice, said once rather than on every sheet."""
        lines = [line for entry in self.file.register for line in entry.field("security").lines]
        return [self._line(line) for line in dict.fromkeys(lines) if line.shared]

    def _entry(self, entry: RegisterEntry) -> dict[str, Any]:
        return {
            "title": entry.title,
            "theme": self.file.knowledge.activity(entry.theme).title,
            "created": french_date(entry.created) if entry.created else "",
            "updated": french_date(entry.updated) if entry.updated else "",
            "fields": [self._field(field) for field in entry.fields],
        }

    def _field(self, field: RegisterField) -> dict[str, Any]:
        own = [line for line in field.lines if not line.shared]
        return {
            "label": field.label,
            "lines": [self._line(line) for line in own],
            "phased": field.name == "retention",
            "shared": len(own) < len(field.lines),
            "outdated": wording.OUTDATED if field.outdated else "",
        }

    def _line(self, line: RegisterLine) -> dict[str, Any]:
        return {
            "text": line.text,
            "status": line.status,
            "label": wording.STATUSES[line.status],
            "sensitive": line.sensitive,
            "details": [{"label": label, "text": text} for label, text in line.details],
            "refs": self._refs(line.sources),
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
            "refs": self._refs(item.measure.sources),
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
                "refs": self._refs(task.question.sources),
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

    def _refs(self, source_ids: Iterable[str]) -> list[int]:
        for source_id in source_ids:
            self.numbers.setdefault(source_id, len(self.numbers) + 1)
        return sorted({self.numbers[source_id] for source_id in source_ids})

    def _source(self, source_id: str) -> dict[str, Any]:
        source = self.file.knowledge.sources[source_id]
        return {
            "title": source.title,
            "grade": self.file.knowledge.grades[source.grade],
            "checked": french_date(source.checked),
            "url": source.url,
            "note": source.note,
        }


def _unknown(fields: Iterable[RegisterField]) -> Iterator[RegisterLine]:
    return (line for field in fields for line in field.lines if line.status == "unknown")


def _theme_state(answered: int, total: int) -> str:
    return f"{answered} sur {total} questions répondues" if answered else "pas encore abordé"


def _printable(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _printable(value) for key, value in node.items()}
    if isinstance(node, (list, tuple)):
        return [_printable(item) for item in node]
    return wording.printable(node) if isinstance(node, str) else node
