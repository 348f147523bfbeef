"""The port to agents: one HTTP request out, one answer back in chunks. Who carries it can be exchanged."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A request to an agent."""

    verb: str
    url: str
    headers: Mapping[str, str]
    body: bytes


class Incoming(Protocol):
    """An answer whose head has arrived. Whoever opened it closes it."""

    @property
    def status(self) -> int:
        """The HTTP status."""
        ...

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers; names are found in any case."""
        ...

    def chunks(self) -> AsyncIterator[bytes]:
        """The body as it arrives, decoded. Raises what :class:`UpstreamError` tells."""
        ...

    async def aclose(self) -> None:
        """Let go of the connection."""
        ...


class Upstream(Protocol):
    """Sends requests to agents; no redirects, no retries, no credentials of its own."""

    async def open(self, request: Outgoing) -> Incoming:
        """Send, and wait for the head of the answer.

        Raises:
            NotSent, Broken, Silent: as their names say.
        """
        ...


class UpstreamError(Exception):
    """Base: there is no answer, or no more of it."""


class NotSent(UpstreamError):  # noqa: N818 - it says what happened
    """No connection: the agent has seen nothing of the request."""


class Broken(UpstreamError):  # noqa: N818
    """The connection was lost after something was sent."""


class Silent(UpstreamError):  # noqa: N818
    """Nothing came for as long as we wait."""
