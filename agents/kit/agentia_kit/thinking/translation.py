"""What a run streams, as it becomes status and artifacts of the task."""

from __future__ import annotations

import json
from typing import Any

from agents.items import HandoffCallItem, ToolCallItem, ToolCallOutputItem
from agents.stream_events import RunItemStreamEvent, StreamEvent

from agentia_kit.made import ArtifactsOf
from agentia_kit.thinking.task import Task

_SHOWN = 200
"""Characters of a call's arguments that are shown."""


class Translation:
    """Takes the events of one run, in order."""

    def __init__(self, task: Task, artifacts_of: ArtifactsOf | None) -> None:
        self._task = task
        self._artifacts_of = artifacts_of
        self._tools: dict[str, str] = {}
        self._text: str | None = None

    async def take(self, event: StreamEvent) -> None:
        """One event of `RunResultStreaming.stream_events()`."""
        if event.type == "raw_response_event":
            if event.data.type == "response.output_text.delta":
                await self._delta(event.data.item_id, event.data.delta)
        elif event.type == "run_item_stream_event":
            await self._item(event)

    async def _delta(self, item: str, piece: str) -> None:
        if item != self._text:
            self._text = item
            await self._task.begin_answer()
        await self._task.write(piece)

    async def _item(self, event: RunItemStreamEvent) -> None:
        match event.item:
            case ToolCallItem() as call:
                self._tools[call.call_id or ""] = call.tool_name or "a tool"
                await self._task.status(f"Calling {call.tool_name}{_arguments(call.raw_item)}")
            case ToolCallOutputItem() as output:
                await self._output(self._tools.get(output.call_id or "", ""), output.output)
            case HandoffCallItem() as handoff:
                await self._task.status(f"Handing over: {getattr(handoff.raw_item, 'name', '')}")
            case _:
                pass

    async def _output(self, tool: str, output: Any) -> None:
        if self._artifacts_of is not None:
            for made in self._artifacts_of(tool, structured(output)):
                await self._task.artifact(made)


def structured(output: Any) -> Any:
    """A tool's result as it was before it was put in text for the model."""
    if isinstance(output, dict) and output.get("type") == "text":  # pyright: ignore[reportUnknownMemberType]
        output = output.get("text")  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]
    if isinstance(output, str):
        try:
            return json.loads(output)
        except ValueError:
            return output
    return output  # pyright: ignore[reportUnknownVariableType]


def _arguments(call: Any) -> str:
    raw = getattr(call, "arguments", None)
    if not isinstance(raw, str) or raw in ("", "{}"):
        return ""
    return f" with {raw if len(raw) <= _SHOWN else raw[: _SHOWN - 1] + '…'}"
