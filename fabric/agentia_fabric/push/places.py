"""Bounds how much goes on at once, in all and for each host."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass


@dataclass(slots=True)
class _Host:
    places: asyncio.Semaphore
    users: int = 0


class Places:
    """``limit`` places; of these at most ``limit_each`` for one host, so that none takes all of them."""

    def __init__(self, limit: int, limit_each: int) -> None:
        self._all = asyncio.Semaphore(limit)
        self._limit_each = limit_each
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def one(self, host: str) -> AsyncGenerator[None]:
        """Hold one place while the context lasts."""
        own = self._hosts.setdefault(host, _Host(asyncio.Semaphore(self._limit_each)))
        own.users += 1
        try:
            async with own.places, self._all:
                yield
        finally:
            own.users -= 1
            if not own.users:
                self._hosts.pop(host, None)
