"""What callers hand to a thread, and how they get their answers back."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import groupby
from queue import Empty, SimpleQueue
from typing import Any

from agentia_fabric.errors import StoreBusy
from agentia_fabric.sqlite.failures import told


@dataclass(slots=True)
class Job:
    """One call. The thread fills in ``result`` or ``error``; the caller's event loop resolves the future."""

    run: Callable[[sqlite3.Connection], Any]
    then: Callable[[Any], None] | None
    future: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None

    def attempt(self, connection: sqlite3.Connection) -> None:
        """Run, and keep what came of it; a call whose caller has gone before its turn is not made at all."""
        try:
            if self.future.cancelled():
                raise asyncio.CancelledError
            self.result = self.run(connection)
        except BaseException as error:  # noqa: BLE001 (whatever it is belongs to the caller, not to the thread)
            self.error = told(error)

    def resolve(self) -> None:
        """Tell the caller, on its event loop. ``then`` hears of a success also when the caller has gone."""
        if self.error is None and self.then is not None:
            self.future.get_loop().call_soon(self.then, self.result)
        if self.future.done():
            return
        if self.error is None:
            self.future.set_result(self.result)
        else:
            self.future.set_exception(self.error)


@dataclass(slots=True)
class JobQueue:
    """A queue between event loops and threads; at its limit it refuses instead of letting everybody wait."""

    limit: int
    _jobs: SimpleQueue[Job | None] = field(default_factory=SimpleQueue["Job | None"])

    def put(self, job: Job) -> None:
        """Add a job. Raises ``StoreBusy`` at the limit."""
        if self._jobs.qsize() >= self.limit:
            raise StoreBusy(f"{self.limit} calls are waiting for the store already.")
        self._jobs.put(job)

    def end(self) -> None:
        """Let one taker end after everything that was put before."""
        self._jobs.put(None)

    def take(self, most: int) -> list[Job]:
        """Wait for a job and take what else is there, oldest first; nothing when it is the end."""
        jobs: list[Job] = []
        job = self._jobs.get()
        while job is not None:
            jobs.append(job)
            if len(jobs) == most:
                return jobs
            try:
                job = self._jobs.get_nowait()
            except Empty:
                return jobs
        if jobs:
            self.end()  # met too early: it is for the next take
        return jobs


def settle(jobs: Iterable[Job]) -> None:
    """Resolve the jobs on their event loops, with one call into each."""
    for loop, own in groupby(jobs, lambda job: job.future.get_loop()):
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(_resolve, list(own))


def _resolve(jobs: list[Job]) -> None:
    for job in jobs:
        job.resolve()
