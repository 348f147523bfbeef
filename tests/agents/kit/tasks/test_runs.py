"""Executions in one process and in two that share a log."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx

from agentia_testing.scripted_agent import Scripted

V1 = {"A2A-Version": "1.0"}


async def send(http: httpx.AsyncClient, url: str, text: str) -> httpx.Response:
    message = {"messageId": text, "role": "ROLE_USER", "parts": [{"text": text}]}
    body = {"message": message, "configuration": {"returnImmediately": True}}
    return await http.post(f"{url}message:send", json=body, headers=V1)


async def test_a_canceled_task_stops_in_the_process_that_runs_it(
    serve_agent: Any, http: httpx.AsyncClient
) -> None:
    one, other = Scripted(), Scripted()
    async with serve_agent(one) as here, serve_agent(other) as there:
        task = (await send(http, here, "work hang")).json()["task"]["id"]
        await http.post(f"{there}tasks/{task}:cancel", json={}, headers=V1)
        async with asyncio.timeout(10):
            await one.let_go.wait()
        found = (await http.get(f"{here}tasks/{task}", headers=V1)).json()
    assert found["status"]["state"] == "TASK_STATE_CANCELED"


async def test_the_number_of_executions_is_bounded_and_the_refusal_clear(
    serve_agent: Any, http: httpx.AsyncClient, monkeypatch: Any
) -> None:
    monkeypatch.setattr("agentia_kit.tasks.runs.Runs.full", property(lambda runs: len(runs.tasks) >= 2))
    scripted = Scripted()
    async with serve_agent(scripted) as url:
        for name in ("work hang done", "work  hang done"):
            assert (await send(http, url, name)).status_code == 200
        refused = await send(http, url, "work   hang done")
        assert "as many tasks as it can" in refused.json()["error"]["message"]
        scripted.release.set()


async def test_parked_tasks_are_not_kept_in_memory(serve_agent: Any, http: httpx.AsyncClient) -> None:
    import gc

    from agentia_kit.tasks.run import Run

    def kept() -> int:
        gc.collect()
        return sum(isinstance(each, Run) for each in gc.get_objects())

    before = kept()  # what other tests of this process may have left
    scripted = Scripted()
    async with serve_agent(scripted) as url:
        for number in range(20):
            await send(http, url, f"ask {number}")
        scripted.seen.clear()
        # The frames of the last connections may still be ending.
        async with asyncio.timeout(10):
            while kept() > before + 1:  # noqa: ASYNC110 - nothing tells us
                await asyncio.sleep(0.02)
