"""What is done to the log; each function runs on the writer's connection, in a savepoint of its own."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from sqlite3 import Connection
from typing import NoReturn

from agentia_fabric.errors import LeaseLost, MessageKnown, TaskExists, TaskUnknown, VersionConflict
from agentia_fabric.tasklog.port import Accepted, Append, Claim, Lease, NewTask, Phase, Standing, TaskRecord
from agentia_fabric.tasklog.sqlite import reads
from agentia_fabric.tasklog.sqlite.schema import VERSIONS


def create(connection: Connection, new: NewTask) -> Accepted:
    """Accept a task, or find the one with the same claim."""
    if new.claim is not None:
        known = reads.claimed(connection, new.claim)
        if known is not None:
            return Accepted(_load(connection, known), existing=True)
    record = _first_record(new, time.time())
    own = _insert_task(connection, record)
    connection.execute("INSERT INTO requests VALUES (?, ?)", (own, new.request))
    _add_events(connection, own, 0, new.events, record.updated)
    if new.claim is not None:
        _claim(connection, own, new.claim)
    _put_push_configs(connection, own, new.push_configs)
    return Accepted(record, existing=False)


def append(connection: Connection, append: Append) -> int:
    """Add events under the lease of the task, at the version the writer expects."""
    if not append.events:
        raise ValueError("An append has at least one event.")
    now = time.time()
    standing, lease = append.standing, append.lease
    row = connection.execute(
        "UPDATE tasks SET version = version + ?, updated = ?, state = ?, phase = ?,"
        " runner = CASE WHEN ? THEN runner END WHERE task = ? AND version = ? AND phase <> 'final'"
        " AND runner IS ? AND (runner IS NULL OR term = ?) RETURNING id, version",
        (
            len(append.events),
            now,
            standing.state,
            standing.phase,
            standing.phase is Phase.RUNNING,
            append.task,
            append.expected,
            lease and lease.runner,
            lease and lease.term,
        ),
    ).fetchone()
    if row is None:
        _refuse(connection, append)
    own, version = row
    _add_events(connection, own, append.expected, append.events, now)
    if append.snapshot is not None:
        connection.execute("REPLACE INTO snapshots VALUES (?, ?, ?)", (own, version, append.snapshot))
    return version


def _refuse(connection: Connection, append: Append) -> NoReturn:
    """Say why an append does not fit."""
    record = _load(connection, append.task)
    if append.lease is not None and append.lease != record.lease:
        raise LeaseLost(append.task)
    if append.expected != record.version:
        raise VersionConflict(append.task, record.version)
    raise LeaseLost(append.task)


def resume(
    connection: Connection,
    task: str,
    *,
    expected: int,
    runner: str,
    request: bytes,
    standing: Standing,
    events: Sequence[bytes],
    claim: Claim | None,
    push_configs: Sequence[tuple[str, bytes]],
) -> Lease:
    """Put a parked task to work again."""
    known = None if claim is None else reads.claimed(connection, claim)
    if known is not None:
        raise MessageKnown(known)
    now = time.time()
    row = connection.execute(
        "UPDATE tasks SET version = version + ?, updated = ?, state = ?, phase = ?, runner = ?, attempt = 1,"
        " term = term + 1 WHERE task = ? AND version = ? AND phase = 'parked' RETURNING id, term",
        (len(events), now, standing.state, standing.phase, runner, task, expected),
    ).fetchone()
    if row is None:
        raise VersionConflict(task, _load(connection, task).version)
    own, term = row
    connection.execute("REPLACE INTO requests VALUES (?, ?)", (own, request))
    _add_events(connection, own, expected, events, now)
    if claim is not None:
        _claim(connection, own, claim)
    _put_push_configs(connection, own, push_configs)
    return Lease(task, runner, 1, term)


def take_over(connection: Connection, task: str, *, from_runner: str | None, runner: str) -> Lease:
    """Give a running task to another runner."""
    row = connection.execute(
        "UPDATE tasks SET runner = ?, attempt = attempt + 1, term = term + 1"
        " WHERE task = ? AND phase = 'running' AND runner IS ? RETURNING attempt, term",
        (runner, task, from_runner),
    ).fetchone()
    if row is None:
        _load(connection, task)
        raise LeaseLost(task)
    return Lease(task, runner, *row)


def release(connection: Connection, runner: str) -> None:
    """Leave the tasks of a runner to nobody."""
    connection.execute("UPDATE tasks SET runner = NULL WHERE phase = 'running' AND runner = ?", (runner,))


def beat(connection: Connection, runner: str) -> None:
    """Count one more sign of life."""
    connection.execute(
        "INSERT INTO runners VALUES (?, 1) ON CONFLICT (runner) DO UPDATE SET beat = beat + 1", (runner,)
    )


def save(connection: Connection, task: str, key: str, payload: bytes) -> None:
    """Keep something beside a task."""
    connection.execute("REPLACE INTO saved VALUES (?, ?, ?)", (_number(connection, task), key, payload))


def put_push_config(connection: Connection, task: str, config: str, payload: bytes) -> None:
    """Keep a configuration; one that is replaced keeps its place."""
    _put_push_configs(connection, _number(connection, task), [(config, payload)])


def delete_push_config(connection: Connection, task: str, config: str) -> None:
    """Forget a configuration."""
    connection.execute(
        "DELETE FROM push_configs WHERE id = (SELECT id FROM tasks WHERE task = ?) AND config = ?",
        (task, config),
    )


def _first_record(new: NewTask, now: float) -> TaskRecord:
    runner = new.runner if new.standing.phase is Phase.RUNNING else None
    return TaskRecord(
        new.task,
        new.context,
        new.owner,
        new.standing,
        len(new.events),
        now,
        now,
        new.request,
        runner,
        attempt=1,
        term=1,
        snapshot=None,
    )


def _insert_task(connection: Connection, record: TaskRecord) -> int:
    try:
        row = connection.execute(
            "INSERT INTO tasks (task, context, owner, state, phase, version, created, updated, runner,"
            " attempt, term) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                record.task,
                record.context,
                record.owner,
                record.standing.state,
                record.standing.phase,
                record.version,
                record.created,
                record.updated,
                record.runner,
                record.attempt,
                record.term,
            ),
        ).fetchone()
    except sqlite3.IntegrityError as error:
        raise TaskExists(record.task) from error
    return row[0]


def _add_events(connection: Connection, own: int, after: int, events: Sequence[bytes], now: float) -> None:
    place = (own << VERSIONS) + after
    connection.executemany(
        "INSERT INTO events VALUES (?, ?, ?)",
        [(place + offset, now, payload) for offset, payload in enumerate(events, 1)],
    )


def _put_push_configs(connection: Connection, own: int, configs: Sequence[tuple[str, bytes]]) -> None:
    connection.executemany(
        "INSERT INTO push_configs (id, config, payload) VALUES (?, ?, ?)"
        " ON CONFLICT (id, config) DO UPDATE SET payload = excluded.payload",
        [(own, config, payload) for config, payload in configs],
    )


def _claim(connection: Connection, own: int, claim: Claim) -> None:
    connection.execute(
        "INSERT INTO claims VALUES (?, ?, ?, ?)", (claim.owner, claim.message, claim.digest, own)
    )


def _load(connection: Connection, task: str) -> TaskRecord:
    record = reads.load(connection, task)
    if record is None:
        raise TaskUnknown(task)
    return record


def _number(connection: Connection, task: str) -> int:
    own = reads.number(connection, task)
    if own is None:
        raise TaskUnknown(task)
    return own
