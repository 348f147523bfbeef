"""What a reader makes of a file: lines of text, and where headings and pages stand among them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading at `line` (from 1); `level` 1 is the outermost."""

    line: int
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of one document.

    `lines` are those of the file for plain formats, and paragraphs or lines of the page for the
    others. `pages` holds the line at which each page begins; it is empty where there are none.
    `separators` are lines that belong to no passage (underlines of headings, rules).
    """

    title: str
    lines: tuple[str, ...]
    headings: tuple[Heading, ...] = ()
    pages: tuple[int, ...] = ()
    separators: frozenset[int] = frozenset()
