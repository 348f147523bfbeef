"""A whole mesh in the test's process, every member on a socket of its own: the planner needs all of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path

import httpx
import pytest

import agentia_analyst.app
import agentia_documents.app
import agentia_gateway.app
import agentia_librarian.app
import agentia_planner.app
import agentia_registry.app
import agentia_tables.app
import agentia_writer.app
from agentia_fabric.hosting import ServiceFactory
from agentia_testing.asking import Asker
from agentia_testing.serving import serving

ServeMesh = Callable[..., AbstractAsyncContextManager[Asker]]
OURS: dict[str, ServiceFactory] = {
    "analyst": agentia_analyst.app.service,
    "librarian": agentia_librarian.app.service,
    "writer": agentia_writer.app.service,
}
WAIT_SECONDS = 20


@pytest.fixture
def serve_mesh(tmp_path: Path, files: Path, monkeypatch: pytest.MonkeyPatch) -> ServeMesh:
    """Serve a mesh of these agents and the planner; yields a client for the planner behind the gateway."""
    monkeypatch.setenv("AGENTIA_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("AGENTIA_FILES", str(files))
    monkeypatch.setenv("AGENTIA_FETCH_ALLOW", "127.0.0.0/8")
    for name in ("AGENTIA_SECRET", "AGENTIA_MODEL"):
        monkeypatch.delenv(name, raising=False)

    @asynccontextmanager
    async def serve(agents: dict[str, ServiceFactory] = OURS) -> AsyncGenerator[Asker]:
        async with AsyncExitStack() as stack:

            async def start(name: str, factory: ServiceFactory) -> str:
                return (await stack.enter_async_context(serving(factory, name=name))).url

            monkeypatch.setenv("AGENTIA_REGISTRY", await start("registry", agentia_registry.app.service))
            gateway = await start("gateway", agentia_gateway.app.service)
            monkeypatch.setenv("AGENTIA_GATEWAY", gateway)
            tables = await start("tables", agentia_tables.app.service)
            documents = await start("documents", agentia_documents.app.service)
            monkeypatch.setenv("AGENTIA_TABLES", f"{tables}mcp")
            monkeypatch.setenv("AGENTIA_DOCUMENTS", f"{documents}mcp")
            for name, factory in {**agents, "planner": agentia_planner.app.service}.items():
                await start(name, factory)
            http = await stack.enter_async_context(httpx.AsyncClient(timeout=30))
            await _present(http, gateway, {*agents, "planner"})
            yield await Asker.at(f"{gateway}agents/planner/", http)

    return serve


async def _present(http: httpx.AsyncClient, gateway: str, wanted: set[str]) -> None:
    async with asyncio.timeout(WAIT_SECONDS):
        while True:
            status = (await http.get(f"{gateway}mesh/status")).json()
            if wanted <= {agent["name"] for agent in status["agents"]}:
                return
            await asyncio.sleep(0.05)
