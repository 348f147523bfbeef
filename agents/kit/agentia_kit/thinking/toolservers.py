"""Connections to MCP servers, one set for each run.

A connection object of openai-agents makes its calls one after another, so runs do not share any.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from http import HTTPStatus
from typing import Any

import httpx2
from agents import RunContextWrapper, UserError
from agents.mcp import MCPServer, MCPServerStreamableHttp
from mcp import MCPError
from mcp.types import INVALID_PARAMS

from agentia_fabric.http.client import tls
from agentia_fabric.telemetry.trace import outgoing_headers
from agentia_kit.reasons import one_line, root_cause

CONNECT_SECONDS = 5.0
CALL_SECONDS = 60.0
"""A tool may take that long; the SDK's default of 5 s is too short for a query."""


class ToolServerDown(Exception):  # noqa: N818 - named for what happened
    """A tool server cannot be reached or does not answer; the sentence names it."""


class _Server(MCPServerStreamableHttp):
    """A connection whose failures name the tool and the server."""

    async def call_tool(
        self, tool_name: str, arguments: dict[str, Any] | None, meta: dict[str, Any] | None = None
    ) -> Any:
        """Call, or raise ``ToolServerDown``; what the server itself refuses is left as it is."""
        try:
            return await super().call_tool(tool_name, arguments, meta)
        except Exception as error:
            if isinstance(error, UserError) or (
                isinstance(error, MCPError) and error.error.code == INVALID_PARAMS
            ):
                raise
            raise ToolServerDown(
                f"The tool {tool_name!r} of the server {self.name!r} failed: {root_cause(error)}"
            ) from error


def _told(_: RunContextWrapper[Any], error: Exception) -> str:
    """A call that does not fit is told to the model; a server that is down ends the run."""
    if down := down_in(error):
        raise down
    return one_line(error)


def down_in(error: BaseException | None) -> ToolServerDown | None:
    """The failed tool server behind an error, if that is what it comes from."""
    while error is not None and not isinstance(error, ToolServerDown):
        error = error.__cause__ or error.__context__
    return error


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


async def called(name: str, url: str, tool: str, **arguments: Any) -> Any:
    """The structured result of one call, outside of any run.

    Raises:
        ToolServerDown: the server does not answer, or the tool refuses.
    """
    async with connected({name: url}, lambda: None) as (server,):
        result = await server.call_tool(tool, arguments)
    if result.is_error or result.structured_content is None:
        raise ToolServerDown(f"The tool {tool!r} of the server {name!r} has no result")
    return result.structured_content


async def _connected(stack: AsyncExitStack, name: str, url: str, denied: Callable[[], None]) -> MCPServer:
    server = _Server(
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
        failure_error_function=_told,
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
