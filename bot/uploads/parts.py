"""What runs inside the confined process: a file's bytes in, the text of its pages out.

Each function returns a list of texts, one for each page (one in all without pages), or raises Refused.
Nothing is executed and no link followed: the parts of a document are only read.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree
from pypdf import PageObject, PdfReader
from pypdf.errors import LimitReachedError, PdfReadError

from bot.compliance.processors.reading import HEADING
from bot.uploads.refusal import Refused

#: More than any contract has.
MOST_PAGES, MOST_CHARACTERS = 300, 1_500_000
#: What a DOCX may unfold to: in all, and times its own size.
_MOST_UNFOLDED, _MOST_TIMES, _MOST_PARTS = 60_000_000, 150, 3_000
#: A page of text has more letters than that; one of a scan has none, or a stamp.
_FEWEST_LETTERS = 25
_CHUNK = 1 << 16
#: Where Word keeps text, in the order in which it is read.
_TEXTS = re.compile(r"word/(?:document\d*|footnotes|endnotes)\.xml")
_MACROS = re.compile(r"vba(?:project|data)|macrosheets|activex", re.IGNORECASE)
#: The styles of headings, as Word calls them in English and in French.
_HEADINGS = re.compile(r"(?:heading|titre)\s*\d", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")


def pdf(content: bytes) -> list[str]:
    """The text of each page of a PDF."""
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise Refused("chiffre")
        pages = len(reader.pages)
    except (PdfReadError, ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        raise Refused("abime") from error
    if pages > MOST_PAGES:
        raise Refused("trop_de_pages")
    if not pages:
        raise Refused("vide")
    texts: list[str] = []
    for page in reader.pages:
        texts.append(_page(page))
        _check_length(texts)
    if _letters(texts) < _FEWEST_LETTERS * max(1, pages // 2):
        raise Refused("numerise")
    return texts


def _page(page: PageObject) -> str:
    """The text of a page. What unfolds beyond the library's bounds reads as nothing: it is no scan."""
    try:
        text = page.extract_text()
        contents = None if text.strip() else page.get_contents()
        if contents is not None:
            contents.get_data()
    except LimitReachedError as error:
        raise Refused("bombe") from error
    return text


def docx(content: bytes) -> list[str]:
    """The text of a Word document, its tables and notes included, as one page; headings stand alone."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = _unfolded(archive, len(content))
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise Refused("abime") from error
    if not any(name.startswith("word/document") for name in parts):
        raise Refused("autre_contenu")
    lines: list[str] = []
    for name in sorted(parts, key=lambda name: (not name.startswith("word/document"), name)):
        if _TEXTS.fullmatch(name):
            lines += _paragraphs(_tree(parts[name]))
    _check_length(lines)
    if not _letters(lines):
        images = any(name.startswith("word/media/") for name in parts)
        raise Refused("numerise" if images else "vide")
    return ["\n\n".join(lines)]


def _unfolded(archive: zipfile.ZipFile, size: int) -> dict[str, bytes]:
    """The parts that are read; every part counts for what it unfolds to, whatever it claims."""
    entries = archive.infolist()
    if len(entries) > _MOST_PARTS:
        raise Refused("bombe")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("chiffre")
    if any(_MACROS.search(entry.filename) for entry in entries):
        raise Refused("macros")
    parts: dict[str, bytes] = {}
    total = 0
    for entry in entries:
        kept = io.BytesIO()
        with archive.open(entry) as part:
            while chunk := part.read(_CHUNK):
                total += len(chunk)
                if total > min(_MOST_UNFOLDED, max(1_000_000, _MOST_TIMES * size)):
                    raise Refused("bombe")
                if entry.filename.endswith((".xml", ".rels")):
                    kept.write(chunk)
        parts[entry.filename] = kept.getvalue()
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            _check_xml(content)
    if b"macroEnabled" in parts.get("[Content_Types].xml", b""):
        raise Refused("macros")
    return parts


def _check_xml(part: bytes) -> None:
    """No part of a Word document declares a type or an entity, in whatever encoding."""
    plain = part.replace(b"\0", b"").upper()
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise Refused("entites")


def _tree(part: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        tree = etree.fromstring(part, parser)
    except etree.XMLSyntaxError as error:
        raise Refused("abime") from error
    if tree.getroottree().docinfo.doctype:
        raise Refused("entites")
    return tree


def _paragraphs(tree: etree._Element) -> Iterator[str]:
    """The text of each paragraph, in order; what was deleted under revision is left out."""
    for paragraph in tree.iter("{*}p"):
        parts: list[str] = []
        for node in paragraph.iter("{*}t", "{*}tab", "{*}br", "{*}cr", "{*}noBreakHyphen"):
            name = etree.QName(node).localname
            parts.append(node.text or "" if name == "t" else "-" if name == "noBreakHyphen" else " ")
        if text := " ".join("".join(parts).split()):
            style = paragraph.find("{*}pPr/{*}pStyle")
            named = "" if style is None else " ".join(map(str, style.attrib.values()))
            yield f"{HEADING}{text}" if _HEADINGS.search(named) else text


def txt(content: bytes) -> list[str]:
    """The text of a text file, in UTF-8, UTF-16 or the Windows encoding of Western Europe."""
    text = _decoded(content)
    controls = sum(char < " " and char not in "\n\r\t\f" for char in text)
    if controls > len(text) // 1000 or "\0" in text:
        raise Refused("autre_contenu")
    _check_length([text])
    if not _letters([text]):
        raise Refused("vide")
    return [text]


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("autre_contenu")


def _letters(texts: list[str]) -> int:
    return sum(len(_LETTER.findall(text)) for text in texts)


def _check_length(texts: list[str]) -> None:
    if sum(map(len, texts)) > MOST_CHARACTERS:
        raise Refused("trop_de_texte")
