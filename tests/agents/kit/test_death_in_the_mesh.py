"""An agent's process is killed while a caller of the gateway follows its task, and another one comes."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx
import orjson

from agentia_testing.registries import until
from agentia_testing.small_mesh import small_mesh

V1 = {"A2A-Version": "1.0"}
WORDS = "work chunk:a hang-once chunk:b done"
BODY = {"message": {"messageId": "m", "role": "ROLE_USER", "parts": [{"text": WORDS}]}}


async def test_the_caller_hears_of_the_death_and_the_task_reaches_a_final_state(
    start: Any, http: httpx.AsyncClient, tmp_path: Path
) -> None:
    async with small_mesh(tmp_path / "mesh") as mesh:
        agent = f"{mesh.url}agents/scripted/"
        seen: list[dict[str, Any]] = []
        async with start(AGENTIA_REGISTRY=mesh.registry.url) as (_, process), asyncio.timeout(60):
            await mesh.until_known("scripted")
            async with http.stream("POST", f"{agent}message:stream", json=BODY, headers=V1) as answer:
                async for line in answer.aiter_lines():
                    if line.startswith("data:"):
                        seen.append(orjson.loads(line[5:]))
                    if "artifactUpdate" in line:
                        process.kill()
        task = seen[0]["task"]["id"]
        assert "went away" in seen[-1]["error"]["message"]
        assert task in str(seen[-1])

        async def is_done() -> bool:
            found = (await http.get(f"{agent}tasks/{task}", headers=V1)).json()
            return found.get("status", {}).get("state") == "TASK_STATE_COMPLETED"

        async with start(AGENTIA_REGISTRY=mesh.registry.url):
            await until(is_done, seconds=30)
