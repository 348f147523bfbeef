"""Questions of somebody who has never seen the analyst, about the boats and the weather of a harbour."""

from __future__ import annotations

from pathlib import Path

import pytest

from agentia_analyst.rules import AnalystRules
from agentia_fabric.toolserver.folder import Folder
from agentia_kit.rule import Said
from agentia_tables.catalog import Catalog
from agentia_tables.preparing import Preparing
from agentia_tables.tools import TableTools
from agentia_testing.rule_runs import play

WEATHER = """day,wave_m,rain_mm
2025-06-03,1.2,4
2025-08-08,3.0,0
2025-12-01,2.5,9
2025-12-02,2.6,8
2025-12-03,2.7,7
"""
SAILINGS = """date,route,passengers,fares
2025-07-01,Tern Bay,40,410.5
2025-07-01,Gull Rock,15,130
2025-07-02,Tern Bay,60,600
2025-08-09,Gull Rock,30,280
2025-08-10,Tern Bay,20,205
"""
CREW = """Name,Home,Joined,Pay (EUR)
Ada Moen,Tern Bay,2019-02-01,3400
Bo Lind,Gull Rock,2021-05-10,3100
"""
BOATS = """boat,status,capacity
Osprey,in service,120
Petrel,in repair,150
Plover,in service,80
"""
HONEY = """hive,keeper,honey_kg,frames
Alder,Una,12.5,9
Birch,Ode,20.25,4
Alder,Una,30.1,2
Birch,Ode,18.2,3
"""


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> TableTools:
    folder: Path = tmp_path_factory.mktemp("harbour")
    for name, text in {
        "weather": WEATHER,
        "sailings": SAILINGS,
        "crew": CREW,
        "boats": BOATS,
        "honey": HONEY,
    }.items():
        (folder / f"{name}.csv").write_text(text)
    return TableTools(Catalog(Folder(folder), Preparing(tmp_path_factory.mktemp("cache"))))


def asked(tools: TableTools, question: str, *history: str) -> str:
    said = [Said("user", each) for each in history]
    return play(AnalystRules(), question, tools.all(), history=said).text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Which day had the highest waves?", "2025-08-08 has the highest `wave_m`: 3"),
        ("Which date had the lowest waves?", "2025-06-03 has the lowest `wave_m`: 1.2"),
        ("Which day had the most passengers?", "2025-07-02 has the highest total `passengers`: 60"),
        ("Bottom 2 dates by passengers", "1. 2025-08-10 20\n2. 2025-08-09 30"),
        ("Top 2 dates by fares total", "1. 2025-07-02 600\n2. 2025-07-01 540.5"),
        ("passengers by date", "2025-07-01"),
    ],
)
def test_who_asks_for_days_gets_days(tools: TableTools, question: str, words: str) -> None:
    assert words in asked(tools, question)


def test_a_period_that_nobody_asked_for_is_told(tools: TableTools) -> None:
    assert "I grouped by month." in asked(tools, "How did rain_mm develop?")
    assert "I grouped" not in asked(tools, "passengers by month")


def test_more_days_than_can_be_shown_are_taken_by_month(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    days = [f"2025-{month:02d}-{day:02d},1" for month in range(1, 11) for day in range(1, 29)]
    (tmp_path / "gates.csv").write_text("\n".join(["date,openings", *days]))
    gates = TableTools(Catalog(Folder(tmp_path), Preparing(tmp_path_factory.mktemp("cache"))))
    assert "I grouped by month." in asked(gates, "openings by day")
    assert "2025-03-28" in asked(gates, "openings by day in March 2025")


def test_a_table_that_has_the_value_in_the_time_asked_for_is_meant(tools: TableTools) -> None:
    text = asked(tools, "How much did Tern Bay earn in July 2025?")
    assert text.startswith("The total `fares` is 1,010.5 in sailings.csv")


def test_the_tables_that_have_a_column_are_listed(tools: TableTools) -> None:
    text = asked(tools, "Which table has the column wave_m?")
    assert "`weather`" in text
    assert "sailings" not in text
    assert "No table has" in asked(tools, "Which tables have a column salinity?")


def test_a_value_may_have_a_stop_word_in_it(tools: TableTools) -> None:
    text = asked(tools, "Boats with status in service and capacity over 100")
    assert "Osprey" in text
    assert "Petrel" not in text
    assert "Plover" not in text
    refused = asked(tools, "Which boats are in service and hold more than 100 people?")
    assert "what “hold”, “people” means for `boats`" in refused


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("and by month?", "2025-07"),
        ("by month", "total `passengers` in sailings.csv by month"),
        (
            "Only for Tern Bay",
            "Total `passengers` in sailings.csv for route Tern Bay by route:\n- Tern Bay 120",
        ),
        ("What about August 2025?", "Total `passengers` in sailings.csv in August 2025 by route"),
        ("and the average?", "Average `passengers` in sailings.csv by route"),
        ("same for fares", "Total `fares` in sailings.csv by route"),
    ],
)
def test_what_follows_is_read_together_with_the_question_before(
    tools: TableTools, question: str, words: str
) -> None:
    assert words in asked(tools, question, "total passengers by route")


def test_what_follows_may_be_followed(tools: TableTools) -> None:
    text = asked(tools, "only for Tern Bay", "total passengers by route", "and by month?")
    assert "for route Tern Bay by month" in text
    assert "100 in 2025-07" in text


def test_a_question_of_its_own_does_not_look_back(tools: TableTools) -> None:
    assert "is 3 in boats.csv" in asked(tools, "How many boats are there?", "total passengers by route")
    assert "by day" in asked(tools, "now rain_mm by day", "total passengers by route")
    assert "weather.csv" in asked(tools, "now rain_mm by day", "total passengers by route")
    assert "I see these tables" in asked(tools, "and what tables are there?", "total passengers by route")
    assert asked(tools, "Why do birds sing?", "total passengers by route").startswith("I cannot answer")


def test_a_word_for_the_table_is_its_figure_where_a_figure_bears_the_name(tools: TableTools):
    answer = asked(tools, "Which hive gave most honey?")
    assert "Alder has the highest total `honey_kg`: 42.6" in answer
