"""Connects to names, after all of their addresses were checked, at one of the very addresses checked."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from ipaddress import ip_address
from typing import cast

import httpcore2

from agentia_fabric.errors import FetchRefused, FetchUnreachable
from agentia_fabric.fetch.addresses import is_public, plain
from agentia_fabric.networks import Address, Networks

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""From a name and a port to addresses; raises ``OSError`` when there are none."""
TRIED = 4
"""How many addresses of one name are tried, one after the other."""


async def system_resolver(host: str, port: int) -> Sequence[str]:
    """What the system resolves a name to."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


def _system_network() -> httpcore2.AsyncNetworkBackend:
    # Typed as a class that may lack its methods, for when anyio is not installed; we depend on anyio.
    return cast("httpcore2.AsyncNetworkBackend", httpcore2.AnyIOBackend())


class Dialler(httpcore2.AsyncNetworkBackend):
    """The way to the network of a connection pool.

    ``public`` says whether public addresses may be dialled, ``allow`` which others may.
    """

    def __init__(
        self,
        *,
        public: bool,
        allow: Networks,
        resolver: Resolver = system_resolver,
        network: httpcore2.AsyncNetworkBackend | None = None,
    ) -> None:
        self._public = public
        self._allow = allow
        self._resolver = resolver
        self._network = network or _system_network()

    async def addresses(self, host: str, port: int) -> list[Address]:
        """The addresses of a host, every one of which may be dialled.

        Raises:
            FetchRefused: one of them may not.
            FetchUnreachable: the name has none.
        """
        try:
            found = [str(ip_address(host))]
        except ValueError:
            found = await self._resolved(host, port)
        addresses = [plain(ip_address(text)) for text in found]
        for address in addresses:
            if not (address in self._allow or (self._public and is_public(address))):
                raise FetchRefused(host, self._refusal(host, address))
        return addresses

    async def _resolved(self, host: str, port: int) -> Sequence[str]:
        try:
            found = await self._resolver(host, port)
        except OSError:
            found = ()
        if not found:
            raise FetchUnreachable(host, f"The name {host} has no address.")
        return found

    def _refusal(self, host: str, address: Address) -> str:
        if is_public(address):
            return f"{host} is fetched from with https:// only."
        return f"{host} leads to {address}, which is not public; AGENTIA_FETCH_ALLOW can permit its network."

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Connect to the first checked address that answers."""
        last: Exception | None = None
        for address in (await self.addresses(host, port))[:TRIED]:
            try:
                return await self._network.connect_tcp(
                    str(address), port, timeout, local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as failed:
                last = failed
        raise httpcore2.ConnectError(f"nobody answers at {host}:{port}") from last

    async def sleep(self, seconds: float) -> None:
        """Pause, for the pool's retries."""
        await asyncio.sleep(seconds)
