"""The task log: the truth about every task of an agent.

A task is a header and an append-only list of events. The version of a task is the number of its last
event; the first event has version 1. Whoever writes says which version it believes to be the last
(compare-and-set) and under which lease it runs (fencing); a writer that is late is refused and learns so.

The log does not look into what it keeps: messages, events and snapshots are bytes to it. The few facts that
it needs for lists and for leases (owner, context, state, whether the state is final) come beside them.

A reader that wants to miss nothing first calls :meth:`TaskLog.watch`, then :meth:`TaskLog.read`, then waits.

Every driver passes the contract suite in ``tests/fabric/tasklog``.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from agentia_fabric.tasklog.records import (
    Accepted,
    Append,
    Claim,
    Entry,
    Lease,
    NewTask,
    Phase,
    Runner,
    Snapshot,
    Standing,
    TaskPage,
    TaskQuery,
    TaskRecord,
)

__all__ = [
    "Accepted",
    "Append",
    "Claim",
    "Entry",
    "Lease",
    "NewTask",
    "Phase",
    "Runner",
    "Snapshot",
    "Standing",
    "TaskLog",
    "TaskPage",
    "TaskQuery",
    "TaskRecord",
    "Wakeup",
]


class Wakeup(Protocol):
    """Tells a reader that a task may have grown; it may also wake for nothing."""

    async def wait(self, timeout: float) -> bool:
        """Wait until something may have been appended; False after ``timeout`` seconds without."""
        ...


class TaskLog(Protocol):
    """The port. Times are seconds, payloads bytes; errors are those of :mod:`agentia_fabric.errors`."""

    async def create(self, new: NewTask) -> Accepted:
        """Accept a task with its first events, or return the one that holds the same claim.

        Raises:
            TaskExists: the id is taken and the claim is not the cause.
        """
        ...

    async def append(self, append: Append) -> int:
        """Add events; return the new version. What is returned is durable against the death of the process.

        Raises:
            TaskUnknown: no such task.
            LeaseLost: the lease is not the one the task is under. Told before a conflict.
            VersionConflict: the task is not at ``expected``; carries the version it is at.
            LeaseLost: the writer has no lease and the task is under one, or final.
        """
        ...

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
        """Put a parked task to work again for a follow-up message; the attempt starts at 1 anew.

        ``push_configs`` are kept as by :meth:`put_push_config`, with the events or not at all.

        Raises:
            MessageKnown: the claim was used before; carries the task it belongs to. Told first.
            TaskUnknown: no such task.
            VersionConflict: the task is not at ``expected``, or not parked (another follow-up came first).
        """
        ...

    async def take_over(self, task: str, *, from_runner: str | None, runner: str) -> Lease:
        """Take a running task from a runner; the attempt grows by one and the old lease is worth nothing.

        It serves the reaper, which believes the runner dead, and whoever has to end the task of a living one.

        Raises:
            TaskUnknown: no such task.
            LeaseLost: the task is not running under ``from_runner`` any more.
        """
        ...

    async def release(self, runner: str) -> None:
        """Let go of all that the runner is at work on, as its last act: nobody holds these tasks from now on.

        Whoever finds them (``running(None)``) may take them over at once; the old leases are worth nothing.
        """
        ...

    async def load(self, task: str) -> TaskRecord | None:
        """The header and newest snapshot of a task, or None."""
        ...

    async def read(self, task: str, after: int = 0, limit: int = 500) -> Sequence[Entry]:
        """The events with a version greater than ``after``, oldest first, at most ``limit`` of them."""
        ...

    async def claimed(self, claim: Claim) -> str | None:
        """The task that a message with this claim belongs to, or None."""
        ...

    async def list(self, query: TaskQuery) -> TaskPage:
        """The owner's tasks that match. Raises ``CursorInvalid`` for a cursor that is none of ours."""
        ...

    def watch(self, task: str) -> AbstractAsyncContextManager[Wakeup]:
        """Be woken by every append to the task, from this process or another.

        What is appended once the context is entered wakes; the task need not exist yet; any number may watch.
        """
        ...

    async def beat(self, runner: str) -> None:
        """Say that the runner lives: one write for all of its tasks."""
        ...

    async def runners(self) -> Sequence[Runner]:
        """All runners that hold a lease."""
        ...

    async def running(self, runner: str | None) -> Sequence[str]:
        """The ids of what a runner is at work on, oldest first; None: of running tasks that nobody holds."""
        ...

    async def save(self, task: str, key: str, payload: bytes) -> None:
        """Keep something beside a task (a run state, a checkpoint); the same key is replaced.

        Raises:
            TaskUnknown: no such task.
        """
        ...

    async def saved(self, task: str, key: str) -> bytes | None:
        """What :meth:`save` kept, or None."""
        ...

    async def put_push_config(self, task: str, config: str, payload: bytes) -> None:
        """Keep a push-notification configuration; the same id is replaced. Raises ``TaskUnknown``."""
        ...

    async def push_configs(self, task: str) -> Sequence[tuple[str, bytes]]:
        """(id, payload) of each configuration of a task, in the order of creation."""
        ...

    async def delete_push_config(self, task: str, config: str) -> None:
        """Forget a configuration; forgetting one that does not exist is no error."""
        ...

    async def close(self) -> None:
        """Finish what was accepted and let go of files and threads."""
        ...
