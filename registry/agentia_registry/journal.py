"""The directory as watchers follow it: what is alive now, and what changed lately.

Every change has a version, counted from 1 within an epoch (one life of the registry). The last changes are
kept; a reader asks for what came after its own version and gets deltas, or everything when its version is
gone. So a slow reader costs nothing: it holds a number, no queue.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import deque
from dataclasses import dataclass

from agentia_fabric.directory.wire import AgentList, AgentRecord, Gone

BACKLOG = 1000
"""Changes that are kept."""


@dataclass(frozen=True, slots=True)
class Change:
    """One event of the stream; ``data`` is its JSON."""

    version: int
    event: str
    data: str


class Journal:
    """Used from one event loop. ``epoch`` tells versions of this life from those of another."""

    def __init__(self, backlog: int = BACKLOG) -> None:
        self.epoch = secrets.token_hex(4)
        self.version = 0
        self._alive: dict[str, AgentRecord] = {}
        self._changes: deque[Change] = deque(maxlen=backlog)
        self._grown = asyncio.Event()
        self.closed = False

    def put(self, agent: AgentRecord) -> None:
        """An agent is alive, or something about it changed."""
        if self._alive.get(agent.identifier) != agent:
            self._alive[agent.identifier] = agent
            self._add("put", agent.model_dump_json())

    def remove(self, identifier: str, name: str) -> None:
        """An agent is not alive any more; no change when it was not."""
        if self._alive.pop(identifier, None) is not None:
            self._add("remove", Gone(identifier=identifier, name=name).model_dump_json())

    def alive(self) -> list[AgentRecord]:
        """The agents that are alive."""
        return list(self._alive.values())

    def after(self, version: int | None) -> list[Change]:
        """What a reader at ``version`` has to be told to be at :attr:`version`; None knows nothing."""
        oldest = self.version - len(self._changes)
        if version is None or not oldest <= version <= self.version:
            snapshot = AgentList(version=self.version, agents=self.alive())
            return [Change(self.version, "snapshot", snapshot.model_dump_json())]
        if version == self.version:
            return []
        return [change for change in self._changes if change.version > version]

    async def grown(self, version: int) -> None:
        """Wait until there is something after ``version``, or the journal is closed."""
        while self.version == version and not self.closed:
            await self._grown.wait()

    def close(self) -> None:
        """Let all readers end."""
        self.closed = True
        self._wake()

    def _add(self, event: str, data: str) -> None:
        self.version += 1
        self._changes.append(Change(self.version, event, data))
        self._wake()

    def _wake(self) -> None:
        self._grown.set()
        self._grown = asyncio.Event()
