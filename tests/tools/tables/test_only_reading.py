"""Nothing that is sent as SQL writes, or reads anything but the tables of the folder."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agentia_fabric.toolserver.errors import ToolFault
from agentia_fabric.toolserver.folder import Folder
from agentia_tables.catalog import Catalog
from agentia_tables.engine import Engine
from agentia_tables.preparing import Preparing
from agentia_testing.tool_client import ToolClient

SECRET = "do-not-tell"
WRITES = [
    "CREATE TABLE x (a INT)",
    "INSERT INTO teams VALUES ('x', 1)",
    "UPDATE teams SET points = 0",
    "DELETE FROM teams",
    "DROP VIEW teams",
    "ALTER TABLE teams ADD COLUMN x INT",
    "COPY teams TO '{folder}/out.csv'",
    "COPY (SELECT 1) TO '{outside}/out.csv'",
    "EXPORT DATABASE '{outside}/out'",
    "ATTACH '{outside}/new.db'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET threads = 8",
    "RESET memory_limit",
    "PRAGMA enable_external_access = true",
    "CALL pragma_version()",
    "CHECKPOINT",
    "VACUUM",
    "USE memory",
    "BEGIN",
    "PREPARE p AS SELECT 1",
    "EXPLAIN ANALYZE INSERT INTO teams VALUES ('x', 1)",
    "WITH a AS (INSERT INTO teams VALUES ('x', 1) RETURNING *) SELECT * FROM a",
    "MERGE INTO teams USING teams b ON true WHEN MATCHED THEN DELETE",
    "CREATE SECRET s (TYPE s3)",
]
ESCAPES = [
    "SELECT * FROM read_csv('{outside}/secret.csv')",
    "SELECT * FROM read_text('{outside}/secret.csv')",
    "SELECT content FROM read_blob('{outside}/*')",
    "FROM '{outside}/secret.csv'",
    'FROM "{outside}/secret.csv"',
    "FROM '../secret.csv'",
    "SELECT * FROM glob('{outside}/*')",
    "SELECT * FROM sniff_csv('{outside}/secret.csv')",
    "SELECT * FROM parquet_metadata('{outside}/secret.csv')",
    "SELECT * FROM read_csv('https://example.com/x.csv')",
    "SELECT * FROM read_json('/proc/self/environ')",
    "SELECT * FROM query('SELECT * FROM read_csv(''{outside}/secret.csv'')')",
    "SELECT * FROM query_table('{outside}/secret.csv')",
    "SELECT getenv('HOME')",
]


@pytest.fixture(autouse=True)
def _teams(folder: Path) -> None:
    (folder / "teams.csv").write_text("team,points\nred,3\nblue,7\n")
    (folder.parent / "secret.csv").write_text(f"a,b\n{SECRET},1\n")


def everything(folder: Path) -> dict[str, bytes]:
    return {
        str(path): path.read_bytes()
        for path in sorted(folder.parent.rglob("*"))
        if path.is_file() and not path.is_relative_to(folder.parent / "data")
    }


@pytest.mark.parametrize("sql", WRITES)
async def test_a_statement_that_writes_is_refused(tools: ToolClient, folder: Path, sql: str):
    before = everything(folder)
    code, _ = await tools.refusal("query", sql=sql.format(folder=folder, outside=folder.parent))
    assert code in ("read_only", "bad_sql")
    assert everything(folder) == before
    assert (await tools.answer("query", sql="FROM teams"))["row_count"] == 2


@pytest.mark.parametrize("sql", ESCAPES)
async def test_a_statement_that_reads_elsewhere_is_refused(tools: ToolClient, folder: Path, sql: str):
    code, sentence = await tools.refusal("query", sql=sql.format(outside=folder.parent))
    assert code in ("outside_folder", "bad_sql", "not_found")
    assert SECRET not in sentence


async def test_what_is_written_in_a_chart_s_query_is_refused_too(tools: ToolClient):
    code, _ = await tools.refusal("chart", sql="DROP TABLE teams", kind="bar", x="a", y="b", title="")
    assert code == "read_only"


SQL = st.lists(
    st.sampled_from(
        [
            *(
                "SELECT",
                "*",
                "FROM",
                "teams",
                "(",
                ")",
                ",",
                ";",
                "WITH a AS",
                "INSERT INTO",
                "VALUES (1)",
                "RETURNING *",
            ),
            *(
                "COPY",
                "TO",
                "'out.csv'",
                "'../secret.csv'",
                "read_csv",
                "read_text",
                "('../secret.csv')",
                "ATTACH",
            ),
            *(
                "SET",
                "threads",
                "=",
                "1",
                "PRAGMA",
                "UNION",
                "--",
                "/*",
                "*/",
                '"',
                "'",
                "\0",
                "DROP",
                "TABLE",
                "CREATE",
            ),
            *(
                "EXPLAIN",
                "DESCRIBE",
                "PIVOT",
                "ON",
                "USING",
                "sum(points)",
                "glob('/*')",
                "LOAD",
                "x",
                "AS",
                "é",
                "$1",
            ),
        ]
    ),
    max_size=9,
).map(" ".join)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sql=SQL | st.text(max_size=30))
def test_no_statement_whatsoever_writes_or_tells_what_is_outside(sql: str, folder: Path):
    tables, engine = Catalog(Folder(folder), Preparing(folder.parent / "data")), Engine()
    before = everything(folder)
    try:
        told = str(engine.run(tables, sql, 10).rows)
    except ToolFault as fault:
        told = str(fault)
    assert SECRET not in told
    assert everything(folder) == before
