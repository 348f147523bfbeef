"""How every connection to a file of ours is opened."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import time
from pathlib import Path

_making = threading.Lock()


def connect(path: Path, *, busy_timeout: float) -> sqlite3.Connection:
    """Open a connection in WAL mode that leaves transactions to us; make the file, for its owner only.

    With ``synchronous=NORMAL`` a commit survives the death of any process; the last ones may be lost when
    the power goes. ``busy_timeout`` (seconds) bounds every wait for another process.

    Raises:
        sqlite3.Error: the file cannot be opened, or is none of SQLite's.
        OSError: the folder cannot be made or written.
    """
    _make(path)
    connection = sqlite3.connect(
        path, timeout=busy_timeout, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    try:
        _use_wal(connection, busy_timeout)
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA foreign_keys=ON")
        # Who commits the last of so many pages waits while they move into the file: seldom is better.
        connection.execute("PRAGMA wal_autocheckpoint=4000")
        connection.execute("PRAGMA journal_size_limit=67108864")
    except BaseException:
        connection.close()
        raise
    return connection


def _make(path: Path) -> None:
    """Make the file if there is none, for its owner only.

    Only then: whoever closes a file drops all locks that this process has on it (POSIX), SQLite's among them.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _making, contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))


def _use_wal(connection: sqlite3.Connection, busy_timeout: float) -> None:
    # SQLite does not wait for others while it changes the mode of a new file.
    deadline = time.monotonic() + busy_timeout
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL").fetchone()
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() >= deadline:
                raise
            time.sleep(0.01)
