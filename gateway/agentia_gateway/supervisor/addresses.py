"""Where the services of a mesh listen: bound before any of them starts, so that all addresses are known.

The sockets listen at once. Who connects to a service that is not up yet (or is being started again) waits in
the kernel's queue instead of being refused.
"""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Mapping
from ipaddress import ip_address

from agentia_gateway.supervisor.errors import KeyMissing, PortTaken
from agentia_gateway.supervisor.options import MeshOptions

GATEWAY = "gateway"
LOOPBACK = "127.0.0.1"
BACKLOG = 2048


def bind(options: MeshOptions) -> dict[str, socket.socket]:
    """A listening socket for each service, by its name.

    Raises:
        KeyMissing: the gateway would be reachable from other machines without a key.
        PortTaken: the gateway cannot listen where it should.
    """
    key = {**os.environ, **options.environment}.get("AGENTIA_API_KEY")
    if not key and not is_loopback(options.host):
        raise KeyMissing(options.host)
    return {
        name: _gateway(options) if name == GATEWAY else _listening(LOOPBACK, 0)
        for process in options.processes
        for name in process.names
    }


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server that listens there."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def urls(sockets: Mapping[str, socket.socket]) -> dict[str, str]:
    """The base URL of each service as this machine reaches it, ending with ``/``."""
    return {name: _url(opened) for name, opened in sockets.items()}


def _gateway(options: MeshOptions) -> socket.socket:
    try:
        return _listening(options.host, options.port)
    except OSError as reason:
        raise PortTaken(options.host, options.port, _why(reason)) from reason


def _why(reason: OSError) -> str:
    return "in use" if reason.errno == errno.EADDRINUSE else f"not usable: {reason.strerror}"


def _listening(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    opened = socket.socket(family, kind, protocol)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(address)
        opened.listen(BACKLOG)
    except OSError:
        opened.close()
        raise
    return opened


def _url(opened: socket.socket) -> str:
    host, port = opened.getsockname()[:2]
    if ip_address(host).is_unspecified:
        host = "::1" if ":" in host else LOOPBACK
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
