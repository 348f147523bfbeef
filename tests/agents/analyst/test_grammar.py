"""The analyst's grammar against DuckDB: questions are parsed, made SQL, run, and the figures checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import duckdb
import pytest

from agentia_analyst.grammar import parse
from agentia_analyst.intent import AskBack, Describe, Intent, NotUnderstood, Query
from agentia_analyst.schema import Table, described
from agentia_analyst.sql import statement
from agentia_analyst.values import looked_up, lookup

SALES = """
CREATE TABLE sales AS SELECT * FROM (VALUES
  (1, DATE '2024-01-15', 'North', 'Lamp', 10, 100.0, 'open'),
  (2, DATE '2024-02-15', 'South', 'Lamp', 20, 150.5, 'paid'),
  (3, DATE '2024-03-15', 'North', 'Desk',  5, 500.0, 'paid'),
  (4, DATE '2024-03-20', 'West',  'Desk',  1, 120.0, 'paid'),
  (5, DATE '2024-04-02', 'South', 'Chair', 7, 350.0, 'open')
) AS t(order_id, order_date, region, product, units, revenue, status)
"""
STAFF = """
CREATE TABLE staff AS SELECT * FROM (VALUES
  ('Ada Holm', 'Nordvik AS', 41, 5200.0, 2019), ('Ben Ruud', 'Solheim', 29, 4100.0, 2021),
  ('Cia Vang', 'Nordvik AS', 35, 4700.0, 2021)
) AS t(name, office, age, salary, "joinedYear")
"""


@pytest.fixture(scope="module")
def shop() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect()
    connection.execute(SALES)
    connection.execute(STAFF)
    yield connection
    connection.close()


def tables(connection: duckdb.DuckDBPyConnection) -> list[Table]:
    names = [
        row[0] for row in connection.execute("SELECT table_name FROM information_schema.tables").fetchall()
    ]
    return [table(connection, name) for name in sorted(names)]


def table(connection: duckdb.DuckDBPyConnection, name: str) -> Table:
    """Describes as the server `tables` does."""
    relation = connection.table(name)
    columns: list[dict[str, Any]] = []
    for column, kind in zip(relation.columns, relation.types, strict=True):
        at = '"' + column.replace('"', '""') + '"'
        facts = relation.aggregate(f"count(DISTINCT {at}), min({at}), max({at})").fetchall()[0]
        examples = relation.select(at).distinct().limit(3).fetchall()
        columns.append(
            {
                "name": column,
                "type": str(kind),
                "distinct": facts[0],
                "min": str(facts[1]),
                "max": str(facts[2]),
            }
            | {"examples": [row[0] for row in examples]}
        )
    return described({"table": name, "path": f"{name}.csv", "rows": 0, "columns": columns})


def understood(connection: duckdb.DuckDBPyConnection, question: str) -> Intent:
    known = tables(connection)
    sql = lookup(known, question)
    rows = connection.execute(sql).fetchall() if sql else []
    return parse(question, known, looked_up(rows))


def answered(connection: duckdb.DuckDBPyConnection, question: str) -> list[tuple[Any, ...]]:
    intent = understood(connection, question)
    assert isinstance(intent, Query), intent
    rows = connection.execute(statement(intent)).fetchall()
    return rows[: intent.limit] if intent.limit else rows


FIGURES: list[tuple[str, Sequence[tuple[Any, ...]]]] = [
    ("Which region sold most in sales.csv?", [("North", 600.0)]),
    ("Which region sold the least?", [("West", 120.0)]),
    ("What is the total revenue?", [(1220.5,)]),
    ("total revenue by region", [("North", 600.0), ("South", 500.5), ("West", 120.0)]),
    ("How many orders are there in sales?", [(5,)]),
    ("How many units were sold?", [(43,)]),
    ("How many units did we sell in March?", [(6,)]),
    ("how many regions are in sales", [(3,)]),
    ("top 2 products by revenue", [("Desk", 620.0), ("Chair", 350.0)]),
    ("Which two products brought the most units?", [("Lamp", 30), ("Chair", 7)]),
    ("average revenue per product", [("Chair", 350.0), ("Desk", 310.0), ("Lamp", 125.25)]),
    ("median units", [(7.0,)]),
    ("highest revenue in sales", [(500.0,)]),
    ("What is the smallest number of units?", [(1,)]),
    ("revenue for North", [(600.0,)]),
    ("revenue where status is open", [(450.0,)]),
    ("revenue without North", [(620.5,)]),
    ("revenue not paid", [(450.0,)]),
    ("revenue in March 2024", [(620.0,)]),
    ("revenue in Q1", [(870.5,)]),
    ("revenue before March 2024", [(250.5,)]),
    ("revenue since 2024-03-20", [(470.0,)]),
    ("revenue from February to March", [(770.5,)]),
    ("How many orders have revenue over 140?", [(3,)]),
    ("how many orders with at least 7 units", [(3,)]),
    ("orders with between 5 and 10 units: how many", [(3,)]),
    ("Compare North and West", [("North", 600.0), ("West", 120.0)]),
    ("Compare units of Lamp versus Desk", [("Lamp", 30), ("Desk", 6)]),
    ("revenue by month", [("2024-01", 100.0), ("2024-02", 150.5), ("2024-03", 620.0), ("2024-04", 350.0)]),
    ("How did revenue develop by quarter?", [("2024-Q1", 870.5), ("2024-Q2", 350.0)]),
    ("monthly units", [("2024-01", 10), ("2024-02", 20), ("2024-03", 6), ("2024-04", 7)]),
    ("Which month had the highest revenue?", [("2024-03", 620.0)]),
    ("Which regions had more than 400 revenue?", [("North", 600.0), ("South", 500.5)]),
    ("revenue by region and product", [
        ("North", "Desk", 500.0), ("South", "Chair", 350.0), ("South", "Lamp", 150.5),
        ("West", "Desk", 120.0), ("North", "Lamp", 100.0),
    ]),
    ("Chart units by product as a pie chart", [("Lamp", 30), ("Chair", 7), ("Desk", 6)]),
    ("average age in Nordvik", [(38.0,)]),
    ("average salary per office", [("Nordvik AS", 4950.0), ("Solheim", 4100.0)]),
    ("Who has the highest salary?", [("Ada Holm", 5200.0)]),
    ("Who is the oldest?", [("Ada Holm", 41)]),
    ("salary of Ben Ruud", [(4100.0,)]),
    ("How many staff joined in 2021?", [(2,)]),
    ("how many people work at Solheim", [(1,)]),
]  # fmt: skip


@pytest.mark.parametrize(("question", "rows"), FIGURES, ids=[question for question, _ in FIGURES])
def test_the_figures_are_right(
    shop: duckdb.DuckDBPyConnection, question: str, rows: Sequence[tuple[Any, ...]]
) -> None:
    assert answered(shop, question) == list(rows)


@pytest.mark.parametrize(
    "question",
    [
        "What is the weather in Oslo?",
        "revenue for Atlantis",
        "revenue of elephants",
        "total revenue in nosuch.csv",
        "revenue last month",
        "write me a poem",
        "salary in 1999-13",
        "",
    ],
)
def test_what_is_not_understood_is_said(shop: duckdb.DuckDBPyConnection, question: str) -> None:
    intent = understood(shop, question)
    assert isinstance(intent, NotUnderstood), intent
    assert intent.reason.endswith(".")


@pytest.mark.parametrize("question", ["What tables are there?", "which files do you have", "list the tables"])
def test_tables_are_listed(shop: duckdb.DuckDBPyConnection, question: str) -> None:
    assert understood(shop, question) == Describe()


@pytest.mark.parametrize(
    "question", ["describe sales", "What columns does staff have?", "What is in sales.csv?"]
)
def test_one_table_is_described(shop: duckdb.DuckDBPyConnection, question: str) -> None:
    intent = understood(shop, question)
    assert isinstance(intent, Describe)
    assert intent.table is not None


def test_two_tables_that_fit_equally_are_asked_about(shop: duckdb.DuckDBPyConnection) -> None:
    intent = understood(shop, "How many rows are there?")
    assert intent == AskBack("Which table do you mean: `sales` or `staff`?")


def test_the_column_behind_a_verb_is_told(shop: duckdb.DuckDBPyConnection) -> None:
    intent = understood(shop, "Which region sold most?")
    assert isinstance(intent, Query)
    assert "`revenue`" in intent.notes[0]


@pytest.mark.parametrize(
    ("question", "chart"),
    [
        ("Which region sold most? Chart it", "bar"),
        ("plot revenue over time", "line"),
        ("pie chart of revenue by status", "pie"),
        ("line chart of units by month", "line"),
        ("revenue by region", None),
    ],
)
def test_charts_are_drawn_when_asked_for(
    shop: duckdb.DuckDBPyConnection, question: str, chart: str | None
) -> None:
    intent = understood(shop, question)
    assert isinstance(intent, Query)
    assert intent.chart == chart


def test_rows_are_listed(shop: duckdb.DuckDBPyConnection) -> None:
    assert [row[0] for row in answered(shop, "List the orders with status open")] == [1, 5]
    assert [row[0] for row in answered(shop, "Which orders have units over 9?")] == [1, 2]
