"""A contract is read from each kind of file with its places; what is hostile is refused clearly."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import get_args

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.uploads import MOST_BYTES, Reason, Refused, paste, read
from bot.uploads.isolated import Limits
from bot.uploads.texts import REFUSALS
from tests.uploads import files

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LONG = "Le prestataire traite les données pour le compte du cabinet. " * 20


def reason(name: str, content: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(Refused) as refused:
        read(name, content, limits)
    assert refused.value.text == REFUSALS[refused.value.reason]
    return refused.value.reason


def test_a_pdf_is_read_with_its_pages() -> None:
    contract = read("contrat.pdf", files.pdf("Article 1\n\nPremière page.", "Article 2\n\nDeuxième page."))
    found = {paragraph.text: (paragraph.page, paragraph.heading) for paragraph in contract.paragraphs}
    assert contract.pages == 2 and found["Deuxième page."] == (2, "Article 2")


def test_a_docx_is_read_with_its_headings_tables_and_numbers() -> None:
    document = docx.Document()
    document.add_heading("Confidentialité", 2)
    document.add_paragraph("Le personnel est tenu au secret.")
    document.add_table(1, 1).rows[0].cells[0].text = "Délai : 24 heures."
    file = io.BytesIO()
    document.save(file)
    told = [(one.number, one.heading, one.text) for one in read("Contrat.DOCX", file.getvalue()).paragraphs]
    assert told == [
        (1, "Confidentialité", "Confidentialité"),
        (2, "Confidentialité", "Le personnel est tenu au secret."),
        (3, "Confidentialité", "Délai : 24 heures."),
    ]


def test_deleted_text_of_a_docx_is_not_read() -> None:
    deleted = "</w:t></w:r><w:del><w:r><w:delText>rayé</w:delText></w:r></w:del><w:r><w:t>"
    content = files.with_part(
        files.word("a"), "word/document.xml", files.body(f"Le contrat {deleted} reste.")
    )
    assert read("a.docx", content).text == "Le contrat reste."


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_text_is_read_in_the_encodings_of_windows(encoding: str) -> None:
    contract = read("contrat.txt", "Données à caractère personnel".encode(encoding))
    assert contract.text == "Données à caractère personnel"


def test_lines_cut_by_a_page_are_joined() -> None:
    contract = paste(
        "Article 3 – Instructions\n3.1 Le prestataire n'agit\nque sur instruction.\n3.2 Il avertit."
    )
    assert [one.text for one in contract.paragraphs] == [
        "Article 3 – Instructions", "3.1 Le prestataire n'agit que sur instruction.", "3.2 Il avertit.",
    ]  # fmt: skip


def test_pages_without_text_among_others_are_told() -> None:
    contract = read("a.pdf", files.partly_scanned())
    assert contract.silent == (2,) and contract.pages == 2 and "restituées" in contract.text


def test_a_script_in_a_pdf_is_not_run() -> None:
    assert "chiffre les données" in read("a.pdf", files.with_script()).text.replace("\n", " ")


HOSTILE: dict[str, tuple[str, str, bytes]] = {
    "empty": ("vide", "a.pdf", b""),
    "blank": ("vide", "a.txt", b" \n\t\n"),
    "no letter": ("vide", "a.txt", b"12 34 -- 56"),
    "empty word": ("vide", "a.docx", files.word()),
    "too heavy": ("trop_lourd", "a.txt", b"a" * (MOST_BYTES + 1)),
    "another format": ("format", "a.odt", b"PK\x03\x04"),
    "no ending": ("format", "contrat", b"Bonjour"),
    "a program": ("autre_contenu", "a.pdf", b"MZ\x90\0" * 200),
    "text called pdf": ("autre_contenu", "a.pdf", b"Bonjour"),
    "pdf called txt": ("autre_contenu", "a.txt", files.pdf("Bonjour")),
    "pdf called docx": ("autre_contenu", "a.docx", files.pdf("Bonjour")),
    "word called txt": ("autre_contenu", "a.txt", files.word("Bonjour")),
    "any archive": ("autre_contenu", "a.docx", files.archive({"a.txt": "Bonjour"})),
    "bytes called txt": ("autre_contenu", "a.txt", bytes(range(256)) * 20),
    "old word": ("ancien_word", "a.doc", OLE + bytes(600)),
    "old word called docx": ("autre_contenu", "a.docx", OLE + bytes(600)),
    "locked pdf": ("chiffre", "a.pdf", files.locked()),
    "locked word": ("chiffre", "a.docx", OLE + "EncryptedPackage".encode("utf-16-le") + bytes(600)),
    "docm": ("macros", "a.docm", files.word("Bonjour")),
    "macros in a docx": ("macros", "a.docx", files.with_part(files.word("a"), "word/vbaProject.bin", b"x")),
    "type of macros": (
        "macros", "a.docx",
        files.with_part(files.word("a"), "[Content_Types].xml", '<Types a="x.macroEnabled.main+xml"/>'),
    ),
    "external entity": ("entites", "a.docx", files.entity("file:///etc/passwd")),
    "entity over http": ("entites", "a.docx", files.entity("http://127.0.0.1:9/a")),
    "entities of entities": ("entites", "a.docx", files.laughs()),
    "entity in utf-16": ("entites", "a.docx", files.in_utf_16()),
    "bomb": ("bombe", "a.docx", files.docx_bomb(200)),
    "many parts": ("bombe", "a.docx", files.archive({f"{n}.xml": "" for n in range(4000)}, 1)),
    "broken pdf": ("abime", "a.pdf", b"%PDF-1.7\n" + b"\x01\x02" * 300),
    "cut pdf": ("abime", "a.pdf", files.pdf(LONG)[:700]),
    "broken word": ("abime", "a.docx", files.word("Bonjour")[:900]),
    "no xml": ("abime", "a.docx", files.with_part(files.word("a"), "word/document.xml", "<w:document>")),
    "scan": ("numerise", "a.pdf", files.scan()),
    "many pages": ("trop_de_pages", "a.pdf", files.scan(301)),
    "endless text": ("trop_de_texte", "a.txt", b"mot " * 500_000),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("expected", "name", "content"), HOSTILE.values(), ids=HOSTILE)
def test_what_cannot_be_read_is_refused_with_its_reason(expected: str, name: str, content: bytes) -> None:
    assert reason(name, content) == expected


@pytest.mark.slow
def test_a_pdf_that_unfolds_without_end_is_stopped() -> None:
    assert reason("a.pdf", files.pdf_bomb(400)) == "bombe"


def test_every_refusal_has_its_sentence_and_is_tried() -> None:
    assert set(REFUSALS) == set(get_args(Reason))
    assert {expected for expected, _, _ in HOSTILE.values()} | {"trop_long"} == set(REFUSALS)
    assert all(text[0].isupper() and text.endswith(".") for text in REFUSALS.values())


def test_what_an_archive_claims_to_unfold_to_is_not_believed() -> None:
    content = bytearray(files.docx_bomb(100))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as made:
        size = made.getinfo("word/media/image1.png").file_size
    lying = bytes(content).replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert reason("a.docx", lying) in ("bombe", "abime")


def test_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    read("a.docx", files.word("Bonjour"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["", "  \n", "12 34", "mot " * 200_000])
def test_a_pasted_text_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        paste(text)


@given(st.text(max_size=400))
@settings(deadline=None)
def test_any_pasted_text_keeps_its_words(text: str) -> None:
    try:
        contract = paste(text)
    except Refused:
        assert not any(char.isalpha() for char in text)
        return
    assert [one.number for one in contract.paragraphs] == list(range(1, len(contract.paragraphs) + 1))
