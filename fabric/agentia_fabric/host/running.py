"""Runs the services of a process: built one after the other, served side by side, ended together."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agentia_fabric.errors import ServiceBroken, ServiceError
from agentia_fabric.host import parent
from agentia_fabric.host.loading import in_thread
from agentia_fabric.host.memory import give_back
from agentia_fabric.host.server import Server
from agentia_fabric.host.sockets import place_of

if TYPE_CHECKING:
    from agentia_fabric.hosting import Place, Service
    from agentia_fabric.settings import MeshSettings

END_SECONDS = 3.0
"""Seconds that lifespans get to end, after the drain."""

SETTLED_SECONDS = 3.0
"""After the last service serves: what runs beside the requests has begun by then."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Hosted:
    """A service to run: ``build`` may take seconds, imports included; ``announce`` says that it serves."""

    name: str
    socket: socket.socket
    build: Callable[[Place], Service]
    announce: bool = False


class Host:
    """The services of one process; a light one listed first answers while a heavy one is still imported."""

    def __init__(self, services: Sequence[Hosted], settings: MeshSettings) -> None:
        self._services = services
        self._settings = settings
        self._servers: list[Server] = []
        self._stop = asyncio.Event()
        self._failure: ServiceError | None = None

    async def run(self, parent_fd: int | None = None) -> None:
        """Serve until SIGTERM, SIGINT, or the closing of the pipe ``parent_fd``.

        Raises:
            ServiceError: a service cannot be built, does not start or ended by itself; all were taken down.
            TimeoutError: the end took longer than it may.
        """
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop.set)
        grace = self._settings.drain + END_SECONDS
        if parent_fd is not None:
            parent.watch(parent_fd, lambda: loop.call_soon_threadsafe(self._stop.set), grace)
        async with asyncio.timeout(None) as bound, asyncio.TaskGroup() as group:
            starting = group.create_task(self._start(group))
            await self._stop.wait()
            bound.reschedule(loop.time() + grace)
            starting.cancel()
            for server in self._servers:
                server.stop()
        if self._failure is not None:
            raise self._failure

    async def _start(self, group: asyncio.TaskGroup) -> None:
        for hosted in self._services:
            place = place_of(hosted.name, hosted.socket)
            try:
                service = await self._built(hosted, place)
            except ServiceError as broken:
                self._fail(broken)
                return
            settings = self._settings
            server = Server(service, place, body_limit=settings.body_limit, drain=settings.drain)
            self._servers.append(server)
            group.create_task(self._serve(server, hosted))
            await server.serving.wait()
            log.info("serving", extra={"serves": hosted.name, "url": place.url})
            if hosted.announce:
                print(hosted.name, place.url, flush=True)
        await asyncio.sleep(SETTLED_SECONDS)
        give_back()

    async def _built(self, hosted: Hosted, place: Place) -> Service:
        # An import makes a great many objects that stay: looking through them again and again is lost time.
        gc.disable()
        try:
            return await in_thread(lambda: hosted.build(place))
        except ServiceError:
            raise
        except Exception as reason:
            text = f"The service {hosted.name!r} cannot be built: {type(reason).__name__}: {reason}"
            raise ServiceBroken(hosted.name, " ".join(text.split())) from reason
        finally:
            gc.enable()
            gc.freeze()

    async def _serve(self, server: Server, hosted: Hosted) -> None:
        try:
            await server.run_on(hosted.socket)
        except ServiceError as broken:
            self._fail(broken)
        if not self._stop.is_set():
            self._fail(ServiceBroken(hosted.name, f"The service {hosted.name!r} ended by itself."))

    def _fail(self, failure: ServiceError) -> None:
        self._failure = self._failure or failure
        self._stop.set()
