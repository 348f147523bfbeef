"""``GET /healthz`` and ``GET /readyz`` in front of every service."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from agentia_fabric.http.answer import answer

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


class Health:
    """ASGI middleware. ``waiting`` names what the service ``name`` still waits for; empty means ready."""

    def __init__(self, app: ASGIApp, name: str, waiting: Callable[[], Sequence[str]]) -> None:
        self.app = app
        self.name = name
        self.waiting = waiting

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the two paths, pass on all others."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
        elif scope["path"] == "/healthz":
            await answer(send, 200, {"status": "ok", "service": self.name})
        elif scope["path"] == "/readyz":
            waiting = list(self.waiting())
            state = "starting" if waiting else "ok"
            await answer(send, 503 if waiting else 200, {"status": state, "waiting": waiting})
        else:
            await self.app(scope, receive, send)
