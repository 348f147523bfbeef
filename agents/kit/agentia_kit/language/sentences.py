"""Sentences and paragraphs of a text, each with its place, so that a quotation can say where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agentia_kit.language.vocabulary import wordset

_ABBREVIATIONS = wordset("""
    mr mrs ms dr prof st no nr vs etc e.g i.e approx inc ltd co fig al art sec ca jr sr
""")
_END = re.compile(r"[.!?]+[\"'”’)\]]*(?=\s|$)")
_BREAK = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*+•]|\d+[.)])\s)|\n(?=#)|(?<=\n)(?=\|)")
_HEADING = re.compile(r"#{1,6}\s")
_MARKER = re.compile(r"\s*(?:[-*+•]|\d+[.)])\s+")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text: `text` is exactly `source[start:end]`."""

    text: str
    start: int
    end: int


def paragraphs(text: str) -> list[Span]:
    """The blocks of `text`: what blank lines, list items and headings set apart."""
    found: list[Span] = []
    at = 0
    for match in _BREAK.finditer(text):
        _keep(found, text, at, match.start())
        at = match.end()
    _keep(found, text, at, len(text))
    return [piece for block in found for piece in _after_heading(text, block)]


def sentences(text: str, *, headings: bool = False) -> list[Span]:
    """The sentences of `text` without list markers; headings only when asked for."""
    found: list[Span] = []
    for block in paragraphs(text):
        if _HEADING.match(block.text):
            if headings:
                found.append(block)
            continue
        marker = _MARKER.match(block.text)
        _cut(found, text, block.start + (marker.end() if marker else 0), block.end)
    return found


def one_line(text: str) -> str:
    """The text with every run of white space as one blank."""
    return " ".join(text.split())


def _cut(found: list[Span], text: str, start: int, end: int) -> None:
    at = start
    for match in _END.finditer(text, start, end):
        if _is_end(text, at, match, end):
            _keep(found, text, at, match.end())
            at = match.end()
    _keep(found, text, at, end)


def _is_end(text: str, start: int, match: re.Match[str], end: int) -> bool:
    rest = text[match.end() : end].lstrip()
    if not rest:
        return True
    if rest[0].islower():
        return False
    before = text[start : match.start()].split()
    last = before[-1].strip("(\"'“").casefold() if before else ""
    return not (
        match.group().startswith(".") and (last in _ABBREVIATIONS or (len(last) == 1 and last.isalpha()))
    )


def _after_heading(text: str, block: Span) -> list[Span]:
    if not _HEADING.match(block.text) or "\n" not in block.text:
        return [block]
    cut = block.start + block.text.index("\n")
    pieces: list[Span] = []
    _keep(pieces, text, block.start, cut)
    _keep(pieces, text, cut, block.end)
    return pieces


def _keep(found: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        first = start + len(piece) - len(piece.lstrip())
        found.append(Span(stripped, first, first + len(stripped)))
