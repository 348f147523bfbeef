"""A plain agent on the Python SDK, both bindings and both versions, that follows the words of `Scripted`."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, cast

from a2a.server.agent_execution import AgentExecutor, RequestContext
from a2a.server.events import Event, EventQueue
from a2a.server.request_handlers import DefaultRequestHandler
from a2a.server.routes import create_jsonrpc_routes, create_rest_routes
from a2a.server.tasks import InMemoryPushNotificationConfigStore, InMemoryTaskStore
from a2a.types.a2a_pb2 import AgentCard, Task, TaskArtifactUpdateEvent, TaskState, TaskStatus
from google.protobuf.json_format import ParseDict
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from agentia_fabric.hosting import Place, Service
from agentia_testing.scripted_agent import Scripted
from agentia_testing.serving import serving

Json = dict[str, Any]
SPOKEN = (("JSONRPC", "1.0"), ("HTTP+JSON", "1.0"), ("JSONRPC", "0.3"), ("HTTP+JSON", "0.3"))


@dataclass
class PlainAgent:
    """What a test sees of it: where it is, its card, its executor, and the headers of each request."""

    url: str
    card: Json
    executor: Scripted
    headers: list[dict[str, str]] = field(default_factory=list[dict[str, str]])


def card_of(name: str, url: str, spoken: Sequence[tuple[str, str]] = SPOKEN, **changes: Any) -> Json:
    """A card of an agent at `url`; `changes` replace fields."""
    skill = {"id": f"{name}-skill", "name": name, "description": f"Does what {name} does.", "tags": [name]}
    return {
        "name": name,
        "description": f"The agent {name}.",
        "version": "1.0.0",
        "supportedInterfaces": [
            {"url": url, "protocolBinding": binding, "protocolVersion": version}
            for binding, version in spoken
        ],
        "capabilities": {"streaming": True, "pushNotifications": True},
        "defaultInputModes": ["text/plain"],
        "defaultOutputModes": ["text/plain"],
        "skills": [skill],
    } | changes


@asynccontextmanager
async def plain_agent(
    name: str, spoken: Sequence[tuple[str, str]] = SPOKEN, **changes: Any
) -> AsyncGenerator[PlainAgent]:
    """Serve until the block ends."""
    agent = PlainAgent("", {}, Scripted())

    def factory(place: Place) -> Service:
        agent.url = place.url
        agent.card = card_of(name, place.url, spoken, **changes)
        return Service(_Listening(_app(agent), agent.headers))

    async with serving(factory, name=name):
        yield agent
        agent.executor.release.set()


def _app(agent: PlainAgent) -> ASGIApp:
    handler = DefaultRequestHandler(
        agent_executor=_WithTask(agent.executor),
        task_store=InMemoryTaskStore(),
        agent_card=ParseDict(agent.card, AgentCard()),
        push_config_store=InMemoryPushNotificationConfigStore(),
    )
    routes = [
        *create_jsonrpc_routes(handler, "/", enable_v0_3_compat=True),
        *create_rest_routes(handler, enable_v0_3_compat=True),
    ]
    return Starlette(routes=routes)


class _WithTask(AgentExecutor):
    """The SDK's own handler wants the task before its updates."""

    def __init__(self, scripted: Scripted) -> None:
        self._scripted = scripted

    async def execute(self, context: RequestContext, event_queue: EventQueue) -> None:
        """Announce the task unless the answer is a message."""
        if context.current_task is None and not context.get_user_input().startswith("message"):
            begun = Task(id=context.task_id, context_id=context.context_id)
            begun.status.CopyFrom(TaskStatus(state=TaskState.TASK_STATE_SUBMITTED))
            await event_queue.enqueue_event(begun)
        await self._scripted.execute(context, cast(EventQueue, _NewArtifacts(event_queue)))

    async def cancel(self, context: RequestContext, event_queue: EventQueue) -> None:
        """As scripted."""
        await self._scripted.cancel(context, event_queue)


class _NewArtifacts:
    """The SDK's own handler wants the first chunk of an artifact not to append."""

    def __init__(self, queue: EventQueue) -> None:
        self._queue = queue
        self._begun: set[str] = set()

    async def enqueue_event(self, event: Event) -> None:
        """Pass on."""
        if isinstance(event, TaskArtifactUpdateEvent):
            event.append = event.append and event.artifact.artifact_id in self._begun
            self._begun.add(event.artifact.artifact_id)
        await self._queue.enqueue_event(event)


class _Listening:
    """Keeps the headers of every request."""

    def __init__(self, app: ASGIApp, kept: list[dict[str, str]]) -> None:
        self._app = app
        self._kept = kept

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            self._kept.append({name.decode(): value.decode() for name, value in scope["headers"]})
        await self._app(scope, receive, send)
