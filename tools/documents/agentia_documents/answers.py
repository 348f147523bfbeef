"""What the tools give back."""

from __future__ import annotations

from pydantic import BaseModel, Field


class SkippedFile(BaseModel):
    """A file that is not served."""

    path: str = Field(description="relative to the folder; empty for the folder itself")
    reason: str


class Document(BaseModel):
    """One document of the folder."""

    path: str = Field(description="relative to the folder")
    title: str
    headings: list[str] = Field(description="the first ones, at most 12")
    kind: str = Field(description="markdown, text, restructuredtext, html, pdf or word")
    bytes: int
    lines: int
    modified: str = Field(description="ISO 8601, UTC")


class Documents(BaseModel):
    """The documents of the folder."""

    documents: list[Document]
    total: int = Field(description="how many there are, also beyond the limit")
    skipped: list[SkippedFile]
    pending: int = Field(description="how many are not indexed yet: call again")


class FoundPassage(BaseModel):
    """A passage and where it stands."""

    path: str
    title: str
    heading: str | None
    page: int | None = Field(description="from 1; null where a document has no pages")
    line_start: int
    line_end: int
    quote: str = Field(description="the passage as it stands in the document")
    score: float = Field(description="0 to 1: mostly the share of the words asked for that it holds")


class Passages(BaseModel):
    """Passages, best first."""

    passages: list[FoundPassage]
    total: int = Field(description="how many passages hold any of the words")
    pending: int = Field(description="how many documents are not indexed yet: call again")


class Excerpt(BaseModel):
    """Some lines of a document."""

    path: str
    title: str
    start: int
    end: int
    total_lines: int
    text: str
