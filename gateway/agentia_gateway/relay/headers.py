"""Which headers pass. Whatever is not named here stays behind: credentials above all."""

from __future__ import annotations

from collections.abc import Mapping

from agentia_gateway.protocol.call import Call
from agentia_gateway.protocol.reading import VERSION

_TO_AGENT = ("content-type", "accept", "a2a-extensions", "x-a2a-extensions")
_TO_CALLER = (
    "content-type",
    "cache-control",
    "a2a-version",
    "a2a-extensions",
    "x-a2a-extensions",
    "retry-after",
)


def to_agent(headers: Mapping[str, str], call: Call, passport: Mapping[str, str]) -> dict[str, str]:
    """The headers of a call to an agent; the trace is added by the client."""
    kept = {name: headers[name] for name in _TO_AGENT if name in headers}
    if call.body:
        kept.setdefault("content-type", "application/json")
    kept.setdefault("accept", "text/event-stream, application/json")
    return kept | {VERSION: call.caller.version, **passport, "accept-encoding": "identity"}


def to_caller(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers of an answer."""
    return {name: headers[name] for name in _TO_CALLER if name in headers}
