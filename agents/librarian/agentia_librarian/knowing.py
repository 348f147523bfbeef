"""The words of what the documents at hand are about, by which search finds the librarian."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from agentia_kit.knowing import Knowing
from agentia_kit.language.words import content_words
from agentia_kit.thinking.toolservers import called


def knowing_of(documents: str) -> Knowing:
    """What the server at that URL has, for the skill that finds."""

    async def knowing() -> Mapping[str, Sequence[str]]:
        listed = await called("documents", documents, "list_documents")
        return {"find-in-documents": list(words_of(listed["documents"]))}

    return knowing


def words_of(documents: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Of all titles, then of the first heading of each document, of the second, and so on."""
    for document in documents:
        yield from content_words(document["title"])
    for turn in zip_longest(*(document["headings"] for document in documents), fillvalue=""):
        for heading in turn:
            yield from content_words(heading)
