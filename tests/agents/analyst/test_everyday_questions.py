"""Questions as people ask them: of tables with identifiers, flags, dates as text, several in one file."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from agentia_analyst.rules import AnalystRules
from agentia_fabric.toolserver.folder import Folder
from agentia_tables.catalog import Catalog
from agentia_tables.preparing import Preparing
from agentia_tables.tools import TableTools
from agentia_testing.rule_runs import Played, play

EMPLOYEES = """EmployeeID,Full Name,Department,Salary,HireDate,Remote
1,Anna Berg,Engineering,72000,2019-03-01,true
2,Bo Lund,Sales,51000,2021-07-15,false
3,Cara Voss,Engineering,81000,2017-01-10,true
4,Dan Ek,Marketing,47000,2022-11-01,false
5,Eva Sund,Sales,56000,2020-05-20,true
"""
WEATHER = """date,city,temp_c,rain_mm
2023-01-10,Oslo,-1,30
2023-01-10,Rome,12,75
2023-07-10,Oslo,18,8
2023-07-10,Rome,29.5,2
"""
ORDERS = [
    (1, 1, "Acme Corp", 100.0, "2024-01-03", "shipped"),
    (2, 2, "Globex", 250.5, "2024-01-20", "pending"),
    (3, 1, "Acme Corp", 75.25, "2024-02-11", "shipped"),
    (4, 3, "Initech", 500.0, "2024-03-05", "cancelled"),
    (5, 2, "Globex", 20.0, "2024-03-09", "shipped"),
]


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> TableTools:
    folder: Path = tmp_path_factory.mktemp("everyday")
    (folder / "employees.csv").write_text(EMPLOYEES)
    (folder / "weather_2023.csv").write_text(WEATHER)
    database = sqlite3.connect(folder / "shop.db")
    database.execute("CREATE TABLE customers (customer_id INTEGER PRIMARY KEY, name TEXT, country TEXT)")
    database.execute(
        "CREATE TABLE orders (order_id INTEGER PRIMARY KEY, customer_id INTEGER, customer TEXT, amount REAL,"
        " order_date TEXT, status TEXT)"
    )
    customers = [(1, "Acme Corp", "Norway"), (2, "Globex", "Sweden"), (3, "Initech", "Norway")]
    database.executemany("INSERT INTO customers VALUES (?, ?, ?)", customers)
    database.executemany("INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?)", ORDERS)
    database.commit()
    database.close()
    return TableTools(Catalog(Folder(folder), Preparing(tmp_path_factory.mktemp("cache"))))


def asked(tools: TableTools, question: str) -> Played:
    return play(AnalystRules(), question, tools.all())


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What is the average salary in engineering?", "76,500"),
        ("Who earns the most?", "Cara Voss has the highest"),
        ("Which department has the highest average salary?", "Engineering has the highest"),
        ("How many employees work remotely?", "is 3"),
        ("How many employees are in Sales?", "is 2"),
        ("List employees hired after 2020", "Dan Ek"),
        ("Who was hired first?", "Cara Voss"),
        ("Which employee was hired most recently?", "Dan Ek"),
        ("Which department has the fewest employees?", "Marketing has the lowest number of rows: 1"),
        ("When was Cara Voss hired?", "2017-01-10"),
        ("Which employees have a salary above 60000?", "2 rows"),
        ("What's the average temperature in Rome?", "20.75"),
        ("What was the lowest temperature in Oslo?", "-1"),
        ("Which city had the most rain?", "Rome has the highest total `rain_mm`: 77"),
        ("How much did it rain in Rome in July?", "is 2 "),
        ("In which month was it hottest in Rome?", "2023-07 has"),
        ("How many cities are in the weather data?", "is 2 "),
        ("How many rows does weather_2023.csv have?", "is 4 "),
        ("How many orders were shipped?", "is 3 "),
        ("How many orders did Acme Corp place?", "is 2 "),
        ("Which customer spent the most?", "Initech has the highest"),
        ("How many customers are from Norway?", "is 2 "),
        ("What is the largest order?", "order_id 4 has"),
        ("orders over 90", "3 rows"),
        ("orders in february", "1 row"),
        ("What percentage of orders were cancelled?", "20.0 % of 5"),
        ("What share of revenue comes from Globex?", "28.6 % of 945.75"),
        ("When was the last order?", "2024-03-09"),
        ("Which country has most customers?", "Norway has the highest number of rows: 2"),
        ("Show the first 3 rows of employees", "3 rows"),
        ("Which status is most common?", "shipped has the highest number of rows: 3"),
        ("sum of amount where status is not cancelled", "445.75"),
        ("Tell me about the employees table", "`Salary`: number"),
    ],
)
def test_an_everyday_question_has_its_answer(tools: TableTools, question: str, words: str) -> None:
    assert words in asked(tools, question).text


@pytest.mark.parametrize(
    "question",
    [
        "revenue by country",
        "Which product sold best?",
        "How many big customers do we have?",
        "How many vegetarians work in Sales?",
        "total salary of purple people",
        "What can you do?",
    ],
)
def test_half_a_question_is_not_answered(tools: TableTools, question: str) -> None:
    assert asked(tools, question).text.startswith("I cannot answer this")
