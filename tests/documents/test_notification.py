from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta, timezone

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from bot.clock import french_date
from bot.compliance.breach import Dossier, FollowUp, Notification
from bot.documents import notification_docx, notification_pdf, wording
from bot.documents.notification import content
from tests.documents.dossiers import (
    DOSSIERS,
    KNOWLEDGE,
    LONG,
    NOW,
    NUMBERED,
    PARTIAL,
    WHOLE,
    dossier,
    followed,
)
from tests.documents.opened import Opened, pattern, squashed

WORDINGS = KNOWLEDGE.breach.wordings
each_dossier = pytest.mark.parametrize("told", DOSSIERS.values(), ids=DOSSIERS)


def form_parts(told: Dossier) -> Iterator[str]:
    """The whole form as it must be read, in order."""
    sent = dict(told.followup.notifications[-1].content) if told.followup.notifications else {}
    for section in told.form.sections:
        yield pattern(section.title)
        for field in section.fields:
            yield pattern(field.label)
            yield from (pattern(line.text, wording.STATUSES[line.status]) for line in field.lines)
            if sent and sent[f"{section.title} – {field.label}"] != field.text:
                yield pattern(f"Modifié depuis la version {len(told.followup.notifications)}.")


def opened_docx(told: Dossier) -> Document:
    return docx.Document(io.BytesIO(notification_docx(told)))


def tables_under(document: Document) -> dict[str, Table]:
    """The table that follows each heading."""
    found: dict[str, Table] = {}
    heading = ""
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph) and block.style and block.style.name.startswith("Heading"):
            heading = block.text
        elif isinstance(block, Table):
            found.setdefault(heading, block)
    return found


class TestPdf:
    @pytest.mark.parametrize("name", [name for name in DOSSIERS if name != "long texts"])
    def test_every_field_is_there_in_the_order_of_the_form(self, name: str) -> None:
        told = DOSSIERS[name]
        assert Opened(notification_pdf(told)).first_missing(form_parts(told)) is None

    def test_a_text_longer_than_a_page_is_whole(self) -> None:
        text = Opened(notification_pdf(DOSSIERS["long texts"])).text
        assert [word for word in LONG.split() if squashed(word) not in text] == []

    @each_dossier
    def test_what_is_missing_is_gathered_first(self, told: Dossier) -> None:
        text = Opened(notification_pdf(told)).text
        gathered = text[text.index(squashed("Ce qui manque")) : text.index(squashed("Champs du formulaire"))]
        unknown = [field for field in told.form.fields if field.status == "unknown"]
        for field in unknown:
            lines = [line.text for line in field.lines if line.status == "unknown"]
            assert squashed(field.label + "–" + "".join(lines)) in gathered
        assert (squashed("Rien ne manque") in gathered) == (not unknown)

    def test_it_is_tagged_french_and_bears_its_metadata(self) -> None:
        reader = PdfReader(io.BytesIO(notification_pdf(dossier(NUMBERED, **WHOLE))))
        assert reader.metadata and reader.metadata.author == "Dr Camille Durand"
        assert (
            reader.metadata.title
            == f"{KNOWLEDGE.breach.form.title.replace(chr(39), chr(0x2019))} – Dr Camille Durand"
        )
        assert reader.metadata.creation_date == NOW
        root = reader.root_object
        assert root["/Lang"].lower().startswith("fr") and root["/MarkInfo"]["/Marked"]
        assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()

    def test_sections_are_headings(self) -> None:
        told = dossier(NUMBERED, **WHOLE)
        reader = PdfReader(io.BytesIO(notification_pdf(told)))
        titles = [squashed(item.title) for item in flat(reader.outline)]
        assert [squashed(section.title) for section in told.form.sections] == titles[3:-1]

    def test_the_same_dossier_gives_the_same_bytes(self) -> None:
        assert notification_pdf(followed()) == notification_pdf(followed())

    @pytest.mark.parametrize(("hours", "late"), [(10, False), (120, True)])
    def test_the_deadline_is_said_and_so_is_being_late(self, hours: int, late: bool) -> None:
        told = dossier(NUMBERED, NOW + timedelta(hours=hours), **WHOLE)
        opened = Opened(notification_pdf(told))
        assert "À envoyer au plus tard le 23 novembre 2026 à 18 h 30" in opened
        assert (WORDINGS.late in opened) is late

    def test_who_sends_it_and_where_is_said(self) -> None:
        opened = Opened(notification_pdf(dossier(**WHOLE)))
        form = KNOWLEDGE.breach.form
        assert (
            opened.missing(WORDINGS.responsibility, form.address, form.note, french_date(form.checked)) == []
        )

    @each_dossier
    def test_each_source_that_it_cites_is_listed(self, told: Dossier) -> None:
        told_sources = {*told.form.sources, *told.verdict.sources}
        told_sources |= {
            source for field in told.form.fields for line in field.lines for source in line.sources
        }
        opened = Opened(notification_pdf(told))
        assert opened.missing(*(KNOWLEDGE.sources[name].title for name in told_sources)) == []


class TestVersions:
    def test_the_first_is_initial_and_the_next_complementary(self) -> None:
        first, second = (
            Opened(notification_pdf(dossier(NUMBERED, **PARTIAL))),
            Opened(notification_pdf(followed())),
        )
        assert (
            "Nature Notification initiale Version 1, non envoyée" in first
            and "Versions envoyées" not in first
        )
        assert "Nature Notification complémentaire Version 2, non envoyée" in second

    def test_what_was_sent_is_kept_as_it_was(self) -> None:
        told = followed()
        text = Opened(notification_pdf(told)).text
        kept = text[text.index(squashed("Versions envoyées")) :]
        sent = told.followup.notifications[0]
        assert squashed("Version 1, envoyée le 21 novembre 2026 à 9 h") in kept
        assert squashed("CNIL-77 Récépissé reçu le 21 novembre 2026 à 10 h") in kept
        kept = kept.replace(squashed("Champ Texte envoyé"), "")
        for label, said in sent.content:
            assert squashed(label + said) in kept

    def test_the_complement_has_its_own_deadline(self) -> None:
        assert "À compléter, si possible, avant le 24 novembre 2026 à 9 h" in Opened(
            notification_pdf(followed())
        )

    def test_a_receipt_that_was_not_noted_is_asked_for(self) -> None:
        sent = FollowUp("V-2026-003", (Notification("initial", NOW),))
        opened = Opened(notification_pdf(dossier(sent, NOW, **WHOLE)))
        assert "Récépissé de la CNIL numéro à noter" in opened and "Modifié depuis" not in opened


class TestDocx:
    @each_dossier
    def test_each_section_has_a_table_of_its_fields(self, told: Dossier) -> None:
        tables = tables_under(opened_docx(told))
        for section in told.form.sections:
            table = tables[wording.readable(section.title)]
            assert [cell.text for cell in table.rows[0].cells] == ["Champ", "À reporter", "Statut"]
            rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]
            assert [row[:2] for row in rows] == [
                [wording.readable(field.label), wording.readable(field.text)] for field in section.fields
            ]
            assert [row[2].split("\n")[0] for row in rows] == [
                wording.STATUSES[field.status] for field in section.fields
            ]

    def test_header_rows_are_marked_as_such(self) -> None:
        for table in opened_docx(followed()).tables:
            marked = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows]
            assert marked == [True] + [False] * (len(marked) - 1)

    @each_dossier
    def test_what_is_to_complete_is_highlighted(self, told: Dossier) -> None:
        document = opened_docx(told)
        seen = {
            run.text
            for table in document.tables
            for row in table.rows
            for cell in row.cells
            for line in cell.paragraphs
            for run in line.runs
            if run.font.highlight_color
        }
        lines = (line for field in told.form.fields for line in field.lines)
        assert seen == {wording.readable(line.text) for line in lines if line.status == "unknown"}

    def test_it_is_french_and_bears_its_metadata(self) -> None:
        document = opened_docx(dossier(NUMBERED, **WHOLE))
        about = document.core_properties
        assert (about.author, about.language) == ("Dr Camille Durand", "fr-FR")
        assert about.title.endswith("Dr Camille Durand") and "V-2026-003" in about.subject
        assert about.created and about.created.replace(tzinfo=timezone.utc) == NOW.astimezone(timezone.utc)
        assert {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))} == {"fr-FR"}

    def test_headings_are_headings(self) -> None:
        told = dossier(NUMBERED, **WHOLE)
        second = [
            line.text
            for line in opened_docx(told).paragraphs
            if line.style and line.style.name == "Heading 2"
        ]
        assert second == [wording.readable(section.title) for section in told.form.sections]

    @pytest.mark.slow
    @given(st.text(min_size=1))
    def test_any_text_survives(self, text: str) -> None:
        told = dossier(NUMBERED, **{**WHOLE, "circonstances": text, "profil__nom": text})
        tables = tables_under(opened_docx(told))
        shown = {row.cells[0].text: row.cells[1].text for row in tables["Dates"].rows}
        field = next(field for field in told.form.fields if field.id == "description")
        assert shown[field.label] == wording.readable(field.text)


@given(st.text(min_size=1))
@settings(max_examples=10)
def test_any_text_is_typeset(text: str) -> None:
    told = dossier(NUMBERED, **{**WHOLE, "circonstances": text, "profil__nom": text})
    assert PdfReader(io.BytesIO(notification_pdf(told))).pages


@each_dossier
def test_both_formats_say_the_same_on_the_verdict_and_the_deadline(told: Dossier) -> None:
    shared = content(told)
    texts = [shared["sending"], *shared["deadline"], *shared["verdict"]]
    opened = Opened(notification_pdf(told))
    paragraphs = [line.text for line in opened_docx(told).paragraphs]
    assert wording.readable(told.verdict.title) in paragraphs and told.verdict.title in opened
    for cited in texts:
        assert cited["text"] in opened
        assert any(line.startswith(wording.readable(cited["text"])) for line in paragraphs)


def flat(outline: list[object]) -> Iterator[object]:
    for item in outline:
        if isinstance(item, list):
            yield from flat(item)
        else:
            yield item
