"""Gives the events of every stream the version of the task's log as SSE field `id:`.

The SDK's dispatchers (JSON-RPC and HTTP+JSON, 1.0 and 0.3) write one body chunk per event and know no ids.
The handler notes the version of each event that it yields; here, at the one place where all four come by,
the notes are put in front of the chunks, in the same order.
"""

from __future__ import annotations

from collections import deque

from starlette.types import ASGIApp, Message, Receive, Scope, Send

VERSIONS = "agentia.versions"
"""Key, in the scope and in `ServerCallContext.state`, of the queue that takes the notes."""


class EventIds:
    """The ASGI wrapper."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with ids in front of events."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        notes: deque[int] = deque()
        scope[VERSIONS] = notes

        async def send_with_ids(message: Message) -> None:
            if notes and message["type"] == "http.response.body" and _is_event(message.get("body", b"")):
                message = {**message, "body": b"id: %d\r\n%b" % (notes.popleft(), message["body"])}
            await send(message)

        await self._app(scope, receive, send_with_ids)


def _is_event(chunk: bytes) -> bool:
    """Not a comment, and not an error: those belong to no version."""
    return chunk.startswith(b"data:")
