"""Listing tasks: filters, pages, and how much of each task is shown (A2A 1.0 §3.1.4)."""

from __future__ import annotations

from a2a.types.a2a_pb2 import ListTasksRequest, ListTasksResponse, Task, TaskState
from a2a.utils.errors import InvalidParamsError
from a2a.utils.task import apply_history_length, validate_history_length, validate_page_size

from agentia_fabric.errors import CursorInvalid
from agentia_fabric.tasklog.port import TaskLog, TaskPage, TaskQuery
from agentia_kit.tasks.view import task_at

_PAGE_SIZE = 50


async def listed(log: TaskLog, owner: str, request: ListTasksRequest) -> ListTasksResponse:
    """A page of the owner's tasks, the one that changed last first.

    Raises:
        InvalidParamsError: a page size outside 1…100, a negative history length, a token of ours that is not.
    """
    validate_history_length(request)
    size = _PAGE_SIZE
    if request.HasField("page_size"):
        validate_page_size(request.page_size)
        size = request.page_size
    page = await _page(log, _query(owner, request, size))
    tasks = [_shown(await task_at(log, record), request) for record in page.records]
    return ListTasksResponse(
        tasks=tasks, next_page_token=page.cursor or "", page_size=size, total_size=page.total
    )


def _query(owner: str, request: ListTasksRequest, size: int) -> TaskQuery:
    after = request.status_timestamp_after
    return TaskQuery(
        owner,
        context=request.context_id or None,
        state=TaskState.Name(request.status) if request.status else None,
        updated_since=(
            after.seconds + after.nanos / 1e9 if request.HasField("status_timestamp_after") else None
        ),
        limit=size,
        after=request.page_token or None,
    )


async def _page(log: TaskLog, query: TaskQuery) -> TaskPage:
    try:
        return await log.list(query)
    except CursorInvalid as error:
        raise InvalidParamsError("The page token is not one that this list gave out") from error


def _shown(task: Task, request: ListTasksRequest) -> Task:
    if not request.include_artifacts:
        task.ClearField("artifacts")
    return apply_history_length(task, request)
