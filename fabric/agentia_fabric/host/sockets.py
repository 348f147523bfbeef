"""The sockets that services listen on."""

from __future__ import annotations

import socket

from agentia_fabric.errors import ServiceBroken
from agentia_fabric.host.arguments import Listen, Named
from agentia_fabric.hosting import Place


def opened(named: Named) -> socket.socket:
    """The service's socket, bound.

    Raises:
        ServiceBroken: the address cannot be had, or the descriptor is no socket.
    """
    try:
        return bound(named.socket) if isinstance(named.socket, Listen) else socket.socket(fileno=named.socket)
    except OSError as reason:
        raise ServiceBroken(
            named.name, f"The service {named.name!r} has nowhere to listen: {reason}"
        ) from reason


def bound(listen: Listen) -> socket.socket:
    """A socket bound to an address; not listening yet. Raises ``OSError``."""
    family, kind, protocol, _, address = socket.getaddrinfo(
        listen.host, listen.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    opened = socket.socket(family, kind, protocol)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(address)
    except OSError:
        opened.close()
        raise
    return opened


def place_of(name: str, opened: socket.socket) -> Place:
    """Where a service on this socket answers."""
    host, port = opened.getsockname()[:2]
    return Place(name, host, port)
