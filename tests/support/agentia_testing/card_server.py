"""Somebody else's agent, as far as a registry looks at it: documents under paths, which a test may change."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.types import Receive, Scope, Send

from agentia_fabric.hosting import Place, Service
from agentia_testing.cards import card_1_0
from agentia_testing.serving import serving

WELL_KNOWN = "/.well-known/agent-card.json"
OLD_WELL_KNOWN = "/.well-known/agent.json"


@dataclass
class CardServer:
    """`documents` by path; a path that is not there is answered with 404, and all with 503 while `down`."""

    url: str = ""
    documents: dict[str, bytes] = field(default_factory=dict[str, bytes])
    asked: list[str] = field(default_factory=list[str])
    down: bool = False

    def card(self, path: str = WELL_KNOWN, **changes: Any) -> None:
        """Put a card there."""
        self.documents[path] = json.dumps(card_1_0(self.url, **changes)).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            for phase in ("startup", "shutdown"):
                await receive()
                await send({"type": f"lifespan.{phase}.complete"})
            return
        self.asked.append(scope["path"])
        body = None if self.down else self.documents.get(scope["path"])
        status = 503 if self.down else 404 if body is None else 200
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": body or b""})


@asynccontextmanager
async def card_server() -> AsyncGenerator[CardServer]:
    """Serve on a free port of loopback."""
    server = CardServer()

    def service(place: Place) -> Service:
        server.url = place.url
        return Service(server)

    async with serving(service, name="somebody-else"):
        yield server
