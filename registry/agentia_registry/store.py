"""What survives a restart of the registry: agents, their replicas, counts of outcomes. Leases do not."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

import orjson

from agentia_cards.model import Card
from agentia_fabric.directory.wire import Fact
from agentia_fabric.sqlite import SqliteWriter
from agentia_registry.agent import Agent, Copy

SCHEMA = (
    """
    CREATE TABLE agents (
        identifier TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, publisher TEXT NOT NULL, kind TEXT NOT NULL,
        card BLOB NOT NULL, digest TEXT NOT NULL, version INTEGER NOT NULL, conforming BLOB NOT NULL,
        registered_at REAL NOT NULL, secret TEXT NOT NULL, source TEXT NOT NULL
    ) STRICT;
    CREATE TABLE replicas (
        identifier TEXT NOT NULL REFERENCES agents ON DELETE CASCADE, replica TEXT NOT NULL,
        address TEXT NOT NULL, PRIMARY KEY (identifier, replica)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE outcomes (
        agent TEXT NOT NULL, skill TEXT NOT NULL, outcome TEXT NOT NULL, count INTEGER NOT NULL,
        PRIMARY KEY (agent, skill, outcome)
    ) STRICT, WITHOUT ROWID;
    """,
)

Count = tuple[str, str, str]
"""Agent's identifier, skill (or empty), outcome."""


class Store:
    """The file `registry.sqlite3`. What a method has returned from survives the death of the process."""

    def __init__(self, path: Path) -> None:
        self._file = SqliteWriter(path, SCHEMA, readers=1)

    async def open(self) -> None:
        """Raises ``StoreError``."""
        await self._file.open()

    async def close(self) -> None:
        """Finish what was accepted."""
        await self._file.close()

    async def agents(self) -> list[Agent]:
        """All agents that are remembered, with their replicas."""
        return await self._file.read(_agents)

    async def prune(self, before: float) -> None:
        """Forget agents of the kit without replicas that first came before ``before`` (epoch seconds)."""
        await self._file.write(
            lambda connection: connection.execute(
                "DELETE FROM agents WHERE kind = 'kit' AND registered_at < ?"
                " AND identifier NOT IN (SELECT identifier FROM replicas)",
                (before,),
            )
        )

    async def save(self, agent: Agent) -> None:
        """Keep an agent with the replicas that it has now, and forget who had its name before."""
        await self._file.write(lambda connection: _save(connection, agent))

    async def forget(self, identifier: str) -> None:
        """Forget an agent."""
        await self._file.write(
            lambda connection: connection.execute("DELETE FROM agents WHERE identifier = ?", (identifier,))
        )

    async def remove_replicas(self, keys: Sequence[tuple[str, str]]) -> None:
        """Forget (identifier, replica) pairs."""
        await self._file.write(
            lambda connection: connection.executemany(
                "DELETE FROM replicas WHERE identifier = ? AND replica = ?", keys
            )
        )

    async def count(self, counts: Iterable[Count]) -> None:
        """Count outcomes."""
        rows = list(counts)
        await self._file.write(
            lambda connection: connection.executemany(
                "INSERT INTO outcomes VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1", rows
            )
        )

    async def counts(self) -> dict[Count, int]:
        """How often each was counted."""
        rows = await self._file.read(
            lambda connection: connection.execute("SELECT * FROM outcomes").fetchall()
        )
        return {(agent, skill, outcome): count for agent, skill, outcome, count in rows}


def _agents(connection: sqlite3.Connection) -> list[Agent]:
    agents = {
        row[0]: Agent(
            identifier=row[0],
            name=row[1],
            publisher=row[2],
            kind=row[3],
            card=Card.read(orjson.loads(row[4])),
            digest=row[5],
            version=row[6],
            conforming=Fact.model_validate_json(row[7]),
            registered_at=row[8],
            secret=row[9],
            source=row[10],
        )
        for row in connection.execute("SELECT * FROM agents")
    }
    for identifier, replica, address in connection.execute("SELECT * FROM replicas"):
        agents[identifier].replicas[replica] = Copy(address)
    return list(agents.values())


def _save(connection: sqlite3.Connection, agent: Agent) -> None:
    connection.execute(
        "DELETE FROM agents WHERE identifier = ? OR name = ?",
        (agent.identifier, agent.name),
    )
    connection.execute(
        "INSERT INTO agents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            agent.identifier,
            agent.name,
            agent.publisher,
            agent.kind,
            orjson.dumps(agent.card.raw),
            agent.digest,
            agent.version,
            agent.conforming.model_dump_json().encode(),
            agent.registered_at,
            agent.secret,
            agent.source,
        ),
    )
    connection.executemany(
        "INSERT INTO replicas VALUES (?, ?, ?)",
        [(agent.identifier, replica, copy.address) for replica, copy in agent.replicas.items()],
    )
