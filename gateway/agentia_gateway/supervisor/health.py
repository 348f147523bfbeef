"""Whether a service answers: ``GET /healthz``, spoken by hand since the supervisor imports no web stack."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

RETRY_SECONDS = 0.2


async def wait_until_healthy(url: str) -> None:
    """Return when the service at the base URL answers; the caller bounds the time.

    Its socket listens already, so a request made now is answered as soon as the service is there.
    """
    while not await _answers(url):  # noqa: ASYNC110 - nobody would set an event
        await asyncio.sleep(RETRY_SECONDS)


async def _answers(url: str) -> bool:
    parts = urlsplit(url)
    try:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    except OSError:
        return False
    try:
        request = f"GET /healthz HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n\r\n"
        writer.write(request.encode())
        status = await reader.readline()
        return status.startswith(b"HTTP/1.1 200")
    except (OSError, ValueError):
        return False
    finally:
        writer.close()
