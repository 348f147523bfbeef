"""An agent as the registry keeps it."""

from __future__ import annotations

from dataclasses import dataclass, field

from agentia_cards.model import Card
from agentia_fabric.directory.wire import AgentRecord, Fact, Kind, Replica


@dataclass(slots=True)
class Copy:
    """One replica: where it answers and what is known of it. ``at`` in seconds since the epoch."""

    address: str
    reachable: Fact = field(default_factory=Fact)


@dataclass(slots=True)
class Agent:
    """One agent. An agent of the kit without replicas is remembered, but shown to nobody."""

    identifier: str
    name: str
    publisher: str
    kind: Kind
    card: Card
    digest: str
    version: int
    conforming: Fact
    registered_at: float
    secret: str = ""
    """Digest of the registration secret; empty for a foreign agent."""
    source: str = ""
    """The URL that a foreign agent's card comes from."""
    replicas: dict[str, Copy] = field(default_factory=dict[str, Copy])

    @property
    def listed(self) -> bool:
        """Whether lists show it: foreign agents stay in sight while they do not answer."""
        return self.kind == "foreign" or bool(self.replicas)

    @property
    def alive(self) -> bool:
        """Whether tasks may be sent to it: it is in the watch stream and can be found."""
        return any(copy.reachable.ok is not False for copy in self.replicas.values())

    def record(self) -> AgentRecord:
        """What others get to see."""
        return AgentRecord(
            identifier=self.identifier,
            name=self.name,
            publisher=self.publisher,
            kind=self.kind,
            card=self.card.raw,
            digest=self.digest,
            version=self.version,
            replicas=[
                Replica(replica=replica, address=copy.address, reachable=copy.reachable)
                for replica, copy in self.replicas.items()
            ],
            conforming=self.conforming,
            registered_at=self.registered_at,
        )
