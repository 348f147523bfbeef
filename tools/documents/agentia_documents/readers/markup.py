"""HTML: the text a reader would see, one line per block, with headings; scripts and styles are left out."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from agentia_documents.extract import Extract, Heading
from agentia_documents.readers import plain

UNSEEN = {"script", "style", "noscript", "template", "svg", "head"}
BLOCKS = {
    *("address", "article", "aside", "blockquote", "br", "dd", "details", "div", "dl", "dt", "figcaption"),
    *("figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav"),
    *("ol", "p", "pre", "section", "summary", "table", "title", "tr", "ul"),
}
TIGHT = {"br", "dd", "dt", "li", "tr"}
CELLS = {"td", "th"}
LEVEL = re.compile(r"^h([1-6])$")
SPACE = re.compile(r"\s+")
CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)


class _Page(HTMLParser):
    """Collects lines; an empty line stands between blocks, none between items and rows."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.headings: list[Heading] = []
        self.title = ""
        self._text: list[str] = []
        self._unseen = 0
        self._in_title = False
        self._level = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self._end_line(tag)
        if tag == "title":
            self._in_title = True
        elif tag in UNSEEN:
            self._unseen += 1
        elif tag in CELLS and "".join(self._text).strip():
            self._text.append(" | ")
        elif level := LEVEL.match(tag):
            self._level = int(level[1])

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        elif tag in UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        if tag in BLOCKS:
            self._end_line(tag)
        if LEVEL.match(tag):
            self._level = 0

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        elif not self._unseen:
            self._text.append(data)

    def close(self) -> None:
        super().close()
        self._end_line("p")

    def _end_line(self, tag: str) -> None:
        text = SPACE.sub(" ", "".join(self._text)).strip()
        self._text.clear()
        if text:
            self.lines.append(text)
            if self._level:
                self.headings.append(Heading(len(self.lines), self._level, text))
        if tag not in TIGHT and self.lines and self.lines[-1]:
            self.lines.append("")


def read(data: bytes, name: str) -> Extract:
    """Read HTML; its title is that of the page, else its first heading."""
    page = _Page()
    page.feed(_decoded(data))
    page.close()
    lines = tuple(page.lines[:-1] if page.lines and not page.lines[-1] else page.lines)
    first = page.headings[0].text if page.headings else name
    return Extract(SPACE.sub(" ", page.title).strip() or first, lines, tuple(page.headings))


def _decoded(data: bytes) -> str:
    declared = CHARSET.search(data[:2048])
    if declared:
        try:
            return data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return plain.decoded(data)
