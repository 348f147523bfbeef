"""The card at both well-known paths, with an ETag, in the form that the reader asked for."""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import formatdate
from hashlib import sha256
from typing import Any

import orjson
from a2a.types.a2a_pb2 import AgentCard
from google.protobuf.json_format import MessageToDict
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from agentia_cards.versions import merged, pure

CACHE = "public, max-age=30"
"""A card changes with what its agent has at hand; half a minute late is soon enough (A2A 1.0 §8.6.1)."""
PATHS = ("/.well-known/agent-card.json", "/.well-known/agent.json")


class ShownCard:
    """The card with the fields of 0.3 merged in; for `A2A-Version: 1.0` in its pure form."""

    def __init__(self, card: AgentCard) -> None:
        self.show(card)

    def show(self, card: AgentCard) -> None:
        """Serve this one from now on."""
        whole = MessageToDict(card)
        self._forms = {True: _form(pure(whole)), False: _form(merged(whole))}
        self._since = formatdate(usegmt=True)

    def routes(self) -> list[Route]:
        """Both paths."""
        return [Route(path, self._serve, methods=["GET"]) for path in PATHS]

    async def _serve(self, request: Request) -> Response:
        body, etag = self._forms[request.headers.get("a2a-version", "").startswith("1.")]
        headers = {"ETag": etag, "Last-Modified": self._since, "Cache-Control": CACHE, "Vary": "A2A-Version"}
        if etag in (request.headers.get("if-none-match") or ""):
            return Response(status_code=304, headers=headers)
        return Response(body, headers=headers, media_type="application/json")


def _form(card: Mapping[str, Any]) -> tuple[bytes, str]:
    body = orjson.dumps(card)
    return body, f'"{sha256(body).hexdigest()[:32]}"'
