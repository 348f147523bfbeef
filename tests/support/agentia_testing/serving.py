"""A service in the test's own event loop, on a real socket of loopback, as its host would serve it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from agentia_fabric.host.arguments import Listen
from agentia_fabric.host.server import Server
from agentia_fabric.host.sockets import bound, place_of
from agentia_fabric.hosting import Place, ServiceFactory

START_SECONDS = 10


@asynccontextmanager
async def serving(
    factory: ServiceFactory,
    *,
    name: str = "tested",
    body_limit: int = 16 * 1024 * 1024,
    drain: int = 1,
    port: int = 0,
) -> AsyncGenerator[Place]:
    """Serve until the block ends; yields where."""
    opened = bound(Listen("127.0.0.1", port))
    place = place_of(name, opened)
    server = Server(factory(place), place, body_limit=body_limit, drain=drain)
    running = asyncio.create_task(server.run_on(opened))
    started = asyncio.create_task(server.serving.wait())
    try:
        await asyncio.wait({running, started}, timeout=START_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            await running
        assert server.serving.is_set(), f"{name} did not start in {START_SECONDS} s"
        yield place
    finally:
        started.cancel()
        server.stop()
        await running
