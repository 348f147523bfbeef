"""The ledger on SQLite: `DATA/gateway.sqlite3`."""

from __future__ import annotations

import sqlite3
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar, cast

import orjson

from agentia_fabric.errors import StoreError
from agentia_fabric.sqlite import SqliteWriter
from agentia_gateway.errors import InvalidAgentResponse, LedgerDown
from agentia_gateway.ledger.entry import Entry
from agentia_gateway.ledger.listing import Choice, listed, state_1_0, timestamp
from agentia_gateway.ledger.schema import MIGRATIONS
from agentia_gateway.protocol.call import Json

T = TypeVar("T")
REMEMBERED = 8192
"""Entries kept in memory, so that the calls of a running task need no read."""
_FIELDS = "agent, task, owner, context, state, made, asked, root, seen"


class Ledger:
    """What was written is in the file when the call returns. Each raises ``LedgerDown`` when that fails."""

    def __init__(self, path: Path) -> None:
        self._store = SqliteWriter(path, MIGRATIONS)
        self._remembered: OrderedDict[tuple[str, str], Entry] = OrderedDict()

    async def __aenter__(self) -> Self:
        await self._store.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self._store.close()

    async def claim(self, entry: Entry, decision: Json | None = None, *, alone: bool = False) -> None:
        """Write whose a task is, with the decision that led to its agent; the first claim stays.

        ``alone``: the caller names tasks without their agent, so no other agent may have given it this id.

        Raises:
            InvalidAgentResponse: the agent gave an id that is taken, by another principal or (``alone``) by
                a task of another agent.
        """
        known = self._remembered.get((entry.agent, entry.task))
        if known is None:
            known = await self._write(lambda store: _claim(store, entry, decision, alone=alone))
            self._remember(known)
        if (known.owner, known.agent) != (entry.owner, entry.agent):
            raise InvalidAgentResponse("The agent gave its task an id that another task has already.")
        await self.saw(known, entry.state)

    async def saw(self, entry: Entry, state: str) -> None:
        """Keep the state that a task was last seen in."""
        known = self._remembered.get((entry.agent, entry.task), entry)
        if not state or known.state == state:
            return
        now = time.time()
        self._remember(replace(known, state=state, seen=now))
        values = (state, now, entry.agent, entry.task)
        await self._write(
            lambda store: store.execute("UPDATE tasks SET state=?, seen=? WHERE agent=? AND task=?", values)
        )

    async def entry(self, agent: str, task: str) -> Entry | None:
        """What is known of an agent's task, whosever it is."""
        known = self._remembered.get((agent, task))
        if known is None:
            sql = f"SELECT {_FIELDS} FROM tasks WHERE agent=? AND task=?"  # noqa: S608 - no input in it
            known = await self._one(sql, (agent, task))
            if known is not None:
                self._remember(known)
        return known

    async def owned(self, owner: str, task: str) -> Entry | None:
        """The principal's task of this id, whichever agent has it; the oldest when several have."""
        sql = f"SELECT {_FIELDS} FROM tasks WHERE owner=? AND task=? ORDER BY made LIMIT 1"  # noqa: S608
        return await self._one(sql, (owner, task))

    async def context_agent(self, owner: str, context: str) -> str | None:
        """The agent that the principal's conversation began with."""
        sql = (
            f"SELECT {_FIELDS} FROM tasks WHERE owner=? AND context=? AND agent<>''"  # noqa: S608
            " ORDER BY made LIMIT 1"
        )
        found = await self._one(sql, (owner, context))
        return found.agent if found else None

    async def agents_of(self, owner: str) -> list[str]:
        """The agents that have tasks of the principal."""
        sql = "SELECT DISTINCT agent FROM tasks WHERE owner=?"
        return [name for (name,) in await self._read(lambda store: store.execute(sql, (owner,)).fetchall())]

    async def tasks_among(self, owner: str, agent: str, tasks: list[str]) -> set[str]:
        """Those of the agent's tasks that are the principal's."""
        marks = ",".join("?" * len(tasks))
        sql = f"SELECT task FROM tasks WHERE owner=? AND agent=? AND task IN ({marks})"  # noqa: S608
        rows = await self._read(lambda store: store.execute(sql, (owner, agent, *tasks)).fetchall())
        return {task for (task,) in rows}

    async def keep_rejected(self, entry: Entry, document: Json, decision: Json) -> None:
        """Keep a task that the gateway made itself."""
        raw = orjson.dumps(document)

        def write(store: sqlite3.Connection) -> None:
            store.execute("INSERT INTO rejected VALUES (?, ?)", (entry.task, raw))
            _claim(store, entry, decision, alone=False)

        await self._write(write)

    async def rejected(self, task: str) -> Json | None:
        """A task that the gateway made itself, as 1.0 writes it."""
        sql = "SELECT document FROM rejected WHERE task=?"
        row = await self._read(lambda store: store.execute(sql, (task,)).fetchone())
        return cast(Json, orjson.loads(row[0])) if row else None

    async def seen(self, owner: str, agent: str, limit: int) -> list[Json]:
        """The principal's tasks of an agent as they were last seen, newest first, as 1.0 writes tasks; whole
        only for tasks that the gateway made itself."""
        sql = (
            "SELECT tasks.task, context, state, seen, document FROM tasks"
            " LEFT JOIN rejected ON rejected.task = tasks.task AND agent = ''"
            " WHERE owner=? AND agent=? ORDER BY seen DESC LIMIT ?"
        )
        rows = await self._read(lambda store: store.execute(sql, (owner, agent, limit)).fetchall())
        return [_task(*row) for row in rows]

    async def listed(self, owner: str, choice: Choice) -> list[Json]:
        """Rows of the principal's tasks (docs/contracts.md, "Tasks of a caller"), last seen first."""
        return await self._read(lambda store: listed(store, owner, choice))

    async def decision(self, owner: str, task: str) -> Json | None:
        """Why the principal's task went where it went (docs/contracts.md, "Decision record")."""
        entry = await self.owned(owner, task)
        if entry is None:
            return None
        sql = "SELECT document FROM decisions WHERE agent=? AND task=?"
        row = await self._read(lambda store: store.execute(sql, (entry.agent, task)).fetchone())
        return cast(Json, orjson.loads(row[0])) if row else _by_path(entry)

    def _remember(self, entry: Entry) -> None:
        self._remembered[entry.agent, entry.task] = entry
        self._remembered.move_to_end((entry.agent, entry.task))
        if len(self._remembered) > REMEMBERED:
            self._remembered.popitem(last=False)

    async def _one(self, sql: str, values: tuple[str, ...]) -> Entry | None:
        row = await self._read(lambda store: store.execute(sql, values).fetchone())
        return Entry(*row) if row else None

    async def _read(self, run: Callable[[sqlite3.Connection], T]) -> T:
        try:
            return await self._store.read(run)
        except StoreError as failure:
            raise _down(failure) from failure

    async def _write(self, run: Callable[[sqlite3.Connection], T]) -> T:
        try:
            return await self._store.write(run)
        except StoreError as failure:
            raise _down(failure) from failure


def _claim(store: sqlite3.Connection, entry: Entry, decision: Json | None, *, alone: bool) -> Entry:
    """Write the entry unless it is there; return what holds."""
    if alone:
        other = store.execute(
            f"SELECT {_FIELDS} FROM tasks WHERE owner=? AND task=? AND agent<>? LIMIT 1",  # noqa: S608
            (entry.owner, entry.task, entry.agent),
        ).fetchone()
        if other:
            return Entry(*other)
    now = time.time()
    row = (
        entry.agent,
        entry.task,
        entry.owner,
        entry.context,
        entry.state,
        now,
        now,
        entry.asked,
        entry.root,
    )
    store.execute("INSERT OR IGNORE INTO tasks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    if decision is not None:
        raw = orjson.dumps(decision | {"task": entry.task, "context": entry.context})
        store.execute("INSERT OR IGNORE INTO decisions VALUES (?, ?, ?)", (entry.agent, entry.task, raw))
    held = store.execute(
        f"SELECT {_FIELDS} FROM tasks WHERE agent=? AND task=?",  # noqa: S608
        (entry.agent, entry.task),
    ).fetchone()
    return Entry(*held)


def _task(task: str, context: str, state: str, seen: float, document: bytes | None) -> Json:
    if document is not None:
        return cast(Json, orjson.loads(document))
    status = {"state": state_1_0(state), "timestamp": timestamp(seen)}
    return {"id": task, "contextId": context, "status": status}


def _by_path(entry: Entry) -> Json:
    return {
        "task": entry.task,
        "context": entry.context,
        "at": entry.made,
        "rule": "path",
        "winner": entry.agent or None,
        "skill": None,
        "candidates": [],
        "dropped": [],
        "took_ms": 0.0,
    }


def _down(failure: StoreError) -> LedgerDown:
    return LedgerDown(f"The ledger cannot be used: {failure} Nothing that needs it was done.")
