"""The safe fetcher: the only way to a URL that somebody else chose."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from types import TracebackType
from typing import Self

import httpcore2

from agentia_fabric.errors import FetchRefused
from agentia_fabric.fetch.dialler import Dialler, Resolver, system_resolver
from agentia_fabric.fetch.exchange import Fetched, bounded, exchange
from agentia_fabric.fetch.target import Target, target
from agentia_fabric.http.client import tls
from agentia_fabric.networks import Networks

CARD_LIMIT = 64 * 1024
"""Bytes that an agent card may have."""
MAX_REDIRECTS = 3
REDIRECTS = frozenset({301, 302, 303, 307, 308})
CONNECTIONS = 32
"""Fetches under way at once; a further one waits within its own time."""


class Fetcher:
    """Fetches from public addresses with https, and from the networks ``allow`` with http as well.

    All addresses of a name are checked and one of these is dialled; certificates are checked against the
    name. A redirect is checked as the first URL was, and from a public address leads to public ones only.
    Answers come unpacked: compression is not asked for, and refused. No proxy, no cookies.
    """

    def __init__(
        self,
        allow: Networks | None = None,
        *,
        resolver: Resolver = system_resolver,
        network: httpcore2.AsyncNetworkBackend | None = None,
        tls_context: ssl.SSLContext | None = None,
    ) -> None:
        """``resolver``, ``network`` and ``tls_context`` are the system's unless a test brings its own."""
        permitted = allow or Networks()
        self._tls = tls_context or tls()
        self._secure = Dialler(public=True, allow=permitted, resolver=resolver, network=network)
        self._plain = Dialler(public=False, allow=permitted, resolver=resolver, network=network)
        self._strict = Dialler(public=True, allow=Networks(), resolver=resolver, network=network)
        self._pools = {dialler: self._pool(dialler) for dialler in (self._secure, self._plain, self._strict)}

    async def get(
        self, url: str, *, limit: int, timeout: float, headers: Mapping[str, str] | None = None
    ) -> Fetched:
        """Fetch a URL, following at most three redirects.

        ``limit`` in bytes of body; ``timeout`` in seconds for all of it, names and redirects included. The
        headers go to the first origin only.

        Raises:
            FetchRefused, FetchUnreachable, FetchTimeout, FetchTooLarge: see :mod:`agentia_fabric.errors`.
        """
        async with bounded(url, timeout):
            return await self._follow(target(url), limit, headers or {})

    async def post(
        self, url: str, body: bytes, *, limit: int, timeout: float, headers: Mapping[str, str] | None = None
    ) -> Fetched:
        """Send ``body`` to a URL; a redirect is not followed but is the answer. Raises as :meth:`get`."""
        async with bounded(url, timeout):
            where = target(url)
            pool = self._pools[self._way(where, strict=False)]
            return await exchange(pool, "POST", where, headers=headers or {}, body=body, limit=limit)

    async def check(self, url: str, *, timeout: float = 5.0) -> None:
        """Say now whether the URL would be refused; sends nothing. It is checked again when it is fetched.

        Raises:
            FetchRefused: it would. FetchUnreachable, FetchTimeout: its name cannot be resolved.
        """
        async with bounded(url, timeout):
            where = target(url)
            await self._way(where, strict=False).addresses(where.host, where.port)

    async def aclose(self) -> None:
        """Let go of all connections."""
        for pool in self._pools.values():
            await pool.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    def _pool(self, dialler: Dialler) -> httpcore2.AsyncConnectionPool:
        return httpcore2.AsyncConnectionPool(
            ssl_context=self._tls,
            max_connections=CONNECTIONS,
            max_keepalive_connections=8,
            keepalive_expiry=5.0,
            network_backend=dialler,
        )

    def _way(self, where: Target, *, strict: bool) -> Dialler:
        if where.scheme == "https":
            return self._strict if strict else self._secure
        if strict:
            raise FetchRefused(str(where.url), "A redirect from a public address must lead to https://.")
        return self._plain

    async def _follow(self, where: Target, limit: int, headers: Mapping[str, str]) -> Fetched:
        strict = False
        for _ in range(MAX_REDIRECTS + 1):
            pool = self._pools[self._way(where, strict=strict)]
            answer = await exchange(pool, "GET", where, headers=headers, body=None, limit=limit)
            location = answer.headers.get("location")
            if answer.status not in REDIRECTS or location is None:
                return answer
            strict = strict or answer.public
            there = target(location, base=where.url)
            headers = headers if there.origin == where.origin else {}
            where = there
        raise FetchRefused(str(where.url), f"More than {MAX_REDIRECTS} redirects.")
