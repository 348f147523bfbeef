"""Waking readers: at once after a commit of this process, within a poll's interval after one of another."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable, Coroutine, Mapping, Sequence

import structlog

from agentia_fabric.errors import StoreError

log = structlog.get_logger(__name__)


class Watched:
    """One reader's interest in one task."""

    def __init__(self) -> None:
        self._grown = asyncio.Event()

    def wake(self) -> None:
        """End the wait that is going on, or the next one."""
        self._grown.set()

    async def wait(self, timeout: float) -> bool:
        """Wait until woken; False after ``timeout`` seconds."""
        try:
            async with asyncio.timeout(timeout):
                await self._grown.wait()
        except TimeoutError:
            return False
        self._grown.clear()
        return True


class Watchers:
    """All readers that wait in this process, on one event loop. Polls only while there are any.

    ``changes`` gives a number that differs after another process has written; ``versions`` those of tasks.
    """

    def __init__(
        self,
        changes: Callable[[], Coroutine[None, None, int]],
        versions: Callable[[Sequence[str]], Coroutine[None, None, Mapping[str, int]]],
        *,
        interval: float,
    ) -> None:
        self._changes = changes
        self._versions = versions
        self._interval = interval
        self._watched: dict[str, set[Watched]] = {}
        self._seen: dict[str, int] = {}
        self._polling: asyncio.Task[None] | None = None

    def grown(self, task: str, version: int) -> None:
        """Wake who watches the task: it has reached the version."""
        if task in self._watched:
            self._seen[task] = version
            for watched in self._watched[task]:
                watched.wake()

    @contextlib.asynccontextmanager
    async def watch(self, task: str) -> AsyncGenerator[Watched]:
        """Have a reader woken while the context lasts."""
        watched = Watched()
        self._watched.setdefault(task, set()).add(watched)
        if self._polling is None:
            self._polling = asyncio.create_task(self._poll())
        try:
            yield watched
        finally:
            self._forget(task, watched)

    def _forget(self, task: str, watched: Watched) -> None:
        others = self._watched[task]
        others.discard(watched)
        if not others:
            del self._watched[task]
            self._seen.pop(task, None)
        if not self._watched:
            self.stop()

    def stop(self) -> None:
        """Look for other processes' writes no more."""
        if self._polling is not None:
            self._polling.cancel()
            self._polling = None

    async def _poll(self) -> None:
        compared = None
        while True:
            try:
                changes = await self._changes()
                known = self._seen if changes == compared else ()
                await self._compare([task for task in self._watched if task not in known])
                compared = changes
            except StoreError as error:
                log.warning("task_log_poll_failed", reason=str(error))
            await asyncio.sleep(self._interval)

    async def _compare(self, tasks: Sequence[str]) -> None:
        if not tasks:
            return
        for task, version in (await self._versions(tasks)).items():
            if version > self._seen.get(task, 0):
                self.grown(task, version)
