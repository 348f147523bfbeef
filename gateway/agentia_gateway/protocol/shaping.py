"""Answers that the gateway gives by itself, in the shape of the caller's binding (§9.5, §11.6)."""

from __future__ import annotations

from typing import Any

import orjson

from agentia_gateway.errors import GatewayError
from agentia_gateway.protocol.call import Caller, Json

ERROR_INFO = "type.googleapis.com/google.rpc.ErrorInfo"
DOMAIN = "a2a-protocol.org"
JSON_TYPE = "application/json"


def error_body(error: GatewayError, caller: Caller) -> Json:
    """The body of an error: a JSON-RPC response, or a ``google.rpc.Status``."""
    info = {"@type": ERROR_INFO, "reason": error.reason, "domain": DOMAIN, "metadata": error.about}
    if caller.binding == "JSONRPC":
        return {
            "jsonrpc": "2.0",
            "id": caller.request_id,
            "error": {"code": error.code, "message": error.message, "data": [info]},
        }
    return {
        "error": {
            "code": error.http,
            "status": error.status,
            "message": error.message,
            "details": [info],
        }
    }


def error_status(error: GatewayError, caller: Caller) -> int:
    """The HTTP status that goes with it."""
    return error.rpc_http if caller.binding == "JSONRPC" else error.http


def result_body(result: Any, caller: Caller) -> Json:
    """The body of a result: alone, or within a JSON-RPC response."""
    if caller.binding == "JSONRPC":
        return {"jsonrpc": "2.0", "id": caller.request_id, "result": result}
    return result


def event(body: Json) -> bytes:
    """One event of a stream."""
    return b"data: " + orjson.dumps(body) + b"\n\n"
