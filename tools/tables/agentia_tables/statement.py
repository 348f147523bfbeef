"""What a caller's SQL is: one statement that only reads, and the tables it names."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agentia_fabric.toolserver.errors import TooLong
from agentia_tables import duck, faults
from agentia_tables.errors import BadSql, ReadOnly

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

CHARACTERS = 20_000
SYSTEM_PREFIXES = ("duckdb_", "pg_", "sqlite_", "pragma_")
SYSTEM_SCHEMAS = ("information_schema", "pg_catalog")


@dataclass(frozen=True, slots=True)
class Statement:
    """One SELECT (also WITH, VALUES, DESCRIBE, SUMMARIZE, SHOW) and the names in its FROM, as written."""

    sql: str
    references: tuple[str, ...]


class Grammar:
    """DuckDB's own parser, over an empty database that can touch nothing."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._connection: DuckDBPyConnection | None = None

    def statement(self, sql: str) -> Statement:
        """Check and read a statement.

        Raises:
            TooLong: it has more than 20,000 characters.
            BadSql: it cannot be parsed, or there is not exactly one.
            ReadOnly: it does something else than read.
            OutsideFolder: it reads a file by a function.
        """
        if len(sql) > CHARACTERS:
            raise TooLong(f"The statement has more than {CHARACTERS:,} characters.")
        with self._lock, faults.told():
            if self._connection is None:
                self._connection = duck.confined([], "64MB")
                duck.lock(self._connection)
            statements = self._connection.extract_statements(sql)
            if len(statements) != 1:
                raise BadSql(f"Give one statement, not {len(statements)}.")
            kind = statements[0].type.name
            if kind != "SELECT":
                raise ReadOnly(
                    f"{kind} is not allowed here: only SELECT (also WITH, DESCRIBE and SUMMARIZE) is."
                )
            text = statements[0].query.strip().rstrip(";")
            return Statement(text, _references(self._connection, text))


def _references(connection: DuckDBPyConnection, text: str) -> tuple[str, ...]:
    import duckdb

    try:
        return tuple(sorted(connection.get_table_names(text, qualified=True)))
    except duckdb.CatalogException as error:
        if faults.MISSING.search(str(error)):
            # A table that is read need not exist here; one that a WITH clause writes must.
            raise ReadOnly("Tables can only be read: WITH may hold SELECT only.") from None
        raise
