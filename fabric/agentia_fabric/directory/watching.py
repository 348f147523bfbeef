"""The registry's watch stream, read for as long as somebody wants to know.

Whoever reads keeps a copy of the directory: a :class:`Snapshot` replaces all of it, :class:`Put` and
:class:`Removed` change one agent. Between :class:`Disconnected` and :class:`Connected` the copy may be
old; it is still the best there is.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from dataclasses import dataclass, field

import httpx2
from pydantic import ValidationError

from agentia_fabric.directory.wire import AgentList, AgentRecord, Gone

SILENCE_SECONDS = 15.0
"""The registry pings every 5 s; after this long without a byte the connection is taken for dead."""
MAX_EVENT = 256 * 1024 * 1024
"""Bytes of one event: a snapshot holds every card."""
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 3.0
"""Seconds between two tries: the pause doubles, and up to half of it is left out by chance."""


@dataclass(frozen=True, slots=True)
class Connected:
    """The registry answers; what was missed comes next."""


@dataclass(frozen=True, slots=True)
class Disconnected:
    """The stream broke, or could not be opened; told once until the next :class:`Connected`."""

    reason: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All agents at this moment."""

    agents: AgentList


@dataclass(frozen=True, slots=True)
class Put:
    """An agent is new, or something about it changed."""

    agent: AgentRecord


@dataclass(frozen=True, slots=True)
class Removed:
    """An agent has no living replica any more, or was taken out."""

    identifier: str
    name: str


WatchEvent = Connected | Disconnected | Snapshot | Put | Removed


@dataclass(slots=True)
class _Backoff:
    pause: float = FIRST_PAUSE

    async def wait(self) -> None:
        await asyncio.sleep(self.pause * random.uniform(0.5, 1))  # noqa: S311 - spreads load, keeps no secret
        self.pause = min(self.pause * 2, LONGEST_PAUSE)

    def reset(self) -> None:
        self.pause = FIRST_PAUSE


@dataclass(slots=True)
class _Position:
    """Where the reader is: the id of the last event that it was given."""

    last: str = ""
    connected: bool | None = None
    backoff: _Backoff = field(default_factory=_Backoff)


async def watch(http: httpx2.AsyncClient, url: str) -> AsyncGenerator[WatchEvent]:
    """Read the stream at ``url`` and connect again whenever it breaks, from where it was."""
    position = _Position()
    while True:
        reason = "The registry ended the stream."
        try:
            async with aclosing(_connection(http, url, position)) as events:
                async for event in events:
                    yield event
        except (httpx2.HTTPError, ValidationError) as failure:
            reason = str(failure) or type(failure).__name__
            if isinstance(failure, ValidationError):
                position.last = ""
        if position.connected is not False:
            position.connected = False
            yield Disconnected(reason)
        await position.backoff.wait()


async def _connection(http: httpx2.AsyncClient, url: str, position: _Position) -> AsyncGenerator[WatchEvent]:
    headers = {"last-event-id": position.last} if position.last else {}
    timeout = httpx2.Timeout(5.0, read=SILENCE_SECONDS)
    async with http.sse(url, headers=headers, timeout=timeout, max_event_size=MAX_EVENT) as source:
        source.response.raise_for_status()
        position.connected = True
        yield Connected()
        async for raw in source:
            position.backoff.reset()
            for event in _understood(raw):
                yield event
            position.last = raw.id


def _understood(raw: httpx2.ServerSentEvent) -> Iterator[WatchEvent]:
    """The event; nothing for kinds that a newer registry may send."""
    match raw.event:
        case "snapshot":
            yield Snapshot(AgentList.model_validate_json(raw.data))
        case "put":
            yield Put(AgentRecord.model_validate_json(raw.data))
        case "remove":
            gone = Gone.model_validate_json(raw.data)
            yield Removed(gone.identifier, gone.name)
        case _:
            pass
