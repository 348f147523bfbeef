"""DuckDB connections: none reads or writes a file that is not named, none loads anything, all are bounded.

DuckDB itself enforces it: external access is off but for the paths given, and the configuration is
locked before anything of a caller's is parsed.
"""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

THREADS = 2


def confined(paths: Sequence[Path], memory: str, spill: Path | None = None) -> DuckDBPyConnection:
    """An empty database in memory that may touch `paths` and nothing else; not locked yet.

    `spill` is a folder for what does not fit in `memory`; without one a query that does not fit fails.
    """
    import duckdb  # 25 MB that a server pays when it is asked first

    connection = duckdb.connect(
        ":memory:",
        config={
            "threads": THREADS,
            "memory_limit": memory,
            "temp_directory": str(spill or ""),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_community_extensions": False,
            "python_enable_replacements": False,
        },
    )
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET allowed_paths = ?", [[str(path) for path in paths]])
    connection.execute("SET enable_external_access = false")
    return connection


def lock(connection: DuckDBPyConnection) -> None:
    """From now on no statement changes the configuration."""
    connection.execute("SET lock_configuration = true")


@contextmanager
def bounded(connection: DuckDBPyConnection, seconds: float) -> Generator[None]:
    """Interrupt what runs on `connection` after some time; it then raises `duckdb.InterruptException`."""
    timer = threading.Timer(seconds, connection.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def text(value: str | Path) -> str:
    """A string as SQL writes it."""
    return "'" + str(value).replace("'", "''") + "'"
