"""Tables of an SQLite file, read by the standard library (DuckDB's extension would have to be downloaded).

SQLite types values, not columns: a column is a number only when all its values are.
"""

from __future__ import annotations

import base64
import sqlite3
import time
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from agentia_fabric.toolserver.errors import Unreadable
from agentia_tables import duck
from agentia_tables.names import quoted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ROWS = 2_000_000
SECONDS = 60.0
STEPS = 100_000


def table_names(location: Path) -> list[str]:
    """The tables of the file, by name.

    Raises:
        Unreadable: it is no SQLite database, or broken.
    """
    with _opened(location) as database:
        rows = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
            " AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
        )
        return [name for (name,) in rows]


def load(location: Path, inner: str, target: Path, work: Path, connection: DuckDBPyConnection) -> None:
    """Write one table of the file to Parquet.

    Raises:
        Unreadable: it is broken, has more than 2,000,000 rows, or takes longer than 60 s.
    """
    rows = rows_copy(work)
    with _opened(location) as database:
        columns = [name for _, name, *_ in database.execute(f"PRAGMA table_info({quoted(inner)})")]
        if not columns:
            raise Unreadable("has no columns")
        types = [_type(database, inner, column) for column in columns]
        with rows.open("wb") as stream:
            stream.writelines(_lines(database, inner, columns, types))
    shape = ", ".join(
        f"c{at}: 'VARCHAR'" if of == "BLOB" else f"c{at}: '{of}'" for at, of in enumerate(types)
    )
    named = ", ".join(
        f"{f'from_base64(c{at})' if of == 'BLOB' else f'c{at}'} AS {quoted(column)}"
        for at, (column, of) in enumerate(zip(columns, types, strict=True))
    )
    reader = f"read_json({duck.text(rows)}, format = 'newline_delimited', columns = {{{shape}}})"
    connection.execute(f"COPY (SELECT {named} FROM {reader}) TO {duck.text(target)} (FORMAT parquet)")  # noqa: S608


def rows_copy(work: Path) -> Path:
    """Where the rows go on their way."""
    return work / "rows.ndjson"


@contextmanager
def _opened(location: Path) -> Generator[sqlite3.Connection]:
    """The file, read-only; `immutable` when its folder does not allow SQLite's side files."""
    try:
        with closing(_connected(location)) as database:
            deadline = time.monotonic() + SECONDS
            database.set_progress_handler(lambda: time.monotonic() > deadline, STEPS)
            database.text_factory = _text
            database.execute("PRAGMA trusted_schema = OFF")
            yield database
    except sqlite3.OperationalError as error:
        reason = f"takes longer than {SECONDS:.0f} s to read" if "interrupted" in str(error) else str(error)
        raise Unreadable(f"cannot be read as SQLite: {reason}") from None
    except sqlite3.DatabaseError as error:
        raise Unreadable(f"cannot be read as SQLite: {error}") from None


def _text(data: bytes) -> str:
    return data.decode(errors="replace")


def _connected(location: Path) -> sqlite3.Connection:
    for mode in ("mode=ro", "mode=ro&immutable=1"):
        database = sqlite3.connect(f"{location.as_uri()}?{mode}", uri=True, timeout=2)
        try:
            database.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.OperationalError:
            database.close()
        except sqlite3.DatabaseError:
            database.close()
            raise
        else:
            return database
    raise sqlite3.OperationalError("unable to open the file")


def _type(database: sqlite3.Connection, table: str, column: str) -> str:
    """The one DuckDB type that all values of a column fit."""
    kinds = database.execute(f"SELECT DISTINCT typeof({quoted(column)}) FROM {quoted(table)}")  # noqa: S608
    found = {kind for (kind,) in kinds} - {"null"}
    if found == {"integer"}:
        return "BIGINT"
    if found and found <= {"integer", "real"}:
        return "DOUBLE"
    return "BLOB" if found == {"blob"} else "VARCHAR"


def _lines(database: sqlite3.Connection, table: str, columns: list[str], types: list[str]) -> Iterator[bytes]:
    listed = ", ".join(quoted(column) for column in columns)
    rows = database.execute(f"SELECT {listed} FROM {quoted(table)} LIMIT {ROWS + 1}")  # noqa: S608
    for number, row in enumerate(rows, start=1):
        if number > ROWS:
            raise Unreadable(f"has more than {ROWS:,} rows")
        values = {f"c{at}": _value(value, types[at]) for at, value in enumerate(row)}
        yield orjson.dumps(values, option=orjson.OPT_APPEND_NEWLINE)


def _value(value: object, of: str) -> object:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode() if of == "BLOB" else value.decode(errors="replace")
    return str(value) if of == "VARCHAR" and value is not None else value
