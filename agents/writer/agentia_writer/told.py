"""Which sentences only repeat what a table says, so that no fact stands in a text twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from agentia_kit.language.numbers import figure, share
from agentia_writer.table import Table

_NUMBER = re.compile(r"(?<![\w.-])\d[\d,]*(?:\.\d+)?(?![\w-])")
_MOST_ROWS = 60
"""Rows of which every difference counts as told."""


def untold(sentences: Sequence[str], tables: Sequence[Table], source: str) -> list[str]:
    """The sentences that say something beside the tables and where these are from."""
    known = {known for table in tables for known in _figures(table)}
    names = {str(cell).casefold() for table in tables for row in table.rows for cell in row if cell}
    return [sentence for sentence in sentences if not _repeats(sentence.replace(source, ""), known, names)]


def _repeats(sentence: str, known: set[str], names: set[str]) -> bool:
    numbers = [figure(float(found.replace(",", ""))) for found in _NUMBER.findall(_without(sentence, names))]
    return bool(numbers) and all(number in known for number in numbers)


def _without(sentence: str, names: set[str]) -> str:
    """The sentence without the names of the tables' rows, which may hold digits of their own."""
    lowered = sentence.casefold()
    for name in sorted(names, key=len, reverse=True):
        if not name.replace(".", "").isdigit():
            lowered = lowered.replace(name, " ")
    return lowered


def _figures(table: Table) -> set[str]:
    """Every number that is in a table or follows from it: totals, shares, differences, places."""
    known = {figure(float(at)) for at in range(1, len(table.rows) + 1)}
    for column in zip(*table.rows, strict=True):
        values = [float(cell) for cell in column if isinstance(cell, int | float)]
        known |= {figure(value) for value in values}
        if not values:
            continue
        total = round(sum(values), 6)
        known |= {figure(total), figure(total / len(values))}
        for whole in {total, *((table.whole,) if table.whole else ())}:
            known.add(figure(whole))
            known |= {_percent(value, whole) for value in values if whole}
        for one, two in combinations(values[:_MOST_ROWS], 2):
            known.add(figure(round(abs(one - two), 6)))
            known |= {_percent(abs(one - two), base) for base in (one, two) if base}
    return known


def _percent(part: float, whole: float) -> str:
    return figure(float(share(abs(part), abs(whole)).split()[0]))
