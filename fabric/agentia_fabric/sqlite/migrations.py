"""Forward steps of a schema; the number of steps done is kept in the file (``PRAGMA user_version``)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from agentia_fabric.errors import StoreTooNew


def migrate(connection: sqlite3.Connection, steps: Sequence[str]) -> None:
    """Take the steps that the file has not seen; each is a script of SQL, all of them one transaction.

    Several processes may come at once: one takes the steps, the others wait for it.

    Raises:
        StoreTooNew: the file has seen more steps than we know.
    """
    if _steps_done(connection) == len(steps):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        done = _steps_done(connection)
        if done > len(steps):
            raise StoreTooNew(f"The store has schema {done}; this version knows schemas up to {len(steps)}.")
        for step in steps[done:]:
            for statement in _statements(step):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version={len(steps)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _steps_done(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _statements(script: str) -> Iterator[str]:
    """Cut a script into statements; ``executescript`` would commit before the first."""
    statement = ""
    *pieces, rest = script.split(";")
    for piece in pieces:
        statement += piece + ";"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if (statement + rest).strip():
        raise ValueError("A migration ends in the middle of a statement.")
