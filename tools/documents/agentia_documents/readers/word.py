"""Word documents (.docx): paragraphs and rows of tables as lines, headings by their styles."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, XMLParser

from agentia_documents.extract import Extract, Heading
from agentia_fabric.toolserver.errors import Unreadable

BODY = "word/document.xml"
XML_BYTES = 64 * 1024 * 1024
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STYLE = re.compile(r"^(?:heading|title|überschrift|titre)\s*(\d)?$", re.IGNORECASE)
ITEM = "• "


def read(data: bytes, name: str) -> Extract:
    """Read a Word document; its title is its first heading.

    Raises:
        Unreadable: it is no such document, or unpacks to more than 64 MiB.
    """
    body = _parsed(_unpacked(data)).find(f"{W}body")
    lines: list[str] = []
    headings: list[Heading] = []
    for block in body if body is not None else ():
        if block.tag == f"{W}tbl":
            lines += [*_rows(block), ""]
        elif block.tag == f"{W}p":
            text, level, item = _text(block), _level(block), block.find(f"{W}pPr/{W}numPr") is not None
            if item and len(lines) > 1 and lines[-2].startswith(ITEM):
                lines.pop()
            lines += [ITEM + text if item and text else text, ""]
            if level and text:
                headings.append(Heading(len(lines) - 1, level, text))
    kept = tuple(lines[:-1])
    return Extract(headings[0].text if headings else name, kept, tuple(headings))


def _unpacked(data: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(BODY) as body:
            unpacked = body.read(XML_BYTES + 1)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Unreadable(f"is no Word document ({type(error).__name__})") from None
    if len(unpacked) > XML_BYTES:
        raise Unreadable("unpacks to more than 64 MiB")
    return unpacked


class _NoDoctype:
    """Refuses document types: Word writes none, and entities are the way to make a small file huge."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self._open: list[Element] = []

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise Unreadable(f"declares a document type ({name}), as no Word document does")

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        element = Element(tag, attrs)
        if self._open:
            self._open[-1].append(element)
        elif self.root is None:
            self.root = element
        self._open.append(element)
        return element

    def data(self, data: str) -> None:
        if self._open and self._open[-1].tag == f"{W}t":
            self._open[-1].text = (self._open[-1].text or "") + data

    def end(self, tag: str) -> None:
        self._open.pop()

    def close(self) -> Element:
        return self.root if self.root is not None else Element("empty")


def _parsed(xml: bytes) -> Element:
    parser = XMLParser(target=_NoDoctype())  # noqa: S314  (the target refuses document types)
    try:
        parser.feed(xml)
        return parser.close()
    except ParseError as error:
        raise Unreadable(f"holds broken XML ({error})") from None


def _text(element: Element) -> str:
    pieces: list[str] = []
    for node in element.iter():
        if node.tag == f"{W}t":
            pieces.append(node.text or "")
        elif node.tag in (f"{W}tab", f"{W}br", f"{W}cr"):
            pieces.append(" ")
    return " ".join("".join(pieces).split())


def _level(paragraph: Element) -> int:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    found = STYLE.match(style.get(f"{W}val", "") if style is not None else "")
    return int(found[1] or 1) if found else 0


def _rows(table: Element) -> Iterator[str]:
    for row in table.iter(f"{W}tr"):
        yield " | ".join(_text(cell) for cell in row.iter(f"{W}tc"))
