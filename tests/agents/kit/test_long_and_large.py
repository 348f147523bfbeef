"""Streams that are silent for long, and texts that are large."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from sse_starlette.sse import EventSourceResponse

from agentia_testing.scripted_agent import Scripted

V1 = {"A2A-Version": "1.0"}


def body(text: str) -> dict[str, Any]:
    return {"message": {"messageId": text[:20], "role": "ROLE_USER", "parts": [{"text": text}]}}


@pytest.mark.parametrize("version", ["1.0", "0.3"])
async def test_a_silent_stream_is_kept_alive_by_comments_that_are_no_events(
    serve_agent: Any, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    monkeypatch.setattr(EventSourceResponse, "DEFAULT_PING_INTERVAL", 0.05)
    scripted, lines = Scripted(), list[str]()
    said = body("work hang done") if version == "1.0" else BODY_0_3
    path = "message:stream" if version == "1.0" else "v1/message:stream"
    async with (
        serve_agent(scripted) as url,
        asyncio.timeout(10),
        http.stream("POST", f"{url}{path}", json=said, headers={"A2A-Version": version}) as answer,
    ):
        async for line in answer.aiter_lines():
            lines.append(line)
            if sum(line.startswith(": ping") for line in lines) == 3:
                scripted.release.set()
    assert [line for line in lines if line.startswith("id:")] == ["id: 1", "id: 2", "id: 3"]
    assert sum(line.startswith("data:") for line in lines) == 3


BODY_0_3 = {
    "message": {"messageId": "m", "role": "ROLE_USER", "content": [{"text": "work hang done"}]},
}


async def test_ten_megabytes_of_text_are_taken_and_kept(serve_agent: Any, http: httpx.AsyncClient) -> None:
    text = "work chunk:a done " + "x" * 10_000_000
    async with serve_agent(Scripted()) as url:
        sent = (await http.post(f"{url}message:send", json=body(text), headers=V1)).json()["task"]
        found = (await http.get(f"{url}tasks/{sent['id']}", headers=V1)).json()
    assert found["status"]["state"] == "TASK_STATE_COMPLETED"
    assert found["history"][0]["parts"][0]["text"] == text
