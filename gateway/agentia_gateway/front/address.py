"""What every A2A address of the gateway does first: identity, size, envelope; and last: errors in shape."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from agentia_gateway.edge.body import read_body
from agentia_gateway.edge.identity import Gatekeeper, Identity
from agentia_gateway.errors import GatewayError, MethodUnknown, Unexpected
from agentia_gateway.protocol.answering import refusal
from agentia_gateway.protocol.call import Call, Caller
from agentia_gateway.protocol.reading import RefusedCall, binding_of, http_json, json_rpc, spoken_version

log = structlog.stdlib.get_logger(__name__)

Answer = Callable[[Call, Identity, Request], Awaitable[Response]]


class Reception:
    """``body_limit`` in bytes."""

    def __init__(self, gatekeeper: Gatekeeper, body_limit: int) -> None:
        self._gatekeeper = gatekeeper
        self._body_limit = body_limit

    async def receive(self, request: Request, prefix: str, answer: Answer) -> Response:
        """Read the call and let ``answer`` answer it; ``prefix`` is the address, without its last slash."""
        path = _below(request, prefix)
        query = request.url.query
        caller = Caller(binding_of(path), spoken_version(request.headers, query))
        try:
            identity = self._gatekeeper.admit(request.headers)
            body = await read_body(request, self._body_limit)
            call = _read(request.method, caller.version, path, query, body)
            caller = call.caller
            return await answer(call, identity, request)
        except RefusedCall as refused:
            return refusal(refused.reason, refused.caller)
        except GatewayError as error:
            return refusal(error, caller)
        except ClientDisconnect:
            return Response(status_code=400)
        except Exception:
            log.exception("call_failed", address=prefix or "/", binding=caller.binding)
            return refusal(Unexpected("The gateway failed at this call; its log says why."), caller)


def _read(verb: str, version: str, path: str, query: str, body: bytes) -> Call:
    if path:
        return http_json(version, verb, path, query, body)
    if verb != "POST":
        raise RefusedCall(
            Caller("HTTP+JSON", version),
            MethodUnknown("Send JSON-RPC by POST here; the card is at .well-known/agent-card.json."),
        )
    return json_rpc(version, body)


def _below(request: Request, prefix: str) -> str:
    """The path under the address, undecoded, without its first slash."""
    raw: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
    return raw.decode("latin-1").partition("?")[0].removeprefix(prefix).removeprefix("/")
