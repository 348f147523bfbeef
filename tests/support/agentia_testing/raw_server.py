"""An HTTP server that answers just what a test says, byte for byte, and remembers what it was asked."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

LENGTH = re.compile(rb"(?i)\r\ncontent-length: *([0-9]+)")


@dataclass
class RawServer:
    """``requests`` holds heads and bodies; ``names`` the server names that TLS clients asked for."""

    port: int
    requests: list[bytes] = field(default_factory=list[bytes])
    names: list[str | None] = field(default_factory=list[str | None])


Respond = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]


def fixed(status: str, body: bytes = b"", *headers: str) -> Respond:
    """Always the same answer."""

    async def respond(_: bytes, writer: asyncio.StreamWriter) -> None:
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
        writer.write("\r\n".join(lines).encode() + body)

    return respond


@asynccontextmanager
async def raw_server(respond: Respond, tls: ssl.SSLContext | None = None) -> AsyncGenerator[RawServer]:
    """Serve on a free port of loopback; one request per connection."""
    known = RawServer(0)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            length = LENGTH.search(head)
            known.requests.append(head + await reader.readexactly(int(length[1]) if length else 0))
            await respond(head, writer)
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    if tls is not None:
        tls.sni_callback = lambda _, name, __: known.names.append(name)
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    known.port = server.sockets[0].getsockname()[1]
    try:
        yield known
    finally:
        server.close()
