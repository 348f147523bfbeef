"""Registries to test with, each on a folder of the test's own, and what agents say to them."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio

from agentia_fabric.directory.client import RegistryClient
from agentia_fabric.directory.wire import Registration
from agentia_fabric.http.client import client
from agentia_fabric.settings import MeshSettings
from agentia_registry.app import build
from agentia_registry.pace import Pace
from agentia_testing.cards import card_1_0
from agentia_testing.serving import serving

SECRET = "a-secret-that-only-this-agent-knows"
FAST = Pace(lease=0.6, renew=0.2, sweep=0.05, probe=0.1, probe_patience=0.2, ping=0.1)
LONG = Pace(lease=60, renew=20, probe=0.1)


@asynccontextmanager
async def registry(
    data: Path, pace: Pace | None = LONG, *, port: int = 0, **flags: Any
) -> AsyncGenerator[RegistryClient]:
    """A registry on `data`, at a free port unless one is given, and a client of it."""
    settings = MeshSettings.read(**{"data": data, "fetch_allow": "loopback", **flags})
    async with (
        serving(lambda _: build(settings, pace), name="registry", port=port) as place,
        client() as http,
    ):
        yield RegistryClient(place.url, http)


def identifier(name: str) -> str:
    return f"urn:air:localhost:agents:{name}"


def registration(address: str = "http://127.0.0.1:9/", **changes: Any) -> Registration:
    """What an agent at `address` says of itself; `changes` replace fields of its card."""
    return Registration(card=card_1_0(address, **changes), address=address)


def skilled(*skills: dict[str, Any], **changes: Any) -> Registration:
    """An agent with these skills; what a skill leaves out is filled in."""
    whole = [
        {"id": f"skill-{n}", "name": "", "description": "", "tags": []} | s for n, s in enumerate(skills)
    ]
    return registration(skills=whole, **changes)


async def until(condition: Callable[[], Awaitable[object]], seconds: float = 5) -> None:
    """Wait for a condition, looking often."""
    with anyio.fail_after(seconds):
        while not await condition():  # noqa: ASYNC110 - nothing tells us
            await anyio.sleep(0.01)
