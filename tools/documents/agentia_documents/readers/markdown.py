"""Markdown: headings by `#` or by an underline; what stands between code fences is no heading."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agentia_documents.extract import Extract, Heading
from agentia_documents.readers import plain

ATX = re.compile(r"^ {0,3}(#{1,6})\s+(.+?)\s*#*\s*$")
FENCE = re.compile(r"^ {0,3}(```+|~~~+)")
UNDERLINE = re.compile(r"^ {0,3}(=+|-{3,})\s*$")
RULE = re.compile(r"^ {0,3}([-*_])(\s*\1){2,}\s*$")
EMPHASIS = re.compile(r"(\*\*|__|`)")
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")


def read(data: bytes, name: str) -> Extract:
    """Read Markdown; its title is its first heading of the highest level."""
    lines = plain.without_last_empty(plain.lines_of(plain.decoded(data)))
    headings: list[Heading] = []
    separators = set(_front_matter(lines))
    fence = ""
    for number, line in enumerate(lines, start=1):
        if mark := FENCE.match(line):
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        elif fence or number in separators:
            continue
        elif atx := ATX.match(line):
            headings.append(Heading(number, len(atx[1]), bare(atx[2])))
        elif (under := UNDERLINE.match(line)) and _may_be_heading(lines, number - 1, headings):
            headings.append(Heading(number - 1, 1 if under[1][0] == "=" else 2, bare(lines[number - 2])))
            separators.add(number)
        elif RULE.match(line):
            separators.add(number)
    title = min(headings, key=lambda heading: (heading.level, heading.line)).text if headings else name
    return Extract(title, lines, tuple(headings), separators=frozenset(separators))


def bare(text: str) -> str:
    """Text without the marks of emphasis, code and links."""
    return EMPHASIS.sub("", LINK.sub(r"\1", text)).strip()


def _front_matter(lines: Sequence[str]) -> range:
    """The lines of a YAML block at the very start."""
    if lines[0] != "---" or "---" not in lines[1:60]:
        return range(0)
    return range(1, lines.index("---", 1) + 2)


def _may_be_heading(lines: Sequence[str], number: int, headings: Sequence[Heading]) -> bool:
    """Whether line `number` is one line of text between empty ones, as a heading is."""
    text = lines[number - 1].strip() if number else ""
    before = lines[number - 2].strip() if number > 1 else ""
    taken = bool(headings) and headings[-1].line == number
    return bool(text) and not before and not taken and not text.startswith(("|", "-", "*", ">"))
