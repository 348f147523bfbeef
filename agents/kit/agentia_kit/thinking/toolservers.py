"""Connections to MCP servers, one set for each run.

A connection object of openai-agents makes its calls one after another, so runs do not share any.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from http import HTTPStatus
from typing import Any

import httpx2
from agents.mcp import MCPServer, MCPServerStreamableHttp

from agentia_fabric.http.client import tls
from agentia_fabric.telemetry.trace import outgoing_headers
from agentia_kit.reasons import root_cause

CONNECT_SECONDS = 5.0
CALL_SECONDS = 60.0
"""A tool may take that long; the SDK's default of 5 s is too short for a query."""


class ToolServerDown(Exception):  # noqa: N818 - named for what happened
    """A tool server cannot be reached or does not answer; the sentence names it."""


@asynccontextmanager
async def connected(
    servers: Mapping[str, str], denied: Callable[[], None]
) -> AsyncGenerator[list[MCPServer]]:
    """Connections to all servers (name → URL); `denied` is called when one of them asks for authorisation.

    Raises:
        ToolServerDown: one of them cannot be reached.
    """
    async with AsyncExitStack() as stack:
        yield [await _connected(stack, name, url, denied) for name, url in servers.items()]


async def _connected(stack: AsyncExitStack, name: str, url: str, denied: Callable[[], None]) -> MCPServer:
    server = MCPServerStreamableHttp(
        {
            "url": url,
            "timeout": CONNECT_SECONDS,
            "sse_read_timeout": CALL_SECONDS,
            "httpx_client_factory": _factory(denied),
        },
        name=name,
        cache_tools_list=True,
        client_session_timeout_seconds=CALL_SECONDS,
        use_structured_content=True,
        # A tool's own error is an answer for the model; a failed connection is not, and ends the run.
        failure_error_function=None,
    )
    try:
        return await stack.enter_async_context(server)
    except Exception as error:
        raise ToolServerDown(
            f"The tool server {name!r} at {url} does not answer: {root_cause(error)}"
        ) from error


async def _continue_trace(request: httpx2.Request) -> None:
    request.headers.update(outgoing_headers())


def _factory(denied: Callable[[], None]) -> Any:
    """Clients that notice a 401, whose status the SDK loses on the way up."""

    async def notice(response: httpx2.Response) -> None:
        if response.status_code == HTTPStatus.UNAUTHORIZED:
            denied()

    def client(
        headers: dict[str, str] | None = None,
        timeout: httpx2.Timeout | None = None,
        auth: httpx2.Auth | None = None,
    ) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(
            headers=headers,
            timeout=timeout or httpx2.Timeout(CONNECT_SECONDS, read=CALL_SECONDS),
            auth=auth,
            verify=tls(),
            trust_env=False,
            event_hooks={"request": [_continue_trace], "response": [notice]},
        )

    return client
