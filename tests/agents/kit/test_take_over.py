"""Agents in processes of their own that are killed: their tasks are found, executed again, or failed."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx

from agentia_kit.tasks.reaper import PATIENCE as PATIENCE_OF_REAPER

V1 = {"A2A-Version": "1.0"}
PATIENCE = 30


async def send(http: httpx.AsyncClient, url: str, text: str) -> dict[str, Any]:
    body = {
        "message": {"messageId": text, "role": "ROLE_USER", "parts": [{"text": text}]},
        "configuration": {"returnImmediately": True},
    }
    return (await http.post(f"{url}message:send", json=body, headers=V1)).json()["task"]


async def ended(http: httpx.AsyncClient, url: str, task: str) -> dict[str, Any]:
    """The task once it is final, as whoever subscribes to it sees it."""
    async with (
        asyncio.timeout(PATIENCE),
        http.stream("GET", f"{url}tasks/{task}:subscribe", headers=V1, timeout=PATIENCE) as stream,
    ):
        async for _ in stream.aiter_lines():
            pass
    return (await http.get(f"{url}tasks/{task}", headers=V1)).json()


async def test_a_killed_agents_task_is_executed_again_and_what_it_had_made_is_replaced(
    start: Any, http: httpx.AsyncClient, tmp_path: Path
) -> None:
    async with start() as (url, process):
        task = await send(http, url, "work chunk:a hang-once chunk:b done")
        process.kill()
    async with start() as (url, _):
        found = await ended(http, url, task["id"])
    assert found["status"]["state"] == "TASK_STATE_COMPLETED"
    assert [[part["text"] for part in made["parts"]] for made in found["artifacts"]] == [["a", "b"]]
    assert found["metadata"]["urn:agentia:attempt"] == 2
    assert (tmp_path / "diary").read_text().split() == [task["id"]] * 2


async def test_an_agent_that_cannot_start_a_task_twice_fails_it_with_the_reason(
    start: Any, http: httpx.AsyncClient
) -> None:
    async with start(SCRIPTED_RESUMABLE="no") as (url, process):
        task = await send(http, url, "work hang-once done")
        process.kill()
    async with start(SCRIPTED_RESUMABLE="no") as (url, _):
        found = await ended(http, url, task["id"])
    assert found["status"]["state"] == "TASK_STATE_FAILED"
    assert "does not start a task twice" in found["status"]["message"]["parts"][0]["text"]


async def test_any_replica_streams_cancels_and_continues_the_tasks_of_another(
    start: Any, http: httpx.AsyncClient
) -> None:
    async with start() as (one, _), start() as (other, _):
        task = await send(http, one, "work hang-once done")
        following = asyncio.create_task(ended(http, other, task["id"]))
        canceled = await http.post(f"{other}tasks/{task['id']}:cancel", json={}, headers=V1)
        assert canceled.json()["status"]["state"] == "TASK_STATE_CANCELED"
        assert (await following)["status"]["state"] == "TASK_STATE_CANCELED"
        asked = await send(http, one, "ask")
        body = {
            "message": {
                "messageId": "m",
                "role": "ROLE_USER",
                "taskId": asked["id"],
                "parts": [{"text": "done"}],
            }
        }
        told = await http.post(f"{other}message:send", json=body, headers=V1)
        assert told.json()["task"]["status"]["state"] == "TASK_STATE_COMPLETED"


async def test_a_graceful_end_leaves_running_tasks_to_the_next_process_which_need_not_wait(
    start: Any, http: httpx.AsyncClient
) -> None:
    async with start(AGENTIA_DRAIN="0") as (url, process):
        task = await send(http, url, "work hang-once done")
        process.terminate()
        async with asyncio.timeout(PATIENCE):
            await process.wait()
    async with start() as (url, _), asyncio.timeout(PATIENCE_OF_REAPER / 2):
        assert (await ended(http, url, task["id"]))["status"]["state"] == "TASK_STATE_COMPLETED"
