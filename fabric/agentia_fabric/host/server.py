"""One service on one socket: uvicorn without its signal handlers, several of which share an event loop."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Generator
from typing import TYPE_CHECKING

import uvicorn

from agentia_fabric.errors import ServiceBroken
from agentia_fabric.host.around import around

if TYPE_CHECKING:
    from agentia_fabric.hosting import Place, Service

KEEP_ALIVE = 65
"""Seconds that an idle connection stays open; longer than our clients keep it, so that they close first."""


class Server(uvicorn.Server):
    """Serves until :meth:`stop`: then no new connections, ``drain`` seconds for streams, end of lifespan."""

    def __init__(self, service: Service, place: Place, *, body_limit: int, drain: int) -> None:
        super().__init__(
            uvicorn.Config(
                around(service, place, body_limit),
                lifespan="on",
                ws="none",
                log_config=None,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                timeout_keep_alive=KEEP_ALIVE,
                timeout_graceful_shutdown=drain,
            )
        )
        self.place = place
        self._stopping = service.stopping
        self.serving = asyncio.Event()

    async def run_on(self, opened: socket.socket) -> None:
        """Serve on the socket until stopped; it is closed then.

        Raises:
            ServiceBroken: the lifespan did not start.
        """
        try:
            await self.serve(sockets=[opened])
        except SystemExit:
            name = self.place.name
            raise ServiceBroken(name, f"The service {name!r} did not start; its log says why.") from None

    def stop(self) -> None:
        """Begin to end."""
        self._stopping()
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start the lifespan, then listen."""
        await super().startup(sockets)
        self.serving.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        """Leave signals to the host."""
        yield
