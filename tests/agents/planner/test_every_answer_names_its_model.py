"""Each message and each artifact of the four agents says which model spoke (`urn:agentia:model`)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

MODEL = "urn:agentia:model"
TEXT = "The harbour is late. The delay costs 40,000 EUR. The permit is expected on 3 May."


def spoken(events: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every message of the agent and every artifact."""
    for event in events:
        match event:
            case {"statusUpdate": {"status": {"message": made}}} | {"artifactUpdate": {"artifact": made}}:
                yield made
            case _:
                pass


@pytest.mark.parametrize(
    ("agent", "texts", "models"),
    [
        ("analyst", ["Chart units by region in sales.csv"], {"rule:analyst"}),
        ("librarian", ["What is the target for the year?"], {"rule:librarian"}),
        ("librarian", ["Which colour has the moon?"], {"rule:librarian"}),
        ("writer", ["Write a two-paragraph brief for the manager", TEXT], {"rule:writer"}),
        ("writer", ["Write a one-paragraph brief for the board"], {"rule:writer"}),
        (
            "planner",
            ["Which region sold most units in sales.csv? Chart it and write a brief for the manager"],
            {"rule:planner", "rule:analyst", "rule:writer"},
        ),
    ],
)
async def test_every_message_and_artifact_names_its_model(
    serve_mesh: Any, files: Path, agent: str, texts: list[str], models: set[str]
) -> None:
    (files / "sales.csv").write_text("region,units\nNorth,5\nSouth,9\n")
    (files / "rules.md").write_text("# Rules\n\nThe target for the year is 500 units.\n")
    body = {"message": {"messageId": "m", "role": "ROLE_USER", "parts": [{"text": text} for text in texts]}}
    async with serve_mesh() as planner, httpx.AsyncClient(timeout=30) as http, asyncio.timeout(30):
        url = f"{planner.url.removesuffix('planner/')}{agent}/message:stream"
        answer = await http.post(url, json=body, headers={"A2A-Version": "1.0"})
    events = [orjson.loads(line[5:]) for line in answer.text.splitlines() if line.startswith("data:")]
    made = list(spoken(events))
    assert [each for each in made if MODEL not in each.get("metadata", {})] == []
    assert {each["metadata"][MODEL] for each in made} == models
