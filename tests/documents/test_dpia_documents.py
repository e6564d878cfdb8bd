"""The note on thresholds and the assessment, made and opened again; the file against the format of the CNIL's software."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from datetime import datetime, timezone
from functools import cache
from html.parser import HTMLParser
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from bot.compliance.answers import Answer
from bot.compliance.dpia.assessment import Assessment
from bot.compliance.dpia.officer import officer
from bot.compliance.dpia.screening import screen
from bot.documents import (
    assessment_docx,
    assessment_pdf,
    pia_json,
    screening_docx,
    screening_pdf,
    wording,
)
from tests.documents.dossiers import HOSTILE, LONG
from tests.documents.dpia_cases import ASSESSMENTS, KNOWLEDGE, NOW, PRACTICES, assessed
from tests.documents.opened import Opened, pattern, squashed

DPIA = KNOWLEDGE.dpia
each_assessment = pytest.mark.parametrize("name", ASSESSMENTS)
each_practice = pytest.mark.parametrize("name", PRACTICES)


@cache
def note(name: str) -> Opened:
    return Opened(screening_pdf(KNOWLEDGE, PRACTICES[name], NOW))


@cache
def pdf(name: str) -> Opened:
    return Opened(assessment_pdf(ASSESSMENTS[name], NOW))


@cache
def word(name: str) -> Document:
    return docx.Document(io.BytesIO(assessment_docx(ASSESSMENTS[name], NOW)))


def field_parts(told: Assessment, section_id: str) -> Iterator[str]:
    """A section as it must be read, in order."""
    section = next(one for one in told.sections if one.id == section_id)
    yield pattern(section.title)
    for part in section.parts:
        yield pattern(part.title)
        for field in part.fields:
            yield pattern(field.label)
            for line in field.lines:
                # The numbers of the sources, and a mark, stand between the text and its status.
                yield pattern(line.text) + r"(?:\[[\d,]+\])?" + f"(?:{squashed('donnée sensible')})?"
                yield pattern(wording.STATUSES[line.status])
                yield from (pattern(name, text) for name, text in line.details)


def words(document: Document) -> str:
    """All that a DOCX says, in its order."""
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return squashed("".join(texts))


class TestScreeningNote:
    @each_practice
    def test_each_entry_has_its_verdict_and_its_justification(self, name: str) -> None:
        answers = PRACTICES[name]
        opened = note(name)
        for one in screen(KNOWLEDGE, answers).entries:
            said = [one.entry.title, one.title, one.text, *(ground.text for ground in one.justification)]
            said += [settling.text for settling in one.settles]
            said += [change.text for change in one.changes]
            assert opened.missing(*said) == []

    @each_practice
    def test_the_officer_stands_in_it_with_the_paragraph_to_keep(self, name: str) -> None:
        answers = PRACTICES[name]
        opened, found = note(name), officer(KNOWLEDGE, answers)
        lines = [ground.text for ground in (*found.conflicts, *found.notes, found.justification)]
        assert opened.missing(found.title, found.text, *lines) == []

    @each_practice
    def test_the_docx_says_the_same(self, name: str) -> None:
        answers = PRACTICES[name]
        document = docx.Document(io.BytesIO(screening_docx(KNOWLEDGE, answers, NOW)))
        text = words(document)
        found = officer(KNOWLEDGE, answers)
        said = [found.title, found.justification.text]
        for one in screen(KNOWLEDGE, answers).entries:
            said += [one.entry.title, one.title, *(ground.text for ground in one.justification)]
            said += [change.text for change in one.changes]
        assert [one for one in said if squashed(one) not in text] == []

    def test_every_source_that_is_cited_is_listed_once(self) -> None:
        answers, opened = PRACTICES["alone"], note("alone")
        cited = {
            source
            for one in screen(KNOWLEDGE, answers).entries
            for ground in one.justification
            for source in ground.sources
        }
        listed = opened.text[opened.text.rindex(squashed("Chaque source est suivie")) :]
        assert {one for one in cited if listed.count(squashed(KNOWLEDGE.sources[one].title)) != 1} == set()

    def test_a_practice_without_a_register_gets_an_empty_note(self) -> None:
        assert "Aucune fiche au registre pour le moment." in note("nothing told")


class TestAssessmentPdf:
    @pytest.mark.parametrize("name", [name for name in ASSESSMENTS if name != "long texts"])
    @pytest.mark.parametrize("section", ["contexte", "principes", "validation"])
    def test_every_field_is_there_in_order(self, name: str, section: str) -> None:
        assert pdf(name).first_missing(field_parts(ASSESSMENTS[name], section)) is None

    def test_a_text_longer_than_a_page_is_whole(self) -> None:
        text = pdf("long texts").text
        assert [word for word in LONG.split() if squashed(word) not in text] == []

    @each_assessment
    def test_the_events_stand_with_their_levels_and_their_reasons(self, name: str) -> None:
        told, opened = ASSESSMENTS[name], pdf(name)
        for event in told.events:
            said = [event.event.title, f"Risque : {DPIA.risks.risks[event.risk]}."]
            said += [line.text for field in event.lists for line in field.lines]
            said += [line.text for line in event.safeguards]
            said += [item.measure.title for item in event.planned]
            for rated, severity in ((event.severity, True), (event.likelihood, False)):
                level = DPIA.risks.levels[rated.counted]
                said += [f"{level.title}. {level.severity if severity else level.likelihood}"]
                said += [ground.text for ground in rated.grounds]
            assert opened.missing(*said) == []

    @each_assessment
    def test_the_measures_the_plan_and_the_conclusion_stand_in_it(self, name: str) -> None:
        told, opened = ASSESSMENTS[name], pdf(name)
        said = [line.text for line in told.existing]
        said += [item.measure.title for item in told.plan]
        assert opened.missing(*said, told.conclusion.text) == []

    @each_assessment
    def test_what_is_missing_is_gathered_first(self, name: str) -> None:
        told, text = ASSESSMENTS[name], pdf(name).text
        gathered = text[text.index(squashed("Ce qui manque")) : text.index(squashed("Vigie le propose"))]
        assert [field.label for field in told.missing if squashed(field.label) not in gathered] == []
        assert (squashed("Rien ne manque") in gathered) == (not told.missing)

    def test_it_is_tagged_french_and_bears_its_metadata(self) -> None:
        reader = PdfReader(io.BytesIO(assessment_pdf(ASSESSMENTS["large group"], NOW)))
        assert reader.metadata and reader.metadata.author == "Dr Camille Durand"
        assert reader.metadata.creation_date == NOW
        root = reader.root_object
        assert root["/Lang"].lower().startswith("fr") and root["/MarkInfo"]["/Marked"]
        assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()

    def test_the_same_assessment_gives_the_same_bytes(self) -> None:
        told = ASSESSMENTS["large group"]
        assert assessment_pdf(told, NOW) == assessment_pdf(told, NOW)

    def test_what_a_practice_wrote_is_only_ever_text(self) -> None:
        assert HOSTILE in pdf("hostile texts")


class TestAssessmentDocx:
    @each_assessment
    def test_every_field_has_its_row(self, name: str) -> None:
        told, document = ASSESSMENTS[name], word(name)
        rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
        fields = [field for section in told.sections for part in section.parts for field in part.fields]
        fields += [field for event in told.events for field in event.lists]
        for field in fields:
            found = [row for row in rows if row[0] == wording.readable(field.label) and len(row) == 3]
            assert len(found) == 1, field.label
            assert found[0][2] == wording.STATUSES[field.status]
            missing = [line.text for line in field.lines if squashed(line.text) not in squashed(found[0][1])]
            assert missing == []

    @each_assessment
    def test_it_says_what_follows_for_the_cnil_and_the_plan(self, name: str) -> None:
        told, text = ASSESSMENTS[name], words(word(name))
        said = [told.conclusion.text, *(item.measure.title for item in told.plan)]
        said += [line.text for line in told.existing]
        assert [one for one in said if squashed(one) not in text] == []

    def test_what_is_to_be_completed_is_highlighted_and_tables_repeat_their_header(self) -> None:
        document = word("just begun")
        table = next(one for one in document.tables if one.rows[0].cells[0].text == "Champ")
        assert table.rows[0]._tr.trPr.findall(qn("w:tblHeader"))
        marked = [
            run.text
            for row in table.rows
            for cell in row.cells
            for paragraph in cell.paragraphs
            for run in paragraph.runs
            if run.font.highlight_color
        ]
        assert marked and all(text.startswith("À ") or "ajouter" in text for text in marked)


#: The questions of the CNIL's software and the kind of their answer, as its architecture file gives them.
TEXT, LIST, GAUGE = "text", "list", "gauge"
QUESTIONS = {
    **dict.fromkeys([111, 112, 113, 121, 122, 123], TEXT),
    **dict.fromkeys([211, 212, 213, 214, 215], TEXT),
    **dict.fromkeys([221, 222, 223, 224, 225, 226, 227], TEXT),
    **{event + place: LIST for event in (320, 330, 340) for place in (1, 2, 3, 4)},
    **{event + place: GAUGE for event in (320, 330, 340) for place in (5, 6)},
}


class _Text(HTMLParser):
    """What a reader of HTML sees, and the tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.tags = "", set[str]()
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.add(tag)
        self.text += "\n"


def read(told: Assessment) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(pia_json(told, NOW).decode("utf-8"))
    return found


class TestPiaFile:
    @each_assessment
    def test_it_holds_what_the_import_reads(self, name: str) -> None:
        """What `importData` and the functions that it calls read, of the kinds that they expect."""
        told = ASSESSMENTS[name]
        data = read(told)
        pia = data["pia"]
        assert pia["name"] and pia["status"] == 0
        datetime.fromisoformat(pia["created_at"].replace("Z", "+00:00"))
        assert not pia.get("structure_id")
        for name in ("answers", "measures", "evaluations", "comments"):
            assert isinstance(data[name], list)
        for answer in data["answers"]:
            assert set(answer) == {"id", "pia_id", "reference_to", "data", "created_at"}
            assert set(answer["data"]) == {"text", "gauge", "list"}
            assert type(answer["reference_to"]) is int and answer["pia_id"] == pia["id"]
        for measure in data["measures"]:
            assert set(measure) == {"id", "pia_id", "title", "content", "placeholder", "created_at"}
            assert measure["title"] and isinstance(measure["content"], str)

    @each_assessment
    def test_every_question_is_answered_once_with_its_kind(self, name: str) -> None:
        told = ASSESSMENTS[name]
        answers = read(told)["answers"]
        numbers = [answer["reference_to"] for answer in answers]
        assert sorted(numbers) == sorted(QUESTIONS)
        for answer in answers:
            kind, data = QUESTIONS[answer["reference_to"]], answer["data"]
            if kind == LIST:
                assert data["text"] is None and data["gauge"] is None
                assert all(isinstance(one, str) and one for one in data["list"])
            else:
                assert isinstance(data["text"], str) and data["list"] == []
                assert data["gauge"] is None if kind == TEXT else data["gauge"] in (None, 1, 2, 3, 4)

    @each_assessment
    def test_the_texts_are_those_of_the_assessment(self, name: str) -> None:
        told = ASSESSMENTS[name]
        texts = {answer["reference_to"]: answer["data"]["text"] for answer in read(told)["answers"]}
        numbers = {
            field.question: field.pia
            for section in DPIA.form.sections
            for part in section.parts
            for field in part.fields
            if field.pia
        }
        assert len(numbers) == 18
        for section in told.sections:
            for part in section.parts:
                for field in part.fields:
                    if field.id in numbers:
                        said = _Text(texts[numbers[field.id]])
                        assert squashed(said.text) == squashed("".join(line.in_full for line in field.lines))
                        assert said.tags <= {"br"}

    @each_assessment
    def test_the_lists_and_levels_are_those_of_the_events(self, name: str) -> None:
        told = ASSESSMENTS[name]
        answers = {answer["reference_to"]: answer["data"] for answer in read(told)["answers"]}
        titles = {measure["title"] for measure in read(told)["measures"]}
        for event, first in zip(told.events, (320, 330, 340), strict=True):
            for place, field in enumerate(event.lists, start=1):
                known = [line.text for line in field.lines if line.status != "unknown"]
                assert list(map(squashed, answers[first + place]["list"])) == list(map(squashed, known))
            assert set(answers[first + 4]["list"]) <= titles
            levels = ["negligeable", "limitee", "importante", "maximale"]
            for place, rated in ((5, event.severity), (6, event.likelihood)):
                expected = None if rated.level is None else levels.index(rated.level) + 1
                assert answers[first + place]["gauge"] == expected

    def test_opinions_go_where_the_software_keeps_them(self) -> None:
        told = assessed(
            {"profil.dpo": True},
            avis_dpo=Answer.given("Avis favorable."),
            personnes_consultees=Answer.given(True),
            avis_personnes=Answer.given("Aucune réserve."),
            decideur=Answer.given("Dr Durand, gérante"),
        )
        pia = read(told)["pia"]
        assert pia["dpo_opinion"] == "Avis favorable."
        assert pia["concerned_people_searched_opinion"] is True
        assert pia["concerned_people_opinion"] == "Aucune réserve."
        assert pia["validator_name"] == "Dr Durand, gérante"
        alone = read(
            assessed({}, personnes_consultees=Answer.given(False), sans_avis=Answer.given("Peu utile."))
        )
        assert alone["pia"]["concerned_people_searched_opinion"] is False
        assert alone["pia"]["concerned_people_searched_content"] == "Peu utile."

    def test_what_a_practice_wrote_never_becomes_markup(self) -> None:
        data = pia_json(ASSESSMENTS["hostile texts"], NOW).decode("utf-8")
        texts = [answer["data"]["text"] or "" for answer in json.loads(data)["answers"]]
        assert all(set(re.findall(r"<[^>]*>", text)) <= {"<br>"} for text in texts)
        said = next(answer for answer in json.loads(data)["answers"] if answer["reference_to"] == 111)
        assert squashed(_Text(said["data"]["text"]).text) == squashed(HOSTILE)

    def test_the_time_is_told_in_utc(self) -> None:
        written = read(ASSESSMENTS["just begun"])["pia"]["created_at"]
        assert written == "2026-11-28T09:30:00.000Z"
        assert datetime.fromisoformat(written.replace("Z", "+00:00")) == NOW.astimezone(timezone.utc)
