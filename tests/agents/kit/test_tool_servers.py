"""Tool servers that work, that ask for authorisation, and that go away."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import Any

import httpx
from a2a.client import ClientConfig, create_client
from a2a.types.a2a_pb2 import SendMessageRequest, StreamResponse, TaskState, TaskStatus
from agents import Agent
from agents.testing import ScriptedModel
from agents.testing.model import assistant_message, function_call
from mcp.server import MCPServer
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from agentia_fabric.hosting import Place, Service
from agentia_kit import Card
from agentia_testing.scripted_agent import user
from agentia_testing.serving import serving


def adder(_: Place) -> Service:
    """An MCP server with one tool."""
    server = MCPServer("adder")

    @server.tool()
    def add(a: int, b: int) -> dict[str, int]:
        """Adds."""
        return {"sum": a + b}

    return Service(server.streamable_http_app(stateless_http=True))


def guarded(_: Place) -> Service:
    """A server that answers 401 to everything."""

    async def refuse(_: Request) -> Response:
        return Response(status_code=401, headers={"WWW-Authenticate": "Bearer"})

    return Service(Starlette(routes=[Route("/mcp", refuse, methods=["GET", "POST", "DELETE"])]))


def calling() -> Agent[Any]:
    def answer(call: Any) -> Any:
        return [assistant_message(str(call.input[-1]["output"]))]

    return Agent(
        "adding",
        model=ScriptedModel([[function_call("add", {"a": 2, "b": 3}, call_id="c1")], {"responder": answer}]),
    )


async def send(http: httpx.AsyncClient, url: str) -> list[StreamResponse]:
    client = await create_client(url, ClientConfig(httpx_client=http))
    async with asyncio.timeout(20):
        return [event async for event in client.send_message(SendMessageRequest(message=user("add")))]


def final(events: list[StreamResponse]) -> TaskStatus:
    return events[-1].status_update.status


async def test_a_run_calls_the_tools_of_a_server_and_gets_structured_results(
    serve_agent: Any, http: httpx.AsyncClient
) -> None:
    seen: list[Any] = []

    def artifacts_of(tool: str, result: Any) -> list[Any]:
        seen.append((tool, result))
        return []

    async with serving(adder) as server:
        tools = {"adder": f"{server.url}mcp"}
        async with serve_agent(
            calling(), Card("adding", "Adds."), tools=tools, artifacts_of=artifacts_of
        ) as url:
            events = await send(http, url)
    assert final(events).state == TaskState.TASK_STATE_COMPLETED
    assert seen == [("add", {"sum": 5})]


async def test_a_server_that_asks_for_authorisation_parks_the_task(
    serve_agent: Any, http: httpx.AsyncClient
) -> None:
    async with serving(guarded) as server:
        tools = {"vault": f"{server.url}mcp"}
        async with serve_agent(calling(), Card("adding", "Adds."), tools=tools) as url:
            status = final(await send(http, url))
    assert status.state == TaskState.TASK_STATE_AUTH_REQUIRED
    assert "authorisation" in status.message.parts[0].text


async def test_a_server_that_goes_away_fails_the_task_and_is_named(
    serve_agent: Any, http: httpx.AsyncClient
) -> None:
    asked, gone = asyncio.Event(), asyncio.Event()

    async def wait_and_call(_: Any) -> Any:
        asked.set()
        await gone.wait()
        return [function_call("add", {"a": 2, "b": 3}, call_id="c1")]

    agent = Agent[Any]("adding", model=ScriptedModel([{"responder": wait_and_call}]))
    async with AsyncExitStack() as stack:
        server = AsyncExitStack()
        place = await server.enter_async_context(serving(adder, drain=0))
        tools = {"adder": f"{place.url}mcp"}
        url = await stack.enter_async_context(serve_agent(agent, Card("adding", "Adds."), tools=tools))
        running = asyncio.create_task(send(http, url))
        async with asyncio.timeout(10):
            await asked.wait()
        await server.aclose()
        gone.set()
        status = final(await running)
    assert status.state == TaskState.TASK_STATE_FAILED
    assert status.message.parts[0].text.startswith("The tool 'add' of the server 'adder' failed")
