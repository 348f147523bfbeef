"""Numbers that were written as decimals are kept as decimals, so that 0.1 + 0.2 is 0.3.

A column of doubles becomes DECIMAL when each of its values is a decimal of at most 15 digits, six of
them behind the point: as many as a double gives back for certain. Three more places leave room for
medians and quantiles, which lie between two values.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from agentia_tables import duck
from agentia_tables.names import quoted
from agentia_tables.source import Column

if TYPE_CHECKING:
    from pathlib import Path

    from duckdb import DuckDBPyConnection

DIGITS, PLACES, ROOM = 15, 6, 3


def exactly(connection: DuckDBPyConnection, table: Path, columns: Sequence[Column]) -> str | None:
    """The select list that reads the Parquet file `table` with decimals; None when there are none."""
    doubles = [column.name for column in columns if column.type == "DOUBLE"]
    places = {name: found for name in doubles if (found := _places(connection, table, name)) is not None}
    if not places:
        return None
    return ", ".join(
        f"CAST({quoted(column.name)} AS DECIMAL({DIGITS + ROOM}, {places[column.name] + ROOM}))"
        f" AS {quoted(column.name)}"
        if column.name in places
        else quoted(column.name)
        for column in columns
    )


def _places(connection: DuckDBPyConnection, table: Path, name: str) -> int | None:
    """How many digits behind the point all values of a column fit in; None when it has no such values."""
    value, written = quoted(name), f"CAST({quoted(name)} AS VARCHAR)"
    found = connection.execute(
        f"SELECT bool_and(isfinite({value}) AND NOT contains({written}, 'e')),"  # noqa: S608
        f" max(length(split_part({written}, '.', 2))), max(abs({value}))"
        f" FROM read_parquet({duck.text(table)})"
    ).fetchone()
    if not found or not found[0]:
        return None
    _, places, largest = found
    return places if places <= PLACES and largest < 10.0 ** (DIGITS - places) else None
