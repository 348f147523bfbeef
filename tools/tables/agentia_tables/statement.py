"""What a caller's SQL is: one statement that only reads, and the tables it names."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import orjson

from agentia_fabric.toolserver.errors import TooLong
from agentia_tables import duck, faults
from agentia_tables.errors import BadSql, ReadOnly

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

CHARACTERS = 20_000
WRITING = "_QUERY_NODE"
"""How the kinds of node end that write: `INSERT_QUERY_NODE`, in a WITH clause."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One SELECT (also WITH, VALUES, DESCRIBE, SUMMARIZE, SHOW).

    `references` are the names in its FROM, each as its parts (`sales.csv` has two); `own` are the
    names that its WITH clauses make.
    """

    sql: str
    references: tuple[tuple[str, ...], ...]
    own: frozenset[str]


class Grammar:
    """DuckDB's own parser, over an empty database that can touch nothing."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._connection: DuckDBPyConnection | None = None

    def statement(self, sql: str) -> Statement:
        """Check and read a statement.

        Raises:
            TooLong: it has more than 20,000 characters.
            BadSql: it cannot be parsed, or there is not exactly one.
            ReadOnly: it does something else than read.
        """
        if len(sql) > CHARACTERS:
            raise TooLong(f"The statement has more than {CHARACTERS:,} characters.")
        with self._lock, faults.told():
            if self._connection is None:
                self._connection = duck.confined([], "64MB")
                duck.lock(self._connection)
            text = _one_select(self._connection, sql)
            return _read(text, _tree(self._connection, text))


def _one_select(connection: DuckDBPyConnection, sql: str) -> str:
    statements = connection.extract_statements(sql)
    if len(statements) != 1:
        raise BadSql(f"Give one statement, not {len(statements)}.")
    kind = statements[0].type.name
    if kind == "MULTI":
        raise BadSql("PIVOT needs its values spelled out: ON column IN (…).")
    if kind != "SELECT":
        raise ReadOnly(f"{kind} is not allowed here: only SELECT (also WITH, DESCRIBE and SUMMARIZE) is.")
    return statements[0].query.strip().rstrip(";")


def _tree(connection: DuckDBPyConnection, text: str) -> Any:
    """The parsed statement, as DuckDB writes it in JSON."""
    found = connection.execute("SELECT json_serialize_sql(?::VARCHAR)", [text]).fetchone()
    try:
        tree: dict[str, Any] = orjson.loads(found[0]) if found else {}
    except orjson.JSONDecodeError:
        raise BadSql("The statement is nested too deeply.") from None
    if tree.get("error"):
        raise BadSql(f"{tree.get('error_message')}.")
    return tree


def _read(text: str, tree: Any) -> Statement:
    references: dict[tuple[str, ...], None] = {}
    own: set[str] = set()
    for node in _nodes(tree):
        kind = node.get("type")
        if kind == "BASE_TABLE":
            parts = (node.get("catalog_name"), node.get("schema_name"), node.get("table_name"))
            references[tuple(part for part in parts if part)] = None
        elif isinstance(kind, str) and kind.endswith(WRITING):
            raise ReadOnly("Tables can only be read: WITH may hold SELECT only.")
        if "cte_map" in node:
            own.update(each["key"] for each in node["cte_map"]["map"])
    return Statement(text, tuple(references), frozenset(own))


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    pending: list[Any] = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, dict):
            known = cast("dict[str, Any]", node)
            yield known
            pending.extend(known.values())
        elif isinstance(node, list):
            pending.extend(cast("list[Any]", node))
