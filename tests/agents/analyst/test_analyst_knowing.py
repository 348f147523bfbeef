"""Which words of the tables the analyst is found by."""

from __future__ import annotations

from typing import Any

from agentia_analyst.knowing import knowing_of, words_of
from agentia_tables.app import server
from agentia_testing.tool_client import tool_client


def table(name: str, *columns: str) -> dict[str, Any]:
    return {"table": name, "path": f"{name}.csv", "columns": [{"name": column} for column in columns]}


def test_names_are_split_into_words_tables_before_columns_and_columns_by_turns() -> None:
    words = words_of([table("stock", "warehouse_no", "pallets2024"), table("staff", "hiredOn", "x")])
    assert list(words) == ["stock", "stock.csv", "staff", "staff.csv", "warehouse", "hired", "pallets2024"]


async def test_the_words_are_those_of_the_folder(tmp_path: Any) -> None:
    files = tmp_path / "files"
    files.mkdir()
    (files / "warehouses.csv").write_text("city,pallets\nGhent,3\n")
    async with tool_client(server("tables", files, tmp_path / "data")) as tools:
        known = await knowing_of(f"{tools.url}mcp")()
    assert known == {"analyse-tables": ["warehouses", "warehouses.csv", "city", "pallets"]}
