"""The analyst's rule book over the tools of `tables`, on files it has never seen."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from agentia_analyst.rules import AnalystRules
from agentia_fabric import samples
from agentia_fabric.toolserver.folder import Folder
from agentia_kit.rule import Said
from agentia_tables.catalog import Catalog
from agentia_tables.preparing import Preparing
from agentia_tables.tools import TableTools
from agentia_testing.rule_runs import Played, play

FLIGHTS = """flightNo,departure date,Origin City,delay_minutes,fareEUR,cancelled
ZX1,2023-11-02,Kråkvik,12,99.5,no
ZX2,2023-12-05,Port O'Hara,0,120,no
ZX3,2024-01-09,Kråkvik,45,80,yes
ZX4,2024-01-20,Port O'Hara,5,310.25,no
ZX5,2024-02-11,New Bodil,30,55,no
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("files")
    (place / "flights.csv").write_text(FLIGHTS)
    database = sqlite3.connect(place / "club.sqlite3")
    database.execute("CREATE TABLE members (id INTEGER, full_name TEXT, joined TEXT, fee REAL)")
    rows = [(1, "Ola Nordmann", "2020-05-01", 100.0), (2, "Kari Vik", "2021-06-01", 250.0)]
    database.executemany("INSERT INTO members VALUES (?, ?, ?, ?)", rows)
    database.commit()
    database.close()
    return place


@pytest.fixture(scope="module")
def tools(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> TableTools:
    return TableTools(Catalog(Folder(folder), Preparing(tmp_path_factory.mktemp("cache"))))


def asked(tools: TableTools, question: str, *history: Said) -> Played:
    return play(AnalystRules(), question, tools.all(), history=history)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Which origin city had the most delay?", "Kråkvik has the highest total `delay_minutes`: 57"),
        ("total fare for Port O'Hara", "430.25"),
        ("average fareEUR by origin city", "Port O'Hara 215.13"),
        ("fare in January 2024", "390.25"),
        ("How many flights left from Kråkvik?", "2"),
        ("How many flights were cancelled: yes?", "1"),
        ("fare per month", "2024-01"),
        ("Compare Kråkvik and New Bodil", "Kråkvik"),
        ("Who pays the highest fee?", "Kari Vik has the highest"),
        ("total fee of Ola Nordmann", "100"),
        ("fee by year joined", "2021"),
        ("flights with a delay over 20 minutes", "New Bodil"),
    ],
)
def test_questions_are_answered_with_the_figures_of_the_files(
    tools: TableTools, question: str, words: str
) -> None:
    assert words in asked(tools, question).text


def test_a_chart_is_drawn_when_asked_for(tools: TableTools) -> None:
    played = asked(tools, "Which origin city had the most delay? Chart it")
    assert played.of("chart")[0]["svg"].startswith("<svg")


def test_a_table_comes_with_the_answer(tools: TableTools) -> None:
    played = asked(tools, "delay by origin city")
    assert played.of("query")[1]["rows"] == [["Kråkvik", 57], ["New Bodil", 30], ["Port O'Hara", 5]]


def test_no_table_is_guessed(tools: TableTools) -> None:
    first = asked(tools, "How many rows are there?")
    assert first.text == "Which table do you mean: `club_members` or `flights`?"
    said = [Said("user", "How many rows are there?"), Said("agent", first.text)]
    assert "5" in asked(tools, "flights", *said).text


def test_what_is_not_understood_is_said_with_what_can_be_asked(tools: TableTools) -> None:
    text = asked(tools, "Why do birds sing?").text
    assert text.startswith("I cannot answer this")
    assert "`flights`" in text
    assert "averages" in text


def test_tables_are_described(tools: TableTools) -> None:
    assert "`delay_minutes`: number, 0 to 45" in asked(tools, "describe flights").text


@pytest.mark.parametrize(
    "question", ["Drop'; DROP TABLE flights; --", "fare for \"'; SELECT 1", "x" * 5000, "fare of '"]
)
def test_hostile_questions_are_answered_in_words(tools: TableTools, question: str) -> None:
    assert asked(tools, question).text


def test_the_question_of_the_readme_is_answered(tmp_path: Path) -> None:
    tools = TableTools(Catalog(Folder(samples.folder()), Preparing(tmp_path)))
    played = asked(tools, "Which region sold most in sales.csv? Chart it")
    assert "North has the highest total `revenue`" in played.text
    assert played.of("chart")


FRUIT = "fruit,price\nfig,3.1\nplum,5.2\n"


def test_a_table_of_the_message_is_what_the_question_is_about(tools: TableTools) -> None:
    played = play(AnalystRules(), "total price", tools.all(), files={"fruit.csv": FRUIT}, material=[FRUIT])
    assert played.text.startswith("The total `price` is 8.3 in fruit.csv")


def test_another_table_is_meant_when_the_question_names_its_file(tools: TableTools) -> None:
    files = {"fruit.csv": FRUIT}
    played = play(AnalystRules(), "total fareEUR in flights.csv", tools.all(), files=files, material=[FRUIT])
    assert "664.75" in played.text


def test_a_table_of_the_message_that_cannot_be_read_is_told(tools: TableTools) -> None:
    played = play(AnalystRules(), "total price", tools.all(), files={"fruit.csv": "\n"}, material=["\n"])
    assert played.text == "I cannot read what came with the message: `fruit.csv` is empty."


def test_too_large_a_table_is_told(tools: TableTools) -> None:
    long = "fruit\n" + "fig\n" * 300_000
    played = play(AnalystRules(), "count fruit", tools.all(), files={"fruit.csv": long}, material=[long])
    assert "more than 1 MiB together" in played.text
