"""reStructuredText: a heading is a line underlined by one punctuation mark; levels go by first use."""

from __future__ import annotations

import re

from agentia_documents.extract import Extract, Heading
from agentia_documents.readers import plain

ADORNMENT = re.compile(r"^([=\-`:.'\"~^_*+#])\1{2,}\s*$")


def read(data: bytes, name: str) -> Extract:
    """Read reStructuredText; its title is its first heading."""
    lines = plain.without_last_empty(plain.lines_of(plain.decoded(data)))
    headings: list[Heading] = []
    separators: set[int] = set()
    styles: list[str] = []
    for number in range(2, len(lines) + 1):
        text, under = lines[number - 2], ADORNMENT.match(lines[number - 1])
        if (
            not under
            or not text.strip()
            or ADORNMENT.match(text)
            or len(under[0].strip()) < len(text.strip())
        ):
            continue
        over = number > 2 and lines[number - 3].strip() == under[0].strip()
        style = under[1] + ("^" if over else "")
        if style not in styles:
            styles.append(style)
        headings.append(Heading(number - 1, styles.index(style) + 1, text.strip()))
        separators |= {number} | ({number - 2} if over else set())
    title = headings[0].text if headings else name
    return Extract(title, lines, tuple(headings), separators=frozenset(separators))
