"""The assessment as the JSON file that the CNIL's free software PIA imports.

Verified in the source of that software (repository LINCnil/pia, read on 2026-11-28), at these commits:
- `src/app/services/pia.service.ts`, 01e36c777394402543d769f55fe8a919ba53f236: `importData`, `importAnswers`,
  `importMeasures`, `importEvaluations` and `importComments` say which fields are read;
- `src/assets/files/pia_architecture.json`, 064157028c9b2b2fc3d031fe08a1ef17e87fc948: the numbers and kinds of
  the questions;
- `src/app/models/`: `pia.model.ts` (05bc35414fd0929e959535cd4b4d6b4c191dac95), `measure.model.ts` and
  `evaluation.model.ts`: the values of the fields; `src/app/services/measures.service.ts`: the placeholder;
- `cypress/fixtures/pia.json`, 2631612f60c05f9ffd67e553eaaf8306363664cb: a file that the software exported.
No later version was read, and no file was imported in the running software.

- The file is an object: `pia`, `answers`, `measures`, `evaluations`, `comments`. The last four are lists that
  may be empty but must be there.
- An answer has `reference_to`, the number of the question, and `data`: `text` (HTML) for a text, `list` for a
  list, `gauge` from 1 to 4 with its `text` for a level. The measures of an event are titles of `measures`.
- `pia.status` is 0, an assessment being written: evaluating and validating are left to be done there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timezone
from html import escape
from typing import Any, TypedDict

from bot.compliance.answers import Answer
from bot.compliance.dpia.assessment import Assessment, EventRisk
from bot.compliance.dpia.risk import Rated
from bot.compliance.lines import FilledField
from bot.documents import wording
from bot.knowledge.breach import LEVELS

#: The questions of an event, in the software's order.
_IMPACTS, _THREATS, _ORIGINS, _MEASURES, _SEVERITY, _LIKELIHOOD = range(1, 7)
_ID = 1


class Data(TypedDict):
    """What an answer says: one of the three, by the question's kind."""

    text: str | None
    gauge: int | None
    list: list[str]


def pia_json(assessment: Assessment, now: datetime) -> bytes:
    """The file to import in the CNIL's software, in UTF-8; `now` bears its time zone."""
    return json.dumps(content(assessment, now), ensure_ascii=False, indent=1).encode("utf-8")


def content(assessment: Assessment, now: datetime) -> dict[str, Any]:
    """What the file says."""
    written = now.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    measures = _measures(assessment)
    answers = [*_fields(assessment), *(one for event in assessment.events for one in _event(event))]
    return {
        "pia": _pia(assessment, written),
        "answers": [
            {"id": place, "pia_id": _ID, "reference_to": number, "data": data, "created_at": written}
            for place, (number, data) in enumerate(answers, start=1)
        ],
        "measures": [
            {
                "id": place,
                "pia_id": _ID,
                "title": title,
                "content": text,
                "placeholder": "measures.default_placeholder",
                "created_at": written,
            }
            for place, (title, text) in enumerate(measures.items(), start=1)
        ],
        "evaluations": [],
        "comments": [],
    }


def _pia(assessment: Assessment, written: str) -> dict[str, Any]:
    told = {name: _told(assessment, name) for name in ("decideur", "avis_dpo", "avis_personnes", "sans_avis")}
    searched = _answer(assessment, "personnes_consultees")
    return {
        "id": _ID,
        "status": 0,
        "is_example": 0,
        "is_archive": 0,
        "name": wording.readable(
            f"{assessment.entry.title} – {wording.practice_name(assessment.knowledge, assessment.answers)}"
        ),
        "category": "",
        "author_name": "",
        "evaluator_name": "",
        "validator_name": told["decideur"],
        "dpo_opinion": _html(told["avis_dpo"].splitlines()),
        "concerned_people_searched_opinion": bool(searched.value) if searched and searched.known else None,
        "concerned_people_opinion": _html(told["avis_personnes"].splitlines()),
        "concerned_people_searched_content": _html(told["sans_avis"].splitlines()),
        "created_at": written,
        "updated_at": written,
    }


def _answer(assessment: Assessment, name: str) -> Answer | None:
    return assessment.facts.answers.get(f"{assessment.knowledge.dpia.analysis.id}.{name}")


def _told(assessment: Assessment, name: str) -> str:
    answer = _answer(assessment, name)
    return wording.readable(str(answer.value)) if answer and answer.known else ""


def _fields(assessment: Assessment) -> Iterable[tuple[int, Data]]:
    numbers = {
        field.question: field.pia
        for section in assessment.knowledge.dpia.form.sections
        for part in section.parts
        for field in part.fields
        if field.pia
    }
    for section in assessment.sections:
        for part in section.parts:
            for field in part.fields:
                if number := numbers.get(field.id):
                    text = _html(line.in_full for line in field.lines)
                    yield number, {"text": text, "gauge": None, "list": []}


def _event(event: EventRisk) -> Iterable[tuple[int, Data]]:
    first = event.event.pia * 10
    lists = {_IMPACTS: event.impacts, _THREATS: event.threats, _ORIGINS: event.origins}
    for place, field in lists.items():
        yield first + place, {"text": None, "gauge": None, "list": _known(field)}
    titles = [_title(line.text) for line in event.safeguards]
    titles += [_title(item.measure.title) for item in event.planned]
    yield first + _MEASURES, {"text": None, "gauge": None, "list": titles}
    for place, rated in ((_SEVERITY, event.severity), (_LIKELIHOOD, event.likelihood)):
        yield first + place, _gauge(rated)


def _known(field: FilledField) -> list[str]:
    return [_title(line.text) for line in field.lines if line.status != "unknown"]


def _gauge(rated: Rated) -> Data:
    """A level from 1 to 4; none when the practitioner does not know."""
    text = _html(ground.text for ground in rated.grounds)
    gauge = None if rated.level is None else LEVELS.index(rated.level) + 1
    return {"text": text, "gauge": gauge, "list": []}


def _measures(assessment: Assessment) -> dict[str, str]:
    """The measures in place, then those of the plan, with what they consist of; each title once."""
    found = {_title(line.text): "" for event in assessment.events for line in event.safeguards}
    found.update({_title(line.text): "" for line in assessment.existing})
    for item in assessment.plan:
        found[_title(item.measure.title)] = _html(item.measure.steps)
    return found


def _title(text: str) -> str:
    return " ".join(wording.readable(text).split())


def _html(lines: Iterable[str]) -> str:
    """Lines as the software's editor holds them; what a practice wrote never becomes markup."""
    return "<br>".join(escape(wording.readable(line), quote=False) for line in lines)
