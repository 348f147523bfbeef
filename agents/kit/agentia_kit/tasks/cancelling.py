"""Cancelling a task from any connection and any process (A2A 1.0 §3.1.5)."""

from __future__ import annotations

from a2a.server.agent_execution import RequestContext
from a2a.server.context import ServerCallContext
from a2a.types.a2a_pb2 import Task, TaskState
from a2a.utils.errors import TaskNotCancelableError, UnsupportedOperationError

from agentia_fabric.errors import LeaseLost, VersionConflict
from agentia_fabric.tasklog.port import Phase, TaskRecord
from agentia_kit.tasks.journal import Journal
from agentia_kit.tasks.owners import owned
from agentia_kit.tasks.run import Run
from agentia_kit.tasks.runs import Runs
from agentia_kit.tasks.view import task_at

_TRIES = 5
"""How often a task may change under our hands before we give up."""


async def cancel(runs: Runs, task: str, call: ServerCallContext) -> Task:
    """The canceled task.

    A task that runs in another process is taken from it: that process learns so at its next write or beat
    and stops its executor.

    Raises:
        TaskNotFoundError: there is none, or it is somebody else's.
        TaskNotCancelableError: it is final, or its executor refuses.
    """
    for _ in range(_TRIES):
        record = await owned(runs.log, task, call)
        if record.standing.phase is Phase.FINAL:
            raise TaskNotCancelableError(f"Task {task} is in the final state {record.standing.state}")
        try:
            run = runs.at(task) or await _elsewhere(runs, record, call)
            await run.cancel(RequestContext(call, None, task, record.context, _copy(run.task)))
        except UnsupportedOperationError as refused:
            raise TaskNotCancelableError(str(refused)) from refused
        except (VersionConflict, LeaseLost):
            continue
        if run.task.status.state == TaskState.TASK_STATE_CANCELED:
            return _copy(run.task)
    raise TaskNotCancelableError(f"Task {task} changes too fast to be canceled; try again")


async def _elsewhere(runs: Runs, record: TaskRecord, call: ServerCallContext) -> Run:
    """A run that only cancels: of a parked task, or of one taken from another process."""
    lease = None
    if record.standing.phase is Phase.RUNNING:
        lease = await runs.log.take_over(record.task, from_runner=record.runner, runner=runs.runner)
    task = await task_at(runs.log, record)
    context = RequestContext(call, None, record.task, record.context, task)
    journal = Journal(runs.log, task, version=record.version, lease=lease)
    return Run(runs.executor, context, journal, runs.announce)


def _copy(task: Task) -> Task:
    copy = Task()
    copy.CopyFrom(task)
    return copy
