"""Runs one statement in an engine of its own: made for it, shown its tables, locked, thrown away.

Four walls, each enough alone: the statement is a SELECT by DuckDB's own parser; the transaction is
read-only; the engine may touch only the Parquet files of the tables that are named; its
configuration is locked. Time, memory, rows, cells and the whole result have limits.
"""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from agentia_fabric.toolserver.errors import Busy, NotFound, TooLong
from agentia_tables import duck, faults
from agentia_tables.attached import Shelf
from agentia_tables.errors import TooManyRows
from agentia_tables.names import quoted
from agentia_tables.source import Column, Prepared, Source
from agentia_tables.statement import Grammar, Statement
from agentia_tables.values import plain, size

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SECONDS = 15.0
MEMORY = "256MB"
RUNNING = 2
WAIT_SECONDS = 20.0
CELL = 20_000
RESULT = 2_000_000
SYSTEM_SCHEMAS = ("information_schema", "pg_catalog")
SYSTEM_PREFIXES = ("duckdb_", "pg_", "sqlite_", "pragma_")


@dataclass(frozen=True, slots=True)
class Result:
    """Columns and rows; values are those of JSON. `sources` are the files that were named."""

    columns: tuple[Column, ...]
    rows: list[list[Any]]
    sources: tuple[str, ...] = ()


class Engine:
    """Runs statements over tables, two at a time."""

    def __init__(self) -> None:
        self._grammar = Grammar()
        self._running = threading.BoundedSemaphore(RUNNING)

    def run(self, tables: Shelf, sql: str, limit: int) -> Result:
        """The result of a statement over `tables`.

        Raises:
            ReadOnly, BadSql, NotFound, OutsideFolder, Unreadable: the statement or a table is at fault.
            TooManyRows: it has more than `limit` rows.
            TooLong: over a limit of time, memory, or size of a value or of all.
            Busy: two others ran for 20 s.
        """
        statement = self._grammar.statement(sql)
        named = dict(_named(tables, statement))
        views = {parts: table for parts, (_, table) in named.items()}
        with self._turn(), faults.told():
            connection = _opened(views)
            with connection, duck.bounded(connection, SECONDS):
                result = _result(connection, statement.sql, limit)
        sources = {source.file.path: None for source, _ in named.values() if statement.references}
        return replace(result, sources=tuple(sources))

    @contextmanager
    def _turn(self) -> Generator[None]:
        if not self._running.acquire(timeout=WAIT_SECONDS):
            raise Busy("Other statements are running: try again in a moment.")
        try:
            yield
        finally:
            self._running.release()


def _named(tables: Shelf, statement: Statement) -> Generator[tuple[tuple[str, ...], tuple[Source, Prepared]]]:
    """Every name in the statement, as its parts, with its table; all tables when it names none."""
    references = [parts for parts in statement.references if not _is_of_the_system(parts)]
    for parts in references:
        wanted = parts[1:] if len(parts) == 2 and parts[0].lower() == "main" else parts
        try:
            yield parts, tables.table(".".join(wanted))
        except NotFound:
            if parts[0] not in statement.own:
                raise
    if not references:
        for source, prepared in tables.survey().tables:
            yield (source.table,), (source, prepared)


def _is_of_the_system(parts: tuple[str, ...]) -> bool:
    """Whether a name is DuckDB's own, or none of ours can be meant by it."""
    return (
        not 1 <= len(parts) <= 2
        or parts[0].lower() in SYSTEM_SCHEMAS
        or parts[-1].lower().startswith(SYSTEM_PREFIXES)
    )


def _opened(views: dict[tuple[str, ...], Prepared]) -> DuckDBPyConnection:
    connection = duck.confined(sorted({table.parquet for table in views.values()}), MEMORY)
    for parts, table in views.items():
        for schema in parts[:-1]:
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS {quoted(schema)}")
        name = ".".join(quoted(part) for part in parts)
        connection.execute(f"CREATE OR REPLACE VIEW {name} AS FROM read_parquet({duck.text(table.parquet)})")
    duck.lock(connection)
    connection.execute("BEGIN TRANSACTION READ ONLY")
    return connection


def _result(connection: DuckDBPyConnection, sql: str, limit: int) -> Result:
    relation = connection.sql(sql)
    columns = tuple(Column(name, str(of)) for name, of in zip(relation.columns, relation.types, strict=True))
    rows = relation.limit(limit + 1).fetchall()
    if len(rows) > limit:
        raise TooManyRows(f"The result has more than {limit} rows: aggregate, filter, or add LIMIT {limit}.")
    values = [[plain(value) for value in row] for row in rows]
    _check_sizes(values, columns)
    return Result(columns, values)


def _check_sizes(rows: Sequence[Sequence[Any]], columns: Sequence[Column]) -> None:
    whole = 0
    for row in rows:
        for value, column in zip(row, columns, strict=True):
            whole += (cell := size(value))
            if cell > CELL:
                name = column.name[:60]
                raise TooLong(
                    f"A value of {name!r} has more than {CELL:,} characters: use left({name}, 200)."
                )
        if whole > RESULT:
            raise TooLong(f"The result has more than {RESULT:,} characters: ask for fewer rows or columns.")
