"""Passages that the server `documents` found, and the sentences in them with their own lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from agentia_kit.language.sentences import sentences


@dataclass(frozen=True)
class Quotation:
    """Words exactly as a document has them, and where."""

    quote: str
    path: str
    line_start: int
    line_end: int
    heading: str | None = None
    page: int | None = None

    @property
    def place(self) -> str:
        """The place for people: `handbook.md, “Travel”, lines 12–13`."""
        lines = (
            f"line {self.line_start}"
            if self.line_start == self.line_end
            else f"lines {self.line_start}–{self.line_end}"
        )
        heading = [f"“{self.heading}”"] if self.heading else []
        page = [f"page {self.page}"] if self.page else []
        return ", ".join([self.path, *heading, *page, lines])


@dataclass(frozen=True)
class Passage:
    """A stretch of a document that fits a search."""

    quotation: Quotation
    title: str
    score: float

    def sentences(self) -> list[Quotation]:
        """Its sentences with the lines they stand on; one that introduces a list has the list with it."""
        text = self.quotation.quote
        spans = sentences(text)
        return [self._part(span.start, len(text) if span.text.endswith(":") else span.end) for span in spans]

    def joined(self, one: Quotation, other: Quotation) -> Quotation:
        """Two of its sentences that follow each other, with what stands between them."""
        text = self.quotation.quote
        start = text.index(one.quote)
        return self._part(start, text.index(other.quote, start + len(one.quote)) + len(other.quote))

    def _part(self, start: int, end: int) -> Quotation:
        whole = self.quotation
        part = whole.quote[start:end].rstrip()
        first = whole.line_start + whole.quote.count("\n", 0, start)
        return replace(whole, quote=part, line_start=first, line_end=first + part.count("\n"))


def passages(answers: Iterable[Mapping[str, Any]]) -> list[Passage]:
    """The passages of several `search_documents` answers, each once, best first."""
    found: dict[tuple[str, int, int], Passage] = {}
    for answer in answers:
        for each in answer.get("passages", ()):
            quotation = Quotation(
                str(each["quote"]),
                str(each["path"]),
                int(each["line_start"]),
                int(each["line_end"]),
                each.get("heading") or None,
                each.get("page") or None,
            )
            key = (quotation.path, quotation.line_start, quotation.line_end)
            found.setdefault(
                key, Passage(quotation, str(each.get("title") or ""), float(each.get("score") or 0))
            )
    return list(found.values())
