"""Who calls: the passport of the mesh when there is a secret, anybody when there is none."""

from __future__ import annotations

import orjson
from a2a.extensions.common import HTTP_EXTENSION_HEADER, get_requested_extensions
from a2a.server.context import ServerCallContext
from a2a.server.routes.common import ServerCallContextBuilder
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from agentia_fabric.errors import PassportError
from agentia_fabric.identity import HEADER, Passports
from agentia_kit.event_ids import VERSIONS
from agentia_kit.tasks.owners import PASSPORT

VERSION = "A2A-Version"
_OPEN = ("/.well-known/", "/healthz", "/readyz")


class PassportCheck:
    """Refuses operations without a passport that the mesh's secret sealed for this agent."""

    def __init__(self, app: ASGIApp, agent: str, secret: str) -> None:
        self._app = app
        self._agent = agent
        self._passports = Passports(secret)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on with the passport in the scope, or answer 401. Cards and health are for everybody."""
        if scope["type"] != "http" or scope["path"].startswith(_OPEN):
            await self._app(scope, receive, send)
            return
        try:
            scope[PASSPORT] = self._passports.open(Headers(scope=scope).get(HEADER), self._agent)
        except PassportError as error:
            await _refusal(scope, str(error))(scope, receive, send)
        else:
            await self._app(scope, receive, send)


class CallContexts(ServerCallContextBuilder):
    """The SDK's call context: headers, passport, extensions, and where versions of events are noted."""

    def build(self, request: Request) -> ServerCallContext:
        """From a request. A version in the query counts when the header has none (A2A 1.0 §3.6.1)."""
        headers = dict(request.headers)
        if version := request.query_params.get(VERSION):
            headers.setdefault(VERSION.lower(), version)
        state = {"headers": headers, VERSIONS: request.scope[VERSIONS]}
        if PASSPORT in request.scope:
            state[PASSPORT] = request.scope[PASSPORT]
        requested = get_requested_extensions(request.headers.getlist(HTTP_EXTENSION_HEADER))
        return ServerCallContext(state=state, requested_extensions=requested)


def _refusal(scope: Scope, reason: str) -> Response:
    """401 in the form of the binding that was called (docs/contracts.md, "Principal")."""
    if scope["method"] == "POST" and scope["path"] == "/":
        body = {"jsonrpc": "2.0", "id": None, "error": {"code": -32600, "message": reason}}
    else:
        body = {"error": {"code": 401, "status": "UNAUTHENTICATED", "message": reason}}
    return Response(orjson.dumps(body), 401, {"WWW-Authenticate": HEADER}, "application/json")
