"""Files as people give them, good and bad, each made here."""

from __future__ import annotations

import io
import zipfile

import docx
import typst
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

CONTRACT = (
    "Article 1 – Sécurité\n\nLe prestataire chiffre les données et trace les accès.\n\n"
    "Article 2 – Fin\n\nÀ la fin du contrat, les données sont restituées puis effacées."
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_BODY = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
    "<w:t>{}</w:t></w:r></w:p></w:body></w:document>"
)


def pdf(*pages: str) -> bytes:
    """A PDF with a page for each text."""
    return typst.compile("\n#pagebreak()\n".join(pages).encode())


def scan(pages: int = 2) -> bytes:
    """Pages without a text."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    return _written(writer)


def partly_scanned() -> bytes:
    """A page of text, then one without."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(CONTRACT))))
    writer.add_blank_page(595, 842)
    return _written(writer)


def locked() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(CONTRACT))))
    writer.encrypt("secret", algorithm="RC4-128")
    return _written(writer)


def pdf_bomb(megabytes: int) -> bytes:
    """A page whose content unfolds to so much."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    stream = DecodedStreamObject()
    stream.set_data(b"BT (a) Tj ET " * (megabytes * 1_000_000 // 13))
    page[NameObject("/Contents")] = writer._add_object(stream.flate_encode(9))
    return _written(writer)


def with_script() -> bytes:
    """A readable PDF that asks to run a script and to open an address when it is opened."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(CONTRACT))))
    script = DictionaryObject(
        {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject("app.launchURL('http://127.0.0.1:9/');"),
        }
    )
    writer.root_object[NameObject("/OpenAction")] = script
    return _written(writer)


def word(*paragraphs: str) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def archive(parts: dict[str, bytes | str], level: int = 9) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def with_part(content: bytes, name: str, part: bytes | str) -> bytes:
    """A DOCX with a part more, or another in its place."""
    with zipfile.ZipFile(io.BytesIO(content)) as before:
        parts: dict[str, bytes | str] = {entry: before.read(entry) for entry in before.namelist()}
    return archive({**parts, name: part})


def body(text: str, before: str = "") -> str:
    return f"{_HEAD}{before}{_BODY.format(text)}"


def entity(address: str) -> bytes:
    """A DOCX whose text is an external entity."""
    declared = f'<!DOCTYPE w:document [<!ENTITY secret SYSTEM "{address}">]>'
    return with_part(word("a"), "word/document.xml", body("&secret;", declared))


def laughs() -> bytes:
    """A DOCX whose text unfolds by entities of entities."""
    rows = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">' for n in range(9))
    return with_part(word("a"), "word/document.xml", body("&l8;", f"<!DOCTYPE w:document [{rows}]>"))


def in_utf_16() -> bytes:
    """The same in an encoding in which its declaration is not seen byte by byte."""
    text = body("&x;", '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
    return with_part(word("a"), "word/document.xml", text.replace("UTF-8", "UTF-16").encode("utf-16"))


def docx_bomb(megabytes: int) -> bytes:
    return with_part(word("a"), "word/media/image1.png", b"\0" * (megabytes * 1_000_000))


def _written(writer: PdfWriter) -> bytes:
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()
