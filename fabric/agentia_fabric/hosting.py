"""What a service is to its host: built from a place, answering there.

The host puts around every service what all of them need, outermost first: trace context, the check of Host
and Origin, the limit on bodies, ``/healthz`` and ``/readyz``. A service only brings its own application.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp

ENTRY_POINTS = "agentia.services"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a service answers; its socket is bound before the service is built."""

    name: str
    host: str
    """An IP address."""
    port: int

    @property
    def url(self) -> str:
        """Base URL, ending with ``/``."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/"

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach it."""
        return ip_address(self.host).is_loopback


def nothing() -> Sequence[str]:
    """Waits for nothing: ready as soon as it serves."""
    return ()


@dataclass(frozen=True, slots=True)
class Service:
    """An application and what its host has to know of it.

    ``waiting`` names what it still waits for, in a few words each; empty means whole (``GET /readyz``).
    ``body_limit`` in bytes; None takes the one of the settings. ``stopping`` is called when the end begins:
    streams that would go on for ever end themselves then, so that nobody waits for the drain.
    """

    app: ASGIApp
    waiting: Callable[[], Sequence[str]] = nothing
    body_limit: int | None = None
    stopping: Callable[[], None] = lambda: None


ServiceFactory = Callable[[Place], Service]
"""Builds the application and does no I/O; what runs beside the requests belongs into the lifespan."""
