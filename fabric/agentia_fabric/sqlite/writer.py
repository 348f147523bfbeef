"""A SQLite file behind asyncio: one thread writes in groups, others read.

Many callers, one writer: what is waiting when the thread is free becomes one transaction, so that the price
of a commit is shared by all who came meanwhile. SQLite allows one writer at a time anyway.

    store = SqliteWriter(path, ["CREATE TABLE notes (text TEXT NOT NULL);"])
    async with store:
        await store.write(lambda connection: connection.execute("INSERT INTO notes VALUES (?)", ("hello",)))
        rows = await store.read(lambda connection: connection.execute("SELECT text FROM notes").fetchall())
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import structlog

from agentia_fabric.errors import StoreClosed
from agentia_fabric.sqlite.connection import connect
from agentia_fabric.sqlite.failures import store_error
from agentia_fabric.sqlite.jobs import Job, JobQueue
from agentia_fabric.sqlite.lane import Lane, in_one_transaction, on_one_state
from agentia_fabric.sqlite.migrations import migrate

T = TypeVar("T")
log = structlog.get_logger(__name__)

GROUP = 1024
"""How many writes are committed together at most."""
PATIENCE = 10.0
"""How many seconds :meth:`SqliteWriter.close` gives each thread."""


class SqliteWriter:
    """A file, its schema and the threads that work on it; used from any event loop of this process.

    Nothing else in this process may open the file as a plain file: closing it would drop SQLite's locks.
    ``limit`` bounds the calls that wait (more are refused with ``StoreBusy``), ``busy_timeout`` (seconds) the
    wait for another process that writes to the same file.
    """

    def __init__(
        self,
        path: Path,
        migrations: Sequence[str],
        *,
        readers: int = 2,
        limit: int = 4096,
        busy_timeout: float = 5.0,
    ) -> None:
        self._path = path
        self._migrations = migrations
        self._readers = readers
        self._busy_timeout = busy_timeout
        self._writes = JobQueue(limit)
        self._reads = JobQueue(limit)
        self._lanes: list[Lane] = []
        self._open = False

    async def open(self) -> None:
        """Open the file, bring its schema up to date and start the threads.

        Raises:
            StoreError: the file cannot be used; the kind says why.
        """
        writer, *readers = await asyncio.to_thread(self._connect)
        name = self._path.name
        self._lanes = [Lane(f"{name} writes", writer, self._writes, in_one_transaction, most=GROUP)]
        self._lanes += [Lane(f"{name} reads", each, self._reads, on_one_state, most=1) for each in readers]
        self._open = True

    async def write(
        self, run: Callable[[sqlite3.Connection], T], then: Callable[[T], None] | None = None
    ) -> T:
        """Run ``run(connection)`` in the next transaction and return what it returns, once that is committed.

        ``run`` is called on the writer's thread, under a savepoint: when it raises, what it wrote is undone,
        what others wrote is not, and the caller gets the error. It must be short and not end the transaction.
        ``then(result)`` is called on the caller's event loop after the commit, also when the caller has been
        cancelled meanwhile; a caller that is cancelled before its turn has written nothing.

        Raises:
            StoreBusy, StoreFull, StoreFailed: nothing was written.
            StoreClosed: the store is not open.
        """
        return await self._submit(self._writes, run, then)

    async def read(self, run: Callable[[sqlite3.Connection], T]) -> T:
        """Run ``run(connection)`` on a reader's thread; all that it reads is of one moment.

        A read that begins after a write has returned sees that write.

        Raises:
            StoreBusy, StoreFailed: it could not be read.
            StoreClosed: the store is not open.
        """
        return await self._submit(self._reads, run, None)

    async def _submit(
        self, queue: JobQueue, run: Callable[[sqlite3.Connection], T], then: Callable[[T], None] | None
    ) -> T:
        if not self._open:
            raise StoreClosed(f"The store {self._path.name} is not open.")
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        queue.put(Job(run, then, future))
        return await future

    async def close(self) -> None:
        """Refuse new calls, finish those that wait, let go of file and threads. Closing twice is no error."""
        if not self._open:
            return
        self._open = False
        self._writes.end()
        for _ in range(self._readers):
            self._reads.end()
        ended = await asyncio.to_thread(lambda: [lane.join(PATIENCE) for lane in self._lanes])
        if not all(ended):
            log.warning("store_threads_left_behind", store=self._path.name, threads=ended.count(False))

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    def _connect(self) -> list[sqlite3.Connection]:
        """Open one connection to write with and the others to read with; all of them or none."""
        with contextlib.ExitStack() as opened:
            connections: list[sqlite3.Connection] = []
            try:
                for _ in range(1 + self._readers):
                    connections.append(connect(self._path, busy_timeout=self._busy_timeout))
                    opened.callback(connections[-1].close)
                migrate(connections[0], self._migrations)
                for reader in connections[1:]:
                    reader.execute("PRAGMA query_only=ON")
            except (sqlite3.Error, OSError) as error:
                raise store_error(error) from error
            opened.pop_all()
            return connections
