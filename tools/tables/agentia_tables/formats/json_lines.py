"""JSON: an array of objects, or one object per line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from agentia_fabric.toolserver.errors import Unreadable
from agentia_tables import duck

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

OBJECT_BYTES = 16 * 1024 * 1024


def load(location: Path, target: Path, connection: DuckDBPyConnection) -> None:
    """Write a JSON file to Parquet, one row per object.

    Raises:
        Unreadable: it is empty.
    """
    if location.stat().st_size == 0:
        raise Unreadable("is empty")
    options = f"{duck.text(location)}, sample_size = -1, maximum_object_size = {OBJECT_BYTES}"
    connection.execute(f"COPY (SELECT * FROM read_json({options})) TO {duck.text(target)} (FORMAT parquet)")  # noqa: S608
