"""The sample data tells what the documentation says it tells."""

from pathlib import Path

from agentia_documents.app import server as documents
from agentia_fabric import samples
from agentia_tables.app import server as tables
from agentia_testing.tool_client import tool_client

BEST = "SELECT region FROM sales GROUP BY region ORDER BY sum({column}) DESC LIMIT 1"


async def test_north_sold_most_by_units_and_by_revenue(tmp_path: Path):
    async with tool_client(tables("tables", samples.folder(), tmp_path)) as tools:
        for column in ("units", "revenue"):
            assert (await tools.answer("query", sql=BEST.format(column=column)))["rows"] == [["North"]]


async def test_every_sample_can_be_read(tmp_path: Path):
    async with tool_client(tables("tables", samples.folder(), tmp_path)) as tools:
        listed = await tools.answer("list_tables")
    async with tool_client(documents("documents", samples.folder())) as tools:
        found = await tools.answer("list_documents")
    served = {each["path"] for each in [*listed["tables"], *found["documents"]]}
    assert listed["skipped"] == found["skipped"] == []
    assert served == {path.name for path in samples.folder().iterdir()}
    assert {table["format"] for table in listed["tables"]} == {"csv", "sqlite", "parquet"}
