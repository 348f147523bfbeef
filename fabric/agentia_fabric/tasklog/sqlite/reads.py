"""What is asked of the log; each function runs on a connection, in a transaction of its caller."""

from __future__ import annotations

from collections.abc import Sequence
from sqlite3 import Connection
from typing import Any

from agentia_fabric.tasklog.port import Claim, Entry, Phase, Runner, Snapshot, Standing, TaskRecord
from agentia_fabric.tasklog.sqlite.schema import VERSIONS

RECORD = """
    SELECT t.task, t.context, t.owner, t.state, t.phase, t.version, t.created, t.updated, r.payload,
           t.runner, t.attempt, t.term, s.version, s.payload
    FROM tasks t JOIN requests r ON r.id = t.id LEFT JOIN snapshots s ON s.id = t.id
"""


def record(row: tuple[Any, ...]) -> TaskRecord:
    """Make a record of a row of ``RECORD``."""
    *header, version, payload = row
    task, context, owner, state, phase, *rest = header
    snapshot = None if version is None else Snapshot(version, payload)
    return TaskRecord(task, context, owner, Standing(state, Phase(phase)), *rest, snapshot=snapshot)


def load(connection: Connection, task: str) -> TaskRecord | None:
    """Find a task by its id."""
    row = connection.execute(RECORD + "WHERE t.task = ?", (task,)).fetchone()
    return None if row is None else record(row)


def number(connection: Connection, task: str) -> int | None:
    """The number under which the other tables know the task."""
    row = connection.execute("SELECT id FROM tasks WHERE task = ?", (task,)).fetchone()
    return None if row is None else row[0]


def read(connection: Connection, task: str, after: int, limit: int) -> Sequence[Entry]:
    """Find the events of a task with a version greater than ``after``, oldest first."""
    own = number(connection, task)
    if own is None:
        return ()
    first = own << VERSIONS
    rows = connection.execute(
        "SELECT place - ?, at, payload FROM events WHERE place > ? AND place < ? ORDER BY place LIMIT ?",
        (first, first + max(after, 0), (own + 1) << VERSIONS, limit),
    )
    return [Entry(version, at, payload) for version, at, payload in rows]


def versions(connection: Connection, tasks: Sequence[str]) -> dict[str, int]:
    """The version that each of the tasks is at; a task that does not exist is left out."""
    wanted = "SELECT task, version FROM tasks WHERE task = ?"
    rows = (connection.execute(wanted, (task,)).fetchone() for task in tasks)
    return dict(filter(None, rows))


def claimed(connection: Connection, claim: Claim) -> str | None:
    """Find the task that a message belongs to."""
    row = connection.execute(
        "SELECT t.task FROM claims c JOIN tasks t ON t.id = c.id"
        " WHERE c.owner = ? AND c.message = ? AND c.digest = ?",
        (claim.owner, claim.message, claim.digest),
    ).fetchone()
    return None if row is None else row[0]


def runners(connection: Connection) -> Sequence[Runner]:
    """All that hold a lease, with their last beat (0: it has never beaten)."""
    rows = connection.execute(
        "SELECT DISTINCT t.runner, coalesce(r.beat, 0) FROM tasks t LEFT JOIN runners r"
        " ON r.runner = t.runner WHERE t.phase = 'running' AND t.runner IS NOT NULL ORDER BY t.runner"
    )
    return [Runner(runner, beat) for runner, beat in rows]


def running(connection: Connection, runner: str | None) -> Sequence[str]:
    """What a runner holds, oldest first."""
    wanted = "SELECT task FROM tasks WHERE phase = 'running' AND runner IS ? ORDER BY id"
    return [task for (task,) in connection.execute(wanted, (runner,))]


def saved(connection: Connection, task: str, key: str) -> bytes | None:
    """What was saved beside a task."""
    row = connection.execute(
        "SELECT s.payload FROM saved s JOIN tasks t ON t.id = s.id WHERE t.task = ? AND s.key = ?",
        (task, key),
    ).fetchone()
    return None if row is None else row[0]


def push_configs(connection: Connection, task: str) -> Sequence[tuple[str, bytes]]:
    """The configurations of a task, oldest first."""
    return connection.execute(
        "SELECT p.config, p.payload FROM push_configs p JOIN tasks t ON t.id = p.id WHERE t.task = ?"
        " ORDER BY p.place",
        (task,),
    ).fetchall()
