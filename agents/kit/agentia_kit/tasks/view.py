"""Reads a task from the log: newest snapshot, then what came after."""

from __future__ import annotations

from a2a.types.a2a_pb2 import Task

from agentia_fabric.tasklog.port import TaskLog, TaskRecord
from agentia_kit.tasks.fold import fold_all

_PAGE = 500


async def task_at(log: TaskLog, record: TaskRecord) -> Task:
    """The task as it is at the record's version."""
    snapshot = record.snapshot
    task = Task.FromString(snapshot.payload) if snapshot else Task()
    at = snapshot.version if snapshot else 0
    while at < record.version:
        entries = await log.read(record.task, at, min(_PAGE, record.version - at))
        if not entries:
            break
        fold_all(task, (entry.payload for entry in entries))
        at = entries[-1].version
    return task
