"""A tool server as a service: stateless streamable HTTP at `/mcp`."""

from __future__ import annotations

from mcp.server.transport_security import TransportSecuritySettings

from agentia_fabric.hosting import Service
from agentia_fabric.toolserver.server import ToolServer

BODY_BYTES = 4 * 1024 * 1024


def tool_service(server: ToolServer) -> Service:
    """The service around a server.

    Answers are plain JSON: no tool reports progress, and a stream for one answer costs more. The
    host checks Host and Origin, since it knows whether the server listens on loopback; the SDK
    would refuse the names that containers call each other by.
    """
    app = server.streamable_http_app(
        stateless_http=True,
        json_response=True,
        max_request_body_size=BODY_BYTES,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    return Service(app, body_limit=BODY_BYTES)
