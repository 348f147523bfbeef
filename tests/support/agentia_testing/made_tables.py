"""Tables made up for a test, as files of every kind that is served."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import duckdb


def parquet(path: Path, select: str) -> Path:
    """A Parquet file with the result of a statement."""
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"COPY ({select}) TO '{path}' (FORMAT parquet)")
    return path


def sqlite(path: Path, *statements: str, rows: Sequence[tuple[str, Sequence[Sequence[object]]]] = ()) -> Path:
    """An SQLite file after these statements; `rows` are (insert statement, its rows)."""
    with closing(sqlite3.connect(path)) as database:
        for statement in statements:
            database.execute(statement)
        for statement, values in rows:
            database.executemany(statement, values)
        database.commit()
    return path
