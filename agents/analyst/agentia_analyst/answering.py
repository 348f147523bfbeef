"""The words of the analyst's answers: figures that the tools returned, and the assumptions behind them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from agentia_analyst import phrasing
from agentia_analyst.intent import Describe, Query
from agentia_analyst.schema import Table
from agentia_analyst.sql import MOST_ROWS
from agentia_kit.language.numbers import figure, share
from agentia_kit.language.words import name_stems

Rows = Sequence[Sequence[Any]]

NAMED = 3
"""Rows up to which each value is told with the name of its column."""
SHOWN = 12
"""Groups that the text tells; the table has all of them."""
ABLE = (
    "I compute totals, averages, medians, extremes and counts, by column or period; top and bottom N; "
    "filters by value, number and date; trends, comparisons and charts."
)


def answered(query: Query, rows: Rows, total: float | None = None) -> str:
    """The answer to `query` from its result."""
    if query.kind == "rows":
        text = _rows(query, rows)
    elif not rows or all(value is None for value in rows[0]):
        text = f"No rows of {phrasing.source(query)} match{phrasing.where(query)}."
    else:
        text = _TOLD[query.kind](query, rows, total)
    return "\n\n".join([text, *(f"_{note}_" for note in query.notes)])


def listing(tables: Sequence[Table]) -> str:
    """What can be asked about."""
    if not tables:
        return (
            "There are no tables: the folder that is served (`--files`) holds no CSV, Parquet or SQLite file."
        )
    lines = [
        f"- `{table.name}` ({table.path}): {', '.join(column.name for column in table.columns)}"
        for table in tables
    ]
    return "\n".join(["I see these tables:", *lines[:30]])


def describing(wanted: Describe, tables: Sequence[Table]) -> str:
    """One table with its columns, or all of them."""
    table = wanted.table
    if wanted.column:
        return _having(wanted.column, tables)
    if table is None:
        return listing(tables)
    lines = [f"- `{column.name}`: {column.kind}{_range(column.low, column.high)}" for column in table.columns]
    return "\n".join(
        [f"`{table.name}` ({table.path}) has {figure(table.rows)} rows with the columns", *lines]
    )


def _having(column: str, tables: Sequence[Table]) -> str:
    """The tables that have a column of this name, however it is written."""
    sought = name_stems(column)
    having = [table for table in tables if any(each.stems == sought for each in table.columns)]
    if not having:
        return f"No table has a column “{column}”.\n\n{listing(tables)}"
    return "\n".join(
        [f"The column `{column}` is in:", *(f"- `{each.name}` ({each.path})" for each in having)]
    )


def not_understood(reason: str, tables: Sequence[Table]) -> str:
    """Plainly that there is no answer, and what can be asked."""
    return f"I cannot answer this: {reason}\n\n{ABLE}\n\n{listing(tables)}"


def _figure(query: Query, rows: Rows, total: float | None) -> str:
    told = [
        f"the {phrasing.measure(measure)} is {figure(value)}"
        for measure, value in zip(query.measures, rows[0], strict=True)
    ]
    part = f", {share(rows[0][0], total)} of {figure(total)}" if query.share and total else ""
    text = f"{' and '.join(told)} in {phrasing.source(query)}{phrasing.where(query)}{part}."
    return text[0].upper() + text[1:]


def _ranking(query: Query, rows: Rows, total: float | None) -> str:
    limit = query.limit or 1
    if limit > 1:
        place = "Top" if query.descending else "Bottom"
        head = f"{place} {min(limit, len(rows))} by {_measured(query)} ({phrasing.group(query.groups[0])}):"
        return "\n".join([head, *(f"{at}. {_pair(query, row)}" for at, row in enumerate(rows[:limit], 1))])
    winners = [row for row in rows if row[-1] == rows[0][-1]]
    degree = "highest" if query.descending else "lowest"
    names = _kind_of(query) + " and ".join(str(row[0]) for row in winners[:5])
    names += f" and {len(winners) - 5} more" if len(winners) > 5 else ""
    verb = "share" if len(winners) > 1 else "has"
    part = f", {share(rows[0][-1], total)} of {figure(total)} in all" if total and len(winners) == 1 else ""
    measure = phrasing.measure(query.measures[0]).removeprefix(f"{degree} ")
    text = f"{names} {verb} the {degree} {measure}: {figure(rows[0][-1])}{part}"
    if len(rows) > len(winners):
        text += f". Next is {_pair(query, rows[len(winners)])}"
    return f"{text} ({phrasing.source(query)}{phrasing.where(query)})."


def _groups(query: Query, rows: Rows, total: float | None) -> str:
    by = " and ".join(phrasing.group(group) for group in query.groups)
    head = f"{_measured(query)} by {by}:"
    lines = [f"- {_pair(query, row)}{_part(query, row, total)}" for row in rows[:SHOWN]]
    more = [f"- … and {len(rows) - SHOWN} more in the table"] if len(rows) > SHOWN else []
    whole = [f"Together: {figure(total)}."] if total is not None and len(rows) > 1 else []
    return "\n".join([head[0].upper() + head[1:], *lines, *more, *whole])


def _trend(query: Query, rows: Rows, _: float | None) -> str:
    values = [(str(row[0]), cast("float", row[-1])) for row in rows if row[-1] is not None]
    if len(rows[0]) > 2 or len(values) < 2:
        return _groups(query, rows, None)
    (start, first), (end, last) = values[0], values[-1]
    verb = "rose" if last > first else "fell" if last < first else "ended where it began"
    change = f", {100 * (last - first) / first:+.1f} %" if first > 0 else ""
    peak, low = max(values, key=lambda each: each[1]), min(values, key=lambda each: each[1])
    moved = f"{verb}: {figure(first)} in {start}, {figure(last)} in {end}{change}"
    return (
        f"The {_measured(query)} by {phrasing.group(query.groups[0])} {moved}. "
        f"Highest was {peak[0]} with {figure(peak[1])}, lowest {low[0]} with {figure(low[1])}."
    )


def _comparison(query: Query, rows: Rows, total: float | None) -> str:
    if (
        len(rows) != 2
        or len(query.measures) > 1
        or len(query.groups) > 1
        or None in (rows[0][-1], rows[1][-1])
    ):
        return _groups(query, rows, total)
    more, less = sorted(rows, key=lambda row: -row[-1])
    ahead = more[-1] - less[-1]
    percent = f" ({share(ahead, less[-1])})" if less[-1] > 0 else ""
    told = f"{_measured(query)}: {_pair(query, more)}, {_pair(query, less)}"
    if not ahead:
        return f"{told[0].upper()}{told[1:]}; they are equal."
    return f"{told[0].upper()}{told[1:]}; {more[0]} is ahead by {figure(round(ahead, 6))}{percent}."


def _rows(query: Query, rows: Rows) -> str:
    count = f"{len(rows)} rows" if len(rows) != 1 else "1 row"
    cut = f" (the first {MOST_ROWS})" if len(rows) >= MOST_ROWS else ""
    names = [column.name for column in query.table.columns]
    lines = [f"- {_row(names, row, is_named=len(rows) <= NAMED)}" for row in rows[:SHOWN]]
    more = [f"- … and {len(rows) - SHOWN} more in the table"] if len(rows) > SHOWN else []
    return "\n".join([f"{count} of {phrasing.source(query)}{phrasing.where(query)}{cut}:", *lines, *more])


_TOLD = {
    "figure": _figure,
    "ranking": _ranking,
    "groups": _groups,
    "trend": _trend,
    "comparison": _comparison,
}


def _measured(query: Query) -> str:
    told = " and ".join(phrasing.measure(measure) for measure in query.measures)
    return f"{told} in {phrasing.source(query)}{phrasing.where(query)}"


def _pair(query: Query, row: Sequence[Any]) -> str:
    size = len(query.groups)
    names = ", ".join("(none)" if name is None else str(name) for name in row[:size])
    return f"{names} {', '.join(figure(value) for value in row[size:])}"


def _part(query: Query, row: Sequence[Any], total: float | None) -> str:
    return f" ({share(row[-1], total)})" if query.share and total and row[-1] is not None else ""


def _row(names: Sequence[str], row: Sequence[Any], *, is_named: bool) -> str:
    """A row in words; with the names of its columns where there are few rows."""
    if not is_named:
        return ", ".join(figure(value) for value in row)
    return ", ".join(f"{name}: {figure(value)}" for name, value in zip(names, row, strict=True))


def _kind_of(query: Query) -> str:
    """What a bare number in front of a sentence is: `order_id 4`."""
    column = query.groups[0].column
    return f"{column.name} " if column.is_identifier or column.kind in ("number", "boolean") else ""


def _range(low: object, high: object) -> str:
    return "" if low is None or high is None else f", {figure(low)} to {figure(high)}"
