"""Keeps one replica of an agent registered for as long as it lives."""

from __future__ import annotations

import asyncio
import contextlib
import random
from types import TracebackType
from typing import Self
from uuid import uuid4

import structlog

from agentia_fabric.directory.client import RegistryClient
from agentia_fabric.directory.wire import RENEW_SECONDS, Granted, Registration
from agentia_fabric.errors import DirectoryError, RegistryRefused

log = structlog.stdlib.get_logger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 0.1, 4.0
"""Seconds between two tries while the registry is down or refuses; the pause doubles."""
LEAVE_SECONDS = 2.0
"""How long the end waits for the registry; without it the lease runs out by itself."""


class Registrar:
    """Registers, renews, registers again when the registry has forgotten, leaves at the end.

    A registry that is down is no error: it is tried until it is there.

        async with Registrar(client, identifier, registration, secret=secret) as registrar:
            await registrar.registered.wait()

    All replicas of an agent use the same ``secret``; each has its own ``replica``.
    """

    def __init__(
        self,
        client: RegistryClient,
        identifier: str,
        registration: Registration,
        *,
        secret: str,
        replica: str | None = None,
    ) -> None:
        self.identifier = identifier
        self.replica = replica or uuid4().hex[:12]
        self.registered = asyncio.Event()
        """Set while the registry knows this replica, as far as we know."""
        self.problem: DirectoryError | None = None
        """Why it is not registered, when the last try failed."""
        self._client = client
        self._registration = registration
        self._accepted: Registration | None = None
        self._secret = secret
        self._running: asyncio.Task[None] | None = None
        self._changed = asyncio.Event()

    def update(self, registration: Registration) -> None:
        """Register this from now on. What the registry refuses is dropped for what it had accepted before."""
        self._registration = registration
        self._changed.set()

    async def __aenter__(self) -> Self:
        self._running = asyncio.create_task(self._run(), name=f"registrar of {self.identifier}")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._running is not None:
            self._running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._running
        # Also when nothing was granted: the answer to a registration may have been under way.
        with contextlib.suppress(DirectoryError, TimeoutError):
            async with asyncio.timeout(LEAVE_SECONDS):
                await self._client.leave(self.identifier, self.replica, self._secret)
        self.registered.clear()

    async def _run(self) -> None:
        pause = FIRST_PAUSE
        while True:
            try:
                granted = await self._step()
            except DirectoryError as problem:
                self._note(problem)
                await asyncio.sleep(pause * random.uniform(0.5, 1))  # noqa: S311 - spreads load
                pause = min(pause * 2, LONGEST_PAUSE)
            else:
                self._note(None)
                pause = FIRST_PAUSE
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(min(granted.renew_every, RENEW_SECONDS)):
                        await self._changed.wait()

    async def _step(self) -> Granted:
        self._changed.clear()
        if self.registered.is_set() and self._registration is self._accepted:
            try:
                return await self._client.renew(self.identifier, self.replica, self._secret)
            except RegistryRefused:
                # Forgotten, or taken by another: what registering answers says which.
                self.registered.clear()
        return await self._register(self._registration)

    async def _register(self, wanted: Registration) -> Granted:
        try:
            granted = await self._client.register(self.identifier, self.replica, wanted, self._secret)
        except RegistryRefused:
            # Better known as we were than not at all.
            if self._accepted is not None and self._registration is wanted:
                self._registration = self._accepted
            raise
        self._accepted = wanted
        self.registered.set()
        return granted

    def _note(self, problem: DirectoryError | None) -> None:
        if str(problem) != str(self.problem):
            if problem is not None:
                log.warning("not_registered", agent=self.identifier, reason=str(problem))
            else:
                log.info("registered", agent=self.identifier, replica=self.replica)
        self.problem = problem
