"""Reads a conversation in the form of the Responses API into a :class:`Turn`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from agentia_kit.attached import split
from agentia_kit.rule.book import Fault, Result, Said, ToolAtHand, Turn

_FAULT = re.compile(r"^(?:Error executing tool [\w-]+: )?\[(?P<code>[a-z_]+)\] (?P<text>.+)", re.DOTALL)

Item = Mapping[str, Any]


def turn_of(conversation: str | Sequence[Any], tools: Iterable[ToolAtHand]) -> Turn:
    """The turn that a conversation asks for: everything since the last user message is this turn's work."""
    items = _items(conversation)
    start = max((at for at, item in enumerate(items) if item.get("role") == "user"), default=-1)
    said = _texts(items[start].get("content")) if start >= 0 else []
    named = [split(text) for text in said]
    texts = [text for _, text in named]
    return Turn(
        question=texts[0] if texts else "",
        material=tuple(texts[1:]),
        results=tuple(_results(items[start + 1 :])),
        tools=tuple(tools),
        history=tuple(_history(items[: max(start, 0)])),
        files={name: text for name, text in named if name},
    )


def _items(conversation: str | Sequence[Any]) -> list[Item]:
    if isinstance(conversation, str):
        return [{"role": "user", "content": conversation}]
    return [cast("Item", item) for item in conversation]


def _texts(content: Any) -> list[str]:
    if isinstance(content, str):
        return [content]
    parts = cast("Iterable[Item]", content or ())
    return [str(part["text"]) for part in parts if isinstance(part.get("text"), str)]


def _history(items: Iterable[Item]) -> Iterable[Said]:
    for item in items:
        if item.get("role") in ("user", "assistant"):
            text = "\n".join(_texts(item.get("content")))
            yield Said("user" if item["role"] == "user" else "agent", text)


def _results(items: Sequence[Item]) -> Iterable[Result]:
    calls = {item["call_id"]: item for item in items if item.get("type") == "function_call"}
    for item in items:
        call = calls.get(item.get("call_id", "")) if item.get("type") == "function_call_output" else None
        if call is not None:
            yield _result(call, item.get("output"))


def _result(call: Item, output: Any) -> Result:
    text = "\n".join(_texts(output))
    arguments = cast("dict[str, Any]", json.loads(call["arguments"] or "{}"))
    if fault := _FAULT.match(text):
        return Result(call["name"], arguments, None, Fault(fault["code"], fault["text"]))
    try:
        value = json.loads(text)
    except ValueError:
        value = text
    return Result(call["name"], arguments, value)
