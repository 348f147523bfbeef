"""One task's writer: folds events and appends them to the log under the task's lease."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from a2a.types.a2a_pb2 import StreamResponse, Task

from agentia_fabric.tasklog.port import Append, Lease, NewTask, Phase, Standing, TaskLog
from agentia_kit.tasks.fold import fold, standing, state_after

SNAPSHOT_EVERY = 256
"""Events after which a running task is kept whole, so that reading it stays cheap."""


class AlreadyAccepted(Exception):  # noqa: N818 - named for what happened
    """The message was accepted before, by another process at the same moment. Carries the task's id."""

    def __init__(self, task: str) -> None:
        super().__init__(f"the message belongs to task {task}")
        self.task = task


@dataclass
class Journal:
    """The task as its writer knows it. `new` is None once the task is in the log."""

    log: TaskLog
    task: Task
    new: NewTask | None = None
    version: int = 0
    lease: Lease | None = None
    _snapshot: int = 0

    async def write(self, events: Sequence[StreamResponse], *, at_work: bool) -> None:
        """Make events durable. When it raises, neither the task nor anything else here has changed.

        Raises:
            AlreadyAccepted: the task is new and its message was accepted before.
            VersionConflict, LeaseLost: somebody else took the task.
        """
        payloads = [event.SerializeToString() for event in events]
        now = standing(state_after(self.task, events), at_work=at_work)
        if self.new is not None:
            await self._create(replace(self.new, standing=now, events=payloads))
            _fold_all(self.task, events)
        else:
            await self._append(events, payloads, now)

    async def _create(self, new: NewTask) -> None:
        accepted = await self.log.create(new)
        if accepted.existing:
            raise AlreadyAccepted(accepted.record.task)
        self.new, self.version, self.lease = None, accepted.record.version, accepted.record.lease

    async def _append(self, events: Sequence[StreamResponse], payloads: list[bytes], now: Standing) -> None:
        ended = now.phase is not Phase.RUNNING
        whole = ended or self.version + len(payloads) - self._snapshot >= SNAPSHOT_EVERY
        after = _fold_all(_copy(self.task), events) if whole else None
        snapshot = None if after is None else after.SerializeToString()
        self.version = await self.log.append(
            Append(self.task.id, self.version, payloads, now, self.lease, snapshot)
        )
        if after is None:
            _fold_all(self.task, events)
        else:
            self.task, self._snapshot = after, self.version
        if ended:
            self.lease = None


def _fold_all(task: Task, events: Sequence[StreamResponse]) -> Task:
    for event in events:
        fold(task, event)
    return task


def _copy(task: Task) -> Task:
    copy = Task()
    copy.CopyFrom(task)
    return copy
