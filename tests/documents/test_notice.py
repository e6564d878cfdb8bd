"""The notices as files: all that is told is in them, in its order; a poster on one page, for any practice."""

from __future__ import annotations

import io
from datetime import datetime
from html.parser import HTMLParser

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PageObject, PdfReader

from bot.clock import PARIS
from bot.compliance.answers import Answer
from bot.compliance.notices import PracticeNotice, PracticeNotices
from bot.documents import notice_docx, notice_html, notice_pdf, notice_txt, wording
from bot.documents.notice import content
from tests.compliance.notices import KNOWLEDGE, decided, general_practitioner, notices, whole
from tests.documents.opened import squashed

NOW = datetime(2026, 11, 28, 10, 0, tzinfo=PARIS)
WHOLE = whole()
COMPLETE = notices(WHOLE, decided(WHOLE))
#: With much that is missing, as after a first interview.
PARTIAL = notices(general_practitioner(profil__outils=("teleconsultation", "recherche", "site_internet")))
PRACTICES = {"complete": COMPLETE, "partial": PARTIAL}
SHEETS = ["patients", "personnel", "telemedecine", "recherche"]
WEB = ["courte", "site"]

each_practice = pytest.mark.parametrize("practice", PRACTICES.values(), ids=PRACTICES)


def one(practice: PracticeNotices, notice_id: str) -> PracticeNotice:
    found = practice.find(notice_id)
    assert found is not None
    return found


def pdf(practice: PracticeNotices, notice_id: str) -> PdfReader:
    made = notice_pdf(KNOWLEDGE, practice.answers, one(practice, notice_id), NOW)
    return PdfReader(io.BytesIO(made))


def read(reader: PdfReader) -> str:
    return squashed("".join(page.extract_text() for page in reader.pages))


def told(practice: PracticeNotices, notice_id: str) -> list[str]:
    """Every text of a notice, headings and what is to be completed included, in order."""
    made = content(KNOWLEDGE, practice.answers, one(practice, notice_id), NOW)
    found = [made["head_title"], *(text["text"] for text in made["head"])]
    for block in made["blocks"]:
        found += [block["title"], *(text["text"] for text in block["texts"])]
        for group in block["groups"]:
            found.append(group["title"])
            for row in group["rows"]:
                found += [row["label"], *(text["text"] for text in row["texts"])]
    return found


def filled(practice: PracticeNotices, notice_id: str) -> list[str]:
    """What the notice says, from its blocks and not from how documents lay it out."""
    blocks = one(practice, notice_id).filled.shown
    own = [said.text for block in blocks for said in block.said]
    grouped = [
        s.text for block in blocks for group in block.groups for part in group.parts for s in part.said
    ]
    return own + grouped


@each_practice
@pytest.mark.parametrize("notice_id", [*SHEETS])
def test_the_pdf_tells_all(practice: PracticeNotices, notice_id: str) -> None:
    text = read(pdf(practice, notice_id))
    assert [part for part in filled(practice, notice_id) if squashed(part) not in text] == []
    # In brackets, what is missing, and only then.
    assert (squashed("[À compléter") in text) == (not one(practice, notice_id).complete)


@each_practice
def test_the_poster_tells_all_on_one_page_and_marks_nothing(practice: PracticeNotices) -> None:
    reader = pdf(practice, "affiche")
    assert len(reader.pages) == 1
    # Its two columns are read one after the other, a text that is cut between them too.
    text = read(reader)
    missing = [part for part in filled(practice, "affiche") if squashed(part.rstrip(".")) not in text]
    assert missing == []
    assert "compléter" not in text and "proposé" not in text
    assert reader.pages[0].mediabox.width == pytest.approx(595.28, abs=1)


def sizes(page: PageObject) -> dict[str, float]:
    """The size of the letters of each piece of text, in points."""
    found: dict[str, float] = {}

    def keep(text: str, cm: list[float], tm: list[float], _: object, size: float) -> None:
        for word in text.split():
            word = squashed(word).strip(".,;:?")
            found[word] = max(found.get(word, 0), abs(size * tm[3] * cm[3]))

    page.extract_text(visitor_text=keep)
    return found


@pytest.mark.parametrize(
    ("practice", "smallest"),
    [(COMPLETE, 24), (notices(general_practitioner()), 25)],
    ids=["complete", "usual"],
)
def test_what_is_read_at_two_metres_is_large_enough(practice: PracticeNotices, smallest: float) -> None:
    """A capital of this type is 0.65 of its size: at 25 points, 5.7 mm, a 350th of two metres."""
    found = sizes(pdf(practice, "affiche").pages[0])
    far = ("droits", "soigner", "secret", "copie", "erreur")
    assert min(found[word] for word in far) >= smallest
    assert found["droits"] >= 45
    assert min(found[word] for word in ("Destinataires", "Durées", "Réclamation")) >= 7.5


def laid_out(page: PageObject) -> list[tuple[float, float]]:
    """The height at which each piece of text stands, and the size of its letters, in points."""
    found = []

    def keep(text: str, cm: list[float], tm: list[float], _: object, size: float) -> None:
        if text.strip():
            found.append((tm[4] * cm[1] + tm[5] * cm[3] + cm[5], abs(size * tm[3] * cm[3])))

    page.extract_text(visitor_text=keep)
    return found


def apart(page: PageObject) -> bool:
    """Whether what is read from afar stands whole above what is read from nearby, all of it on the page."""
    placed = laid_out(page)
    far = min(height - 0.2 * size for height, size in placed if size > 11)
    near = max(height + 0.7 * size for height, size in placed if size <= 11)
    return near < far and all(10 < height < 832 for height, _ in placed)


@pytest.mark.parametrize("practice", [COMPLETE, PARTIAL, notices(general_practitioner())])
def test_what_is_read_from_afar_and_from_nearby_are_apart(practice: PracticeNotices) -> None:
    assert apart(pdf(practice, "affiche").pages[0])


@given(st.text(min_size=1, max_size=300))
@settings(max_examples=12)
def test_the_poster_stays_on_one_page_whatever_the_name(name: str) -> None:
    answers = {
        **general_practitioner(),
        "profil.nom": Answer.given(name),
        "profil.coordonnees": Answer.given(name),
    }
    (page,) = pdf(notices(answers), "affiche").pages
    assert apart(page)


def test_a_name_that_looks_like_markup_is_only_text() -> None:
    name = '#strong[x] <script>alert("1")</script> $x$'
    practice = notices({**general_practitioner(), "profil.nom": Answer.given(name)})
    assert squashed(name) in read(pdf(practice, "affiche"))
    page = notice_html(KNOWLEDGE, practice.answers, one(practice, "courte"), NOW).decode()
    assert "<script" not in page and "&lt;script&gt;" in page


def paragraphs(practice: PracticeNotices, notice_id: str) -> list[str]:
    made = notice_docx(KNOWLEDGE, practice.answers, one(practice, notice_id), NOW)
    return [line.text for line in docx.Document(io.BytesIO(made)).paragraphs]


@each_practice
@pytest.mark.parametrize("notice_id", [*SHEETS, *WEB])
def test_the_docx_tells_all_in_order(practice: PracticeNotices, notice_id: str) -> None:
    lines = iter(paragraphs(practice, notice_id))
    for text in told(practice, notice_id):
        assert any(line.startswith(wording.readable(text)) for line in lines), text


class Heard(HTMLParser):
    """The tags and the texts of a piece of HTML; every tag that opens is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@each_practice
@pytest.mark.parametrize("notice_id", WEB)
def test_the_html_is_whole_tells_all_in_order_and_calls_nothing(
    practice: PracticeNotices, notice_id: str
) -> None:
    page = notice_html(KNOWLEDGE, practice.answers, one(practice, notice_id), NOW).decode()
    heard = Heard(page)
    assert heard.open == []
    assert set(heard.tags) <= {"section", "h1", "h2", "h3", "p", "ul", "li", "strong", "small"}
    lines = iter(text.strip() for text in heard.texts if text.strip())
    for text in told(practice, notice_id):
        assert any(line.startswith(wording.readable(text)) for line in lines), text


@each_practice
@pytest.mark.parametrize("notice_id", WEB)
def test_the_text_tells_all_in_order(practice: PracticeNotices, notice_id: str) -> None:
    made = notice_txt(KNOWLEDGE, practice.answers, one(practice, notice_id), NOW).decode()
    lines = iter(line.removeprefix("- ") for line in made.splitlines())
    for text in told(practice, notice_id):
        assert any(line.startswith(wording.readable(text)) for line in lines), text
    assert made.rstrip().endswith("Version du 28 novembre 2026")


def test_a_purpose_is_told_with_its_basis_and_the_interest_pursued() -> None:
    made = notice_txt(KNOWLEDGE, COMPLETE.answers, one(COMPLETE, "courte"), NOW).decode().replace("\xa0", " ")
    line = next(line for line in made.splitlines() if "Prendre, modifier et rappeler vos rendez-vous" in line)
    assert "base légale : intérêt légitime du cabinet, art. 6(1)(f)" in line
    assert "intérêt poursuivi : l’organisation des consultations" in line


def test_the_same_notice_at_the_same_time_gives_the_same_bytes() -> None:
    made = {notice_pdf(KNOWLEDGE, COMPLETE.answers, one(COMPLETE, "affiche"), NOW) for _ in range(2)}
    assert len(made) == 1
