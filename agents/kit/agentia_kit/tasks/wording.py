"""What an executor enqueued, put in the form that the log keeps.

Executors leave things out: ids, timestamps, the first chunk's `append=False`. Here they are filled in, once.
"""

from __future__ import annotations

from collections.abc import Container
from datetime import UTC, datetime

from a2a.types.a2a_pb2 import (
    Message,
    Part,
    Role,
    StreamResponse,
    Task,
    TaskArtifactUpdateEvent,
    TaskState,
    TaskStatus,
    TaskStatusUpdateEvent,
)
from a2a.utils.errors import InvalidAgentResponseError

ATTEMPT = "urn:agentia:attempt"
"""Metadata of a task that was taken over: the number of the attempt that runs."""

TaskEvent = Task | TaskStatusUpdateEvent | TaskArtifactUpdateEvent


def opening(task_id: str, context_id: str, message: Message) -> Task:
    """The task as it is when only the caller has spoken."""
    return Task(
        id=task_id,
        context_id=context_id,
        status=_stamped(TaskStatus(state=TaskState.TASK_STATE_SUBMITTED)),
        history=[message],
    )


def entry(event: TaskEvent, task: Task, artifacts: Container[str]) -> StreamResponse:
    """The log's entry for an event that belongs to `task`, which has these artifacts (ids) already.

    Raises:
        InvalidAgentResponseError: the event names another task or context.
    """
    task_id = event.id if isinstance(event, Task) else event.task_id
    if (task_id or task.id) != task.id or (event.context_id or task.context_id) != task.context_id:
        raise InvalidAgentResponseError(f"The agent sent an event of another task than {task.id}")
    if isinstance(event, TaskStatusUpdateEvent):
        return _status_entry(event, task)
    if isinstance(event, TaskArtifactUpdateEvent):
        return _artifact_entry(event, task, artifacts)
    whole = Task()
    whole.CopyFrom(event)
    whole.id, whole.context_id = task.id, task.context_id
    _stamped(whole.status)
    return StreamResponse(task=whole)


def status(task: Task, state: TaskState, text: str = "") -> StreamResponse:
    """A status of the kit's own, with a sentence for the caller."""
    new = _stamped(TaskStatus(state=state))
    if text:
        new.message.CopyFrom(said(task, text))
    return StreamResponse(
        status_update=TaskStatusUpdateEvent(task_id=task.id, context_id=task.context_id, status=new)
    )


def silence() -> StreamResponse:
    """An entry that changes nothing and is told to nobody: an executor ended without another word."""
    return StreamResponse()


def anew(task: Task, attempt: int) -> StreamResponse:
    """The task as a later attempt starts it: what the attempt before had made is gone."""
    whole = Task(id=task.id, context_id=task.context_id, history=task.history, metadata=task.metadata)
    whole.status.state = TaskState.TASK_STATE_WORKING
    whole.metadata.update({ATTEMPT: attempt})
    _stamped(whole.status)
    return StreamResponse(task=whole)


def said(task: Task, text: str) -> Message:
    """A message of the agent in a task. Its id follows from the task, so that a repetition is the same."""
    return Message(
        message_id=f"{task.id}-{len(task.history)}",
        role=Role.ROLE_AGENT,
        task_id=task.id,
        context_id=task.context_id,
        parts=[Part(text=text)],
    )


def _status_entry(event: TaskStatusUpdateEvent, task: Task) -> StreamResponse:
    filled = StreamResponse(status_update=event)
    filled.status_update.task_id, filled.status_update.context_id = task.id, task.context_id
    _stamped(filled.status_update.status)
    return filled


def _artifact_entry(event: TaskArtifactUpdateEvent, task: Task, artifacts: Container[str]) -> StreamResponse:
    filled = StreamResponse(artifact_update=event)
    filled.artifact_update.task_id, filled.artifact_update.context_id = task.id, task.context_id
    if event.append and event.artifact.artifact_id not in artifacts:
        filled.artifact_update.append = False
    return filled


def _stamped(new: TaskStatus) -> TaskStatus:
    if not new.HasField("timestamp"):
        new.timestamp.FromDatetime(datetime.now(UTC))
    return new
