"""Where HTTP clients are made, for calls within the mesh and to endpoints that the operator named.

What somebody else's URL leads to is fetched by :mod:`agentia_fabric.fetch` alone.
"""

from __future__ import annotations

import ssl
from functools import cache

import httpx2

from agentia_fabric.telemetry.trace import outgoing_headers

CONNECT_SECONDS = 5.0
IDLE_SECONDS = 30.0
"""How long an idle connection is kept; our servers keep theirs longer, so that the client closes first."""


def client(*, base_url: str = "", read: float | None = 30.0, connections: int = 100) -> httpx2.AsyncClient:
    """A client with bounds on everything; it follows no redirect, knows no proxy and sends the trace along.

    ``read`` is the longest silence in seconds (streams of ours send a ping at least every 15); None is
    only for callers with a time limit of their own. ``connections`` bounds those open at once.
    """
    return httpx2.AsyncClient(
        base_url=base_url,
        timeout=httpx2.Timeout(connect=CONNECT_SECONDS, read=read, write=30.0, pool=CONNECT_SECONDS),
        limits=httpx2.Limits(
            max_connections=connections,
            max_keepalive_connections=min(connections, 20),
            keepalive_expiry=IDLE_SECONDS,
        ),
        verify=tls(),
        trust_env=False,
        follow_redirects=False,
        event_hooks={"request": [_continue_trace]},
    )


@cache
def tls() -> ssl.SSLContext:
    """The one TLS context of the process; each would load the authorities' certificates anew."""
    return ssl.create_default_context()


async def _continue_trace(request: httpx2.Request) -> None:
    for name, value in outgoing_headers().items():
        request.headers.setdefault(name, value)
