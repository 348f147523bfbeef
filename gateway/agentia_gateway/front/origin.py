"""Our own addresses, as the caller sees them."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request


@dataclass(frozen=True, slots=True)
class Origin:
    """``url`` (ending with ``/``) when we are known by one name; None on loopback, where the host guard has
    checked the name that the caller used: strict clients refuse a card that names another."""

    url: str | None

    def mesh(self, request: Request) -> str:
        """The mesh's own address; ends with ``/``."""
        return self.url or f"{request.url.scheme}://{request.headers['host']}/"

    def agent(self, request: Request, name: str) -> str:
        """An agent's address here; ends with ``/``."""
        return f"{self.mesh(request)}agents/{name}/"
