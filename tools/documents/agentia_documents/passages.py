"""Cuts a document into passages: pieces small enough to quote, large enough to answer a question.

A paragraph, list or table is one passage; the line that introduces a list stays with it, short
ones join what follows, long ones are cut at line or sentence ends. No passage crosses a heading
or a page.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass

from agentia_documents.extract import Extract, Heading

LONGEST = 900
SHORT = 60
SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+")


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines `line_start` to `line_end` (both counted from 1 and included) as they stand in the document.

    `trail` is the headings above it, outermost first.
    """

    quote: str
    heading: str | None
    trail: str
    page: int | None
    line_start: int
    line_end: int


@dataclass(slots=True)
class _Block:
    text: str
    start: int
    end: int

    def joined(self, other: _Block) -> _Block:
        gap = "\n" * (other.start - self.end) or " "  # two pieces of one line
        return _Block(f"{self.text}{gap}{other.text}", self.start, other.end)


def passages_of(extract: Extract) -> Iterator[Passage]:
    """All passages in order; a heading with nothing below it is one of its own."""
    trail: list[Heading] = []
    for heading, blocks in _sections(extract):
        if heading:
            trail = [above for above in trail if above.level < heading.level] + [heading]
        above = " / ".join(each.text for each in trail)
        for block in blocks:
            page = bisect.bisect_right(extract.pages, block.start) or None
            yield Passage(block.text, heading.text if heading else None, above, page, block.start, block.end)


def _sections(extract: Extract) -> Iterator[tuple[Heading | None, list[_Block]]]:
    """Each heading with the blocks up to the next; first, without a heading, what stands before all."""
    starts = [1, *(heading.line for heading in extract.headings), len(extract.lines) + 1]
    for heading, first, after in zip((None, *extract.headings), starts[:-1], starts[1:], strict=True):
        below = range(first + 1 if heading else first, after)
        blocks = [
            piece for block in _joined(_blocks(extract, below), set(extract.pages)) for piece in _cut(block)
        ]
        if heading and not blocks and after == _next_heading(extract, heading):
            blocks = [_Block(extract.lines[first - 1].strip("# "), first, first)]
        yield heading, blocks


def _next_heading(extract: Extract, heading: Heading) -> int:
    """Where the next heading of the same or a higher level stands, when nothing lies between; else -1."""
    behind = [each for each in extract.headings if each.line > heading.line]
    if not behind:
        return len(extract.lines) + 1
    return behind[0].line if behind[0].level <= heading.level else -1


def _blocks(extract: Extract, numbers: range) -> Iterator[_Block]:
    """Runs of lines with neither an empty line, a separator nor the start of a page between them."""
    pages = set(extract.pages)
    block: _Block | None = None
    for number in numbers:
        text = extract.lines[number - 1].rstrip()
        if block and (number in pages or not text.strip() or number in extract.separators):
            yield block
            block = None
        if not text.strip() or number in extract.separators:
            continue
        line = _Block(text, number, number)
        block = block.joined(line) if block else line
    if block:
        yield block


def _joined(blocks: Iterator[_Block], pages: set[int]) -> Iterator[_Block]:
    """The same blocks, those that are short or introduce the next one joined with it."""
    held: _Block | None = None
    for block in blocks:
        joined = block
        if held and _belong_together(held, block, pages):
            joined = held.joined(block)
        elif held:
            yield held
        held = joined if len(joined.text) < SHORT or joined.text.endswith(":") else None
        if held is None:
            yield joined
    if held:
        yield held


def _belong_together(one: _Block, two: _Block, pages: set[int]) -> bool:
    near = two.start - one.end <= 2
    return near and two.start not in pages and len(one.text) + len(two.text) < LONGEST - 2


def _cut(block: _Block) -> Iterator[_Block]:
    """Pieces of at most `LONGEST` characters, cut behind a sentence where one ends in the last third."""
    if len(block.text) <= LONGEST:
        yield block
        return
    piece: _Block | None = None
    for line in _lines(block):
        if piece and len(piece.text) + len(line.text) >= LONGEST:
            yield piece
            piece = None
        piece = piece.joined(line) if piece else line
        if len(piece.text) > LONGEST * 2 / 3 and piece.text.endswith((".", "!", "?")):
            yield piece
            piece = None
    if piece:
        yield piece


def _lines(block: _Block) -> Iterator[_Block]:
    """The lines of a block; one that is too long as several, cut between sentences or else anywhere."""
    for number, line in enumerate(block.text.split("\n"), start=block.start):
        rest = line
        while len(rest) > LONGEST:
            ends = [found.end() for found in SENTENCE_END.finditer(rest, 0, LONGEST)]
            space = rest.rfind(" ", 1, LONGEST)
            at = ends[-1] if ends else space + 1 if space > 0 else LONGEST
            yield _Block(rest[:at].rstrip(), number, number)
            rest = rest[at:]
        if rest.strip():
            yield _Block(rest, number, number)
