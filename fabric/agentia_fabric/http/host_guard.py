"""Refuses what a foreign web page sends to a service on loopback (DNS rebinding, cross-origin requests).

A page under ``evil.example`` whose name was made to resolve to 127.0.0.1 still sends ``Host: evil.example``;
a page that calls 127.0.0.1 itself sends an ``Origin`` that is not ours. Programs send no Origin at all.
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from agentia_fabric.http.answer import answer, problem

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


class HostGuard:
    """ASGI middleware: answers 403 unless Host names this machine and Origin, if any, is that host."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what comes from here."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        refusal = _refusal(_values(scope, b"host"), _values(scope, b"origin"))
        if refusal is None:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": refusal})
        else:
            await answer(send, 403, problem("host_refused", refusal))


def _values(scope: Scope, name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in scope["headers"] if key == name]


def _refusal(hosts: list[str], origins: list[str]) -> str | None:
    if len(hosts) != 1 or not _is_this_machine(hosts[0]):
        return "This service answers only requests to localhost."
    if origins and origins not in ([f"http://{hosts[0]}"], [f"https://{hosts[0]}"]):
        return "This service does not answer pages of another origin."
    return None


def _is_this_machine(authority: str) -> bool:
    try:
        name = urlsplit(f"//{authority}").hostname or ""
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False
