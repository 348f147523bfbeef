"""The command line of the host."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Listen:
    """Bind a socket here; port 0 is a free one."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Named:
    """A service to run: ``factory`` is ``module:attribute``, or None for the entry point of that name.

    ``socket`` is where it listens: a place to bind, or the descriptor of an open socket.
    """

    name: str
    factory: str | None
    socket: Listen | int


@dataclass(frozen=True, slots=True)
class Arguments:
    """What the host was told."""

    services: tuple[Named, ...]
    parent_fd: int | None


def parse(argv: Sequence[str]) -> Arguments:
    """Read the command line; exits with 2 and a line of usage when it makes no sense."""
    parser = argparse.ArgumentParser(prog="python -m agentia_fabric.host", description=__doc__)
    parser.add_argument("services", nargs="+", metavar="NAME", help="a service, or NAME=MODULE:FACTORY")
    parser.add_argument("--listen", action="append", default=[], metavar="NAME=HOST:PORT")
    parser.add_argument("--fd", action="append", default=[], metavar="NAME=N", help="an open socket")
    parser.add_argument("--parent-fd", type=int, metavar="N", help="end when this pipe closes")
    given = parser.parse_args(argv)
    try:
        sockets: dict[str, Listen | int] = {
            **{name: _listen(value) for name, value in map(_pair, given.listen)},
            **{name: int(value) for name, value in map(_pair, given.fd)},
        }
    except ValueError as wrong:
        parser.error(str(wrong))
    services: list[Named] = []
    for item in given.services:
        name, _, factory = str(item).partition("=")
        services.append(Named(name, factory or None, sockets.pop(name, Listen("127.0.0.1", 0))))
    if sockets:
        parser.error(f"--listen or --fd for {', '.join(sockets)}, which is not among the services")
    return Arguments(tuple(services), given.parent_fd)


def _pair(text: str) -> tuple[str, str]:
    name, separator, value = text.partition("=")
    if not separator:
        raise ValueError(f"{text!r} is not of the form NAME=VALUE")
    return name, value


def _listen(text: str) -> Listen:
    host, separator, port = text.rpartition(":")
    if not separator or not port.isdigit():
        raise ValueError(f"{text!r} is not of the form HOST:PORT")
    return Listen(host.strip("[]"), int(port))
