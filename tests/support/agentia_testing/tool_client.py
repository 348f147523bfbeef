"""A real MCP client of a tool server that is served on loopback, with the contract's idea of an answer."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from mcp import Client
from mcp_types import CallToolResult, TextContent

from agentia_fabric.toolserver.app import tool_service
from agentia_fabric.toolserver.server import ToolServer
from agentia_testing.serving import serving

REFUSAL = re.compile(r"\[(?P<code>[a-z_]+)\] (?P<sentence>[^\n]+[.!?])")


class ToolClient:
    """Calls tools; says at once when an answer is of the other kind than the test expects."""

    def __init__(self, client: Client, url: str) -> None:
        self.client = client
        self.url = url

    async def answer(self, tool: str, **arguments: Any) -> dict[str, Any]:
        """The structured content of a call that succeeds."""
        result = await self._call(tool, arguments)
        assert not result.is_error, result.content
        assert isinstance(result.structured_content, dict)
        return result.structured_content

    async def refusal(self, tool: str, **arguments: Any) -> tuple[str, str]:
        """Code and sentence of a call that fails: one sentence, begun by its code in brackets."""
        result = await self._call(tool, arguments)
        assert result.is_error, result.structured_content
        (content,) = result.content
        assert isinstance(content, TextContent)
        found = REFUSAL.fullmatch(content.text)
        assert found, content.text
        return found["code"], found["sentence"]

    async def _call(self, tool: str, arguments: dict[str, Any]) -> CallToolResult:
        result = await self.client.call_tool(tool, arguments)
        assert isinstance(result, CallToolResult)
        return result


@asynccontextmanager
async def tool_client(server: ToolServer) -> AsyncGenerator[ToolClient]:
    """A client of this server until the block ends."""
    async with (
        serving(lambda _: tool_service(server), name=server.name) as place,
        Client(f"{place.url}mcp") as client,
    ):
        yield ToolClient(client, place.url)
