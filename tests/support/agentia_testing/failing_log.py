"""A task log on a real file whose next calls can be made to fail, or to wait, as a busy disk would."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from agentia_fabric.errors import StoreBusy
from agentia_fabric.tasklog.port import Append, Lease
from agentia_fabric.tasklog.sqlite import SqliteTaskLog


class FailingLog(SqliteTaskLog):
    """`fail_appends` and `fail_lookups` count down; `gate`, once cleared, holds what was appended back."""

    fail_appends = 0
    fail_lookups = 0

    async def append(self, append: Append) -> int:
        """Fail before anything is written, or write and answer when the gate is open."""
        if self.fail_appends:
            self.fail_appends -= 1
            raise StoreBusy("Another process holds the store.")
        version = await super().append(append)
        await self.gate.wait()
        return version

    async def resume(self, *args: Any, **kwargs: Any) -> Lease:
        """Write, and answer when the gate is open."""
        lease = await super().resume(*args, **kwargs)
        self.resumed.set()
        await self.gate.wait()
        return lease

    async def push_configs(self, task: str) -> Sequence[tuple[str, bytes]]:
        """Fail, or look."""
        if self.fail_lookups:
            self.fail_lookups -= 1
            raise StoreBusy("Another process holds the store.")
        return await super().push_configs(task)

    async def open(self) -> None:
        """Open the file and the gate."""
        self.gate = asyncio.Event()
        self.gate.set()
        self.resumed = asyncio.Event()
        await super().open()
