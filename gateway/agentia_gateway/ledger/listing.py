"""The ledger's rows as callers see them (docs/contracts.md, "Tasks of a caller")."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from agentia_gateway.ledger.entry import Entry
from agentia_gateway.protocol.call import Json

_COLUMNS = ("task", "context", "agent", "state", "updated", "asked", "root")


@dataclass(frozen=True, slots=True)
class Choice:
    """Which rows; empty means all, `limit` is the most that are wanted."""

    tasks: Sequence[str] = ()
    context: str = ""
    limit: int = 100


def listed(store: sqlite3.Connection, owner: str, choice: Choice) -> list[Json]:
    """The rows that a principal chose, last seen first."""
    condition, values = "owner=?", [owner]
    if choice.tasks:
        condition += f" AND task IN ({','.join('?' * len(choice.tasks))})"
        values += choice.tasks
    if choice.context:
        condition += " AND context=?"
        values.append(choice.context)
    sql = (
        "SELECT task, context, agent, state, seen, asked, root FROM tasks"  # noqa: S608 - no input in it
        f" WHERE {condition} ORDER BY seen DESC LIMIT ?"
    )
    return [_row(*row) for row in store.execute(sql, (*values, choice.limit))]


def state_1_0(state: str) -> str:
    """A state as 1.0 writes it."""
    if not state:
        return "TASK_STATE_UNSPECIFIED"
    return state if state.startswith("TASK_STATE_") else "TASK_STATE_" + state.upper().replace("-", "_")


def timestamp(seconds: float) -> str:
    """Seconds since the epoch as A2A writes times."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def last_seen(entry: Entry) -> str:
    """How a task stood when it was last seen, for a sentence: `WORKING at 2026-11-21T14:00:00.000Z`."""
    state = state_1_0(entry.state).removeprefix("TASK_STATE_")
    return f"{state} at {timestamp(entry.seen or entry.made)}"


def _row(task: str, context: str, agent: str, state: str, seen: float, asked: str, root: str) -> Json:
    values = (task, context, agent or None, state_1_0(state), timestamp(seen), asked, root or None)
    return dict(zip(_COLUMNS, values, strict=True))
