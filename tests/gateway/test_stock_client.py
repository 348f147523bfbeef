"""The SDK's own client, unchanged, at `/` and at `/agents/{name}/`, over both bindings."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

import httpx
import pytest
from a2a.client import Client, ClientConfig, create_client
from a2a.types.a2a_pb2 import (
    CancelTaskRequest,
    DeleteTaskPushNotificationConfigRequest,
    GetTaskPushNotificationConfigRequest,
    GetTaskRequest,
    ListTaskPushNotificationConfigsRequest,
    ListTasksRequest,
    SendMessageConfiguration,
    SendMessageRequest,
    StreamResponse,
    SubscribeToTaskRequest,
    Task,
    TaskPushNotificationConfig,
    TaskState,
)
from a2a.utils.errors import TaskNotCancelableError, TaskNotFoundError
from google.protobuf.struct_pb2 import Struct

from agentia_testing.plain_agent import PlainAgent
from agentia_testing.scripted_agent import user
from agentia_testing.small_mesh import SmallMesh


@pytest.fixture(params=["", "agents/scripted/"], ids=["mesh", "agent"])
def path(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(params=["JSONRPC", "HTTP+JSON"])
async def client(
    mesh: SmallMesh, agent: PlainAgent, path: str, request: pytest.FixtureRequest
) -> AsyncGenerator[Client]:
    async with httpx.AsyncClient(timeout=20) as http:
        config = ClientConfig(
            httpx_client=http, supported_protocol_bindings=[request.param], use_client_preference=True
        )
        yield await create_client(mesh.url + path, config)


def ask(text: str, **fields: str) -> SendMessageRequest:
    """A message for the agent, whichever way it goes."""
    metadata = Struct()
    metadata.update({"urn:agentia:agent": "scripted"})
    return SendMessageRequest(message=user(text, metadata=metadata, **fields))


async def stream(client: Client, request: SendMessageRequest) -> list[StreamResponse]:
    async with asyncio.timeout(10):
        return [event async for event in client.send_message(request)]


async def begun(client: Client, text: str) -> Task:
    """A task that goes on without us."""
    request = ask(text)
    request.configuration.CopyFrom(SendMessageConfiguration(return_immediately=True))
    async for event in client.send_message(request):
        return event.task
    raise AssertionError("nothing came")


async def test_a_stream_passes_from_the_task_to_its_final_state(client: Client) -> None:
    events = await stream(client, ask("work chunk:a chunk:b done"))
    assert events[0].WhichOneof("payload") == "task"
    assert [e.artifact_update.artifact.parts[0].text for e in events if e.HasField("artifact_update")] == [
        "a",
        "b",
    ]
    assert events[-1].status_update.status.state == TaskState.TASK_STATE_COMPLETED


async def test_what_was_streamed_can_be_got_and_listed(client: Client) -> None:
    events = await stream(client, ask("work chunk:a done"))
    task = await client.get_task(GetTaskRequest(id=events[0].task.id))
    assert task.artifacts[0].parts[0].text == "a"
    listed = await client.list_tasks(ListTasksRequest())
    assert [each.id for each in listed.tasks] == [task.id]
    assert listed.total_size == 1
    assert not listed.next_page_token


async def test_a_message_comes_back_as_a_message(client: Client) -> None:
    events = await stream(client, ask("message:good_day"))
    assert [event.message.parts[0].text for event in events] == ["good_day"]


async def test_a_running_task_is_subscribed_to_and_cancelled(client: Client, agent: PlainAgent) -> None:
    task = await begun(client, "work hang")
    subscription = client.subscribe(SubscribeToTaskRequest(id=task.id))
    first = await anext(subscription)
    assert first.task.id == task.id
    cancelled = await client.cancel_task(CancelTaskRequest(id=task.id))
    assert cancelled.status.state == TaskState.TASK_STATE_CANCELED
    async with asyncio.timeout(10):
        last = [event async for event in subscription][-1]
    assert last.status_update.status.state == TaskState.TASK_STATE_CANCELED


async def test_a_task_that_waits_goes_on_with_its_id_alone(client: Client, agent: PlainAgent) -> None:
    events = await stream(client, ask("work ask"))
    task = events[0].task
    more = await stream(client, SendMessageRequest(message=user("done", task_id=task.id)))
    assert more[-1].status_update.status.state == TaskState.TASK_STATE_COMPLETED
    assert agent.executor.seen[-1].context_id == task.context_id


async def test_push_configurations_are_kept_by_the_agent(client: Client) -> None:
    task = await begun(client, "work hang")
    made = await client.create_task_push_notification_config(
        TaskPushNotificationConfig(task_id=task.id, id="p1", url="https://hooks.example/")
    )
    assert made.id == "p1"
    ids = {"task_id": task.id, "id": "p1"}
    got = await client.get_task_push_notification_config(GetTaskPushNotificationConfigRequest(**ids))
    assert got.url == "https://hooks.example/"
    await client.delete_task_push_notification_config(DeleteTaskPushNotificationConfigRequest(**ids))
    listed = await client.list_task_push_notification_configs(
        ListTaskPushNotificationConfigsRequest(task_id=task.id)
    )
    assert not listed.configs


async def test_a_task_that_is_not_there_is_not_found(client: Client) -> None:
    with pytest.raises(TaskNotFoundError):
        await client.get_task(GetTaskRequest(id="no-such-task"))
    with pytest.raises(TaskNotFoundError):
        await client.cancel_task(CancelTaskRequest(id="no-such-task"))


async def test_a_finished_task_cannot_be_cancelled(client: Client) -> None:
    events = await stream(client, ask("work done"))
    with pytest.raises(TaskNotCancelableError):
        await client.cancel_task(CancelTaskRequest(id=events[0].task.id))
