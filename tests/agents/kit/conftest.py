"""A scripted agent served by the kit, in this process or one of its own, and the SDK's client for it."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from a2a.client import Client, ClientConfig, create_client
from a2a.server.agent_execution import AgentExecutor

from agentia_kit import service_of
from agentia_testing.scripted_agent import CARD, Scripted
from agentia_testing.serving import serving

Serve = Callable[..., AbstractAsyncContextManager[str]]
Start = Callable[..., AbstractAsyncContextManager[tuple[str, Process]]]
SUPPORT = Path(__file__).parents[2] / "support"
START_SECONDS = 30


@pytest.fixture
def serve_agent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Serve:
    """Serve an executor on a task log of this test; yields the URL."""
    monkeypatch.setenv("AGENTIA_DATA", str(tmp_path))
    monkeypatch.delenv("AGENTIA_SECRET", raising=False)

    @asynccontextmanager
    async def serve(executor: AgentExecutor, card: Any = CARD, **options: Any) -> AsyncGenerator[str]:
        options.setdefault("log", tmp_path / "tasks.db")
        factory = partial(service_of, agent=executor, card=card, **options)
        async with serving(factory, name="scripted") as place:
            yield place.url

    return serve


@pytest.fixture
def scripted() -> Scripted:
    return Scripted()


@pytest.fixture
async def url(serve_agent: Serve, scripted: Scripted) -> AsyncGenerator[str]:
    async with serve_agent(scripted) as address:
        yield address


@pytest.fixture(params=["JSONRPC", "HTTP+JSON"])
def binding(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def http() -> AsyncGenerator[httpx.AsyncClient]:
    async with httpx.AsyncClient(timeout=20) as client:
        yield client


@pytest.fixture
async def client(url: str, binding: str, http: httpx.AsyncClient) -> Client:
    """The stock client of the SDK, which streams when it can."""
    config = ClientConfig(
        httpx_client=http, supported_protocol_bindings=[binding], use_client_preference=True
    )
    return await create_client(url, config)


@pytest.fixture
async def unary(url: str, binding: str, http: httpx.AsyncClient) -> Client:
    """The same without streams."""
    config = ClientConfig(
        streaming=False, httpx_client=http, supported_protocol_bindings=[binding], use_client_preference=True
    )
    return await create_client(url, config)


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """Start the scripted agent in a process; yields its URL and the process."""

    @asynccontextmanager
    async def run(**environment: str) -> AsyncGenerator[tuple[str, Process]]:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "agentia_fabric.host"),
            *("scripted=agentia_testing.scripted_service:service", "--listen", "scripted=127.0.0.1:0"),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(SUPPORT), "AGENTIA_DATA": str(tmp_path), **environment},
        )
        assert process.stdout is not None
        try:
            async with asyncio.timeout(START_SECONDS):
                line = await process.stdout.readline()
            yield line.decode().split()[1], process
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()

    return run
