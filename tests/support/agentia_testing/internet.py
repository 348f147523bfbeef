"""An internet made up by a test: names that resolve as it says, servers at public addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import cast

import httpcore2

from agentia_fabric.fetch import Resolver


def resolving(names: dict[str, Sequence[str] | Callable[[], Sequence[str]]]) -> Resolver:
    """A resolver that knows just these names."""

    async def resolve(host: str, _: int) -> Sequence[str]:
        found = names.get(host, ())
        return found() if callable(found) else found

    return resolve


class Stream(httpcore2.AsyncNetworkStream):
    """A connection that believes to have reached the public address it was dialled at."""

    def __init__(self, inner: httpcore2.AsyncNetworkStream, address: str) -> None:
        self.inner = inner
        self.address = address

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return await self.inner.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self.inner.write(buffer, timeout)

    async def aclose(self) -> None:
        await self.inner.aclose()

    async def start_tls(self, ssl_context, server_hostname=None, timeout=None) -> Stream:
        return Stream(await self.inner.start_tls(ssl_context, server_hostname, timeout), self.address)

    def get_extra_info(self, info: str):
        return (self.address, 443) if info == "server_addr" else self.inner.get_extra_info(info)


class Internet(httpcore2.AsyncNetworkBackend):
    """Has one server at each public address; loopback is loopback. Remembers what was dialled."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.dialled: list[str] = []

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        self.dialled.append(host)
        inner = cast("httpcore2.AsyncNetworkBackend", httpcore2.AnyIOBackend())
        if host in ("127.0.0.1", "::1"):
            return await inner.connect_tcp(host, port, timeout)
        return Stream(await inner.connect_tcp("127.0.0.1", self.port, timeout), host)
