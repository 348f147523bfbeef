"""An agent makes itself known to the registry, and leaves it."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

import agentia_registry.app
from agentia_testing.scripted_agent import Scripted
from agentia_testing.serving import serving


async def test_an_agent_registers_is_ready_and_leaves(
    serve_agent: Any, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setenv("AGENTIA_DATA", str(tmp_path))
    async with serving(agentia_registry.app.service, name="registry") as registry:
        monkeypatch.setenv("AGENTIA_REGISTRY", registry.url)
        async with serve_agent(Scripted()) as url:
            async with asyncio.timeout(10):
                while (await http.get(f"{url}readyz")).status_code != 200:  # noqa: ASYNC110
                    await asyncio.sleep(0.05)
            (agent,) = (await http.get(f"{registry.url}registrations")).json()["agents"]
            assert agent["identifier"] == "urn:air:localhost:agents:scripted"
            assert [replica["address"] for replica in agent["replicas"]] == [url]
            assert agent["card"]["name"] == "scripted"
        assert (await http.get(f"{registry.url}registrations")).json()["agents"] == []


async def test_a_registry_that_is_down_keeps_no_agent_from_working(
    serve_agent: Any, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AGENTIA_REGISTRY", "http://127.0.0.1:9/")
    async with serve_agent(Scripted()) as url:
        waiting = await http.get(f"{url}readyz")
        assert (waiting.status_code, waiting.json()["waiting"]) == (
            503,
            ["the registry at http://127.0.0.1:9/"],
        )
        listed = await http.get(f"{url}tasks", headers={"A2A-Version": "1.0"})
        assert listed.status_code == 200
