"""What stands around every service, outermost first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentia_fabric.http.body_limit import BodyLimit
from agentia_fabric.http.health import Health
from agentia_fabric.http.host_guard import HostGuard
from agentia_fabric.telemetry.trace import TraceContext

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from agentia_fabric.hosting import Place, Service


def around(service: Service, place: Place, body_limit: int) -> ASGIApp:
    """The service as the network sees it; ``body_limit`` (bytes) holds unless the service has its own."""
    app: ASGIApp = Health(service.app, place.name, service.waiting)
    app = BodyLimit(app, service.body_limit or body_limit)
    if place.loopback:
        app = HostGuard(app)
    return TraceContext(app)
