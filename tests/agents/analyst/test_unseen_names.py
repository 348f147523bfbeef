"""Tables with names that nobody has ever seen: made up anew for each run."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agentia_analyst.grammar import parse
from agentia_analyst.intent import Query
from agentia_analyst.quoting import identifier, literal
from agentia_analyst.schema import described
from agentia_analyst.sql import statement, total
from agentia_analyst.values import looked_up, lookup

SYLLABLES = ["zor", "blik", "quam", "dre", "vex", "lopi", "grun", "tash", "wibo", "fjel", "nurk", "pazu"]
SHAPES = ["{0}{1}", "{0}_{1}", "{0} {1}", "{0}-{1}"]


def name(chance: random.Random, number: int) -> str:
    """A word that is unlike the others: `number` makes it different."""
    one, two = chance.choice(SYLLABLES), SYLLABLES[number]
    text = chance.choice(SHAPES).format(one, f"{two}o")
    return chance.choice([text, text.upper(), text.title(), f"{one}{two.capitalize()}o"])


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False))
def test_figures_of_any_table_are_right(chance: random.Random) -> None:
    table, group, measure = (name(chance, number) for number in range(3))
    values = [f"{name(chance, number)}a" for number in range(3, 7)]
    rows = [(chance.choice(values), chance.randint(1, 500)) for _ in range(chance.randint(5, 30))]
    with duckdb.connect() as connection:
        connection.execute(
            f"CREATE TABLE {identifier(table)} ({identifier(group)} VARCHAR, {identifier(measure)} INT)"
        )
        connection.executemany(f"INSERT INTO {identifier(table)} VALUES (?, ?)", rows)  # noqa: S608
        sums = {value: sum(number for key, number in rows if key == value) for value, _ in rows}
        ask = _asker(connection, table, group, measure)
        assert ask(f"total {measure}") == [(sum(sums.values()),)]
        assert dict(ask(f"{measure} by {group}")) == sums
        best = max(sums.values())
        assert ask(f"Which {group} has the most {measure} in {table}?")[0][1] == best
        one = chance.choice(list(sums))
        assert ask(f"What is the {measure} for {one}?") == [(sums[one],)]
        assert ask(f"How many rows of {table} have {measure} over 250?") == [(sum(n > 250 for _, n in rows),)]


def _asker(connection: duckdb.DuckDBPyConnection, table: str, group: str, measure: str) -> Any:
    columns = [{"name": group, "type": "VARCHAR"}, {"name": measure, "type": "INTEGER"}]
    known = [described({"table": table, "path": f"{table}.csv", "rows": 0, "columns": columns})]

    def ask(question: str) -> list[tuple[Any, ...]]:
        sql = lookup(known, question)
        found = looked_up(connection.execute(sql).fetchall()) if sql else {}
        intent = parse(question, known, found)
        assert isinstance(intent, Query), (question, intent)
        return connection.execute(statement(intent)).fetchall()

    return ask


@settings(max_examples=50, deadline=None)
@given(st.text(), st.text(min_size=1).filter(lambda text: "\0" not in text))
def test_whatever_is_quoted_comes_back_as_it_was(value: str, column: str) -> None:
    plain = value.replace("\0", "")
    with duckdb.connect() as connection:
        relation = connection.sql(f"SELECT {literal(value)} AS {identifier(column)}")
        assert relation.fetchall() == [(plain,)]
        assert relation.columns == [column]


SALES = [
    described(
        {
            "table": "sales",
            "path": "sales.csv",
            "rows": 1,
            "columns": [
                {"name": "region", "type": "VARCHAR"},
                {"name": "units", "type": "INTEGER"},
                {"name": "day", "type": "DATE"},
            ],
        }
    )
]
WORDS = """
    which what how many total average most least top 3 by per region units day month in March 2024 Q1 over 10
    compare and chart it first last when not share of between 1 5 since sales sold list rows .
"""


@pytest.fixture(scope="module")
def sales() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE sales (region VARCHAR, units INTEGER, day DATE)")
        yield connection


def run(connection: duckdb.DuckDBPyConnection, question: str) -> None:
    """Run every statement that the question leads to."""
    if sql := lookup(SALES, question):
        connection.execute(sql)
    intent = parse(question, SALES)
    if isinstance(intent, Query):
        connection.execute(statement(intent))
        if whole := total(intent):
            connection.execute(whole)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_without_harm(sales: duckdb.DuckDBPyConnection, question: str) -> None:
    run(sales, question)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(WORDS.split()), max_size=14))
def test_any_order_of_the_words_of_the_grammar_makes_a_statement_that_runs(
    sales: duckdb.DuckDBPyConnection, words: list[str]
) -> None:
    run(sales, " ".join(words))
