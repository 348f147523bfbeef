"""What files become as tables: types, dates and numbers as people write them; broken ones say why."""

import os
from pathlib import Path
from typing import Any

import pytest

from agentia_tables import catalog
from agentia_tables.app import server
from agentia_testing.made_tables import parquet, sqlite
from agentia_testing.tool_client import ToolClient, tool_client


async def columns(tools: ToolClient, table: str) -> dict[str, str]:
    described = await tools.answer("describe_table", table=table)
    return {column["name"]: column["type"] for column in described["columns"]}


async def rows(tools: ToolClient, sql: str) -> list[list[Any]]:
    return (await tools.answer("query", sql=sql))["rows"]


async def test_every_kind_of_file_is_a_table(tools: ToolClient, folder: Path):
    (folder / "a.csv").write_text("n,t\n1,x\n2,y\n")
    (folder / "b.tsv").write_text("n\tt\n1\tx, y\n")
    (folder / "c.json").write_text('[{"n":1,"t":"x"},{"n":2}]')
    (folder / "d.jsonl").write_text('{"n":1}\n{"n":2}\n{"n":3}\n')
    parquet(folder / "e.parquet", "SELECT 1 AS n")
    sqlite(
        folder / "f.db",
        "CREATE TABLE g (n INTEGER)",
        "CREATE TABLE h (n INTEGER)",
        "INSERT INTO g VALUES (7)",
    )
    listed = await tools.answer("list_tables")
    assert [(t["table"], t["path"], t["format"], t["rows"]) for t in listed["tables"]] == [
        ("a", "a.csv", "csv", 2),
        ("b", "b.tsv", "tsv", 1),
        ("c", "c.json", "json", 2),
        ("d", "d.jsonl", "json", 3),
        ("e", "e.parquet", "parquet", 1),
        ("f_g", "f.db", "sqlite", 1),
        ("f_h", "f.db", "sqlite", 0),
    ]
    assert await rows(tools, "SELECT (SELECT count(*) FROM a), (SELECT t FROM b), (SELECT n FROM g)") == [
        [2, "x, y", 7]
    ]


async def test_numbers_and_dates_as_people_write_them(tools: ToolClient, folder: Path):
    (folder / "t.csv").write_text(
        "us,german,price,gaps,iso,dotted,american,code\n"
        '"1,234.50","1.234,50",$5,1,2025-01-31,31.01.2025,01/31/2025,00123\n'
        '"12","0,5",$1200.25,n/a,2025-02-01,01.02.2025,02/01/2025,4567\n'
    )
    assert await columns(tools, "t") == {
        "us": "DECIMAL(18,4)",
        "german": "DECIMAL(18,4)",
        "price": "DECIMAL(18,5)",
        "gaps": "BIGINT",
        "iso": "DATE",
        "dotted": "DATE",
        "american": "DATE",
        "code": "VARCHAR",
    }
    assert (await rows(tools, "FROM t ORDER BY us DESC LIMIT 1"))[0] == [
        1234.5,
        1234.5,
        5.0,
        1,
        *["2025-01-31"] * 3,
        "00123",
    ]


async def test_thousands_alone_are_whole_numbers(tools: ToolClient, folder: Path):
    (folder / "t.csv").write_text('n\n"1,234"\n"12,345"\n999\n')
    assert await columns(tools, "t") == {"n": "BIGINT"}
    assert await rows(tools, "SELECT sum(n) FROM t") == [[14578]]


async def test_text_that_is_a_number_by_chance_only_stays_text(tools: ToolClient, folder: Path):
    (folder / "t.csv").write_text("a,b,c\n1-2,v1.5,10%\n3-4,v2,x\n")
    assert set((await columns(tools, "t")).values()) == {"VARCHAR"}


async def test_semicolons_quotes_and_other_encodings(tools: ToolClient, folder: Path):
    (folder / "west.csv").write_bytes('Stadt;Größe\n"Köln; Süd";3\n'.encode("cp1252"))
    (folder / "wide.csv").write_bytes("a,b\nž,1\n".encode("utf-16"))
    assert await rows(tools, 'SELECT Stadt, "Größe" FROM west') == [["Köln; Süd", 3]]
    assert await rows(tools, "FROM wide") == [["ž", 1]]


async def test_rows_that_are_too_short_are_padded_and_none_is_dropped(tools: ToolClient, folder: Path):
    (folder / "t.csv").write_text("a,b\n1,2\n3\n4,5\n")
    assert await rows(tools, "FROM t") == [[1, 2], [3, None], [4, 5]]


async def test_a_row_with_more_fields_than_the_header_is_a_broken_file(tools: ToolClient, folder: Path):
    (folder / "t.csv").write_text("a,b\n1,2\n3\n4,5,6\n")
    assert await tools.refusal("query", sql="FROM t") == (
        "unreadable",
        "t.csv has rows with more fields than its header.",
    )


async def test_lines_above_the_header_are_left_out(tools: ToolClient, folder: Path):
    (folder / "t.csv").write_text("A report\nmade today\n\nname,score\nx,1\ny,2\n")
    assert await rows(tools, "SELECT name, score FROM t") == [["x", 1], ["y", 2]]


async def test_a_table_of_text_alone_keeps_its_header(tools: ToolClient, folder: Path):
    (folder / "t.csv").write_text("name,city\nann,berlin\nbob,paris\n")
    assert await columns(tools, "t") == {"name": "VARCHAR", "city": "VARCHAR"}


async def test_sqlite_columns_have_the_one_type_that_all_their_values_fit(tools: ToolClient, folder: Path):
    sqlite(
        folder / "x.sqlite",
        'CREATE TABLE "odd name" (whole, part, mixed, day DATE, raw BLOB, gone, "a ""b""" TEXT)',
        rows=[
            (
                'INSERT INTO "odd name" VALUES (?, ?, ?, ?, ?, ?, ?)',
                [(1, 1, 1, "2025-01-31", b"\0\1", None, "007"), (2**60, 0.5, "x", None, b"", None, "08")],
            )
        ],
    )
    assert await columns(tools, "x_odd_name") == {
        "whole": "BIGINT",
        "part": "DECIMAL(18,4)",
        "mixed": "VARCHAR",
        "day": "DATE",
        "raw": "BLOB",
        "gone": "VARCHAR",
        'a "b"': "VARCHAR",
    }
    assert await rows(tools, 'SELECT mixed, day, raw, "a ""b""" FROM x ORDER BY whole') == [
        ["1", "2025-01-31", "AAE=", "007"],
        ["x", None, "", "08"],
    ]


async def test_sqlite_with_a_write_ahead_log_is_read_without_being_changed(tools: ToolClient, folder: Path):
    sqlite(folder / "w.db", "PRAGMA journal_mode = WAL", "CREATE TABLE t (n)", "INSERT INTO t VALUES (1)")
    before = (folder / "w.db").read_bytes()
    assert await rows(tools, "FROM t") == [[1]]
    assert (folder / "w.db").read_bytes() == before


async def test_broken_files_say_why_and_leave_the_others_alone(tools: ToolClient, folder: Path):
    (folder / "good.csv").write_text("a\n1\n")
    (folder / "empty.csv").write_text("")
    (folder / "binary.csv").write_bytes(b"a\0b")
    (folder / "broken.parquet").write_bytes(b"PAR1 no")
    (folder / "broken.db").write_bytes(b"no database at all" * 100)
    (folder / "broken.json").write_text('{"a": ')
    listed = await tools.answer("list_tables")
    assert [table["table"] for table in listed["tables"]] == ["good"]
    reasons = {file["path"]: file["reason"] for file in listed["skipped"]}
    assert reasons["empty.csv"] == "is empty"
    assert reasons["binary.csv"] == "is binary, not text"
    assert set(reasons) == {"empty.csv", "binary.csv", "broken.parquet", "broken.db", "broken.json"}
    assert not any(str(folder.parent) in reason for reason in reasons.values())
    assert await tools.refusal("query", sql="FROM empty") == ("unreadable", "empty.csv is empty.")
    assert (await tools.refusal("describe_table", table="broken.db"))[0] == "unreadable"
    assert await rows(tools, "FROM good") == [[1]]


async def test_files_that_change_are_read_again(tools: ToolClient, folder: Path, tmp_path: Path):
    (folder / "t.csv").write_text("a\n1\n")
    assert await rows(tools, "FROM t") == [[1]]
    (folder / "t.csv").write_text("b,c\n1,2\n3,4\n")
    assert await rows(tools, "FROM t") == [[1, 2], [3, 4]]
    (folder / "t.csv").unlink()
    assert (await tools.refusal("query", sql="FROM t"))[0] == "not_found"
    await tools.answer("list_tables")
    assert list((tmp_path / "data").rglob("*.parquet")) == []


async def test_a_table_is_described_anew_when_only_its_values_change(tools: ToolClient, folder: Path):
    async def highest() -> int:
        return (await tools.answer("describe_table", table="t"))["columns"][0]["max"]

    parquet(folder / "t.parquet", "SELECT 1 AS n")
    assert [await highest(), await highest()] == [1, 1]
    parquet(folder / "t.parquet", "SELECT 2 AS n")
    assert await highest() == 2


async def test_copies_outlive_the_server_and_are_used_again(folder: Path, tmp_path: Path):
    (folder / "t.csv").write_text("a\n1\n")
    async with tool_client(server("tables", folder, tmp_path / "data")) as tools:
        assert await rows(tools, "FROM t") == [[1]]
    (copy,) = (tmp_path / "data").rglob("*.parquet")
    os.utime(copy, (1, 1))
    async with tool_client(server("tables", folder, tmp_path / "data")) as tools:
        assert await rows(tools, "FROM t") == [[1]]
    assert copy.stat().st_mtime == 1


async def test_a_call_reads_files_for_a_bounded_time_and_says_what_is_pending(
    tools: ToolClient, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    for name in "ab":
        (folder / f"{name}.csv").write_text("a\n1\n")
    monkeypatch.setattr(catalog, "STEP_SECONDS", -1.0)
    assert (await tools.answer("list_tables"))["pending"] == 2
    monkeypatch.undo()
    assert (await tools.answer("list_tables"))["pending"] == 0


async def test_a_link_that_leads_outside_is_no_table(tools: ToolClient, folder: Path, tmp_path: Path):
    (tmp_path / "secret.csv").write_text("a\n1\n")
    (folder / "link.csv").symlink_to(tmp_path / "secret.csv")
    assert (await tools.answer("list_tables"))["tables"] == []
    assert (await tools.refusal("query", sql="FROM link"))[0] == "outside_folder"


async def test_columns_are_described_by_what_they_hold(tools: ToolClient, folder: Path):
    (folder / "t.csv").write_text("team,points\nred,3\nblue,\nred,5\nred,3\n")
    described = await tools.answer("describe_table", table="t.csv")
    assert (described["table"], described["path"], described["rows"]) == ("t", "t.csv", 4)
    assert described["columns"] == [
        {
            "name": "team",
            "type": "VARCHAR",
            "nulls": 0,
            "distinct": 2,
            "min": "blue",
            "max": "red",
            "examples": ["red", "blue"],
        },
        {
            "name": "points",
            "type": "BIGINT",
            "nulls": 1,
            "distinct": 2,
            "min": 3,
            "max": 5,
            "examples": [3, 5],
        },
    ]


async def test_nested_columns_are_described_without_a_range(tools: ToolClient, folder: Path):
    (folder / "t.json").write_text('[{"a":[1,2],"b":{"c":1}}]')
    described = await tools.answer("describe_table", table="t")
    assert [(column["nulls"], column["min"]) for column in described["columns"]] == [(0, None), (0, None)]
    assert await rows(tools, "FROM t") == [[[1, 2], {"c": 1}]]
