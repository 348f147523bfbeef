"""Cards of the mesh and of every agent, at both well-known paths: behind our origin, with our ETag."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import orjson
from starlette.requests import Request
from starlette.responses import Response

from agentia_cards.versions import merged, pure
from agentia_gateway.directory import Directory
from agentia_gateway.errors import AgentUnknown
from agentia_gateway.front.mesh_card import mesh_card
from agentia_gateway.front.origin import Origin
from agentia_gateway.front.shown import card_shown
from agentia_gateway.protocol.answering import refusal
from agentia_gateway.protocol.call import Caller, Json
from agentia_gateway.protocol.operations import V1_0
from agentia_gateway.protocol.reading import VERSION, spoken_version

PATHS = ("agent-card.json", "agent.json")
MAX_AGE = 30
"""Seconds that a reader may keep a card without asking: as long as agents need to come and go."""


class Cards:
    """``keyed``: callers need a key, and the cards say so. ``name``, ``mesh``: the mesh's name and id."""

    def __init__(self, directory: Directory, origin: Origin, name: str, mesh: str, *, keyed: bool) -> None:
        self._directory = directory
        self._origin = origin
        self._name = name
        self._mesh = mesh
        self._keyed = keyed

    async def mesh(self, request: Request) -> Response:
        """The mesh's own card."""
        url = self._origin.mesh(request)
        agents = self._directory.agents()
        return _served(mesh_card(self._name, self._mesh, url, agents, keyed=self._keyed), request)

    async def agent(self, request: Request) -> Response:
        """An agent's card."""
        name = request.path_params["name"]
        try:
            agent = self._directory.require(name)
        except AgentUnknown as unknown:
            return refusal(unknown, Caller("HTTP+JSON", spoken_version(request.headers, request.url.query)))
        url = self._origin.agent(request, name)
        return _served(card_shown(agent.card.raw, url, agent.addresses, keyed=self._keyed), request)


def _served(card: Json, request: Request) -> Response:
    wants_pure = _asked_version(request) == V1_0
    body = orjson.dumps(pure(card) if wants_pure else merged(card))
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"etag": etag, "cache-control": f"public, max-age={MAX_AGE}", "vary": VERSION}
    if _has(request.headers, etag):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/json")


def _asked_version(request: Request) -> str:
    """The version that was named; a reader that names none gets the card for both."""
    return spoken_version(request.headers, request.url.query)


def _has(headers: Mapping[str, str], etag: str) -> bool:
    known = [entry.strip().removeprefix("W/") for entry in headers.get("if-none-match", "").split(",")]
    return etag in known or "*" in known
