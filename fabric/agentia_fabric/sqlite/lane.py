"""A thread with a connection of its own that runs what is put into a queue."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Sequence

from agentia_fabric.errors import StoreError
from agentia_fabric.sqlite.failures import told
from agentia_fabric.sqlite.jobs import Job, JobQueue, settle


class Lane:
    """Takes up to ``most`` jobs at a time and has ``run`` fill in what came of each."""

    def __init__(
        self,
        name: str,
        connection: sqlite3.Connection,
        queue: JobQueue,
        run: Callable[[sqlite3.Connection, Sequence[Job]], None],
        *,
        most: int,
    ) -> None:
        self._connection = connection
        self._queue = queue
        self._run = run
        self._most = most
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def _work(self) -> None:
        try:
            while jobs := self._queue.take(self._most):
                self._run(self._connection, jobs)
                settle(jobs)
                jobs.clear()  # or the last results would live until the next call
        finally:
            self._connection.close()

    def join(self, timeout: float) -> bool:
        """Wait up to ``timeout`` seconds for the thread to meet the end of its queue; say whether it has."""
        self._thread.join(timeout)
        return not self._thread.is_alive()


def in_one_transaction(connection: sqlite3.Connection, jobs: Sequence[Job]) -> None:
    """Run all jobs and commit once; a job that fails is undone alone.

    What fails the transaction itself (no room, another process that does not let go) fails all of them.
    """
    try:
        connection.execute("BEGIN IMMEDIATE")
        for job in jobs:
            _in_savepoint(connection, job)
        connection.execute("COMMIT")
    except (sqlite3.Error, StoreError) as error:
        with contextlib.suppress(sqlite3.Error):  # SQLite may have rolled back already
            connection.execute("ROLLBACK")
        for job in jobs:
            job.error = told(error)


def _in_savepoint(connection: sqlite3.Connection, job: Job) -> None:
    connection.execute("SAVEPOINT job")
    job.attempt(connection)
    if isinstance(job.error, StoreError) and not connection.in_transaction:
        raise job.error  # SQLite has given up the whole transaction
    if job.error is not None:
        connection.execute("ROLLBACK TO job")
    connection.execute("RELEASE job")


def on_one_state(connection: sqlite3.Connection, jobs: Sequence[Job]) -> None:
    """Run each job in a read transaction of its own, so that all it reads is of one moment."""
    for job in jobs:
        try:
            connection.execute("BEGIN")
            job.attempt(connection)
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            job.error = told(error)
