"""Tables that come with a call: read beside the folder, by the same rules, and not kept."""

from pathlib import Path

from agentia_testing.tool_client import ToolClient

CITIES = {"cities.csv": "city,people\nOslo,709037\nBergen,291940\n"}


async def test_an_attached_table_is_queried_beside_those_of_the_folder(tools: ToolClient, folder: Path):
    (folder / "lands.csv").write_text("city,land\nOslo,Norway\n")

    answer = await tools.answer(
        "query", sql="SELECT land, people FROM cities JOIN lands USING (city)", attached=CITIES
    )

    assert answer["rows"] == [["Norway", 709037]]
    assert sorted(answer["sources"]) == ["cities.csv", "lands.csv"]


async def test_an_attached_table_is_listed_first_and_described(tools: ToolClient, folder: Path):
    (folder / "lands.csv").write_text("city,land\nOslo,Norway\n")

    listed = await tools.answer("list_tables", attached=CITIES)
    told = await tools.answer("describe_table", table="cities", attached=CITIES)

    assert [table["table"] for table in listed["tables"]] == ["cities", "lands"]
    assert told["columns"][1]["max"] == 709037


async def test_an_attached_table_can_be_charted(tools: ToolClient):
    made = await tools.answer(
        "chart", sql="FROM cities", kind="bar", x="city", y="people", title="People", attached=CITIES
    )
    assert made["points"] == 2


async def test_an_attached_table_hides_its_namesake_for_that_call_only(tools: ToolClient, folder: Path):
    (folder / "cities.csv").write_text("city,people\nRome,1\n")

    with_it = await tools.answer("query", sql="SELECT max(people) FROM cities", attached=CITIES)
    without = await tools.answer("query", sql="SELECT max(people) FROM cities")

    assert (with_it["rows"], without["rows"]) == ([[709037]], [[1]])


async def test_lines_of_json_can_be_attached(tools: ToolClient):
    attached = {"c.ndjson": '{"city": "Oslo", "people": 1}\n{"city": "Bergen", "people": 2}\n'}
    assert (await tools.answer("query", sql="SELECT sum(people) FROM c", attached=attached))["rows"] == [[3]]


async def test_attached_tables_have_limits(tools: ToolClient):
    long = {"long.csv": "a\n" + "x" * 1024 * 1024}
    many = {f"t{number}.csv": "a\n1\n" for number in range(9)}

    assert (await tools.refusal("list_tables", attached=long))[0] == "too_long"
    assert (await tools.refusal("list_tables", attached=many))[0] == "too_long"
    code, sentence = await tools.refusal("list_tables", attached={"x.parquet": "PAR1"})
    assert (code, sentence[:12]) == ("bad_arguments", "'x.parquet' ")


async def test_a_name_that_leads_elsewhere_names_a_file_of_the_call(tools: ToolClient, tmp_path: Path):
    listed = await tools.answer("list_tables", attached={"../../up.csv": "a\n1\n"})

    assert [table["path"] for table in listed["tables"]] == ["up.csv"]
    assert not (tmp_path / "up.csv").exists()
