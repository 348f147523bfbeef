"""Send, stream, get, list, cancel, subscribe: with the SDK's own client, over both bindings."""

from __future__ import annotations

import asyncio

import pytest
from a2a.client import Client
from a2a.types.a2a_pb2 import (
    CancelTaskRequest,
    GetTaskRequest,
    ListTasksRequest,
    SendMessageConfiguration,
    SendMessageRequest,
    StreamResponse,
    SubscribeToTaskRequest,
    Task,
    TaskState,
)
from a2a.utils.errors import (
    InvalidParamsError,
    TaskNotCancelableError,
    TaskNotFoundError,
    UnsupportedOperationError,
)

from agentia_testing.scripted_agent import Scripted, user


async def stream(client: Client, text: str, **fields: str) -> list[StreamResponse]:
    async with asyncio.timeout(10):
        return [
            event async for event in client.send_message(SendMessageRequest(message=user(text, **fields)))
        ]


def kinds(events: list[StreamResponse]) -> list[str]:
    return [event.WhichOneof("payload") or "" for event in events]


async def start(client: Client, text: str) -> Task:
    """Start a task that goes on, and return it."""
    async for event in client.send_message(SendMessageRequest(message=user(text))):
        return event.task
    raise AssertionError("nothing came")


async def test_a_stream_begins_with_the_task_and_ends_with_its_final_state(client: Client) -> None:
    events = await stream(client, "work chunk:a chunk:b done")
    assert kinds(events) == ["task", "status_update", "artifact_update", "artifact_update", "status_update"]
    assert events[0].task.status.state == TaskState.TASK_STATE_SUBMITTED
    assert [event.artifact_update.append for event in events[2:4]] == [False, True]
    assert events[-1].status_update.status.state == TaskState.TASK_STATE_COMPLETED


async def test_what_was_streamed_is_what_get_returns(client: Client) -> None:
    events = await stream(client, "work chunk:a chunk:b done")
    task = await client.get_task(GetTaskRequest(id=events[0].task.id))
    assert [part.text for part in task.artifacts[0].parts] == ["a", "b"]
    assert [message.parts[0].text for message in task.history] == ["work chunk:a chunk:b done"]


async def test_a_message_is_an_answer_without_a_task(client: Client) -> None:
    events = await stream(client, "message:hello")
    assert kinds(events) == ["message"]
    assert events[0].message.context_id
    assert (await client.list_tasks(ListTasksRequest())).total_size == 0


async def test_a_question_parks_the_task_and_the_answer_continues_it_by_task_id_alone(
    client: Client, scripted: Scripted
) -> None:
    asked = await stream(client, "work ask")
    task = asked[0].task
    assert asked[-1].status_update.status.message.parts[0].text == "Which one?"
    told = await stream(client, "chunk:x done", task_id=task.id)
    assert told[0].task.id == task.id
    assert told[0].task.context_id == task.context_id
    assert told[-1].status_update.status.state == TaskState.TASK_STATE_COMPLETED
    again = await client.get_task(GetTaskRequest(id=task.id))
    assert [message.parts[0].text for message in again.history] == ["work ask", "Which one?", "chunk:x done"]
    assert scripted.seen[1].current_task is not None


async def test_a_second_follow_up_by_task_id_alone_works_too(client: Client) -> None:
    task = (await stream(client, "ask"))[0].task
    await stream(client, "ask", task_id=task.id)
    assert kinds(await stream(client, "done", task_id=task.id))[0] == "task"


async def test_a_follow_up_to_a_final_task_is_refused(client: Client) -> None:
    task = (await stream(client, "done"))[0].task
    with pytest.raises(UnsupportedOperationError):
        await stream(client, "more", task_id=task.id)


async def test_a_follow_up_with_another_context_is_refused(client: Client) -> None:
    task = (await stream(client, "ask"))[0].task
    with pytest.raises(InvalidParamsError):
        await stream(client, "done", task_id=task.id, context_id="another")


async def test_a_follow_up_to_an_unknown_task_is_refused(client: Client) -> None:
    with pytest.raises(TaskNotFoundError):
        await stream(client, "done", task_id="nobody")


async def test_a_raised_error_fails_the_task_with_one_line(client: Client) -> None:
    events = await stream(client, "work raise")
    status = events[-1].status_update.status
    assert status.state == TaskState.TASK_STATE_FAILED
    assert status.message.parts[0].text == "RuntimeError: the disk"


async def test_a_protocol_error_before_there_is_a_task_is_the_answer(client: Client) -> None:
    with pytest.raises(UnsupportedOperationError, match="not today"):
        await stream(client, "refuse")


async def test_the_same_message_again_returns_the_same_task_and_runs_nothing(
    client: Client, scripted: Scripted
) -> None:
    message = user("work done", "once")
    request = SendMessageRequest(message=message)
    first = [event async for event in client.send_message(request)]
    second = [event async for event in client.send_message(request)]
    assert second[0].task.id == first[0].task.id
    # The whole of it once more while the execution is just ending, its end alone afterwards.
    last = second[-1].task if second[-1].HasField("task") else second[-1].status_update
    assert last.status.state == TaskState.TASK_STATE_COMPLETED
    assert scripted.entered == 1
    other = [event async for event in client.send_message(SendMessageRequest(message=user("done", "once")))]
    assert other[0].task.id != first[0].task.id


async def test_a_task_can_be_followed_from_another_connection(client: Client, scripted: Scripted) -> None:
    task = await start(client, "work chunk:a hang chunk:b done")
    seen: list[StreamResponse] = []
    async with asyncio.timeout(10):
        async for event in client.subscribe(SubscribeToTaskRequest(id=task.id)):
            seen.append(event)
            scripted.release.set()
    assert kinds(seen)[0] == "task"
    assert kinds(seen)[-2:] == ["artifact_update", "status_update"]


async def test_a_final_task_cannot_be_followed(client: Client) -> None:
    task = (await stream(client, "done"))[0].task
    with pytest.raises(UnsupportedOperationError):
        async for _ in client.subscribe(SubscribeToTaskRequest(id=task.id)):
            pass


async def test_cancel_stops_the_executor_and_ends_the_streams(client: Client, scripted: Scripted) -> None:
    task = await start(client, "work hang")
    follower = asyncio.create_task(_last(client, task.id))
    await asyncio.sleep(0)
    canceled = await client.cancel_task(CancelTaskRequest(id=task.id))
    assert canceled.status.state == TaskState.TASK_STATE_CANCELED
    assert scripted.stopped == 1
    async with asyncio.timeout(5):
        assert (await follower).status_update.status.state == TaskState.TASK_STATE_CANCELED


async def _last(client: Client, task: str) -> StreamResponse:
    last = StreamResponse()
    async for event in client.subscribe(SubscribeToTaskRequest(id=task)):
        last = event
    return last


async def test_a_parked_task_can_be_canceled(client: Client) -> None:
    task = (await stream(client, "ask"))[0].task
    canceled = await client.cancel_task(CancelTaskRequest(id=task.id))
    assert canceled.status.state == TaskState.TASK_STATE_CANCELED


async def test_what_cannot_be_canceled_says_so(client: Client, scripted: Scripted) -> None:
    done = (await stream(client, "done"))[0].task
    with pytest.raises(TaskNotCancelableError):
        await client.cancel_task(CancelTaskRequest(id=done.id))
    task = await start(client, "stubborn work hang done")
    with pytest.raises(TaskNotCancelableError):
        await client.cancel_task(CancelTaskRequest(id=task.id))
    scripted.release.set()
    last = await _last_state(client, task.id)
    assert last == TaskState.TASK_STATE_COMPLETED


async def _last_state(client: Client, task: str) -> int:
    for _ in range(200):
        found = await client.get_task(GetTaskRequest(id=task))
        if found.status.state != TaskState.TASK_STATE_WORKING:
            return found.status.state
        await asyncio.sleep(0.02)
    raise AssertionError("the task goes on and on")


async def test_history_is_cut_to_the_length_asked_for(client: Client) -> None:
    task = (await stream(client, "ask"))[0].task
    await stream(client, "done", task_id=task.id)
    assert len((await client.get_task(GetTaskRequest(id=task.id, history_length=1))).history) == 1
    assert not (await client.get_task(GetTaskRequest(id=task.id, history_length=0))).history


async def test_an_executor_that_ends_without_a_final_state_leaves_the_task_open(client: Client) -> None:
    events = await stream(client, "work")
    task = await client.get_task(GetTaskRequest(id=events[0].task.id))
    assert task.status.state == TaskState.TASK_STATE_WORKING
    assert kinds(await stream(client, "done", task_id=task.id))[-1] == "status_update"


async def test_return_immediately_does_not_wait_for_the_end(unary: Client, scripted: Scripted) -> None:
    at_once = SendMessageConfiguration(return_immediately=True)
    request = SendMessageRequest(message=user("work hang done"), configuration=at_once)
    (answer,) = [event async for event in unary.send_message(request)]
    assert answer.task.status.state == TaskState.TASK_STATE_WORKING
    scripted.release.set()
    assert await _last_state(unary, answer.task.id) == TaskState.TASK_STATE_COMPLETED


async def test_a_blocking_send_returns_the_task_when_it_is_final_or_asks(unary: Client) -> None:
    (done,) = await stream(unary, "work chunk:a done")
    assert done.task.status.state == TaskState.TASK_STATE_COMPLETED
    assert done.task.artifacts[0].parts[0].text == "a"
    (asked,) = await stream(unary, "work ask")
    assert asked.task.status.state == TaskState.TASK_STATE_INPUT_REQUIRED


async def test_the_same_message_twice_at_once_runs_once(unary: Client, scripted: Scripted) -> None:
    request = SendMessageRequest(message=user("work hang done", "twice"))

    async def send() -> Task:
        (answer,) = [event async for event in unary.send_message(request)]
        return answer.task

    both = [asyncio.create_task(send()) for _ in range(2)]
    async with asyncio.timeout(10):
        await scripted.at_work.wait()
        scripted.release.set()
        first, second = await asyncio.gather(*both)
    assert (first.id, scripted.entered) == (second.id, 1)


async def test_lists_are_filtered_paged_and_leave_artifacts_out(client: Client) -> None:
    made = [(await stream(client, "work chunk:a done"))[0].task for _ in range(3)]
    await stream(client, "ask")
    done = ListTasksRequest(status=TaskState.TASK_STATE_COMPLETED, page_size=2)
    first = await client.list_tasks(done)
    assert (first.total_size, len(first.tasks), first.page_size) == (3, 2, 2)
    assert not first.tasks[0].artifacts
    done.page_token = first.next_page_token
    second = await client.list_tasks(done)
    assert [task.id for task in (*first.tasks, *second.tasks)] == [task.id for task in reversed(made)]
    assert not second.next_page_token
    whole = await client.list_tasks(ListTasksRequest(context_id=made[0].context_id, include_artifacts=True))
    assert [task.artifacts[0].parts[0].text for task in whole.tasks] == ["a"]


@pytest.mark.parametrize("page_size", [0, 101])
async def test_a_page_size_outside_the_limits_is_refused(client: Client, page_size: int) -> None:
    with pytest.raises(InvalidParamsError):
        await client.list_tasks(ListTasksRequest(page_size=page_size))


async def test_a_page_token_of_somebody_else_is_refused(client: Client) -> None:
    with pytest.raises(InvalidParamsError):
        await client.list_tasks(ListTasksRequest(page_token="made-up"))
