"""W3C trace context (https://www.w3.org/TR/trace-context/): continued where it came in, else begun."""

from __future__ import annotations

import re
import secrets
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

TRACEPARENT = re.compile(r"([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?")
MAX_TRACESTATE = 512
"""Characters; a longer one may be dropped (3.3.1.1), and is."""


@dataclass(frozen=True, slots=True)
class Trace:
    """The trace that the work at hand belongs to; ``span`` is our own part of it."""

    trace_id: str
    span: str
    flags: str = "01"
    state: str = ""

    @property
    def traceparent(self) -> str:
        """The header for calls made in the course of this work."""
        return f"00-{self.trace_id}-{self.span}-{self.flags}"


def received(traceparent: str, tracestate: str = "") -> Trace:
    """The trace that a caller's headers name, with a new span in it; a new one when they are invalid."""
    match = TRACEPARENT.fullmatch(traceparent)
    if match is None or not _valid(match):
        return Trace(secrets.token_hex(16), secrets.token_hex(8))
    state = tracestate if len(tracestate) <= MAX_TRACESTATE else ""
    return Trace(match[2], secrets.token_hex(8), "01" if int(match[4], 16) & 1 else "00", state)


def _valid(match: re.Match[str]) -> bool:
    version, trace_id, span, _, more = match.groups()
    return version != "ff" and (version != "00" or not more) and trace_id != "0" * 32 and span != "0" * 16


_current: ContextVar[Trace | None] = ContextVar("agentia_trace", default=None)


def current_trace() -> Trace | None:
    """The trace of the request that is being served, if one is."""
    return _current.get()


def outgoing_headers() -> dict[str, str]:
    """``traceparent`` (and ``tracestate``) for a call made now; a new trace outside of any request."""
    trace = _current.get() or received("")
    headers = {"traceparent": trace.traceparent}
    if trace.state:
        headers["tracestate"] = trace.state
    return headers


class TraceContext:
    """ASGI middleware: everything below runs within the caller's trace."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take the trace from the headers."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        headers = {name: value for name, value in scope["headers"] if name in (b"traceparent", b"tracestate")}
        trace = received(
            headers.get(b"traceparent", b"").decode("latin-1"),
            headers.get(b"tracestate", b"").decode("latin-1"),
        )
        token = _current.set(trace)
        try:
            await self.app(scope, receive, send)
        finally:
            _current.reset(token)
