"""Which agents there are, in memory: names, skills, replicas, cards; fed by the registry's watch stream.

What is known stays known while the registry is away; only searching needs the registry itself.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field

import structlog

from agentia_cards.errors import NotACard
from agentia_cards.model import Card, Interface
from agentia_fabric.directory.watching import (
    Connected,
    Disconnected,
    Put,
    Removed,
    Snapshot,
    WatchEvent,
)
from agentia_fabric.directory.wire import AgentRecord, Kind
from agentia_gateway.errors import AgentUnknown

log = structlog.stdlib.get_logger(__name__)

PLAN = "plan"
"""The id of the skill that takes tasks for several agents."""


@dataclass(frozen=True, slots=True)
class Agent:
    """An agent that lives. ``addresses`` are its replicas', those that answered last time first."""

    name: str
    kind: Kind
    card: Card
    digest: str
    addresses: tuple[str, ...]
    identifier: str = ""

    def interface(self, binding: str, version: str) -> Interface | None:
        """Where it speaks this binding and version; None when it does not."""
        return self.card.interface(binding, version)

    def url(self, interface: Interface, replica: int) -> str:
        """The base URL of a replica, ending with ``/``; a foreign agent names its own in its card."""
        address = interface.url if self.kind == "foreign" else self.addresses[replica]
        return address if address.endswith("/") else f"{address}/"


@dataclass(slots=True)
class Directory:
    """A copy of the registry's list; changed only by :meth:`apply`."""

    _agents: dict[str, Agent] = field(default_factory=dict[str, Agent])
    reachable: bool = False
    """Whether the registry answers."""
    since: float = field(default_factory=time.time)
    """Since when it does, or does not; seconds since the epoch."""
    filled: bool = False
    """Whether the list was ever read."""

    def agents(self) -> list[Agent]:
        """All of them, by name."""
        return sorted(self._agents.values(), key=lambda agent: agent.name)

    def get(self, name: str) -> Agent | None:
        """The agent of this name, if it lives."""
        return self._agents.get(name)

    def require(self, name: str) -> Agent:
        """The agent of this name. Raises ``AgentUnknown``."""
        agent = self._agents.get(name)
        if agent is None:
            raise AgentUnknown(
                f"There is no agent {name[:80]!r} here; `GET /mesh/status` lists those that are.",
                agent=name[:80],
            )
        return agent

    def with_skill(self, skill: str) -> list[Agent]:
        """The agents that have the skill of this id, by name."""
        return [agent for agent in self.agents() if agent.card.skill(skill) is not None]

    def apply(self, event: WatchEvent) -> None:
        """Take in what the registry tells."""
        match event:
            case Connected():
                self._reach(reachable=True)
            case Disconnected():
                self._reach(reachable=False)
            case Snapshot(agents):
                self._agents = {agent.name: agent for agent in _readable(agents.agents)}
                self.filled = True
            case Put(record):
                self._agents.update({agent.name: agent for agent in _readable([record])})
            case Removed(_, name):
                self._agents.pop(name, None)

    def _reach(self, *, reachable: bool) -> None:
        if reachable != self.reachable:
            self.reachable = reachable
            self.since = time.time()


def _readable(records: Iterable[AgentRecord]) -> Iterable[Agent]:
    for record in records:
        try:
            card = Card.read(record.card)
        except NotACard as reason:
            log.warning("card_unreadable", agent=record.name, reason=str(reason))
            continue
        replicas = sorted(record.replicas, key=lambda replica: replica.reachable.ok is False)
        addresses = tuple(replica.address for replica in replicas)
        yield Agent(record.name, record.kind, card, record.digest, addresses, record.identifier)
