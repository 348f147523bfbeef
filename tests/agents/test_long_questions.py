"""10 MB of text to any of the four agents: a clear end, and the process goes on answering meanwhile."""

import asyncio

import httpx
import pytest

import agentia_analyst.app
import agentia_librarian.app
import agentia_planner.app
import agentia_writer.app
from agentia_fabric.hosting import ServiceFactory

AGENTS = {
    "analyst": agentia_analyst.app.service,
    "librarian": agentia_librarian.app.service,
    "writer": agentia_writer.app.service,
    "planner": agentia_planner.app.service,
}
TEN_MEGABYTES = "which region sold most " * 450_000


@pytest.mark.parametrize("name", AGENTS)
async def test_ten_megabytes_are_refused_while_others_are_answered(name: str, serve_sample) -> None:
    factory: ServiceFactory = AGENTS[name]
    async with serve_sample(factory, name) as asker, httpx.AsyncClient(timeout=5) as http:
        asked = asyncio.create_task(asker.ask(TEN_MEGABYTES))
        while not asked.done():
            assert (await http.get(f"{asker.url}healthz")).status_code == 200
            await asyncio.wait([asked], timeout=0.1)
        heard = await asked
    assert heard.state == "REJECTED"
    assert "at most" in heard.said[-1]
