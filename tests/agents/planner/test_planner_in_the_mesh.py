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
