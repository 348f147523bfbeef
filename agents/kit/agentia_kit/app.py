"""One agent as an application: cards, both bindings in both versions, and what runs beside the requests."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from a2a.server.agent_execution import AgentExecutor
from a2a.server.routes import create_jsonrpc_routes, create_rest_routes
from a2a.types.a2a_pb2 import AgentCard
from starlette.applications import Starlette
from starlette.types import ASGIApp

from agentia_fabric.fetch import Fetcher
from agentia_fabric.hosting import Service, nothing
from agentia_fabric.networks import Networks
from agentia_fabric.push import Deliverer
from agentia_fabric.tasklog.sqlite import SqliteTaskLog
from agentia_kit.caller import CallContexts, PassportCheck
from agentia_kit.card_routes import ShownCard
from agentia_kit.event_ids import EventIds
from agentia_kit.joining import Membership
from agentia_kit.knowing import Knowing, keep_telling
from agentia_kit.request_form import RequestForm
from agentia_kit.tasks.handler import LogHandler
from agentia_kit.tasks.push import PushConfigs
from agentia_kit.tasks.reaper import Reaper
from agentia_kit.tasks.runs import Runs

DRAIN = 2.0
"""Seconds that running tasks get at the end, after the host's own drain of open streams."""

PUSH_PATIENCE = 0.5
"""Seconds that notifications on their way get then."""


@dataclass(frozen=True, slots=True)
class Serving:
    """An agent and how it is served."""

    name: str
    executor: AgentExecutor
    card: AgentCard
    log: Path
    """The SQLite file of its tasks."""
    ending: Callable[[], Awaitable[None]] | None = None
    """Awaited at the end, when nothing runs any more."""
    secret: str | None = None
    """The mesh's secret; without it direct calls are accepted."""
    membership: Membership | None = None
    """In a mesh; None when the agent stands alone."""
    fetch_allow: Networks = field(default_factory=Networks)
    """Networks, besides public ones, that push notifications may go to."""
    knowing: Knowing | None = None
    """Says what the agent has at hand."""
    extended_card: AgentCard | None = None
    resumable: bool = True
    idempotent: bool = True
    replica: str = field(default_factory=lambda: uuid4().hex[:8])


def application(agent: Serving) -> Service:
    """The whole of it; no I/O before the lifespan."""
    log = SqliteTaskLog(agent.log)
    fetcher = Fetcher(agent.fetch_allow)
    delivery = Deliverer(fetcher)
    push = PushConfigs(agent.card, log, delivery)
    runs = Runs(
        log,
        agent.executor,
        f"{agent.name}-{agent.replica}",
        announce=push.announce,
        idempotent=agent.idempotent,
    )
    handler = LogHandler(agent.card, runs, push, agent.extended_card)
    contexts = CallContexts()
    shown = ShownCard(agent.card)

    def show(card: AgentCard) -> None:
        shown.show(card)
        if agent.membership is not None:
            agent.membership.show(card)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None]:
        agent.log.parent.mkdir(parents=True, exist_ok=True)
        async with log, fetcher, contextlib.AsyncExitStack() as beside:
            if agent.ending is not None:
                beside.push_async_callback(agent.ending)
            await beside.enter_async_context(_beside(Reaper(runs, resumable=agent.resumable).live()))
            if agent.membership is not None:
                await beside.enter_async_context(agent.membership.lasting())
            if agent.knowing is not None:
                await beside.enter_async_context(_beside(keep_telling(agent.card, agent.knowing, show)))
            yield
            await runs.drain(DRAIN)
            await delivery.close(PUSH_PATIENCE)

    app: ASGIApp = Starlette(
        routes=[
            *shown.routes(),
            *create_jsonrpc_routes(handler, "/", context_builder=contexts, enable_v0_3_compat=True),
            *create_rest_routes(handler, context_builder=contexts, enable_v0_3_compat=True),
        ],
        lifespan=lifespan,
    )
    app = EventIds(RequestForm(app))
    if agent.secret:
        app = PassportCheck(app, agent.name, agent.secret)
    waiting = agent.membership.waiting if agent.membership is not None else nothing
    return Service(app, waiting=waiting, stopping=runs.close)


@contextlib.asynccontextmanager
async def _beside(work: Coroutine[object, object, None]) -> AsyncGenerator[None]:
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
