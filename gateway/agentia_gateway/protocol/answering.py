"""Responses that the gateway makes itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import orjson
from starlette.responses import Response, StreamingResponse

from agentia_gateway.errors import GatewayError, KeyMissing
from agentia_gateway.protocol.call import Caller, Json
from agentia_gateway.protocol.shaping import JSON_TYPE, error_body, error_status, event, result_body

EVENT_STREAM = "text/event-stream"


def refusal(error: GatewayError, caller: Caller) -> Response:
    """An error in the caller's shape."""
    headers: dict[str, str] = {}
    if isinstance(error, KeyMissing):
        headers["www-authenticate"] = 'Bearer realm="agentia-mesh"'
    if error.retry_after is not None:
        headers["retry-after"] = str(error.retry_after)
    return json_response(error_body(error, caller), error_status(error, caller), headers)


def result(value: Any, caller: Caller) -> Response:
    """A result in the caller's shape."""
    return json_response(result_body(value, caller))


def only_event(value: Any, caller: Caller) -> Response:
    """A stream of one event."""

    async def events() -> AsyncIterator[bytes]:
        yield event(result_body(value, caller))

    return StreamingResponse(events(), headers={"content-type": EVENT_STREAM, "cache-control": "no-store"})


def json_response(body: Json, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """JSON, whole."""
    return Response(orjson.dumps(body), status, headers, JSON_TYPE)
