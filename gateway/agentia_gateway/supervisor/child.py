"""One child process: started, watched, started again with back-off, stopped."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from agentia_gateway.supervisor.events import Event, Report
from agentia_gateway.supervisor.health import wait_until_healthy
from agentia_gateway.supervisor.log_file import LogFile
from agentia_gateway.supervisor.processes import Process

FIRST_DELAY = 0.2
LONGEST_DELAY = 10.0
HEALTHY_SECONDS = 30.0
"""A child that lived this long starts over with the shortest delay."""
ATTEMPTS = 8
"""Deaths in a row, none after a healthy life, before it is given up."""
MISUSED = 2
"""The exit code of a child whose settings cannot be used: starting it again changes nothing."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a child is given: its services' sockets and URLs, its environment, the pipe that ends with us."""

    descriptors: Mapping[str, int]
    urls: Mapping[str, str]
    environment: Mapping[str, str]
    parent_fd: int


class Child:
    """Keeps one process of the mesh running. ``changed`` is called whenever its pid is another one."""

    def __init__(
        self,
        process: Process,
        log: LogFile,
        surroundings: Surroundings,
        report: Report,
        changed: Callable[[], None],
    ) -> None:
        self.process = process
        self.log = log
        self.ready = asyncio.Event()
        """Set when all of its services have answered once."""
        self._given = surroundings
        self._report = report
        self._changed = changed
        self._running: asyncio.subprocess.Process | None = None
        self._stopping = False

    @property
    def pid(self) -> int | None:
        """The process id; None while it does not run."""
        return self._running.pid if self._running is not None else None

    async def keep_running(self) -> None:
        """Run it, again and again, until it is stopped or given up."""
        deaths = 0
        while not self._stopping:
            lived, code = await self._live()
            if self._stopping:
                return
            deaths = 1 if lived >= HEALTHY_SECONDS else deaths + 1
            self._tell("died", self.log.last_words() or _ending(code))
            if deaths >= ATTEMPTS or code == MISUSED:
                self._tell(
                    "gave_up", f"after {deaths} attempts" if deaths > 1 else "its settings are unusable"
                )
                return
            delay = min(FIRST_DELAY * 2 ** (deaths - 1), LONGEST_DELAY)
            self._tell("restarting", f"in {delay:.1f} s")
            await asyncio.sleep(delay)

    async def stop(self, patience: float) -> None:
        """End it: SIGTERM, and after ``patience`` seconds SIGKILL for its whole group."""
        self._stopping = True
        running = self._running
        if running is None:
            return
        self._signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(running.wait(), patience)
        except TimeoutError:
            self.kill()
            await running.wait()

    def kill(self) -> None:
        """End it now, with everything that it started."""
        self._stopping = True
        self._signal(signal.SIGKILL)

    async def _live(self) -> tuple[float, int]:
        """One life of the process: how many seconds it lasted, and its exit code."""
        clock = asyncio.get_running_loop().time
        born = clock()
        self._running = await self._start()
        self._changed()
        self._tell("started", f"process {self.pid}")
        watching = asyncio.create_task(self._tell_when_ready())
        try:
            code = await self._running.wait()
        finally:
            watching.cancel()
            # What it started must not outlive it: the group is its own.
            self._signal(signal.SIGKILL)
            self._running = None
            self._changed()
        return clock() - born, code

    async def _start(self) -> asyncio.subprocess.Process:
        names = self.process.names
        descriptors = [self._given.descriptors[name] for name in names]
        sockets = [f"--fd={name}={fd}" for name, fd in zip(names, descriptors, strict=True)]
        log = self.log.open()
        try:
            return await asyncio.create_subprocess_exec(
                sys.executable,
                "-P",  # the folder we were started in is not a place for our imports
                "-m",
                "agentia_fabric.host",
                *self.process.services,
                *sockets,
                f"--parent-fd={self._given.parent_fd}",
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self._given.environment,
                pass_fds=[*descriptors, self._given.parent_fd],
                start_new_session=True,
            )
        finally:
            os.close(log)

    async def _tell_when_ready(self) -> None:
        for name in self.process.names:
            url = self._given.urls[name]
            await wait_until_healthy(url)
            self._report(Event("ready", name, url, self.log.path))
        self.ready.set()

    def _signal(self, number: signal.Signals) -> None:
        if self._running is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._running.pid, number)

    def _tell(self, what: Literal["started", "died", "restarting", "gave_up"], detail: str) -> None:
        self._report(Event(what, self.process.name, detail, self.log.path))


def _ending(code: int) -> str:
    return f"exit code {code}" if code >= 0 else f"killed by {signal.Signals(-code).name}"
