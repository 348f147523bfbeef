"""`/mesh/registry/{path}`: the registry through us, with agents' addresses replaced by ours."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from agentia_fabric.directory.wire import SECRET_HEADER
from agentia_fabric.errors import StreamError
from agentia_fabric.http.sse import SseComment, SseEvent, read_events
from agentia_gateway.edge.body import read_body
from agentia_gateway.edge.identity import Gatekeeper
from agentia_gateway.errors import GatewayError, RegistryDown
from agentia_gateway.front.operator import problem
from agentia_gateway.front.origin import Origin
from agentia_gateway.front.shown import records_shown
from agentia_gateway.protocol.answering import EVENT_STREAM
from agentia_gateway.relay.upstream import Incoming, Outgoing, Upstream, UpstreamError

_PASSED = ("content-type", "accept", "last-event-id", SECRET_HEADER.lower())
_DOWN = "The registry does not answer; try again later."


class Registry:
    """``url`` ends with ``/``; None when there is no registry."""

    def __init__(
        self, url: str | None, upstream: Upstream, gatekeeper: Gatekeeper, origin: Origin, body_limit: int
    ) -> None:
        self._url = url
        self._upstream = upstream
        self._gatekeeper = gatekeeper
        self._origin = origin
        self._body_limit = body_limit

    async def endpoint(self, request: Request) -> Response:
        """Starlette's endpoint."""
        try:
            incoming = await self._open(request)
            if incoming.headers.get("content-type", "").startswith(EVENT_STREAM):
                events = self._events(incoming, request)
                return StreamingResponse(
                    events, headers={"content-type": EVENT_STREAM, "cache-control": "no-store"}
                )
            return await self._whole(incoming, request)
        except GatewayError as refused:
            return problem(refused)
        except UpstreamError:
            return problem(RegistryDown(_DOWN))

    async def _open(self, request: Request) -> Incoming:
        identity = self._gatekeeper.admit(request.headers)
        body = await read_body(request, self._body_limit)
        if self._url is None:
            raise RegistryDown("This gateway was started without a registry.")
        headers = {name: request.headers[name] for name in _PASSED if name in request.headers}
        headers |= {"accept-encoding": "identity", **self._gatekeeper.headers(identity, "registry")}
        raw: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
        path = raw.decode("latin-1").partition("?")[0].removeprefix("/mesh/registry/")
        query = f"?{request.url.query}" if request.url.query else ""
        return await self._upstream.open(Outgoing(request.method, f"{self._url}{path}{query}", headers, body))

    async def _whole(self, incoming: Incoming, request: Request) -> Response:
        try:
            body = b"".join([chunk async for chunk in incoming.chunks()])
        finally:
            await incoming.aclose()
        kind = incoming.headers.get("content-type", "")
        if "json" in kind and body:
            body = orjson.dumps(self._shown(orjson.loads(body), request))
        headers = {"content-type": kind} if kind else {}
        return Response(body, incoming.status, headers)

    async def _events(self, incoming: Incoming, request: Request) -> AsyncGenerator[bytes]:
        try:
            async for item in read_events(incoming.chunks(), max_line=_MAX_EVENT, max_event=_MAX_EVENT):
                yield self._written(item, request)
        except (UpstreamError, StreamError):
            return  # the reader connects again, from where it was
        finally:
            await incoming.aclose()

    def _written(self, item: SseEvent | SseComment, request: Request) -> bytes:
        if isinstance(item, SseComment):
            return f": {item.text}\n\n".encode()
        data = orjson.dumps(self._shown(orjson.loads(item.data), request)) if item.data else b""
        identity = f"id: {item.id}\n" if item.id is not None else ""
        return f"{identity}event: {item.event}\ndata: ".encode() + data + b"\n\n"

    def _shown(self, value: Any, request: Request) -> Any:
        return records_shown(value, lambda name: self._origin.agent(request, name))


_MAX_EVENT = 256 * 1024 * 1024
"""A snapshot holds every card."""
