"""Reading a body up to a limit: here, since the answer to a larger one has the protocol's shape."""

from __future__ import annotations

import asyncio

from starlette.requests import Request

from agentia_gateway.errors import BodyTooLarge

LINGER_SECONDS = 5.0
"""How long the rest of a refused body is read and dropped, so that its sender sees the answer, no reset."""
UNLIMITED = 1 << 62
"""For the host's own limit, which would answer in another shape."""


async def read_body(request: Request, limit: int) -> bytes:
    """The whole body.

    Raises:
        BodyTooLarge: it has more than ``limit`` bytes.
    """
    chunks: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(None) as patience:
            async for chunk in request.stream():
                size += len(chunk)
                if size <= limit:
                    chunks.append(chunk)
                elif patience.when() is None:
                    chunks.clear()
                    patience.reschedule(asyncio.get_running_loop().time() + LINGER_SECONDS)
    except TimeoutError:
        pass
    if size > limit:
        raise BodyTooLarge(f"The body is larger than the {limit} bytes that are taken here.")
    return b"".join(chunks)
