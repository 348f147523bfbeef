"""The planner as its callers meet it: behind the gateway, with the real agents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

SALES = "region,units,revenue\nNorth,5,100.5\nSouth,9,80\nNorth,1,20\nWest,2,10\n"


async def test_figure_chart_and_brief_come_from_analyst_and_writer(serve_mesh: Any, files: Path) -> None:
    (files / "sales.csv").write_text(SALES)
    async with serve_mesh() as planner:
        heard = await planner.ask(
            "Which region sold most in sales.csv? Chart it and write a two-paragraph brief for the manager"
        )
    assert heard.state == "COMPLETED", heard.said
    assert "North has the highest total `revenue`: 120.5" in heard.of("analyse-tables")
    assert heard.named("chart")[0].parts[0].raw.startswith(b"<svg")
    assert len(heard.of("brief").split("\n\n")) == 2
    assert "North" in heard.of("brief")


async def test_a_document_is_read_before_it_is_summarised(serve_mesh: Any, files: Path) -> None:
    (files / "minutes.md").write_text(
        "# Minutes\n\nThe boat leaks. The repair costs 900 euros. Tea was served.\n"
    )
    async with serve_mesh() as planner:
        heard = await planner.ask("Summarise minutes.md in two sentences")
    assert heard.state == "COMPLETED", heard.said
    assert heard.said[-1] == "2 of 2 steps done: librarian, writer."
    assert "900 euros" in heard.of("summarise")


async def test_figures_and_quotations_meet_in_one_text(serve_mesh: Any, files: Path) -> None:
    (files / "sales.csv").write_text(SALES)
    (files / "rules.md").write_text("# Rules\n\nThe target for the year is 500 euros of revenue.\n")
    async with serve_mesh() as planner:
        heard = await planner.ask(
            "Find what the rules say about the target and compute the total revenue in sales.csv, "
            "then write a two-paragraph brief for the board"
        )
    assert heard.state == "COMPLETED", heard.said
    assert heard.said[-1] == "3 of 3 steps done: librarian, analyst, writer."
    assert "500 euros" in heard.of("brief")
    assert "210.5" in heard.of("brief")
