"""A task is its events, folded. Pure: no I/O, no clock.

An entry of the log is a serialised `StreamResponse` (A2A 1.0 §3.2.3). Three kinds are what callers see in
streams; `message` in a log is a follow-up of the caller, which belongs to the history (§3.4.3), and `task`
sets the whole task anew: it is the first entry, and the first one after a take-over.
"""

from __future__ import annotations

from collections.abc import Iterable

from a2a.types.a2a_pb2 import (
    Artifact,
    Message,
    StreamResponse,
    Task,
    TaskArtifactUpdateEvent,
    TaskState,
    TaskStatusUpdateEvent,
)

from agentia_fabric.tasklog.port import Phase, Standing

FINAL = frozenset(
    {
        TaskState.TASK_STATE_COMPLETED,
        TaskState.TASK_STATE_CANCELED,
        TaskState.TASK_STATE_FAILED,
        TaskState.TASK_STATE_REJECTED,
    }
)
INTERRUPTED = frozenset({TaskState.TASK_STATE_INPUT_REQUIRED, TaskState.TASK_STATE_AUTH_REQUIRED})


def is_final(task: Task) -> bool:
    """Whether nothing can follow (A2A 1.0 §4.1.3)."""
    return task.status.state in FINAL


def standing(state: TaskState, *, at_work: bool) -> Standing:
    """How the log looks after a task in that state; `at_work` says whether an executor is still at it."""
    phase = Phase.FINAL if state in FINAL else Phase.RUNNING if at_work else Phase.PARKED
    return Standing(TaskState.Name(state), phase)


def state_after(task: Task, events: Iterable[StreamResponse]) -> TaskState:
    """The state that the task will have once the events are applied."""
    state = task.status.state
    for event in events:
        match event.WhichOneof("payload"):
            case "task":
                state = event.task.status.state
            case "status_update":
                state = event.status_update.status.state
            case _:
                pass
    return state


def fold(task: Task, event: StreamResponse) -> None:
    """Apply one entry to the task, in place."""
    match event.WhichOneof("payload"):
        case "task":
            task.CopyFrom(event.task)
        case "message":
            _say(task, event.message)
        case "status_update":
            _status(task, event.status_update)
        case "artifact_update":
            _artifact(task, event.artifact_update)
        case _:
            pass  # an empty entry changes nothing


def fold_all(task: Task, payloads: Iterable[bytes]) -> Task:
    """Apply serialised entries in order; returns the same task."""
    for payload in payloads:
        fold(task, StreamResponse.FromString(payload))
    return task


def artifact(task: Task, artifact_id: str) -> Artifact | None:
    """The task's artifact of that id, or None."""
    return next((known for known in task.artifacts if known.artifact_id == artifact_id), None)


def _say(task: Task, message: Message) -> None:
    _status_message_to_history(task)
    task.status.ClearField("message")
    task.history.append(message)


def _status(task: Task, event: TaskStatusUpdateEvent) -> None:
    if event.status.message.message_id != task.status.message.message_id:
        _status_message_to_history(task)
    task.metadata.MergeFrom(event.metadata)
    task.status.CopyFrom(event.status)


def _status_message_to_history(task: Task) -> None:
    if task.status.HasField("message"):
        task.history.append(task.status.message)


def _artifact(task: Task, event: TaskArtifactUpdateEvent) -> None:
    known = artifact(task, event.artifact.artifact_id)
    if known is None:
        task.artifacts.append(event.artifact)
    elif event.append:
        known.parts.extend(event.artifact.parts)
        known.metadata.MergeFrom(event.artifact.metadata)
    else:
        known.CopyFrom(event.artifact)
