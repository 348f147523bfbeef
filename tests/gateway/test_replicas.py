"""Replicas that are dead, silent or slow."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx2

from agentia_testing.plain_agent import PlainAgent, card_of
from agentia_testing.raw_server import raw_server
from agentia_testing.running_mesh import free_port
from agentia_testing.small_mesh import SmallMesh, message, small_mesh


async def test_a_replica_that_is_gone_is_passed_over(mesh: SmallMesh, agent: PlainAgent) -> None:
    dead = f"http://127.0.0.1:{free_port()}/"
    await mesh.add("twofold", agent.card | {"name": "twofold"}, dead, agent.url)
    for _ in range(4):
        answer = await mesh.rpc("SendMessage", message("work done"), "agents/twofold/")
        assert answer["result"]["task"]["status"]["state"] == "TASK_STATE_COMPLETED"


async def test_an_agent_without_a_living_replica_is_said_so(mesh: SmallMesh) -> None:
    dead = f"http://127.0.0.1:{free_port()}/"
    await mesh.add("dead", card_of("dead", dead), dead)
    answer = await mesh.rpc("SendMessage", message("hi"), "agents/dead/")
    assert answer["error"]["code"] == -32603
    assert dead not in str(answer)
    answer = await mesh.http.post(
        f"{mesh.url}agents/dead/message:send", json=message("hi"), headers={"A2A-Version": "1.0"}
    )
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")


async def test_a_silent_agent_is_given_up_after_the_idle_time(tmp_path: Path) -> None:
    async def hang(_: bytes, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(30)

    async with small_mesh(tmp_path, idle=0.3) as mesh, raw_server(hang) as silent:
        url = f"http://127.0.0.1:{silent.port}/"
        await mesh.add("silent", card_of("silent", url), url)
        answer = await mesh.rpc("SendMessage", message("hi"), "agents/silent/")
        assert "said nothing for too long" in answer["error"]["message"]


async def test_a_caller_that_leaves_a_stream_frees_its_connection(mesh: SmallMesh) -> None:
    closed = asyncio.Event()

    async def stream(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n: here\n\n")
        try:
            async with asyncio.timeout(10):
                while not writer.transport.is_closing():
                    writer.write(b": ping\n\n")
                    await writer.drain()
                    await asyncio.sleep(0.02)
        finally:
            closed.set()

    async with raw_server(stream) as server:
        url = f"http://127.0.0.1:{server.port}/"
        await mesh.add("endless", card_of("endless", url), url)
        async with httpx2.AsyncClient(timeout=10) as http:
            body = message("hi")
            where = f"{mesh.url}agents/endless/message:stream"
            async with http.stream("POST", where, json=body, headers={"A2A-Version": "1.0"}) as answer:
                await anext(answer.aiter_bytes())
        await asyncio.wait_for(closed.wait(), 5)
