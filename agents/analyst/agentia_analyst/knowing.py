"""The words of the tables at hand, by which search finds the analyst."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from agentia_kit.knowing import Knowing
from agentia_kit.language.words import content_words
from agentia_kit.thinking.toolservers import called


def knowing_of(tables: str) -> Knowing:
    """What the server at that URL has, for the skill that computes."""

    async def knowing() -> Mapping[str, Sequence[str]]:
        listed = await called("tables", tables, "list_tables")
        return {"analyse-tables": list(words_of(listed["tables"]))}

    return knowing


def words_of(tables: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Of the names of tables and files, then of the first column of each table, of the second, and so on."""
    for table in tables:
        yield from content_words(f"{table['table']} {table['path']}")
    for turn in zip_longest(*(table["columns"] for table in tables)):
        for column in filter(None, turn):
            yield from content_words(column["name"])
