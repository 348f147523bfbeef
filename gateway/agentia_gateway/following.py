"""Keeps the directory as the registry tells it, for as long as the gateway runs."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from contextlib import aclosing, asynccontextmanager

from agentia_fabric.directory.client import RegistryClient
from agentia_gateway.directory import Directory


@asynccontextmanager
async def following(directory: Directory, registry: RegistryClient | None) -> AsyncGenerator[None]:
    """Follow the registry while the block runs; without one, nothing is ever known."""
    if registry is None:
        yield
        return
    task = asyncio.create_task(_follow(directory, registry), name="directory")
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _follow(directory: Directory, registry: RegistryClient) -> None:
    async with aclosing(registry.watch()) as events:
        async for event in events:
            directory.apply(event)
