"""Which reader reads which file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

from agentia_documents.extract import Extract
from agentia_documents.readers import markdown, markup, plain, portable, restructured, word

Reader = Callable[[bytes, str], Extract]

_KINDS: dict[str, tuple[str, Reader]] = {
    ".md": ("markdown", markdown.read),
    ".markdown": ("markdown", markdown.read),
    ".txt": ("text", plain.read),
    ".rst": ("restructuredtext", restructured.read),
    ".html": ("html", markup.read),
    ".htm": ("html", markup.read),
    ".pdf": ("pdf", portable.read),
    ".docx": ("word", word.read),
}

SUFFIXES = frozenset(_KINDS)


def kind_of(path: str) -> str:
    """`markdown`, `text`, `restructuredtext`, `html`, `pdf` or `word`."""
    return _KINDS[PurePosixPath(path).suffix.lower()][0]


def reader_of(path: str) -> Reader:
    """The reader for a path whose ending is one of `SUFFIXES`."""
    return _KINDS[PurePosixPath(path).suffix.lower()][1]
