"""Takes the points of a chart from the result of a query."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from agentia_tables.engine import Result
from agentia_tables.errors import BadChart

BARS, LINE_POINTS, SLICES = 60, 2_000, 12
MOST_POINTS = LINE_POINTS
MOST = {"bar": BARS, "line": LINE_POINTS, "pie": SLICES}
NUMBERS = (
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "HUGEINT",
    "UTINYINT",
    "USMALLINT",
    "UINTEGER",
    "UBIGINT",
)
FRACTIONS = ("UHUGEINT", "FLOAT", "DOUBLE", "DECIMAL", "BIGNUM")
TIMES = ("DATE", "TIMESTAMP")


@dataclass(frozen=True, slots=True)
class Points:
    """`places` are distances along x where x is a number or a time, else None: equally far apart."""

    labels: list[str]
    values: list[float]
    places: list[float] | None
    x_name: str
    y_name: str


def series(result: Result, kind: str, x: str, y: str) -> Points:
    """The points of a chart; rows without a number are left out.

    Raises:
        BadChart: the kind is unknown, a column is missing or no number, there is nothing or too much.
    """
    if kind not in MOST:
        raise BadChart(f"There is no chart {kind[:50]!r}: kinds are {', '.join(MOST)}.")
    across, up = _column(result, x), _column(result, y)
    if not result.columns[up].type.startswith((*NUMBERS, *FRACTIONS)):
        raise BadChart(
            f"{result.columns[up].name} is no number but {result.columns[up].type}: choose another y."
        )
    rows = [(row[across], float(row[up])) for row in result.rows if row[up] is not None]
    rows = [(label, value) for label, value in rows if math.isfinite(value)]
    if not rows:
        raise BadChart("The query gives no numbers to draw: check its filter.")
    if len(rows) > MOST[kind]:
        raise BadChart(
            f"{len(rows)} points are too many: a {kind} chart has {MOST[kind]} at most; aggregate or LIMIT."
        )
    values = [value for _, value in rows]
    if kind == "pie" and (min(values) < 0 or sum(values) <= 0):
        raise BadChart("A pie needs shares of a whole: numbers from 0 up, not all 0; take a bar chart.")
    places = _places([label for label, _ in rows], result.columns[across].type)
    labels = [_label(label, result.columns[across].type) for label, _ in rows]
    return Points(labels, values, places, result.columns[across].name, result.columns[up].name)


def _column(result: Result, name: str) -> int:
    names = [column.name for column in result.columns]
    for fits in (str, str.lower):
        found = [at for at, each in enumerate(names) if fits(each) == fits(name.strip().strip('"'))]
        if found:
            return found[0]
    raise BadChart(f"The query gives no column {name[:100]!r}: it gives {', '.join(names[:20])}.")


def _label(value: Any, of: str) -> str:
    if value is None:
        return "(none)"
    if isinstance(value, str) and of.startswith("TIMESTAMP"):
        return value.removesuffix("T00:00:00").replace("T", " ")[:16]
    return str(value)


def _places(labels: Sequence[Any], of: str) -> list[float] | None:
    """Where the points lie along x, when they lie in order; else None."""
    if None in labels:
        return None
    if of.startswith((*NUMBERS, *FRACTIONS)):
        places = [float(label) for label in labels]
    elif of.startswith(TIMES):
        moments = [datetime.fromisoformat(label) for label in labels]
        places = [(moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() for moment in moments]
    else:
        return None
    in_order = all(one <= two for one, two in pairwise(places))
    return places if in_order and places[-1] > places[0] else None
