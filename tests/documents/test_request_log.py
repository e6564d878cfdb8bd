"""The register of requests as PDF and ODS, opened again and compared field by field; its calendar file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event
from odfdo import Document, Table
from pypdf import PdfReader

from bot.clock import french_date
from bot.compliance.requests import Dossier
from bot.documents import request_deadlines_ics, request_log_ods, request_log_pdf, wording
from bot.documents.request_log import content
from tests.compliance.requests import case_dossier, row
from tests.documents.dossiers import LONG
from tests.documents.opened import Opened, pattern, squashed
from tests.documents.requests import DOSSIERS, KNOWLEDGE, NOW, NUMBERED, dossier, followed

LOG = KNOWLEDGE.requests.log
ALL = list(DOSSIERS.values())
ANSWERS = dossier().answers
ID = "1/3/2026-11-21T09:00:00+01:00"
each_dossier = pytest.mark.parametrize("told", ALL, ids=DOSSIERS)
STAR = "★"


def sheets(*dossiers: Dossier) -> dict[str, Table]:
    document = Document(io.BytesIO(request_log_ods(KNOWLEDGE, ANSWERS, dossiers, NOW)))
    return {table.name: table for table in document.body.tables}


def texts(table: Table) -> list[list[str]]:
    return [
        ["\n".join(line.inner_text for line in cell.get_paragraphs()) for cell in row.cells]
        for row in table.rows
    ]


def cell_parts(told: Dossier, cell: list[dict[str, object]]) -> Iterator[str]:
    by_label = {field.label: field for field in told.log}
    for shown in cell:
        field = by_label[str(shown["label"])]
        yield pattern(field.label, STAR if field.guide else "")
        for line in field.lines:
            mark = wording.STATUSES[line.status] if line.status in ("proposed", "changed") else ""
            yield pattern(line.text, mark)


def events(told: Dossier, identity: str = ID) -> list[Event]:
    return list(Calendar.from_ical(request_deadlines_ics(told, identity)).events)


@each_dossier
def test_the_table_has_every_field_of_a_request(told: Dossier) -> None:
    opened = Opened(request_log_pdf(KNOWLEDGE, ANSWERS, [told], NOW))
    cells = content(KNOWLEDGE, ANSWERS, [told], NOW)["rows"][0]
    assert sorted(field["label"] for cell in cells for field in cell) == sorted(
        field.label for field in told.log
    )
    # A row that is cut by the end of a page is not read cell by cell.
    if len(opened.reader.pages) == 2:
        for cell in cells:
            assert opened.first_missing(cell_parts(told, cell)) is None
    assert opened.missing(*(field.label for field in told.log)) == []


def test_a_text_longer_than_a_page_is_whole() -> None:
    told = case_dossier(row("B01"), NUMBERED, reference=LONG)
    opened = Opened(request_log_pdf(KNOWLEDGE, ANSWERS, [told], NOW))
    assert [word for word in LONG.split() if squashed(word) not in opened.text] == []


def test_it_lies_on_its_side_and_is_tagged_with_a_header_on_each_page() -> None:
    reader = PdfReader(io.BytesIO(request_log_pdf(KNOWLEDGE, ANSWERS, ALL[:12], NOW)))
    assert {tuple(round(float(side)) for side in page.mediabox[2:]) for page in reader.pages} == {(842, 595)}
    root = reader.root_object
    assert root["/Lang"].lower().startswith("fr")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    tabled = [page.extract_text() for page in reader.pages[:-1]]
    assert len(tabled) > 2 and all("Qui et quoi" in text for text in tabled)


def test_a_practice_without_a_request_has_an_empty_register() -> None:
    opened = Opened(request_log_pdf(KNOWLEDGE, ANSWERS, [], NOW))
    assert opened.missing("Aucune demande n'est enregistrée", "Dr Camille Durand", LOG.retention) == []
    assert len(texts(sheets()["Demandes"])) == 1


def test_what_is_overdue_is_said() -> None:
    assert "Délai passé" in Opened(request_log_pdf(KNOWLEDGE, ANSWERS, [DOSSIERS["late"]], NOW))
    assert "Délai passé" not in Opened(
        request_log_pdf(KNOWLEDGE, ANSWERS, [DOSSIERS["copy of a record"]], NOW)
    )


def test_the_spreadsheet_has_a_row_for_each_request_and_a_column_for_each_field() -> None:
    header, *rows = texts(sheets(*ALL)["Demandes"])
    assert header[: len(LOG.fields)] == [wording.readable(field.label) for field in LOG.fields]
    assert [row[: len(LOG.fields)] for row in rows] == [
        [wording.readable(field.text) for field in told.log] for told in ALL
    ]


@pytest.mark.parametrize(("column", "status"), [(-2, "unknown"), (-1, "proposed")])
def test_the_spreadsheet_names_the_fields_that_are_not_settled(column: int, status: str) -> None:
    rows = texts(sheets(*ALL)["Demandes"])[1:]
    assert [row[column] for row in rows] == [
        wording.readable("\n".join(field.label for field in told.log if field.status == status))
        for told in ALL
    ]


def test_the_spreadsheet_says_what_it_is() -> None:
    document = Document(io.BytesIO(request_log_ods(KNOWLEDGE, ANSWERS, ALL[:1], NOW)))
    about = document.meta
    assert (about.title, about.language) == (f"{LOG.title} – Dr Camille Durand", "fr-FR")
    about_sheet = next(table for table in document.body.tables if table.name == "À propos")
    told = squashed("".join(text for row in texts(about_sheet) for text in row))
    for text in (LOG.retention, *(KNOWLEDGE.sources[name].title for name in LOG.sources)):
        assert squashed(text) in told


@given(st.text(min_size=1))
def test_any_text_survives_and_is_no_formula(text: str) -> None:
    told = case_dossier(row("B01"), NUMBERED, reference=text)
    table = sheets(told)["Demandes"]
    at = [field.id for field in told.log].index("reference")
    assert texts(table)[1][at] == wording.readable(told.log[at].text)
    assert all(cell.formula is None and cell.type == "string" for row in table.rows for cell in row.cells)


@each_dossier
def test_each_deadline_is_an_event_on_its_day_or_at_its_time(told: Dossier) -> None:
    every = [*([told.not_before] if told.not_before else []), *told.deadlines]
    found = events(told)
    assert [event.start for event in found] == [one.day or one.due for one in every]
    for event, deadline in zip(found, every, strict=True):
        assert wording.readable(deadline.label) in event.summary
        assert wording.readable(deadline.text) in event.description
        if deadline.day:
            assert wording.readable(f"Au plus tard le {french_date(deadline.day)}.") in event.description


def test_a_whole_day_is_a_date_and_hours_are_those_of_paris() -> None:
    ics = request_deadlines_ics(DOSSIERS["copy of a record"], ID).decode()
    assert "DTSTART;VALUE=DATE:20261110" in ics and "DTSTART;VALUE=DATE:20261202" in ics
    assert "DTSTART;TZID=Europe/Paris:20261104T100000" in ics
    assert "BEGIN:VTIMEZONE\r\nTZID:Europe/Paris" in ics
    assert "VTIMEZONE" not in request_deadlines_ics(DOSSIERS["erasure refused"], ID).decode()


def test_what_is_left_to_answer_rings_and_what_is_answered_does_not() -> None:
    (event,) = events(DOSSIERS["erasure refused"])
    day = datetime(2026, 12, 2)  # noqa: DTZ001 – an all-day event has no zone
    rings = [day + alarm.TRIGGER for alarm in event.walk("VALARM")]
    assert [f"{at:%d %H:%M}" for at in rings] == ["29 09:00", "01 09:00", "02 09:00"]
    for event in events(followed()):
        assert event.walk("VALARM") == []
        assert (
            event.summary.startswith("Fait") is isinstance(event.start, date)
            and not isinstance(event.start, datetime)
        ) or event.summary.startswith("Temps de réflexion")


def test_an_event_keeps_its_uid_and_no_other_request_or_breach_has_it() -> None:
    before = events(DOSSIERS["copy of a record"])
    late = events(DOSSIERS["late"])
    assert [event.uid for event in before] == [event.uid for event in late]
    assert all(new.sequence > old.sequence for old, new in zip(before, late, strict=True))
    other = events(DOSSIERS["copy of a record"], "1/4/2026-11-21T09:00:00+01:00")
    assert {event.uid for event in before}.isdisjoint(event.uid for event in other)


def test_nothing_that_was_told_is_in_the_calendar() -> None:
    ics = request_deadlines_ics(DOSSIERS["hostile texts"], ID).decode()
    assert "panic" not in ics and "D-2026-04" not in ics and "Durand" not in ics
    assert timedelta(0) < DOSSIERS["late"].now - NOW


def test_a_request_without_a_clock_has_an_empty_calendar() -> None:
    assert events(DOSSIERS["insurer"]) == [] and events(DOSSIERS["nothing told"]) == []
