"""All agents in memory, found by identifier and by name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from agentia_fabric.directory.wire import AgentRecord
from agentia_registry.agent import Agent
from agentia_registry.errors import AgentUnknown


class Follower(Protocol):
    """Is told which agents are alive: the journal, the search."""

    def put(self, agent: AgentRecord) -> None:
        """An agent is alive, or something about it changed."""
        ...

    def remove(self, identifier: str, name: str) -> None:
        """An agent is not alive any more; it may not have been before."""
        ...


class Roster:
    """Names are unique: who is added takes the name, so ask :meth:`named` first."""

    def __init__(self, followers: Iterable[Follower]) -> None:
        self._agents: dict[str, Agent] = {}
        self._names: dict[str, str] = {}
        self._followers = tuple(followers)

    def __len__(self) -> int:
        return len(self._agents)

    def add(self, agent: Agent) -> None:
        """Take an agent in, or replace what is known of it, and tell the followers."""
        before = self.named(agent.name)
        if before is not None and before.identifier != agent.identifier:
            self.drop(before.identifier)
        self._agents[agent.identifier] = agent
        self._names[agent.name] = agent.identifier
        self.tell(agent)

    def tell(self, agent: Agent) -> None:
        """Tell the followers how an agent is now."""
        record = agent.record() if agent.alive else None
        for follower in self._followers:
            if record is not None:
                follower.put(record)
            else:
                follower.remove(agent.identifier, agent.name)

    def drop(self, identifier: str) -> None:
        """Forget an agent, and tell the followers."""
        agent = self._agents.pop(identifier, None)
        if agent is None:
            return
        if self._names.get(agent.name) == identifier:
            del self._names[agent.name]
        for follower in self._followers:
            follower.remove(identifier, agent.name)

    def get(self, identifier: str) -> Agent | None:
        """The agent with this identifier, listed or not."""
        return self._agents.get(identifier)

    def named(self, name: str) -> Agent | None:
        """The agent with this name, listed or not."""
        return self._agents.get(self._names.get(name, ""))

    def listed(self) -> list[Agent]:
        """The agents that lists show."""
        return [agent for agent in self._agents.values() if agent.listed]

    def foreign(self) -> list[Agent]:
        """The agents that joined by URL."""
        return [agent for agent in self._agents.values() if agent.kind == "foreign"]

    def find(self, agent: str) -> Agent:
        """The listed agent with this name or identifier. Raises ``AgentUnknown``."""
        found = self.get(agent) or self.named(agent)
        if found is None or not found.listed:
            raise AgentUnknown(
                f"There is no agent {agent[:80]!r}; `agentia-mesh agents` lists those that are there."
            )
        return found
