"""Refuses bodies over a limit with 413, whether they announce their length or come in chunks."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import orjson

from agentia_fabric.http.answer import problem, start

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LINGER_SECONDS = 5.0
"""How long the rest of a refused body is read and dropped, so that its sender sees the answer, no reset."""


class BodyLimit:
    """ASGI middleware. ``limit`` in bytes; a body of just that size passes."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count what the application reads."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        body = _Counted(self.limit, receive, send)
        headers = dict(scope["headers"])
        if _announced(headers) > self.limit:
            await body.refuse(linger=b"expect" not in headers)
            return
        try:
            await self.app(scope, body.receive, body.send)
        except Exception:
            # The application was told that the client went away; how it takes that concerns nobody.
            if not body.refused:
                raise


class _Counted:
    """One request's body on its way to the application."""

    def __init__(self, limit: int, receive: Receive, send: Send) -> None:
        self.limit = limit
        self.refused = False
        self._receive = receive
        self._send = send
        self._seen = 0
        self._started = False

    async def receive(self) -> Message:
        message = await self._receive()
        self._seen += len(message.get("body", b""))
        if self._seen <= self.limit:
            return message
        if not self.refused:
            await self.refuse(linger=bool(message.get("more_body")))
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        if not self.refused:
            self._started = True
            await self._send(message)

    async def refuse(self, *, linger: bool) -> None:
        self.refused = True
        if self._started:
            return
        text = f"The body is larger than the {self.limit} bytes that this service takes."
        raw = orjson.dumps(problem("body_too_large", text))
        await self._send(start(413, len(raw), (b"connection", b"close")))
        await self._send({"type": "http.response.body", "body": raw, "more_body": True})
        if linger:
            await self._drop_rest()
        await self._send({"type": "http.response.body", "body": b""})

    async def _drop_rest(self) -> None:
        try:
            async with asyncio.timeout(LINGER_SECONDS):
                while (await self._receive()).get("more_body"):
                    pass
        except TimeoutError:
            pass


def _announced(headers: dict[bytes, bytes]) -> int:
    length = headers.get(b"content-length", b"0")
    return int(length) if length.isdigit() else 0
