"""One request and its whole answer, bounded in size and time, every failure told in our own words."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from typing import cast

import httpcore2
import httpx2

from agentia_fabric.errors import FetchError, FetchTimeout, FetchTooLarge, FetchUnreachable
from agentia_fabric.fetch.addresses import is_public
from agentia_fabric.fetch.target import Target

CONNECT_SECONDS = 5.0
"""Seconds for one address of a name to answer."""
USER_AGENT = "agentia-mesh"
LOWER = (
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpcore2.TimeoutException,
    httpcore2.UnsupportedProtocol,
    httpcore2.ProxyError,
    httpcore2.ConnectionNotAvailable,
)
"""Everything that the client below can raise."""
_Extensions = Mapping[str, httpcore2.AsyncNetworkStream]


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer, whatever its status. ``url`` is where it came from in the end."""

    url: str
    status: int
    headers: httpx2.Headers
    body: bytes
    public: bool
    """Whether the address that answered is a public one."""


async def exchange(
    pool: httpcore2.AsyncConnectionPool,
    method: str,
    where: Target,
    *,
    headers: Mapping[str, str],
    body: bytes | None,
    limit: int,
) -> Fetched:
    """Send one request; ``limit`` is in bytes of the answer's body."""
    sent = {
        **headers,
        "Host": where.url.netloc.decode("ascii"),
        "Accept-Encoding": "identity",
        "User-Agent": USER_AGENT,
    }
    async with pool.stream(
        method,
        httpcore2.URL(
            scheme=where.scheme.encode(), host=where.host.encode(), port=where.port, target=where.url.raw_path
        ),
        headers=[(name.encode(), value.encode()) for name, value in sent.items()],
        content=body,
        extensions={"timeout": {"connect": CONNECT_SECONDS}},
    ) as response:
        got = httpx2.Headers(response.headers)
        raw = await _body(response, got, str(where.url), limit)
        extensions = cast("_Extensions", response.extensions)  # pyright: ignore[reportUnknownMemberType]
        stream = extensions["network_stream"]
        public = is_public(ip_address(stream.get_extra_info("server_addr")[0]))
        return Fetched(str(where.url), response.status, got, raw, public)


async def _body(response: httpcore2.Response, headers: httpx2.Headers, url: str, limit: int) -> bytes:
    if headers.get("content-encoding", "identity").lower() != "identity":
        raise FetchUnreachable(url, f"{url} answers compressed, which was not asked for.")
    too_large = FetchTooLarge(url, f"{url} answers with more than {limit} bytes.")
    length = headers.get("content-length", "")
    if length.isdigit() and int(length) > limit:
        raise too_large
    body = bytearray()
    async for chunk in response.aiter_stream():
        body += chunk
        if len(body) > limit:
            raise too_large
    return bytes(body)


@asynccontextmanager
async def bounded(url: str, timeout: float) -> AsyncGenerator[None]:
    """Give what happens within ``timeout`` seconds; every failure names ``url``."""
    try:
        async with asyncio.timeout(timeout):
            yield
    except FetchError as error:
        error.url = url
        raise
    except TimeoutError:
        raise FetchTimeout(url, f"{url} did not give its whole answer in {timeout:g} s.") from None
    except LOWER as error:
        reason = str(error) or type(error).__name__
        raise FetchUnreachable(url, f"{url} cannot be reached: {reason}.") from error
