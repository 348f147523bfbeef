"""A webhook on loopback that keeps what it gets and answers as a test wants it to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from agentia_fabric.hosting import Place, Service
from agentia_testing.serving import serving


@dataclass
class Receiver:
    url: str = ""
    answers: list[int] = field(default_factory=list[int])
    """The next statuses; 204 when there are none. 0 hangs until the receiver is let go."""
    headers: dict[str, str] = field(default_factory=dict[str, str])
    requests: list[Request] = field(default_factory=list[Request])
    bodies: list[bytes] = field(default_factory=list[bytes])
    let_go: asyncio.Event = field(default_factory=asyncio.Event)
    _came: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def answer(self, request: Request) -> Response:
        body = await request.body()
        status = self.answers.pop(0) if self.answers else 204
        async with self._came:
            self.requests.append(request)
            self.bodies.append(body)
            self._came.notify_all()
        if status == 0:
            await self.let_go.wait()
        return Response(status_code=status or 204, headers=self.headers)

    async def got(self, count: int) -> list[bytes]:
        """The bodies, once there are that many; at most ten seconds."""
        async with asyncio.timeout(10), self._came:
            await self._came.wait_for(lambda: len(self.bodies) >= count)
        return self.bodies


@asynccontextmanager
async def receiving(*answers: int) -> AsyncGenerator[Receiver]:
    receiver = Receiver(answers=list(answers))

    def service(place: Place) -> Service:
        routes = [Route("/{path:path}", receiver.answer, methods=["POST"])]
        return Service(Starlette(routes=routes))

    async with serving(service, name="webhook") as place:
        receiver.url = place.url
        try:
            yield receiver
        finally:
            receiver.let_go.set()
