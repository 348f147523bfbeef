"""A mesh on this machine, from its first process to the end of its last."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time

from agentia_gateway.supervisor import lock, running
from agentia_gateway.supervisor.addresses import GATEWAY, bind, urls
from agentia_gateway.supervisor.child import Child, Surroundings
from agentia_gateway.supervisor.environment import environment
from agentia_gateway.supervisor.errors import AlreadyRunning, DataUnusable
from agentia_gateway.supervisor.events import Event, Report
from agentia_gateway.supervisor.log_file import LogFile
from agentia_gateway.supervisor.options import MeshOptions
from agentia_gateway.supervisor.running import Running, RunningService

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
AFTER_SECONDS = 10.0
"""How long a process waits for the one that it should follow."""
HEAD_START_SECONDS = 3.0
"""How much earlier than the others those that end first are asked to."""
LOG_CHECK_SECONDS = 5.0


class Mesh:
    """The processes of ``options``; ``report`` hears what happens to them."""

    def __init__(self, options: MeshOptions, report: Report) -> None:
        self._options = options
        self._report = report

    def run(self) -> int:
        """Start everything and keep it running until SIGINT, SIGTERM or SIGHUP; 0, or 1 when it was given up.

        Raises:
            AlreadyRunning, PortTaken, KeyMissing, DataUnusable: nothing was started.
        """
        data = self._options.data
        with contextlib.ExitStack() as stack:
            try:
                life = self._prepared(stack)
            except lock.Held as other:
                known = running.find(data)
                raise AlreadyRunning(data, other.pid, known.url if known else None) from None
            except OSError as reason:
                raise DataUnusable(data, reason.strerror or str(reason)) from reason
            return asyncio.run(life.live())

    def _prepared(self, stack: contextlib.ExitStack) -> _Life:
        """Everything that can go wrong before the first process; ``stack`` undoes it."""
        data = self._options.data
        (data / "log").mkdir(parents=True, exist_ok=True)
        stack.enter_context(lock.held(data))
        stack.callback(running.forget, data)
        sockets = bind(self._options)
        for opened in sockets.values():
            stack.callback(opened.close)
        parent, ours = os.pipe()
        stack.callback(os.close, parent)
        stack.callback(os.close, ours)
        where = urls(sockets)
        given = Surroundings(
            descriptors={name: opened.fileno() for name, opened in sockets.items()},
            urls=where,
            environment=environment(self._options, where),
            parent_fd=parent,
        )
        return _Life(self._options, given, self._report)


class _Life:
    """One run of a mesh, within its event loop."""

    def __init__(self, options: MeshOptions, given: Surroundings, report: Report) -> None:
        self._data = options.data
        self._patience = options.patience
        self._urls = given.urls
        self._report = report
        self._started = time.time()
        self._stop = asyncio.Event()
        self._given_up = False
        self._children = {
            process.name: Child(process, self._log(process.name), given, report, self._write)
            for process in options.processes
        }

    async def live(self) -> int:
        self._listen_to_signals()
        self._write()
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._keep(child)) for child in self._children.values()]
            tasks.append(group.create_task(self._bound_logs()))
            await self._stop.wait()
            self._report(Event("stopping", "mesh"))
            self._listen_to_signals(again=True)
            await self._stop_children()
            for task in tasks:
                task.cancel()
        self._report(Event("stopped", "mesh"))
        return 1 if self._given_up else 0

    async def _stop_children(self) -> None:
        children = self._children.values()
        leaving = asyncio.gather(
            *(child.stop(self._patience) for child in children if child.process.ends_first)
        )
        await asyncio.wait({leaving}, timeout=HEAD_START_SECONDS)
        await asyncio.gather(leaving, *(child.stop(self._patience) for child in children))

    def _listen_to_signals(self, *, again: bool = False) -> None:
        loop = asyncio.get_running_loop()
        for number in SIGNALS:
            loop.add_signal_handler(number, self._kill if again else self._stop.set)

    def _kill(self) -> None:
        for child in self._children.values():
            child.kill()

    async def _keep(self, child: Child) -> None:
        if child.process.after is not None:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._children[child.process.after].ready.wait(), AFTER_SECONDS)
        await child.keep_running()
        if child.process.vital and not self._stop.is_set():
            self._given_up = True
            self._stop.set()

    async def _bound_logs(self) -> None:
        while True:
            await asyncio.sleep(LOG_CHECK_SECONDS)
            for child in self._children.values():
                child.log.bound()

    def _log(self, name: str) -> LogFile:
        log = LogFile(self._data / "log" / f"{name}.log")
        log.rotate()
        return log

    def _write(self) -> None:
        services = tuple(
            RunningService(name, self._urls[name], child.pid, child.log.path)
            for child in self._children.values()
            for name in child.process.names
        )
        gateway = self._urls.get(GATEWAY, "")
        Running(os.getpid(), gateway, self._started, services).write(self._data)
