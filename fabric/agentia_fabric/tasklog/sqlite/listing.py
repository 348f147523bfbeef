"""Pages of an owner's tasks, newest first, by keyset: a page begins after the last task of the one before."""

from __future__ import annotations

from sqlite3 import Connection
from typing import Any

from agentia_fabric.tasklog.port import TaskPage, TaskQuery
from agentia_fabric.tasklog.sqlite import cursor
from agentia_fabric.tasklog.sqlite.reads import RECORD, record

TOTAL = "SELECT count(*) FROM tasks t"


def page(connection: Connection, query: TaskQuery) -> TaskPage:
    """Find a page. Raises ``CursorInvalid``."""
    filters = _filters(query)
    matching, values = _where(filters)
    (total,) = connection.execute(f"{TOTAL} {matching}", values).fetchone()
    if query.after is not None:
        filters["(t.updated, t.task) < (?, ?)"] = cursor.decode(query.after)
    matching, values = _where(filters)
    rows = connection.execute(
        f"{RECORD} {matching} ORDER BY t.updated DESC, t.task DESC LIMIT ?", (*values, query.limit + 1)
    )
    records = [record(row) for row in rows]
    more = len(records) > query.limit
    records = records[: query.limit]
    last = records[-1] if more and records else None
    return TaskPage(records, None if last is None else cursor.encode(last.updated, last.task), total)


def _filters(query: TaskQuery) -> dict[str, tuple[Any, ...]]:
    # A context has few tasks, an owner may have all: the plus keeps SQLite from taking the owner's index.
    owner = "t.owner = ?" if query.context is None else "+t.owner = ?"
    filters: dict[str, tuple[Any, ...]] = {owner: (query.owner,)}
    if query.context is not None:
        filters["t.context = ?"] = (query.context,)
    if query.state is not None:
        filters["t.state = ?"] = (query.state,)
    if query.updated_since is not None:
        filters["t.updated >= ?"] = (query.updated_since,)
    return filters


def _where(filters: dict[str, tuple[Any, ...]]) -> tuple[str, tuple[Any, ...]]:
    return "WHERE " + " AND ".join(filters), tuple(value for values in filters.values() for value in values)
