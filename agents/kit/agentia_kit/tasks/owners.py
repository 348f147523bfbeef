"""Whose a task is. What is not the caller's does not exist for it (A2A 1.0 §13.1)."""

from __future__ import annotations

from a2a.server.context import ServerCallContext
from a2a.utils.errors import TaskNotFoundError

from agentia_fabric.identity import LOCAL, Passport
from agentia_fabric.tasklog.port import TaskLog, TaskRecord

PASSPORT = "agentia.passport"
"""Key of the caller's `Passport` in `ServerCallContext.state`; absent for a direct caller."""


def passport(context: ServerCallContext) -> Passport | None:
    """What the caller came with."""
    return context.state.get(PASSPORT)


def owner(context: ServerCallContext) -> str:
    """The owner of what the caller makes: its principal, within the tenant that it names."""
    came_with = passport(context)
    principal = came_with.principal if came_with else LOCAL
    return f"{principal.owner}{context.tenant}" if context.tenant else principal.owner


async def owned(log: TaskLog, task: str, context: ServerCallContext) -> TaskRecord:
    """The record of a task of the caller.

    Raises:
        TaskNotFoundError: there is none, or it is somebody else's.
    """
    record = await log.load(task)
    if record is None or record.owner != owner(context):
        raise TaskNotFoundError(f"There is no task {task}")
    return record
