"""The rules of registering: who may take a name, what a renewal does, when an agent is gone.

The order of every change: decide, write, then change what others see. One change at a time, so that a
decision still holds when it is written. An agent whose last replica is gone is remembered (its version goes
on when it comes back), but its name is free for whoever comes with another secret.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import time
from collections.abc import Sequence
from dataclasses import replace

import structlog

from agentia_fabric.directory.wire import Fact, Granted, Registration
from agentia_registry.agent import Agent, Copy
from agentia_registry.checked_card import CheckedCard, checked
from agentia_registry.errors import Full, NameTaken, RegistrationUnknown, RequestInvalid, SecretWrong
from agentia_registry.journal import Journal
from agentia_registry.leases import Leases
from agentia_registry.names import checked_address, checked_replica, parsed
from agentia_registry.pace import Pace
from agentia_registry.roster import Roster
from agentia_registry.store import Store

MAX_AGENTS = 10_000
MAX_REPLICAS = 100
"""Of one agent."""
REMEMBERED_SECONDS = 30 * 24 * 3600.0
"""How long an agent without replicas is remembered, looked at when the registry starts."""
FOREIGN_REPLICA = "joined"
"""The one replica that a foreign agent has."""

Key = tuple[str, str]
"""Identifier and replica."""

log = structlog.stdlib.get_logger(__name__)


class Registrations:
    """Changes the roster and keeps the leases; answers tell the version of the journal."""

    def __init__(self, roster: Roster, journal: Journal, store: Store, pace: Pace) -> None:
        self._roster = roster
        self._journal = journal
        self._store = store
        self._pace = pace
        self.leases: Leases[Key] = Leases(pace.lease)
        self._changing = asyncio.Lock()

    async def load(self) -> None:
        """Take in what was registered before; every replica gets one time to live to show up again."""
        await self._store.prune(time.time() - REMEMBERED_SECONDS)
        now = time.monotonic()
        for agent in await self._store.agents():
            for replica, copy in agent.replicas.items():
                copy.reachable = Fact(ok=True)
                self.leases.renew((agent.identifier, replica), now)
            self._roster.add(agent)

    async def register(
        self, identifier: str, replica: str, registration: Registration, secret: str
    ) -> tuple[Granted, bool]:
        """Register a replica; true when it was not known before.

        Raises:
            RequestInvalid, CardInvalid, NameTaken, Full: nothing was changed.
        """
        publisher, name = parsed(identifier)
        checked_replica(replica)
        checked_address(registration.address)
        if registration.kind != "kit":
            raise RequestInvalid("A foreign agent joins by its URL: POST it to /registrations.")
        card = checked(registration.card, registration.address)
        async with self._changing:
            self._may_take(identifier, name, secret)
            known = self._roster.get(identifier)
            before = known if known is not None and known.kind == "kit" else None
            agent = self._renewed(before, card) or self._new(identifier, publisher, name, card)
            agent.secret = _digest(secret)
            is_new = replica not in agent.replicas
            if is_new and len(agent.replicas) >= MAX_REPLICAS:
                raise Full(f"{name} has {MAX_REPLICAS} replicas already.")
            agent.replicas[replica] = Copy(registration.address, Fact(ok=True, at=time.time()))
            await self._store.save(agent)
            self.leases.renew((identifier, replica), time.monotonic())
            self._roster.add(agent)
        if is_new:
            log.info("agent_registered", agent=name, replica=replica, version=agent.version)
        return self._granted(identifier, replica), is_new

    def renew(self, identifier: str, replica: str, secret: str) -> Granted:
        """Keep a replica alive. Raises ``RegistrationUnknown``, ``SecretWrong``."""
        agent = self._roster.get(identifier)
        if agent is None or (identifier, replica) not in self.leases:
            raise RegistrationUnknown("This replica is not registered, or not any more; register it again.")
        _check(agent, secret)
        self.heard_of(agent, replica)
        return self._granted(identifier, replica)

    def heard_of(self, agent: Agent, replica: str) -> None:
        """A replica has shown that it lives; watchers hear of it only when that is news."""
        copy = agent.replicas[replica]
        is_news = copy.reachable.ok is not True
        copy.reachable = Fact(ok=True, at=time.time())
        self.leases.renew((agent.identifier, replica), time.monotonic())
        if is_news:
            self._roster.tell(agent)

    async def leave(self, identifier: str, replica: str, secret: str) -> None:
        """Take a replica out; no error when it was gone. Raises ``SecretWrong``."""
        async with self._changing:
            agent = self._roster.get(identifier)
            if agent is not None and replica in agent.replicas:
                _check(agent, secret)
                await self._remove([(identifier, replica)])

    async def take_out(self, name_or_identifier: str) -> None:
        """Take out an agent with all its replicas. Raises ``AgentUnknown``."""
        async with self._changing:
            agent = self._roster.find(name_or_identifier)
            if agent.kind == "foreign":
                await self._store.forget(agent.identifier)
                self._roster.drop(agent.identifier)
                self.leases.end((agent.identifier, FOREIGN_REPLICA))
            else:
                await self._remove([(agent.identifier, replica) for replica in agent.replicas])

    async def adopt(self, identifier: str, source: str, address: str, card: CheckedCard) -> Agent:
        """Take in a foreign agent by the card that was found at ``source``, or look at it anew.

        Raises:
            RequestInvalid, NameTaken, Full: nothing was changed.
        """
        publisher, name = parsed(identifier)
        async with self._changing:
            known = self._roster.get(identifier)
            if known is None or known.source != source:
                self._may_take(identifier, name, secret=None)
                known = None
            agent = self._renewed(known, card) or self._new(identifier, publisher, name, card)
            agent.kind, agent.source = "foreign", source
            agent.replicas = {FOREIGN_REPLICA: Copy(address, Fact(ok=True, at=time.time()))}
            await self._store.save(agent)
            self.leases.renew((identifier, FOREIGN_REPLICA), time.monotonic())
            self._roster.add(agent)
        return agent

    async def expire(self, now: float) -> None:
        """Take out the replicas whose leases ran out; foreign agents stay in sight as not reachable."""
        async with self._changing:
            gone = self.leases.expire(now)
            ours: list[Key] = []
            for identifier, replica in gone:
                agent = self._roster.get(identifier)
                if agent is None or replica not in agent.replicas:
                    continue
                log.info("lease_expired", agent=agent.name, replica=replica)
                if agent.kind == "kit":
                    ours.append((identifier, replica))
                else:
                    detail = "It does not answer."
                    agent.replicas[replica].reachable = Fact(ok=False, at=time.time(), detail=detail)
                    self._roster.tell(agent)
            if ours:
                await self._remove(ours)

    async def _remove(self, keys: Sequence[Key]) -> None:
        # Seen first, written then: what a failed write leaves behind runs out after the next start.
        for identifier, replica in keys:
            self.leases.end((identifier, replica))
            agent = self._roster.get(identifier)
            if agent is not None:
                agent.replicas.pop(replica, None)
                self._roster.tell(agent)
        await self._store.remove_replicas(keys)

    def _may_take(self, identifier: str, name: str, secret: str | None) -> None:
        holder = self._roster.named(name)
        if holder is None and len(self._roster) >= MAX_AGENTS:
            raise Full(f"{MAX_AGENTS} agents are registered already.")
        if holder is None or not holder.listed:
            return
        same = holder.identifier == identifier and holder.kind == "kit"
        if not same or secret is None or not hmac.compare_digest(holder.secret, _digest(secret)):
            raise NameTaken(
                f"The name {name!r} belongs to another agent; choose another or stop that one first."
            )

    def _renewed(self, known: Agent | None, card: CheckedCard) -> Agent | None:
        """A copy of what is known, with the card as it is now."""
        if known is None:
            return None
        version = known.version + (known.digest != card.digest)
        return replace(
            known,
            card=card.card,
            digest=card.digest,
            version=version,
            conforming=card.conforming if version != known.version else known.conforming,
            replicas=dict(known.replicas),
        )

    def _new(self, identifier: str, publisher: str, name: str, card: CheckedCard) -> Agent:
        return Agent(
            identifier=identifier,
            name=name,
            publisher=publisher,
            kind="kit",
            card=card.card,
            digest=card.digest,
            version=1,
            conforming=card.conforming,
            registered_at=time.time(),
        )

    def _granted(self, identifier: str, replica: str) -> Granted:
        return Granted(
            identifier=identifier,
            replica=replica,
            version=self._journal.version,
            expires_in=self._pace.lease,
            renew_every=self._pace.renew,
        )


def _digest(secret: str) -> str:
    # The secrets are long and random, not passwords: a plain digest cannot be turned back.
    return hashlib.sha256(secret.encode()).hexdigest()


def _check(agent: Agent, secret: str) -> None:
    if not hmac.compare_digest(agent.secret, _digest(secret)):
        raise SecretWrong("The registration secret is not the one that this agent was registered with.")
