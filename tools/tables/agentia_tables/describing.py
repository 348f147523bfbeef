"""What the columns of a table hold: how much is missing, how many values, from where to where, which ones."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from agentia_tables import duck, faults
from agentia_tables.names import quoted
from agentia_tables.source import Column, Prepared, Source
from agentia_tables.values import plain, size

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SECONDS = 20.0
MEMORY = "256MB"
EXACT_ROWS = 1_000_000
COLUMNS = 300
EXAMPLES = 5
NAMES = 20
LONGEST = 200
KEPT = 64
"""Tables whose profiles are remembered: agents look at every table before each question."""
NESTED = ("[", "STRUCT", "MAP", "UNION")


@dataclass(frozen=True, slots=True)
class Profile:
    """One column; `examples` are its most frequent values, `distinct` is an estimate for large tables."""

    name: str
    type: str
    nulls: int
    distinct: int | None
    min: Any
    max: Any
    examples: list[Any]


@lru_cache(maxsize=KEPT)
def profiles(source: Source, table: Prepared) -> list[Profile]:
    """What :func:`looked_through` finds, remembered for as long as the file stays as it is."""
    return looked_through(source, table)


def looked_through(_source: Source, table: Prepared) -> list[Profile]:
    """The columns of a table, 300 at most.

    Raises:
        TooLong: the table is too large to be looked through in 20 s.
    """
    with faults.told():
        connection = duck.confined([table.parquet], MEMORY)
        with connection, duck.bounded(connection, SECONDS):
            connection.execute(f"CREATE VIEW t AS FROM read_parquet({duck.text(table.parquet)})")
            duck.lock(connection)
            return [_profile(connection, column, table.rows) for column in table.columns[:COLUMNS]]


def _profile(connection: DuckDBPyConnection, column: Column, rows: int) -> Profile:
    name = quoted(column.name)
    if column.type.startswith(NESTED) or column.type.endswith(NESTED[0] + "]"):
        found = connection.execute(f"SELECT count(*) - count({name}) FROM t").fetchone()  # noqa: S608
        return Profile(column.name, column.type, found[0] if found else 0, None, None, None, [])
    distinct = f"count(DISTINCT {name})" if rows <= EXACT_ROWS else f"approx_count_distinct({name})"
    found = connection.execute(
        f"SELECT count(*) - count({name}), {distinct}, min({name}), max({name}) FROM t"  # noqa: S608
    ).fetchone()
    nulls, values, least, most = found or (0, 0, None, None)
    frequent = connection.execute(
        f"SELECT {name} FROM t WHERE {name} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ?",  # noqa: S608
        [NAMES if column.type == "VARCHAR" else EXAMPLES],
    ).fetchall()
    examples = [_short(value) for (value,) in frequent]
    return Profile(column.name, column.type, nulls, values, _short(least), _short(most), examples)


def _short(value: object) -> Any:
    simple = plain(value)
    return f"{simple[:LONGEST]}…" if isinstance(simple, str) and size(simple) > LONGEST else simple
