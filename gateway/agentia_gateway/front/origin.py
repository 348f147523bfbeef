"""Our own addresses, as the caller sees them."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request


@dataclass(frozen=True, slots=True)
class Origin:
    """``url`` (ending with ``/``) when we are known by one name; None on loopback, where the host guard has
    checked the name that the caller used: strict clients refuse a card that names another. ``inside`` is
    where the mesh's own agents reach us, when that is elsewhere; callers there are shown that address."""

    url: str | None
    inside: str | None = None

    def mesh(self, request: Request) -> str:
        """The mesh's own address; ends with ``/``."""
        here = f"{request.url.scheme}://{request.headers['host']}/"
        return here if self.url is None or here == self.inside else self.url

    def agent(self, request: Request, name: str) -> str:
        """An agent's address here; ends with ``/``."""
        return f"{self.mesh(request)}agents/{name}/"
