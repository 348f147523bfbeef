"""The port, over one writer and its readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from functools import partial
from pathlib import Path
from sqlite3 import Connection
from types import TracebackType
from typing import Self

from agentia_fabric.sqlite import SqliteWriter
from agentia_fabric.tasklog.port import (
    Accepted,
    Append,
    Claim,
    Entry,
    Lease,
    NewTask,
    Runner,
    Standing,
    TaskPage,
    TaskQuery,
    TaskRecord,
    Wakeup,
)
from agentia_fabric.tasklog.sqlite import listing, reads, writes
from agentia_fabric.tasklog.sqlite.schema import MIGRATIONS
from agentia_fabric.tasklog.sqlite.watch import Watchers


class SqliteTaskLog:
    """A :class:`~agentia_fabric.tasklog.port.TaskLog` in a file; used on the event loop that opened it.

    What is acknowledged survives the death of any process, but not always a loss of power. Any number of
    processes on one machine may share the file; ``poll`` (seconds) is how late one hears of another's writes.
    """

    def __init__(self, path: Path, *, poll: float = 0.05) -> None:
        self._store = SqliteWriter(path, MIGRATIONS)
        self._watchers = Watchers(self._changes_of_others, self._versions, interval=poll)

    async def open(self) -> None:
        """Open the file. Raises ``StoreError``."""
        await self._store.open()

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    async def create(self, new: NewTask) -> Accepted:
        """See the port."""
        return await self._store.write(partial(writes.create, new=new), self._created)

    def _created(self, accepted: Accepted) -> None:
        self._watchers.grown(accepted.record.task, accepted.record.version)

    async def append(self, append: Append) -> int:
        """See the port."""
        return await self._store.write(
            partial(writes.append, append=append), partial(self._watchers.grown, append.task)
        )

    async def resume(
        self,
        task: str,
        *,
        expected: int,
        runner: str,
        request: bytes,
        standing: Standing,
        events: Sequence[bytes] = (),
        claim: Claim | None = None,
        push_configs: Sequence[tuple[str, bytes]] = (),
    ) -> Lease:
        """See the port."""

        def run(connection: Connection) -> Lease:
            return writes.resume(
                connection,
                task,
                expected=expected,
                runner=runner,
                request=request,
                standing=standing,
                events=events,
                claim=claim,
                push_configs=push_configs,
            )

        return await self._store.write(run, lambda _: self._watchers.grown(task, expected + len(events)))

    async def take_over(self, task: str, *, from_runner: str | None, runner: str) -> Lease:
        """See the port."""
        return await self._store.write(
            partial(writes.take_over, task=task, from_runner=from_runner, runner=runner)
        )

    async def release(self, runner: str) -> None:
        """See the port."""
        await self._store.write(partial(writes.release, runner=runner))

    async def load(self, task: str) -> TaskRecord | None:
        """See the port."""
        return await self._store.read(partial(reads.load, task=task))

    async def read(self, task: str, after: int = 0, limit: int = 500) -> Sequence[Entry]:
        """See the port."""
        return await self._store.read(partial(reads.read, task=task, after=after, limit=limit))

    async def claimed(self, claim: Claim) -> str | None:
        """See the port."""
        return await self._store.read(partial(reads.claimed, claim=claim))

    async def list(self, query: TaskQuery) -> TaskPage:
        """See the port."""
        return await self._store.read(partial(listing.page, query=query))

    def watch(self, task: str) -> AbstractAsyncContextManager[Wakeup]:
        """See the port."""
        return self._watchers.watch(task)

    async def beat(self, runner: str) -> None:
        """See the port."""
        await self._store.write(partial(writes.beat, runner=runner))

    async def runners(self) -> Sequence[Runner]:
        """See the port."""
        return await self._store.read(reads.runners)

    async def running(self, runner: str | None) -> Sequence[str]:
        """See the port."""
        return await self._store.read(partial(reads.running, runner=runner))

    async def save(self, task: str, key: str, payload: bytes) -> None:
        """See the port."""
        await self._store.write(partial(writes.save, task=task, key=key, payload=payload))

    async def saved(self, task: str, key: str) -> bytes | None:
        """See the port."""
        return await self._store.read(partial(reads.saved, task=task, key=key))

    async def put_push_config(self, task: str, config: str, payload: bytes) -> None:
        """See the port."""
        await self._store.write(partial(writes.put_push_config, task=task, config=config, payload=payload))

    async def push_configs(self, task: str) -> Sequence[tuple[str, bytes]]:
        """See the port."""
        return await self._store.read(partial(reads.push_configs, task=task))

    async def delete_push_config(self, task: str, config: str) -> None:
        """See the port."""
        await self._store.write(partial(writes.delete_push_config, task=task, config=config))

    async def close(self) -> None:
        """See the port."""
        self._watchers.stop()
        await self._store.close()

    async def _changes_of_others(self) -> int:
        # On the writer's own connection the number grows with the commits of other processes only.
        return await self._store.write(lambda own: int(own.execute("PRAGMA data_version").fetchone()[0]))

    async def _versions(self, tasks: Sequence[str]) -> Mapping[str, int]:
        return await self._store.read(partial(reads.versions, tasks=tasks))
