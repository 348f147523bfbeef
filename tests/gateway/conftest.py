"""One mesh for each test: a gateway, a registry, and a plain agent of the SDK as an agent of ours."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from agentia_testing.plain_agent import PlainAgent, plain_agent
from agentia_testing.small_mesh import SmallMesh, small_mesh


@pytest.fixture(autouse=True)
def settings_of_this_test(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("AGENTIA_SECRET", "AGENTIA_API_KEY", "AGENTIA_REGISTRY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AGENTIA_CONFIG", str(tmp_path / "none.toml"))


@pytest.fixture
async def mesh(tmp_path: Path) -> AsyncGenerator[SmallMesh]:
    async with small_mesh(tmp_path) as running:
        yield running


@pytest.fixture
async def agent(mesh: SmallMesh) -> AsyncGenerator[PlainAgent]:
    """The agent `scripted`, known to the mesh."""
    async with plain_agent("scripted") as running:
        await mesh.add("scripted", running.card, running.url)
        yield running
