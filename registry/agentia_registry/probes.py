"""The registry's own renewal of foreign agents: as long as the card is there, the agent is.

A few are looked at side by side. One that answers is looked at again after ``Pace.probe`` seconds; for one
that does not the pause doubles up to ``Pace.probe_patience``.
"""

from __future__ import annotations

import asyncio
import random
import time

import structlog

from agentia_fabric.directory.wire import Fact
from agentia_fabric.errors import StoreError
from agentia_registry.agent import Agent
from agentia_registry.errors import CardInvalid, Refusal
from agentia_registry.joining import FoundCard, Joining
from agentia_registry.pace import Pace
from agentia_registry.registrations import FOREIGN_REPLICA, Registrations
from agentia_registry.roster import Roster

AT_ONCE = 16
"""Probes under way at one time."""

log = structlog.stdlib.get_logger(__name__)


class Probes:
    """Runs until cancelled."""

    def __init__(self, roster: Roster, registrations: Registrations, joining: Joining, pace: Pace) -> None:
        self._roster = roster
        self._registrations = registrations
        self._joining = joining
        self._pace = pace
        self._due: dict[str, float] = {}
        """By identifier: when to look again, on the monotonic clock."""
        self._pauses: dict[str, float] = {}
        self._room = asyncio.Semaphore(AT_ONCE)

    async def run(self) -> None:
        """Look at whoever is due, again and again."""
        async with asyncio.TaskGroup() as group:
            while True:
                for agent in self._take_due(time.monotonic()):
                    group.create_task(self._probe(agent))
                await asyncio.sleep(min(self._pace.probe / 4, 1.0))

    def _take_due(self, now: float) -> list[Agent]:
        agents = self._roster.foreign()
        known = {agent.identifier for agent in agents}
        self._due = {identifier: due for identifier, due in self._due.items() if identifier in known}
        self._pauses = {
            identifier: pause for identifier, pause in self._pauses.items() if identifier in known
        }
        due = [agent for agent in agents if self._due.get(agent.identifier, 0.0) <= now]
        for agent in due:
            self._due[agent.identifier] = float("inf")
        return due

    async def _probe(self, agent: Agent) -> None:
        async with self._room:
            try:
                await self._look(agent)
                pause = self._pace.probe
            except (Refusal, StoreError) as reason:
                before = self._pauses.get(agent.identifier, self._pace.probe / 2)
                pause = min(before * 2, self._pace.probe_patience)
                log.info("probe_failed", agent=agent.name, reason=str(reason))
        self._pauses[agent.identifier] = pause
        spread = random.uniform(0.8, 1.0)  # noqa: S311 - spreads load, keeps no secret
        self._due[agent.identifier] = time.monotonic() + pause * spread

    async def _look(self, agent: Agent) -> None:
        found: FoundCard | None = None
        wrong = ""
        try:
            found = await self._joining.at(agent.source)
        except CardInvalid as invalid:
            wrong = str(invalid)
        if self._roster.get(agent.identifier) is not agent:
            return  # taken out, or joined anew, meanwhile
        if found is None:
            # It lives, with a card that nobody can use: the one that was good stays in use.
            agent.conforming = Fact(ok=False, at=agent.conforming.at, detail=wrong)
            self._registrations.heard_of(agent, FOREIGN_REPLICA)
        elif found.card.digest != agent.digest or agent.conforming.ok is False:
            address = agent.replicas[FOREIGN_REPLICA].address
            await self._registrations.adopt(agent.identifier, agent.source, address, found.card)
        else:
            self._registrations.heard_of(agent, FOREIGN_REPLICA)
