"""One query as SQL (DuckDB's dialect): every name and value quoted, columns named as an answer shows them."""

from __future__ import annotations

from agentia_analyst.intent import (
    Among,
    Bucket,
    Compared,
    Condition,
    During,
    Grouping,
    Measure,
    Period,
    Query,
)
from agentia_analyst.quoting import identifier, literal
from agentia_analyst.schema import Column

MOST_ROWS = 200
"""Rows asked for at once; the server refuses more."""

TOTAL = "whole"
"""The column of :func:`total`."""

_FORMATS: dict[Bucket, str] = {"day": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m", "year": "%Y"}
_TITLES = {"sum": "total", "avg": "average", "min": "lowest", "max": "highest", "median": "median"}


def statement(query: Query) -> str:
    """The SELECT that answers `query`."""
    if query.kind == "rows":
        return _rows(query)
    groups = [f"{_group(group)} AS {identifier(group_title(group))}" for group in query.groups]
    measures = [f"{_measure(measure)} AS {identifier(title(measure))}" for measure in query.measures]
    lines = [
        f"SELECT {', '.join([*groups, *measures])}",
        f"FROM {identifier(query.table.name)}",
        *_where(query),
    ]
    if groups:
        numbers = ", ".join(str(at) for at in range(1, len(groups) + 1))
        lines += [
            f"GROUP BY {numbers}",
            *_having(query),
            f"ORDER BY {_order(query)}",
            f"LIMIT {_limit(query)}",
        ]
    return "\n".join(lines)


def total(query: Query) -> str | None:
    """The measure over all rows, to tell shares of it; None where a share means nothing.

    Groups are shares of the rows that fit, a single figure is one of the whole table.
    """
    measure = query.measures[0]
    is_part = bool(query.groups) and not query.having
    if measure.aggregate not in ("sum", "count") or not (is_part or query.share):
        return None
    where = _where(query) if query.groups else []
    return "\n".join(
        [f"SELECT {_measure(measure)} AS {identifier(TOTAL)}", f"FROM {identifier(query.table.name)}", *where]
    )


def title(measure: Measure) -> str:
    """The name of a measure's column: `total revenue`, `average price`, `rows`, `different customers`."""
    if measure.column is None:
        return "rows"
    if measure.aggregate in ("count", "distinct"):
        return f"different {measure.column.name}"
    return f"{_TITLES[measure.aggregate]} {measure.column.name}"


def group_title(group: Grouping) -> str:
    """The name of a group's column: the column's own, or the period's."""
    return group.bucket or group.column.name


def _rows(query: Query) -> str:
    order = query.order
    ordered = [f"ORDER BY {identifier(order.column.name)} {_way(order.descending)}"] if order else []
    source = f"FROM {identifier(query.table.name)}"
    return "\n".join(["SELECT *", source, *_where(query), *ordered, f"LIMIT {query.limit or MOST_ROWS}"])


def _measure(measure: Measure) -> str:
    if measure.column is None:
        return "count(*)"
    name = identifier(measure.column.name)
    return (
        f"count(DISTINCT {name})"
        if measure.aggregate in ("distinct", "count")
        else f"{measure.aggregate}({name})"
    )


def _group(group: Grouping) -> str:
    if group.bucket is None:
        return identifier(group.column.name)
    moment = _moment(group.column)
    if group.bucket == "quarter":
        return f"strftime({moment}, '%Y') || '-Q' || quarter({moment})"
    return f"strftime({moment}, {literal(_FORMATS[group.bucket])})"


def _moment(column: Column) -> str:
    name = identifier(column.name)
    return f"TRY_CAST({name} AS TIMESTAMP)" if column.is_text else name


def _where(query: Query) -> list[str]:
    tests = [_test(condition) for condition in query.conditions]
    timed = [f"{_moment(group.column)} IS NOT NULL" for group in query.groups if group.bucket]
    return [f"WHERE {' AND '.join([*tests, *timed])}"] if tests or timed else []


def _having(query: Query) -> list[str]:
    if query.having is None:
        return []
    return [f"HAVING {_measure(query.measures[0])} {query.having.comparator} {literal(query.having.limit)}"]


def _order(query: Query) -> str:
    measure = f"{len(query.groups) + 1} {_way(query.descending)}"
    names = ", ".join(str(at) for at in range(1, len(query.groups) + 1))
    by_name = query.kind == "trend" or query.groups[0].bucket is not None
    return names if by_name and query.kind != "ranking" else f"{measure}, {names}"


def _way(descending: bool) -> str:
    return f"{'DESC' if descending else 'ASC'} NULLS LAST"


def _limit(query: Query) -> int:
    """Ties with the last place have to be seen, and so has who comes next."""
    return min(max(query.limit + 5, 20), MOST_ROWS) if query.limit else MOST_ROWS


def _test(condition: Condition) -> str:
    match condition:
        case Among():
            return _among(condition)
        case Compared():
            return f"{identifier(condition.column.name)} {condition.comparator} {literal(condition.limit)}"
        case During():
            return _during(condition)


def _among(condition: Among) -> str:
    name = identifier(condition.column.name)
    listed = ", ".join(literal(_plain(value)) for value in condition.values)
    return f"({name} IS NULL OR {name} NOT IN ({listed}))" if condition.negated else f"{name} IN ({listed})"


def _during(condition: During) -> str:
    moment = _moment(condition.column)
    if condition.side != "in":
        return f"{moment} {condition.side} {_day(condition.periods[0].start)}"
    return "(" + " OR ".join(_within(moment, period) for period in condition.periods) + ")"


def _within(moment: str, period: Period) -> str:
    if period.start:
        return f"({moment} >= {_day(period.start)} AND {moment} < {_day(period.end)})"
    if period.month is not None:
        return f"month({moment}) = {period.month}"
    return f"quarter({moment}) = {period.quarter}"


def _day(text: str) -> str:
    return f"DATE {literal(text)}"


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | float | bool) else str(value)
