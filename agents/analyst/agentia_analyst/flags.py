"""Columns of yes and no in a question: "cancelled flights", "not paid", "how many are active"."""

from __future__ import annotations

from collections.abc import Collection

from agentia_analyst.intent import Among, Grouping
from agentia_analyst.reading import Reading
from agentia_analyst.vocabulary import NOT

_NO = frozenset(["no", "false"])


def flags(reading: Reading, groups: Collection[Grouping]) -> list[Among]:
    """Columns of truth values that are named without being what the figures are split by."""
    split = {group.column for group in groups}
    return [
        Among(mention.column, (not _is_denied(reading, mention.first, mention.last),))
        for mention in reading.of("column")
        if mention.column is not None and mention.column.kind == "boolean" and mention.column not in split
    ]


def _is_denied(reading: Reading, first: int, last: int) -> bool:
    after = {reading.fold(last), reading.fold(last + 1)}
    return reading.fold(first - 1) in NOT or bool(after & _NO)
