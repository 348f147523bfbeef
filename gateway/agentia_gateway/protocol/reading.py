"""From an HTTP request to a :class:`Call`: the one parse of the envelope."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import parse_qsl

import orjson

from agentia_cards.model import minor_version
from agentia_gateway.errors import InvalidParams, InvalidRequest, MethodUnknown, NotJson
from agentia_gateway.protocol.call import Binding, Call, Caller, Json, RequestId
from agentia_gateway.protocol.operations import METHODS, V0_3, by_path

VERSION = "A2A-Version"


def spoken_version(headers: Mapping[str, str], query: str) -> str:
    """The caller's version, ``major.minor``: header, else query, else 0.3 (A2A 1.0 §3.6)."""
    given = headers.get(VERSION) or next((value for name, value in parse_qsl(query) if name == VERSION), "")
    return minor_version(given) or V0_3


def binding_of(path: str) -> Binding:
    """JSON-RPC is spoken at the address itself, HTTP+JSON below it; ``path`` has no first slash."""
    return "HTTP+JSON" if path else "JSONRPC"


def json_rpc(version: str, body: bytes) -> Call:
    """A call in JSON-RPC (§9).

    Raises:
        RefusedCall: with the request's id, as far as it could be read, and the reason.
    """
    request_id: RequestId = None
    try:
        envelope = _envelope(body)
        request_id = _request_id(envelope)
        method = envelope.get("method")
        if envelope.get("jsonrpc") != "2.0" or not isinstance(method, str):
            raise InvalidRequest('A request has "jsonrpc": "2.0" and a "method".')
        known = METHODS.get(method)
        if known is None:
            raise MethodUnknown(f"There is no method {method[:80]!r}.", method=method[:80])
        params = envelope.get("params")
        if params is None:
            params = {}
        if not isinstance(params, dict):
            raise InvalidParams("The params of a request are an object.")
        caller = Caller("JSONRPC", version, request_id)
        return _checked(Call(caller, known.operation, known.version, body, cast(Json, params)))
    except (NotJson, InvalidRequest, MethodUnknown, InvalidParams) as refused:
        raise RefusedCall(Caller("JSONRPC", version, request_id), refused) from None


def http_json(version: str, verb: str, path: str, query: str, body: bytes) -> Call:
    """A call in HTTP+JSON (§11); ``path`` is undecoded and has no first slash.

    Raises:
        RefusedCall: with the reason.
    """
    caller = Caller("HTTP+JSON", version)
    try:
        found = by_path(verb, path)
        if found is None:
            raise MethodUnknown(f"There is no operation {verb} /{path[:80]}.")
        params: Json = _envelope(body) if body else dict(parse_qsl(query))
        method = found.method
        return _checked(
            Call(caller, method.operation, method.version, body, params, verb, path, query, found.task)
        )
    except (NotJson, InvalidRequest, MethodUnknown, InvalidParams) as refused:
        raise RefusedCall(caller, refused) from None


class RefusedCall(Exception):  # noqa: N818 - it says what happened
    """A request that is no call; ``caller`` says in which shape to tell ``reason``."""

    def __init__(
        self, caller: Caller, reason: NotJson | InvalidRequest | MethodUnknown | InvalidParams
    ) -> None:
        super().__init__(reason.message)
        self.caller = caller
        self.reason = reason


def _envelope(body: bytes) -> Json:
    try:
        value: object = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise NotJson(f"The body is not JSON: {error.msg}.") from None
    if isinstance(value, list):
        raise InvalidRequest("Batches are not taken; send one request at a time.")
    if not isinstance(value, dict):
        raise InvalidRequest("A request is a JSON object.")
    return cast(Json, value)


def _request_id(envelope: Json) -> RequestId:
    found: Any = envelope.get("id")
    if isinstance(found, bool) or not isinstance(found, str | int | float | None):
        raise InvalidRequest("The id of a request is a string, a number or null.")
    return found


_SPELLINGS = (("taskId", "task_id"), ("contextId", "context_id"))


def _checked(call: Call) -> Call:
    """Refuse what two readers would understand differently: whose task it is hangs on it."""
    for holder in (call.message, call.params):
        for camel, snake in _SPELLINGS:
            if camel in holder and snake in holder and holder[camel] != holder[snake]:
                raise InvalidParams(f"{camel} and {snake} say different things; send one of them.")
    if call.operation.names_a_task and not call.task:
        raise InvalidParams("The id of the task is missing.")
    if call.operation.sends and not call.parts:
        raise InvalidParams("The message has no parts; send at least one.")
    return call
