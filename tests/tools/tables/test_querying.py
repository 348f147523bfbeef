"""SELECT over the tables by a real client over HTTP: values, limits, and errors that help."""

import json
from pathlib import Path

import anyio
import pytest

from agentia_tables import engine
from agentia_testing.made_tables import parquet
from agentia_testing.tool_client import ToolClient


@pytest.fixture(autouse=True)
def _teams(folder: Path) -> None:
    (folder / "teams.csv").write_text("team,points\nred,3\nblue,7\ngreen,5\n")


async def test_a_query_gives_columns_with_types_and_rows(tools: ToolClient):
    assert await tools.answer(
        "query", sql="SELECT team, points FROM teams ORDER BY points DESC LIMIT 2;"
    ) == {
        "columns": [{"name": "team", "type": "VARCHAR"}, {"name": "points", "type": "BIGINT"}],
        "rows": [["blue", 7], ["green", 5]],
        "row_count": 2,
        "sources": ["teams.csv"],
    }


@pytest.mark.parametrize(
    "sql",
    [
        "FROM teams.csv",
        "SELECT * FROM 'teams.csv'",
        'SELECT * FROM "Teams.CSV"',
        "SELECT * FROM Teams t",
        "SELECT * FROM main.teams",
        "WITH best AS (SELECT * FROM teams) SELECT * FROM best -- all of them",
        "WITH teams AS (SELECT * FROM teams) FROM teams",
        "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 3) FROM n",
        "SELECT a.* FROM teams a JOIN teams b USING (team)",
    ],
)
async def test_a_table_is_found_however_it_is_written(tools: ToolClient, sql: str):
    assert (await tools.answer("query", sql=sql))["row_count"] == 3


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        ("SHOW TABLES", [["teams"]]),
        ("SELECT table_name FROM information_schema.tables", [["teams"]]),
        ("VALUES (1)", [[1]]),
    ],
)
async def test_what_there_is_can_be_asked_in_sql_too(tools: ToolClient, sql: str, rows: list[list[object]]):
    assert (await tools.answer("query", sql=sql))["rows"] == rows


async def test_describe_and_summarize_are_queries(tools: ToolClient):
    assert (await tools.answer("query", sql="DESCRIBE teams"))["rows"][0][:2] == ["team", "VARCHAR"]
    assert (await tools.answer("query", sql="SUMMARIZE teams"))["row_count"] == 2


async def test_every_value_is_one_of_json(tools: ToolClient, folder: Path):
    parquet(
        folder / "v.parquet",
        """SELECT 1.50::DECIMAL(10,2) AS dec, 0.1234567890123456789::DECIMAL(38,19) AS long,
        9007199254740993 AS big,
        'nan'::DOUBLE AS nan, '-inf'::FLOAT AS inf, '\\x00\\xFF'::BLOB AS raw,
        DATE '2025-01-31' AS day,
        TIMESTAMP '2025-01-31 10:00:00' AS at,
        TIMESTAMPTZ '2025-01-31 10:00:00+02' AS zoned, TIME '10:30' AS t,
        INTERVAL 1 DAY AS span, [1, NULL] AS list, {'a': 1.25::DECIMAL(4,2)} AS struct, MAP {'k': 1} AS map,
        '8b3bb7a1-51c0-4ff4-8f0c-3e4a1c1de001'::UUID AS id, true AS yes, NULL AS nothing""",
    )
    answer = await tools.answer("query", sql="FROM v")
    values = dict(zip([column["name"] for column in answer["columns"]], answer["rows"][0], strict=True))
    assert values == {
        "dec": 1.5,
        "long": "0.1234567890123456789",
        "big": "9007199254740993",
        "nan": None,
        "inf": None,
        "raw": "AP8=",
        "day": "2025-01-31",
        "at": "2025-01-31T10:00:00",
        "zoned": "2025-01-31T08:00:00+00:00",
        "t": "10:30:00",
        "span": "1 day, 0:00:00",
        "list": [1, None],
        "struct": {"a": 1.25},
        "map": {"k": 1},
        "id": "8b3bb7a1-51c0-4ff4-8f0c-3e4a1c1de001",
        "yes": True,
        "nothing": None,
    }
    json.dumps(answer, allow_nan=False)


async def test_columns_of_one_name_are_all_given(tools: ToolClient):
    answer = await tools.answer("query", sql="SELECT 1 AS a, 2 AS a")
    assert ([column["name"] for column in answer["columns"]], answer["rows"]) == (["a", "a"], [[1, 2]])


async def test_more_rows_than_asked_for_are_an_error_and_not_a_part(tools: ToolClient):
    assert await tools.refusal("query", sql="FROM teams", limit=2) == (
        "too_many_rows",
        "The result has more than 2 rows: aggregate, filter, or add LIMIT 2.",
    )
    assert (await tools.answer("query", sql="FROM teams", limit=3))["row_count"] == 3
    assert (await tools.refusal("query", sql="FROM range(100000000000)"))[0] == "too_many_rows"


async def test_a_large_value_and_a_large_result_are_refused(tools: ToolClient):
    assert (await tools.refusal("query", sql="SELECT repeat('x', 30000) AS wide"))[0] == "too_long"
    code, sentence = await tools.refusal("query", sql="SELECT repeat('x', 9000) FROM range(1000)", limit=5000)
    assert (code, "ask for fewer rows" in sentence) == ("too_long", True)


async def test_a_statement_that_takes_too_long_is_ended(tools: ToolClient, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(engine, "SECONDS", 0.3)
    slow = "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range * b.range % 7 = 3"
    assert await tools.refusal("query", sql=slow) == (
        "too_long",
        "The statement ran too long: aggregate or filter more, or ask for less.",
    )


async def test_a_statement_that_needs_too_much_memory_is_ended(tools: ToolClient):
    greedy = "SELECT count(*) FROM (SELECT DISTINCT hash(range), range::VARCHAR FROM range(100000000))"
    code, sentence = await tools.refusal("query", sql=greedy)
    assert (code, sentence.startswith("The statement")) == ("too_long", True)


@pytest.mark.parametrize(
    ("sql", "code", "words"),
    [
        ("SELEC 1", "bad_sql", "syntax error"),
        ("SELECT pionts FROM teams", "bad_sql", '"points"'),
        ("SELECT sum(team) FROM teams", "bad_sql", "explicit type casts"),
        ("SELECT 'x'::INTEGER", "bad_sql", "Could not convert"),
        ("SELECT ?", "bad_sql", "parameter"),
        ("PIVOT teams ON team USING sum(points)", "bad_sql", "values spelled out"),
        ("SELECT 1; SELECT 2", "bad_sql", "one statement, not 2"),
        ("-- nothing", "bad_sql", "one statement, not 0"),
        ("FROM team", "not_found", "The nearest: teams"),
        ("SELECT 1 " + "-" * 30000, "too_long", "20,000"),
    ],
)
async def test_an_error_says_what_to_change(tools: ToolClient, sql: str, code: str, words: str):
    found, sentence = await tools.refusal("query", sql=sql)
    assert found == code
    assert words in sentence
    assert "LINE 1" not in sentence


async def test_queries_run_side_by_side_within_their_number(
    tools: ToolClient, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(engine, "WAIT_SECONDS", 0.0)
    codes: list[str] = []

    async def ask() -> None:
        result = await tools.client.call_tool("query", {"sql": "SELECT sum(range) FROM range(50000000)"})
        codes.append("busy" if result.is_error else "ok")

    async with anyio.create_task_group() as group:
        for _ in range(6):
            group.start_soon(ask)
    assert codes.count("ok") >= engine.RUNNING
