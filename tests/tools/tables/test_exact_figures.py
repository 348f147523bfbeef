"""Figures are those that a person adds up on paper."""

from pathlib import Path

import pytest

from agentia_testing.made_tables import parquet
from agentia_testing.tool_client import ToolClient


async def figure(tools: ToolClient, sql: str) -> object:
    return (await tools.answer("query", sql=sql))["rows"][0][0]


@pytest.mark.parametrize(
    ("sql", "value"),
    [
        ("SELECT sum(price) FROM t", 0.6),
        ("SELECT sum(price * pieces) FROM t", 1.4),
        ("SELECT median(price) FROM t WHERE price < 0.3", 0.15),
        ("SELECT max(price) - min(price) FROM t", 0.2),
        ("SELECT sum(price) / 7 FROM t", 0.0857142857142857),
    ],
)
async def test_decimals_add_up_exactly(tools: ToolClient, folder: Path, sql: str, value: float):
    (folder / "t.csv").write_text("price,pieces\n0.1,1\n0.2,2\n0.3,3\n")
    assert await figure(tools, sql) == value


async def test_many_decimals_add_up_exactly_too(tools: ToolClient, folder: Path):
    (folder / "t.csv").write_text("price\n" + "0.1\n1234567.89\n" * 20_000)
    assert await figure(tools, "SELECT sum(price) FROM t") == 24691359800


async def test_doubles_of_parquet_come_without_the_noise_of_their_sums(tools: ToolClient, folder: Path):
    parquet(folder / "t.parquet", "SELECT unnest([0.1::DOUBLE, 0.2, 0.3]) AS price")
    assert await figure(tools, "SELECT sum(price) FROM t") == 0.6


async def test_numbers_with_many_places_stay_doubles(tools: ToolClient, folder: Path):
    (folder / "t.csv").write_text("x\n0.12345678901\n1.5e-30\n")
    assert (await tools.answer("query", sql="SELECT max(x) AS x FROM t"))["columns"][0]["type"] == "DOUBLE"
    assert await figure(tools, "SELECT min(x) FROM t") == 1.5e-30
