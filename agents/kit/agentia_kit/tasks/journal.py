"""One task's writer: folds events and appends them to the log under the task's lease."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from a2a.types.a2a_pb2 import StreamResponse, Task

from agentia_fabric.tasklog.port import Append, Lease, NewTask, Phase, TaskLog
from agentia_kit.tasks.fold import fold, standing

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
        """Make events durable; the fold is right only when this returns.

        Raises:
            AlreadyAccepted: the task is new and its message was accepted before.
            VersionConflict, LeaseLost: somebody else took the task.
        """
        for event in events:
            fold(self.task, event)
        payloads = [event.SerializeToString() for event in events]
        now = standing(self.task, at_work=at_work)
        if self.new is not None:
            accepted = await self.log.create(replace(self.new, standing=now, events=payloads))
            if accepted.existing:
                raise AlreadyAccepted(accepted.record.task)
            self.new, self.version, self.lease = None, accepted.record.version, accepted.record.lease
            return
        ahead = self.version + len(payloads)
        whole = now.phase is not Phase.RUNNING or ahead - self._snapshot >= SNAPSHOT_EVERY
        self.version = await self.log.append(
            Append(
                self.task.id,
                self.version,
                payloads,
                now,
                self.lease,
                self.task.SerializeToString() if whole else None,
            )
        )
        if whole:
            self._snapshot = self.version
