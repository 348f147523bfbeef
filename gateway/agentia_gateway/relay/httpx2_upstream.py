"""The port to agents on httpx2."""

from __future__ import annotations

from collections.abc import AsyncIterator, Generator, Mapping
from contextlib import contextmanager

import httpx2

from agentia_fabric.http.client import client
from agentia_gateway.relay.upstream import Broken, NotSent, Outgoing, Silent

CONNECT_SECONDS = 2.0
WRITE_SECONDS = 30.0
CONNECTIONS = 4096


class Httpx2Upstream:
    """``idle`` in seconds: the longest silence of an agent during a call."""

    def __init__(self, idle: float) -> None:
        self._client = client(read=idle, connections=CONNECTIONS)
        self._timeout = httpx2.Timeout(
            connect=CONNECT_SECONDS, read=idle, write=WRITE_SECONDS, pool=CONNECT_SECONDS
        )

    async def open(self, request: Outgoing) -> Httpx2Incoming:
        """Send, and wait for the head of the answer."""
        with _told():
            prepared = self._client.build_request(
                request.verb,
                request.url,
                headers=request.headers,
                content=request.body or None,
                timeout=self._timeout,
            )
            return Httpx2Incoming(await self._client.send(prepared, stream=True))

    async def aclose(self) -> None:
        """Close all connections."""
        await self._client.aclose()


class Httpx2Incoming:
    """An answer of httpx2."""

    def __init__(self, response: httpx2.Response) -> None:
        self._response = response

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self._response.status_code

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers; names are found in any case."""
        return self._response.headers

    async def chunks(self) -> AsyncIterator[bytes]:
        """The body as it arrives, decoded."""
        with _told():
            async for chunk in self._response.aiter_bytes():
                yield chunk

    async def aclose(self) -> None:
        """Let go of the connection."""
        await self._response.aclose()


@contextmanager
def _told() -> Generator[None]:
    try:
        yield
    except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout) as failure:
        raise NotSent(str(failure)) from failure
    except httpx2.TimeoutException as failure:
        raise Silent(str(failure)) from failure
    except (httpx2.TransportError, httpx2.DecodingError, httpx2.StreamError) as failure:
        raise Broken(str(failure)) from failure
    except httpx2.InvalidURL as failure:
        raise NotSent("The agent's address is no URL.") from failure
