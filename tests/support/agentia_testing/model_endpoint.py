"""A small OpenAI-compatible endpoint: Chat Completions and Responses, streaming, with tool calls and faults.

It is no model: it calls the first tool it is offered once, with no arguments, and then answers with the
tool's result between angle brackets. A user text whose first word begins with `fault:` makes it misbehave:
`fault:refuse` (401), `fault:limit` (429), `fault:hang` (never answers), `fault:break` (ends in mid-stream);
after any other word it only says hello.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from agentia_fabric.hosting import Place, Service

Json = dict[str, Any]
FAULTS = {"refuse": 401, "limit": 429}


def service(_: Place) -> Service:
    """`/v1/chat/completions` and `/v1/responses` under the place."""
    routes = [
        Route("/v1/chat/completions", chat, methods=["POST"]),
        Route("/v1/responses", responses, methods=["POST"]),
    ]
    return Service(Starlette(routes=routes))


async def chat(request: Request) -> Response:
    """Chat Completions, always streamed."""
    body = await request.json()
    messages = body["messages"]
    results = [message["content"] for message in messages if message["role"] == "tool"]
    return await _answer(body, _words(messages), results, _chat_events)


async def responses(request: Request) -> Response:
    """Responses, always streamed."""
    body = await request.json()
    items = body["input"]
    results = [item["output"] for item in items if item.get("type") == "function_call_output"]
    return await _answer(
        body, _words([i for i in items if i.get("role") == "user"]), results, _response_events
    )


async def _answer(body: Json, asked: str, results: list[Any], events: Any) -> Response:
    first = (asked.split() or [""])[0]
    fault = first.removeprefix("fault:") if first.startswith("fault:") else ""
    if status := FAULTS.get(fault):
        return JSONResponse({"error": {"message": fault, "type": fault}}, status)
    if fault == "hang":
        await asyncio.sleep(3600)
    tools = [tool.get("function", tool)["name"] for tool in body.get("tools", [])]
    step = None if results or not tools or fault else tools[0]
    text = f"<{_flat(results[-1])}>" if results else "hello there"
    return StreamingResponse(
        _written(events(step, text), broken=fault == "break"), media_type="text/event-stream"
    )


async def _written(events: list[tuple[str, Json]], *, broken: bool) -> AsyncGenerator[bytes]:
    for number, (name, event) in enumerate(events):
        if broken and number == 2:
            raise ConnectionResetError("as asked")
        head = f"event: {name}\n" if name else ""
        yield f"{head}data: {json.dumps(event)}\n\n".encode()
    yield b"data: [DONE]\n\n"


def _chat_events(tool: str | None, text: str) -> list[tuple[str, Json]]:
    def chunk(delta: Json, finish: str | None = None) -> tuple[str, Json]:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return "", {
            "id": "c",
            "object": "chat.completion.chunk",
            "created": 0,
            "model": "small",
            "choices": [choice],
        }

    if tool:
        call = {"index": 0, "id": "call_1", "type": "function", "function": {"name": tool, "arguments": "{}"}}
        return [chunk({"role": "assistant", "tool_calls": [call]}), chunk({}, "tool_calls")]
    return [
        chunk({"role": "assistant"}),
        *(chunk({"content": piece}) for piece in _pieces(text)),
        chunk({}, "stop"),
    ]


def _response_events(tool: str | None, text: str) -> list[tuple[str, Json]]:
    if tool:
        item: Json = {
            "id": "fc_1",
            "type": "function_call",
            "call_id": "call_1",
            "name": tool,
            "arguments": "{}",
            "status": "completed",
        }
        deltas: list[Json] = []
    else:
        content = [{"type": "output_text", "text": text, "annotations": []}]
        item = {
            "id": "m_1",
            "type": "message",
            "role": "assistant",
            "status": "completed",
            "content": content,
        }
        deltas = [
            {
                "type": "response.output_text.delta",
                "item_id": "m_1",
                "content_index": 0,
                "delta": p,
                "logprobs": [],
            }
            for p in _pieces(text)
        ]
    events = [
        {"type": "response.created", "response": _response([], "in_progress")},
        {"type": "response.output_item.added", "item": item},
        *deltas,
        {"type": "response.output_item.done", "item": item},
        {"type": "response.completed", "response": _response([item], "completed")},
    ]
    numbered = [{"sequence_number": n, "output_index": 0} | event for n, event in enumerate(events)]
    return [(str(event["type"]), event) for event in numbered]


def _response(output: list[Json], status: str) -> Json:
    return {
        "id": "r",
        "object": "response",
        "created_at": 0,
        "model": "small",
        "output": output,
        "status": status,
        "parallel_tool_calls": True,
        "tool_choice": "auto",
        "tools": [],
    }


def _pieces(text: str) -> list[str]:
    half = len(text) // 2
    return [text[:half], text[half:]]


def _words(messages: list[Json]) -> str:
    users = [message["content"] for message in messages if message["role"] == "user"]
    return _flat(users[-1]) if users else ""


def _flat(content: Any) -> str:
    return content if isinstance(content, str) else "".join(part.get("text", "") for part in content)
