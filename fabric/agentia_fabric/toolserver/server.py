"""An MCP server whose every failure is one sentence behind a code, and whose every result is structured."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import orjson
from mcp.server import MCPServer
from mcp.server.mcpserver.context import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import CallToolResult, InputRequiredResult, TextContent
from pydantic import ValidationError

from agentia_fabric.toolserver.errors import BadArguments, Busy, Internal, ToolFault, UnknownTool

RUNNING = 24
"""Calls that may run or wait at once; one more is answered with `[busy]`."""

log = logging.getLogger(__name__)


class ToolServer(MCPServer[Any]):
    """`MCPServer`, but for how a call ends.

    A `ToolFault` reaches the caller as its own text (the SDK puts words of its own in front of an
    error, the contract wants the code there); arguments that do not fit are named without the SDK's
    pages of explanation; a defect is logged and answered with `[internal]`. The text beside a
    structured result is compact JSON, since models are billed for it.
    """

    _running = 0

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        """Run a tool; a failure is a result with `is_error`, never an exception."""
        if self._running >= RUNNING:
            return failure(Busy(f"{RUNNING} calls are running already: try again in a moment."))
        self._running += 1
        try:
            return _compact(await super().call_tool(name, arguments, context))
        except ToolError as error:
            return failure(await self._fault(name, error))
        finally:
            self._running -= 1

    async def _fault(self, name: str, error: ToolError) -> ToolFault:
        cause = error.__cause__
        if isinstance(cause, ToolFault):
            return cause
        if isinstance(cause, ValidationError):
            return BadArguments(f"{name}: {_what_does_not_fit(cause)}.")
        if cause is None:
            known = ", ".join(sorted(tool.name for tool in await self.list_tools()))
            return UnknownTool(f"There is no tool {name!r} here: there are {known}.")
        log.error("tool %s failed", name, exc_info=cause)
        return Internal(f"{name} failed inside the tool server: its log says why.")


def failure(fault: ToolFault) -> CallToolResult:
    """The tool error that a fault becomes."""
    return CallToolResult(content=[TextContent(type="text", text=str(fault))], is_error=True)


def _compact(result: CallToolResult | InputRequiredResult) -> CallToolResult | InputRequiredResult:
    content: Any = getattr(result, "structured_content", None)
    if not isinstance(result, CallToolResult) or not isinstance(content, Mapping):
        return result
    text = orjson.dumps(content).decode()
    return result.model_copy(update={"content": [TextContent(type="text", text=text)]})


def _what_does_not_fit(error: ValidationError) -> str:
    findings = (
        f"{'.'.join(str(part) for part in found['loc']) or 'arguments'}: {found['msg'].rstrip('.').lower()}"
        for found in error.errors(include_url=False, include_input=False)
    )
    return "; ".join(findings)
