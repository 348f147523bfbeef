"""The analyst as its callers meet it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
from a2a.types.a2a_pb2 import Part

import agentia_analyst.app


async def test_a_question_gets_figures_table_and_chart(serve_sample: Any, files: Path) -> None:
    (files / "zorbs.csv").write_text("colour,weightKg\nred,3\nblue,9\nred,4\n")
    async with serve_sample(agentia_analyst.app.service, "analyst") as analyst:
        heard = await analyst.ask("Which colour has the highest total weight? Chart it")
    assert heard.state == "COMPLETED"
    assert heard.text.startswith("blue has the highest total `weightKg`: 9, 56.3 % of 16 in all.")
    assert heard.data("table") == {
        "columns": ["colour", "total weightKg"],
        "rows": [["blue", 9], ["red", 7]],
        "sources": ["zorbs.csv"],
    }
    (chart,) = heard.named("chart")
    assert (chart.parts[0].media_type, chart.parts[0].filename) == ("image/svg+xml", "chart.svg")
    assert chart.parts[0].raw.startswith(b"<svg")
    (table,) = heard.named("table")
    assert table.parts[1].raw == b"colour,total weightKg\nblue,9\nred,7\n"


async def test_answers_name_the_rules_and_not_a_language_model(serve_sample: Any, files: Path) -> None:
    (files / "zorbs.csv").write_text("colour,weight\nred,3\n")
    async with serve_sample(agentia_analyst.app.service, "analyst") as analyst:
        heard = await analyst.ask("total weight")
        async with httpx.AsyncClient() as http:
            card = (await http.get(f"{analyst.url}.well-known/agent-card.json")).json()
    (answer,) = heard.named("answer")
    assert answer.metadata["urn:agentia:model"] == "rule:analyst"
    assert "rule:analyst" in card["description"]


async def test_an_ambiguous_question_is_asked_back_and_answered(serve_sample: Any, files: Path) -> None:
    (files / "spring.csv").write_text("colour,weight\nred,3\n")
    (files / "autumn.csv").write_text("colour,weight\nred,30\nblue,4\n")
    async with serve_sample(agentia_analyst.app.service, "analyst") as analyst:
        first = await analyst.ask("What is the total weight?")
        assert (first.state, first.said[-1]) == (
            "INPUT_REQUIRED",
            "Which table do you mean: `autumn` or `spring`?",
        )
        second = await analyst.ask("autumn", after=first)
    assert second.state == "COMPLETED"
    assert "34" in second.text


async def test_a_table_that_came_with_the_message_is_what_the_question_is_about(
    serve_sample: Any, files: Path
) -> None:
    (files / "prices.csv").write_text("fruit,price\nfig,300\n")
    part = Part(raw=b"fruit,price\nfig,3.1\nplum,5.2\n", media_type="text/csv", filename="fruit.csv")
    async with serve_sample(agentia_analyst.app.service, "analyst") as analyst:
        heard = await analyst.ask("Which fruit has the highest price? Chart it", part)
    assert heard.text.startswith("plum has the highest")
    assert "fruit.csv" in heard.text
    assert heard.data("table")["sources"] == ["fruit.csv"]
    assert heard.named("chart")


async def test_a_file_that_is_no_table_of_text_is_told_where_it_has_to_lie(
    serve_sample: Any, files: Path
) -> None:
    part = Part(raw=b"PAR1", media_type="application/vnd.apache.parquet", filename="fruit.parquet")
    async with serve_sample(agentia_analyst.app.service, "analyst") as analyst:
        heard = await analyst.ask("total price of fruit", part)
    assert "--files" in heard.text


async def test_an_empty_folder_is_said(serve_sample: Any) -> None:
    async with serve_sample(agentia_analyst.app.service, "analyst") as analyst:
        heard = await analyst.ask("Which region sold most?")
    assert heard.state == "COMPLETED"
    assert "no tables" in heard.text


async def test_a_tool_server_that_is_down_is_named(serve_sample: Any, monkeypatch: Any) -> None:
    def service(place: Any) -> Any:
        monkeypatch.setenv("AGENTIA_TABLES", "http://127.0.0.1:9/mcp")
        return agentia_analyst.app.service(place)

    async with serve_sample(service, "analyst") as analyst:
        heard = await analyst.ask("Which region sold most?")
    assert heard.state == "FAILED"
    assert "'tables'" in heard.said[-1]
