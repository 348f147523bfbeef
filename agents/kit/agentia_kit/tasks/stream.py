"""Follows a task in the log from any process: watch first, then read, then wait. Nothing is lost between."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass

from a2a.types.a2a_pb2 import StreamResponse, Task, TaskArtifactUpdateEvent, TaskState, TaskStatusUpdateEvent

from agentia_fabric.tasklog.port import Phase, TaskLog, Wakeup
from agentia_kit.tasks.fold import FINAL, INTERRUPTED

_PATIENCE = 1.0
"""Seconds after which a quiet task's header is looked at: it may have been parked without saying so."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event for a caller, with the version of the log that it belongs to."""

    version: int
    event: Task | TaskStatusUpdateEvent | TaskArtifactUpdateEvent


async def follow(
    log: TaskLog,
    task: str,
    after: int,
    wakeup: Wakeup,
    *,
    through_parking: Callable[[], bool] = lambda: False,
) -> AsyncGenerator[Told]:
    """The task's events after a version, until it is final; or parked, when `through_parking` says no.

    `wakeup` comes from `log.watch(task)`, entered before `after` was read.
    """
    while True:
        entries = await log.read(task, after)
        parked = False
        for item in entries:
            event = shown(StreamResponse.FromString(item.payload), first=item.version == 1)
            after = item.version
            parked = event is None or _state(event) in INTERRUPTED
            if event is not None:
                yield Told(item.version, event)
                if _state(event) in FINAL:
                    return
        quiet = not entries and not await wakeup.wait(_PATIENCE)
        if (quiet or parked) and await _settled(log, task, after, through_parking()):
            return


def shown(
    entry: StreamResponse, *, first: bool
) -> Task | TaskStatusUpdateEvent | TaskArtifactUpdateEvent | None:
    """An entry as streams show it (A2A 1.0 §3.1.2): one task at the start, updates from then on.

    The caller's own follow-ups are not told, and a task set anew by a take-over is told as its status.
    """
    match entry.WhichOneof("payload"):
        case "task" if first:
            return entry.task
        case "task":
            task = entry.task
            return TaskStatusUpdateEvent(
                task_id=task.id, context_id=task.context_id, status=task.status, metadata=task.metadata
            )
        case "status_update":
            return entry.status_update
        case "artifact_update":
            return entry.artifact_update
        case _:
            return None


def _state(event: Task | TaskStatusUpdateEvent | TaskArtifactUpdateEvent) -> TaskState | None:
    return None if isinstance(event, TaskArtifactUpdateEvent) else event.status.state


async def _settled(log: TaskLog, task: str, after: int, through_parking: bool) -> bool:
    record = await log.load(task)
    if record is None:
        return True
    ended = record.standing.phase is Phase.FINAL or (
        record.standing.phase is Phase.PARKED and not through_parking
    )
    return ended and record.version <= after
